/* SPDX-License-Identifier: Apache-2.0 */
#include "dict.h"

#include <string.h>

#include "error.h"
#include "utf8.h"

static const char *const column_names[DICT_COLUMNS] = {
    "latin", "person",  "zh-CN", "zh-TW", "zh-HK",   "zh-SG", "zh-MO",
    "zh-MY", "aliases", "when",  "note",  "subject", "words",
};
const enum dict_column dict_key_columns[DICT_KEY_COLUMNS] = {
    DICT_CN, DICT_TW, DICT_HK, DICT_SG, DICT_MO, DICT_MY, DICT_ALIASES,
};
static const char example_mark[] = "#=";
static const char arrow[] = " \xE2\x86\x92 "; /* → */

struct slice slice_trim(struct slice s) {
    while (s.size && (s.text[0] == ' ' || s.text[0] == '\t')) {
        s.text++;
        s.size--;
    }
    while (s.size && (s.text[s.size - 1] == ' ' || s.text[s.size - 1] == '\t'))
        s.size--;
    return s;
}

bool slice_equal(struct slice s, const char *text) {
    return s.size == strlen(text) && memcmp(s.text, text, s.size) == 0;
}

ivn_status slice_error(ivn_error *err, ivn_status status, const char *message, struct slice what) {
    char word[IVN_ERROR_ARG_SIZE];
    error_copy(word, what.text, what.size);
    return error_set(err, status, message, word, NULL, NULL);
}

static const char *find(struct slice s, const char *what) {
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= s.size; i++)
        if (memcmp(s.text + i, what, n) == 0)
            return s.text + i;
    return NULL;
}

static enum dict_item fail(const struct dict_reader *r, ivn_error *err, size_t column,
                           const char *message, struct slice what) {
    slice_error(err, IVN_SYNTAX, message, what);
    error_place(err, r->file, r->line, column);
    return DICT_ERROR;
}

static bool take_line(struct dict_reader *r, struct slice *line) {
    if (r->at >= r->size)
        return false;
    const char *start = r->text + r->at;
    const char *end = memchr(start, '\n', r->size - r->at);
    size_t n = end ? (size_t)(end - start) : r->size - r->at;
    r->at += n + (end != NULL);
    r->line++;
    if (n && start[n - 1] == '\r')
        n--;
    *line = (struct slice){start, n};
    return true;
}

static struct slice take_cell(struct slice *line) {
    const char *tab = line->size ? memchr(line->text, '\t', line->size) : NULL;
    struct slice cell = {line->text, tab ? (size_t)(tab - line->text) : line->size};
    size_t used = cell.size + (tab != NULL);
    line->text += used;
    line->size -= used;
    return cell;
}

static bool read_header(struct dict_reader *r, struct slice line, ivn_error *err) {
    const char *start = line.text;
    do {
        size_t column = 1 + utf8_count(start, (size_t)(line.text - start));
        struct slice name = slice_trim(take_cell(&line));
        int c = 0;
        while (c < DICT_COLUMNS && !slice_equal(name, column_names[c]))
            c++;
        if (c == DICT_COLUMNS || r->order_count == DICT_COLUMNS) {
            fail(r, err, column,
                 N_("unknown column '%s' in the header line; use latin or person, zh-CN, zh-TW, "
                    "zh-HK, zh-SG, zh-MO, zh-MY, aliases, when, note"),
                 name);
            return false;
        }
        r->order[r->order_count++] = c;
    } while (line.size);
    return true;
}

static enum dict_item read_row(struct dict_reader *r, struct slice line, struct dict_row *row,
                               ivn_error *err) {
    const char *start = line.text;
    memset(row, 0, sizeof *row);
    row->line = r->line;
    for (int i = 0; line.size; i++) {
        size_t column = 1 + utf8_count(start, (size_t)(line.text - start));
        struct slice cell = slice_trim(take_cell(&line));
        if (i >= r->order_count)
            return fail(r, err, column,
                        N_("'%s': more cells than the header line has columns; remove the "
                           "extra tab"),
                        cell);
        row->cells[r->order[i]] = cell;
        row->columns[r->order[i]] = column;
    }
    return DICT_ROW;
}

static enum dict_item read_example(struct dict_reader *r, struct slice line,
                                   struct dict_example *example, ivn_error *err) {
    struct slice rest = {line.text + strlen(example_mark), line.size - strlen(example_mark)};
    const char *colon = find(rest, ": ");
    const char *to = find(rest, arrow);
    if (!colon || !to || to < colon)
        return fail(r, err, 1, N_("'%s': write an example as '#= zh-TW: input → expected'"), line);
    example->line = r->line;
    example->locale = slice_trim((struct slice){rest.text, (size_t)(colon - rest.text)});
    example->input = slice_trim((struct slice){colon + 2, (size_t)(to - colon - 2)});
    to += strlen(arrow);
    example->expected = slice_trim((struct slice){to, (size_t)(rest.text + rest.size - to)});
    return DICT_EXAMPLE;
}

enum dict_item dict_next(struct dict_reader *r, struct dict_row *row, struct dict_example *example,
                         ivn_error *err) {
    struct slice line;
    if (r->at == 0 && r->size >= 3 && memcmp(r->text, "\xEF\xBB\xBF", 3) == 0)
        r->at = 3;
    while (take_line(r, &line)) {
        size_t valid = utf8_valid(line.text, line.size);
        if (valid < line.size)
            return fail(r, err, 1 + utf8_count(line.text, valid),
                        N_("a byte here is not valid UTF-8; save the file as UTF-8"),
                        (struct slice){0});
        if (line.size >= 2 && memcmp(line.text, example_mark, 2) == 0)
            return read_example(r, line, example, err);
        if (slice_trim(line).size == 0 || line.text[0] == '#')
            continue;
        if (r->order_count == 0) {
            if (!read_header(r, line, err))
                return DICT_ERROR;
            continue;
        }
        return read_row(r, line, row, err);
    }
    return DICT_END;
}

bool dict_next_form(struct slice *cell, struct slice *form, struct slice *condition) {
    if (cell->size == 0)
        return false;
    const char *bar = memchr(cell->text, '|', cell->size);
    struct slice whole = {cell->text, bar ? (size_t)(bar - cell->text) : cell->size};
    size_t used = whole.size + (bar != NULL);
    cell->text += used;
    cell->size -= used;
    const char *at = whole.size ? memchr(whole.text, '@', whole.size) : NULL;
    *condition = (struct slice){0};
    if (at) {
        *condition = slice_trim((struct slice){at + 1, (size_t)(whole.text + whole.size - at - 1)});
        whole.size = (size_t)(at - whole.text);
    }
    *form = slice_trim(whole);
    return true;
}

struct slice dict_first_form(struct slice cell) {
    struct slice form = {0}, condition;
    (void)dict_next_form(&cell, &form, &condition);
    return form;
}
