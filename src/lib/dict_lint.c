/* SPDX-License-Identifier: Apache-2.0 */
#include "dict_lint.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "dict.h"
#include "error.h"
#include "terms.h"

static const char *const locales[] = {"zh-CN", "zh-TW", "zh-HK"};
enum { LOCALES = 3 };

/* A key as a row of the file has it. */
struct key {
    struct slice form;
    struct slice written[LOCALES]; /* what the row makes of it; empty: what the script stage does */
    struct slice when;             /* of the row */
    struct slice condition;        /* of the form */
    size_t line;
    size_t column;
};

struct lint {
    const char *file;
    bool examples_only;
    ivn_finding_fn *fn;
    void *user;
    ivn_profile *profiles[LOCALES];
    ivn_context *contexts[LOCALES];
    struct key *keys;
    size_t key_count, key_capacity;
    struct buffer once, twice;     /* converted texts */
    char rule[IVN_ERROR_ARG_SIZE]; /* "term.it.软件 (dict/terms/it.tsv:204)": what made the first
                                      change */
};

static void fini(struct lint *l) {
    for (int i = 0; i < LOCALES; i++) {
        ivn_context_free(l->contexts[i]);
        ivn_profile_free(l->profiles[i]);
    }
    free(l->keys);
    buffer_fini(&l->once);
    buffer_fini(&l->twice);
}

/* What the rows of a user's dictionary become: one image for the profiles of all targets. */
struct compiled {
    void *image;
    size_t size;
    uint64_t key;
};

static ivn_status add_rows(ivn_profile *profile, const struct compiled *rows, ivn_error *err) {
    void *copy = malloc(rows->size);
    if (!copy)
        return error_memory(err);
    memcpy(copy, rows->image, rows->size);
    ivn_status status = ivn_profile_add_compiled(profile, rows->key, copy, rows->size, err);
    if (status != IVN_OK)
        free(copy);
    return status;
}

/* rows: NULL if they are the lexicon's own. */
static ivn_status init(struct lint *l, const ivn_lexicon *lexicon, const struct compiled *rows,
                       ivn_error *err) {
    for (int i = 0; i < LOCALES; i++) {
        ivn_status status = ivn_profile_new(&l->profiles[i], lexicon, locales[i], err);
        if (status != IVN_OK)
            return status;
        ivn_profile_set_stages(l->profiles[i], IVN_SCRIPT | IVN_TERMS);
        if (rows)
            status = add_rows(l->profiles[i], rows, err);
        if (status == IVN_OK)
            status = ivn_context_new(&l->contexts[i], l->profiles[i], err);
        if (status != IVN_OK)
            return status;
    }
    return IVN_OK;
}

static void find(struct lint *l, size_t line, size_t column, const char *message, struct slice a,
                 struct slice b, struct slice c) {
    char args[IVN_ERROR_ARGS][IVN_ERROR_ARG_SIZE];
    ivn_error finding;
    error_copy(args[0], a.text, a.size);
    error_copy(args[1], b.text, b.size);
    error_copy(args[2], c.text, c.size);
    error_set(&finding, IVN_CONFLICT, message, args[0], args[1], args[2]);
    error_place(&finding, l->file, line, column);
    l->fn(l->user, &finding);
}

static struct slice as_slice(const char *text) {
    return (struct slice){text, strlen(text)};
}

static bool same(struct slice a, struct slice b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.text, b.text, a.size) == 0);
}

static void note_rule(struct lint *l, ivn_result *result) {
    size_t count;
    const ivn_edit *edits = ivn_result_edits(result, &count);
    struct buffer text = {0};
    l->rule[0] = '\0';
    if (!edits || count == 0)
        return;
    const ivn_reason *reason = edits[0].reasons;
    char digits[DECIMAL_SIZE];
    const char *line = decimal(digits, reason->line);
    if (buffer_append(&text, reason->rule, strlen(reason->rule)) && buffer_append(&text, " (", 2) &&
        buffer_append(&text, reason->file, strlen(reason->file)) && buffer_append(&text, ":", 1) &&
        buffer_append(&text, line, strlen(line)) && buffer_append(&text, ")", 1))
        error_copy(l->rule, text.data, text.size);
    buffer_fini(&text);
}

/* *out is what becomes of the text for a locale. */
static ivn_status convert(struct lint *l, int locale, struct slice text, struct buffer *out,
                          ivn_error *err) {
    ivn_result *result;
    ivn_status status = ivn_convert(l->contexts[locale], text.text, text.size, &result, err);
    if (status != IVN_OK)
        return status;
    size_t n;
    const char *converted = ivn_result_text(result, &n);
    note_rule(l, result);
    out->size = 0;
    if (!buffer_append(out, converted, n))
        status = error_memory(err);
    ivn_result_free(result);
    return status;
}

