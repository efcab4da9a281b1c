/* SPDX-License-Identifier: Apache-2.0 */
/* options_table.h - the list of all options: what options.c parses, helps with and applies. */
#ifndef CLI_OPTIONS_TABLE_H
#define CLI_OPTIONS_TABLE_H

#include "options.h"

/* value is NULL for an option that takes none. */
typedef enum status options_set_fn(struct options *options, const char *value);

/* Whether configuration files may set an option, and how. */
struct options_in_files {
    unsigned use;        /* OR of options_use; 0 = they may not */
    const char *initial; /* its default as a file would write it */
};

/* An option; or, with a NULL name, the heading of a group. */
struct options_record {
    char letter; /* 0 = none */
    const char *name;
    const char *value; /* how --help calls the argument; NULL = takes none */
    options_set_fn *set;
    const char *help;
    struct options_in_files in_files;
};

extern const struct options_record options_records[];
extern const size_t options_record_count;

/* Appends to a list. What is wrong has been said. */
enum status options_add(struct options_list *list, const char *item);

#endif
