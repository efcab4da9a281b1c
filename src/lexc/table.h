/* SPDX-License-Identifier: Apache-2.0 */
/* table.h - OpenCC's dictionaries as sorted tables of key and values. */
#ifndef LEXC_TABLE_H
#define LEXC_TABLE_H

#include <stddef.h>

struct table_row {
    const char *key;    /* NUL-terminated, in the table's text */
    const char *values; /* separated by single spaces */
    unsigned line;
};

struct table {
    char *text;
    struct table_row *rows; /* sorted by key, byte order */
    size_t count;
    char *name; /* "opencc/STPhrases.txt", as reasons show it */
};

/* Where OpenCC's data lie and how its .ocd2 files are read. */
struct opencc_data {
    const char *directory;
    const char *dump_program; /* opencc_dict */
};

/* Loads NAME.txt, or NAME.ocd2 dumped with opencc_dict. Exits with a message on failure. */
void table_load(struct table *table, const struct opencc_data *data, const char *name);
void table_fini(struct table *table);

/* The row of a key of n bytes, or NULL. */
const struct table_row *table_find(const struct table *table, const char *key, size_t n);

/* Takes the next value off *values: its start (length in *n), or NULL at the end. */
const char *table_next_value(const char **values, size_t *n);

#endif
