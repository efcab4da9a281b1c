/* SPDX-License-Identifier: Apache-2.0 */
/* settings.h - what was set, to which value, and where: on the command line or in a configuration
 * file. Messages about a value name that place. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "ivnorm.h"
#include "message.h"

#include <stdbool.h>
#include <stddef.h>

/* One option, set once. */
struct setting {
    size_t record;     /* the option's number (options.c) */
    const char *name;  /* its long name */
    const char *value; /* NULL: it takes none; borrowed from argv or from a configuration file */
    bool reset;        /* forgets what was set before; sets nothing itself */
    const char *file;  /* NULL: the command line */
    size_t line;
    size_t column; /* of the value, in characters from 1 */
    bool blamed;   /* a message about it has been given */
};

/* A list of borrowed settings. A zeroed struct is an empty list. */
struct settings {
    struct setting **items;
    size_t count;
    size_t capacity;
};

/* Adds a setting that counts beside the earlier ones. -1 with errno = ENOMEM. */
int settings_add(struct settings *settings, struct setting *setting);

/* The same, but the list is held in the order of the options' numbers, so that lists which say the
 * same are equal; and without `many`, as for a reset, the option's earlier settings are left out.
 */
int settings_put(struct settings *settings, struct setting *setting, bool many);

/* The last setting of the option `name` whose value is `value` itself, not only spelt alike; with
 * a NULL value, the last one of that option. NULL: there is none. */
struct setting *settings_find(const struct settings *settings, const char *name, const char *value);

/* Whether both lists set the same options to the same values. */
bool settings_equal(const struct settings *a, const struct settings *b);

/* Whether both lists hold the very same settings: made in the same places. */
bool settings_same(const struct settings *a, const struct settings *b);

/* Frees the list, not the settings. */
void settings_fini(struct settings *settings);

/* Marks a setting as at fault. False if it was before: then a message about it would repeat what
 * was said for another file. */
bool setting_blame(struct setting *setting);

/* Says what is wrong with a setting, unless it was blamed before: `--only=x: what`, or
 * `FILE:LINE:COLUMN: only = x: what`. The format is translated by the caller. STATUS_ERROR. */
enum status setting_refuse(struct setting *setting, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says that the file which a setting names cannot be read, and why; of a configuration file's
 * setting with its place, and never twice for one setting. NULL: nothing names it. STATUS_ERROR. */
enum status setting_unreadable(struct setting *setting, const char *name, int error);

/* The same as setting_refuse() with the library's error: `--style: what`, or `FILE:LINE:COLUMN:
 * style: what`. */
enum status setting_library(struct setting *setting, const ivn_error *err);

#endif
