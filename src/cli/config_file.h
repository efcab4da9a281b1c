/* SPDX-License-Identifier: Apache-2.0 */
/* config_file.h - one configuration file: settings for all files, then sections for those that a
 * glob matches.
 *
 *     root = true                  # no file of a parent directory counts
 *     to = zh-TW
 *     dict = names.tsv             ; relative to this file
 *     [*.hk.md]
 *     to = zh-HK
 *     dict =                       # forgets the dictionaries named before
 *
 * Keys are the long names of options (options_key()). inih takes a line apart. */
#ifndef CLI_CONFIG_FILE_H
#define CLI_CONFIG_FILE_H

#include "message.h"
#include "settings.h"

#include <stdbool.h>
#include <stddef.h>

struct config_section {
    char *glob; /* NULL: all files */
    struct settings settings;
};

struct config_file {
    char *name; /* as it is shown */
    bool user;  /* the user's own, which belongs to no directory of texts */
    bool root;
    enum status status; /* STATUS_ERROR: something in it is wrong and has been said */
    struct config_section *sections;
    size_t count;
};

/* Reads the file `name`; names in it are relative to the directory of `name`. *out stays NULL if
 * there is no such file. -1 with errno = ENOMEM. The caller frees it. */
int config_file_load(struct config_file **out, const char *name, bool user);
void config_file_free(struct config_file *file);

/* Adds to *to what the file sets for `path`, which is relative to the file's directory; NULL: what
 * it sets for all files. -1 with errno = ENOMEM. */
int config_file_collect(const struct config_file *file, const char *path, struct settings *to);

#endif
