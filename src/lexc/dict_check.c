/* SPDX-License-Identifier: Apache-2.0 */
#include "dict_check.h"

#include <string.h>

#include "dict.h"
#include "dict_lint.h"
#include "fail.h"

static void count(void *user, const ivn_error *finding) {
    size_t *findings = user;
    complain(finding);
    ++*findings;
}

static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : (unsigned char)c;
}

static int compare(struct slice a, struct slice b) {
    for (size_t i = 0; i < a.size && i < b.size; i++)
        if (lower(a.text[i]) != lower(b.text[i]))
            return lower(a.text[i]) - lower(b.text[i]);
    return a.size < b.size ? -1 : a.size > b.size;
}

/* Rows stand in the order of the name in Latin letters, then of zh-CN, by bytes; so two people who
 * add to a file rarely meet, and a second row for a word is seen. */
static int compare_rows(const struct dict_row *a, const struct dict_row *b) {
    static const enum dict_column latin[] = {DICT_PERSON, DICT_LATIN};
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) {
        int order = compare(a->cells[latin[i]], b->cells[latin[i]]);
        if (order)
            return order;
    }
    return compare(dict_first_form(a->cells[DICT_CN]), dict_first_form(b->cells[DICT_CN]));
}

static size_t check_order(const char *file, const char *text, size_t n) {
    struct dict_reader reader = {.text = text, .size = n, .file = file};
    struct dict_row row, previous = {0};
    struct dict_example example;
    ivn_error err;
    size_t findings = 0;
    for (enum dict_item item; (item = dict_next(&reader, &row, &example, &err)) != DICT_END;) {
        if (item == DICT_ERROR)
            fail_error(&err);
        if (item != DICT_ROW)
            continue;
        if (previous.line && compare_rows(&previous, &row) > 0) {
            fprintf(stderr, "%s:%zu: out of order; this row goes before line %zu\n", file, row.line,
                    previous.line);
            findings++;
        }
        previous = row;
    }
    return findings;
}

size_t dict_check(const ivn_lexicon *lexicon, bool examples_only, const char *file,
                  const char *text, size_t n) {
    size_t findings = examples_only ? 0 : check_order(file, text, n);
    ivn_error err;
    if (dict_lint(lexicon, examples_only, file, text, n, count, &findings, &err) != IVN_OK)
        fail_error(&err);
    return findings;
}