static struct slice buffer_slice(const struct buffer *b) {
    return (struct slice){b->data, b->size};
}

/* Whether a cell has the form; one with a condition counts as well. */
static bool has_form(struct slice cell, struct slice form) {
    struct slice own, condition;
    while (dict_next_form(&cell, &own, &condition))
        if (same(own, form))
            return true;
    return false;
}

/* What a row writes must be left alone by the next run. */
static ivn_status check_written(struct lint *l, const struct dict_row *row, int locale,
                                ivn_error *err) {
    const enum dict_column column = dict_key_columns[locale];
    struct slice cell = row->cells[column], form, condition;
    if (!dict_next_form(&cell, &form, &condition))
        return IVN_OK;
    ivn_status status = convert(l, locale, form, &l->once, err);
    struct slice became = buffer_slice(&l->once);
    if (status != IVN_OK || same(became, form) || has_form(row->cells[column], became))
        return status;
    find(l, row->line, row->columns[column],
         N_("chain: '%s' is written for %s, and %s changes it again; write its form here"), form,
         as_slice(locales[locale]), as_slice(l->rule));
    return IVN_OK;
}

/* A key that asks for nothing must become what the row says. */
static ivn_status check_key(struct lint *l, const struct dict_row *row, enum dict_column column,
                            struct slice form, ivn_error *err) {
    for (int i = 0; i < LOCALES; i++) {
        struct slice cell = row->cells[dict_key_columns[i]];
        if (cell.size == 0 || has_form(cell, form))
            continue;
        ivn_status status = convert(l, i, form, &l->once, err);
        if (status != IVN_OK)
            return status;
        if (!has_form(cell, buffer_slice(&l->once)))
            find(l, row->line, row->columns[column],
                 N_("dead: for %s '%s' becomes '%s'; another row or a longer word is before this "
                    "one"),
                 as_slice(locales[i]), form, buffer_slice(&l->once));
    }
    return IVN_OK;
}

static bool add_key(struct lint *l, const struct key *key) {
    void *items = l->keys;
    if (!array_grow(&items, &l->key_capacity, l->key_count + 1, sizeof *l->keys))
        return false;
    l->keys = items;
    l->keys[l->key_count++] = *key;
    return true;
}

static ivn_status check_row(struct lint *l, const struct dict_row *row, ivn_error *err) {
    ivn_status status = IVN_OK;
    struct slice when = row->cells[DICT_WHEN];
    for (int i = 0; i < LOCALES && status == IVN_OK; i++)
        status = check_written(l, row, i, err);
    for (int i = 0; i < DICT_KEY_COLUMNS; i++) {
        const enum dict_column column = dict_key_columns[i];
        struct slice cell = row->cells[column], form, condition;
        while (status == IVN_OK && dict_next_form(&cell, &form, &condition)) {
            struct key key = {.form = form,
                              .when = when,
                              .condition = condition,
                              .line = row->line,
                              .column = row->columns[column]};
            for (int k = 0; k < LOCALES; k++)
                key.written[k] = dict_first_form(row->cells[dict_key_columns[k]]);
            if (!add_key(l, &key))
                return error_memory(err);
            if (when.size == 0 && condition.size == 0)
                status = check_key(l, row, column, form, err);
        }
    }
    return status;
}

static ivn_status check_example(struct lint *l, const struct dict_example *e, ivn_error *err) {
    int locale = 0;
    while (locale < LOCALES && !slice_equal(e->locale, locales[locale]))
        locale++;
    if (locale == LOCALES) {
        find(l, e->line, 1, N_("example: '%s' is no target; use zh-CN, zh-TW or zh-HK"), e->locale,
             e->locale, e->locale);
        return IVN_OK;
    }
    ivn_status status = convert(l, locale, e->input, &l->once, err);
    if (status != IVN_OK)
        return status;
    struct slice once = buffer_slice(&l->once);
    if (!same(once, e->expected)) {
        find(l, e->line, 1, N_("example: '%s' became '%s', expected '%s'"), e->input, once,
             e->expected);
        return IVN_OK;
    }
    status = convert(l, locale, once, &l->twice, err);
    if (status == IVN_OK && !same(once, buffer_slice(&l->twice)))
        find(l, e->line, 1, N_("example: a second run makes '%s' of '%s'"), buffer_slice(&l->twice),
             once, once);
    return status;
}

