/* SPDX-License-Identifier: Apache-2.0 */
/* dict.h - reading dictionary files: tab-separated, one concept a line, a header naming the
 * columns.
 *
 * The format is described in ivnorm-dict(5). This file only takes lines apart; what the cells mean
 * is the builder's business.
 */
#ifndef IVN_DICT_H
#define IVN_DICT_H

#include <stdbool.h>
#include <stddef.h>

#include "ivnorm.h"

enum dict_column {
    DICT_LATIN,
    DICT_PERSON, /* as DICT_LATIN, of a person's name */
    DICT_CN,
    DICT_TW,
    DICT_HK,
    DICT_SG, /* regions that are no target yet: recognised as aliases are */
    DICT_MO,
    DICT_MY,
    DICT_ALIASES,
    DICT_WHEN,
    DICT_NOTE,
    DICT_SUBJECT, /* subjects.tsv */
    DICT_WORDS,
    DICT_COLUMNS
};

/* The columns that have keys, those of the targets first. */
enum { DICT_KEY_COLUMNS = 7 };
extern const enum dict_column dict_key_columns[DICT_KEY_COLUMNS];

/* Part of the file's text; not NUL-terminated. */
struct slice {
    const char *text;
    size_t size;
};

struct dict_row {
    struct slice cells[DICT_COLUMNS]; /* empty where the file has no such column */
    size_t columns[DICT_COLUMNS];     /* where each cell begins: code points from 1 */
    size_t line;
};

/* "#= zh-TW: input → expected" below a row. */
struct dict_example {
    struct slice locale;
    struct slice input;
    struct slice expected;
    size_t line;
};

/* A position in a dictionary file; zero-initialise, then set text, size and file. */
struct dict_reader {
    const char *text;
    size_t size;
    const char *file;
    size_t at;
    size_t line;
    int order[DICT_COLUMNS]; /* column of the file -> enum dict_column */
    int order_count;         /* 0: the header was not read yet */
};

enum dict_item { DICT_END, DICT_ROW, DICT_EXAMPLE, DICT_ERROR };

/* The next row or example. DICT_ERROR fills *err (IVN_SYNTAX, with file, line and column). */
enum dict_item dict_next(struct dict_reader *reader, struct dict_row *row,
                         struct dict_example *example, ivn_error *err);

/* Takes the next form off a cell ("a|b@doc=X"): *form without its condition, *condition (empty if
 * it has none). false when the cell is used up. Spaces around forms do not count. */
bool dict_next_form(struct slice *cell, struct slice *form, struct slice *condition);

/* The first form of a cell, without its condition; empty if there is none. */
struct slice dict_first_form(struct slice cell);

/* The slice without spaces and tabs at its ends. */
struct slice slice_trim(struct slice s);
bool slice_equal(struct slice s, const char *text);

/* error_set() with the slice as the message's argument. Returns status. */
ivn_status slice_error(ivn_error *err, ivn_status status, const char *message, struct slice what);

#endif