static int compare_slices(struct slice a, struct slice b) {
    size_t n = a.size < b.size ? a.size : b.size;
    int order = n ? memcmp(a.text, b.text, n) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static int compare_keys(const void *x, const void *y) {
    const struct key *a = x, *b = y;
    int order = compare_slices(a->form, b->form);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static void check_duplicate(struct lint *l, const struct key *first, const struct key *second) {
    char digits[DECIMAL_SIZE];
    struct slice line = as_slice(decimal(digits, first->line));
    if (first->line == second->line)
        return;
    if (same(first->when, second->when) && same(first->condition, second->condition))
        find(l, second->line, second->column,
             N_("duplicate: '%s' is a key of line %s, under the same condition; remove one of the "
                "two"),
             second->form, line, line);
}

static int compare_form(const void *x, const void *y) {
    const struct slice *form = x;
    return compare_slices(*form, ((const struct key *)y)->form);
}

/* One row makes F of K for a locale, and a row behind it K of F. */
static void check_cycles(struct lint *l, const struct key *key) {
    const struct key *end = l->keys + l->key_count;
    for (int i = 0; i < LOCALES; i++) {
        struct slice made = key->written[i];
        const struct key *back =
            made.size == 0 || same(made, key->form)
                ? NULL
                : bsearch(&made, l->keys, l->key_count, sizeof *key, compare_form);
        while (back && back > l->keys && same(back[-1].form, made))
            back--;
        for (; back && back < end && same(back->form, made); back++) {
            char digits[DECIMAL_SIZE];
            if (back->line > key->line && same(back->written[i], key->form))
                find(l, back->line, back->column,
                     N_("cycle: '%s' becomes '%s' again, which line %s changes; remove one of the "
                        "two"),
                     made, key->form, as_slice(decimal(digits, key->line)));
        }
    }
}

static void check_keys(struct lint *l) {
    if (l->key_count)
        qsort(l->keys, l->key_count, sizeof *l->keys, compare_keys);
    for (size_t i = 0; i < l->key_count; i++)
        check_cycles(l, &l->keys[i]);
    for (size_t i = 1; i < l->key_count; i++)
        if (same(l->keys[i - 1].form, l->keys[i].form))
            check_duplicate(l, &l->keys[i - 1], &l->keys[i]);
}

static ivn_status check_file(struct lint *l, const char *tsv, size_t n, ivn_error *err) {
    struct dict_reader reader = {.text = tsv, .size = n, .file = l->file};
    struct dict_row row;
    struct dict_example example;
    for (ivn_status status = IVN_OK; status == IVN_OK;) {
        switch (dict_next(&reader, &row, &example, err)) {
        case DICT_END:
            check_keys(l);
            return IVN_OK;
        case DICT_ERROR:
            return IVN_SYNTAX;
        case DICT_ROW:
            status = l->examples_only ? IVN_OK : check_row(l, &row, err);
            break;
        case DICT_EXAMPLE:
            status = check_example(l, &example, err);
            break;
        }
        if (status != IVN_OK)
            return status;
    }
    return IVN_OK;
}

static ivn_status run(struct lint *l, const ivn_lexicon *lexicon, const struct compiled *rows,
                      const char *tsv, size_t n, ivn_error *err) {
    ivn_status status = init(l, lexicon, rows, err);
    if (status == IVN_OK)
        status = check_file(l, tsv, n, err);
    fini(l);
    return status;
}

ivn_status dict_lint(const ivn_lexicon *lexicon, bool examples_only, const char *name,
                     const char *tsv, size_t n, ivn_finding_fn *fn, void *user, ivn_error *err) {
    struct lint lint = {.file = name, .examples_only = examples_only, .fn = fn, .user = user};
    return run(&lint, lexicon, NULL, tsv, n, err);
}

/* Rows that cannot be read are findings; the others are looked at all the same. */
ivn_status ivn_check_terms(const ivn_lexicon *lexicon, const char *name, const char *tsv, size_t n,
                           ivn_finding_fn *fn, void *user, ivn_error *err) {
    struct lint lint = {.file = name, .fn = fn, .user = user};
    struct compiled rows = {.key = ivn_terms_key(lexicon, name, tsv, n)};
    ivn_status status =
        terms_compile(lexicon, name, tsv, n, fn, user, &rows.image, &rows.size, err);
    if (status != IVN_OK)
        return status;
    status = run(&lint, lexicon, &rows, tsv, n, err);
    free(rows.image);
    return status;
}
