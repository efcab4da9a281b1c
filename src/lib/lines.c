/* SPDX-License-Identifier: Apache-2.0 */
#include "lines.h"

#include <string.h>

static size_t find_byte(const struct lines *l, size_t at, int byte) {
    const char *found = at < l->n ? memchr(l->text + at, byte, l->n - at) : NULL;
    return found ? (size_t)(found - l->text) : l->n;
}

/* U+2028 or U+2029. */
static size_t find_separator(const struct lines *l, size_t at) {
    if (!l->separators)
        return l->n;
    for (; (at = find_byte(l, at, 0xE2)) < l->n; at++)
        if (l->n - at >= 3 && (memcmp(l->text + at, "\xE2\x80\xA8", 3) == 0 ||
                               memcmp(l->text + at, "\xE2\x80\xA9", 3) == 0))
            return at;
    return l->n;
}

void lines_begin(struct lines *lines, const char *text, size_t n, bool separators) {
    *lines = (struct lines){.text = text, .n = n, .separators = separators};
    lines->lf = find_byte(lines, 0, '\n');
    lines->cr = find_byte(lines, 0, '\r');
    lines->separator = find_separator(lines, 0);
}

/* The first line end at or behind `at`. Each kind is looked for again only when it was passed, so
 * that a text that has one kind only is not searched to its end for the others line by line. */
static size_t next_end(struct lines *l, size_t at) {
    if (l->lf < at)
        l->lf = find_byte(l, at, '\n');
    if (l->cr < at)
        l->cr = find_byte(l, at, '\r');
    if (l->separator < at)
        l->separator = find_separator(l, at);
    size_t end = l->lf < l->cr ? l->lf : l->cr;
    return end < l->separator ? end : l->separator;
}

size_t lines_end(struct lines *lines, size_t start, const struct span_list *verbatim, size_t next) {
    for (size_t at = start;;) {
        size_t end = next_end(lines, at);
        while (verbatim && next < verbatim->count &&
               (size_t)verbatim->items[next].offset + verbatim->items[next].length <= end)
            next++;
        if (!verbatim || next == verbatim->count || verbatim->items[next].offset > end)
            return end;
        at = (size_t)verbatim->items[next].offset + verbatim->items[next].length;
        if (at >= lines->n)
            return lines->n;
        next++;
    }
}

bool line_before(const char *text, size_t start, struct line *l) {
    if (start == 0)
        return false;
    l->end = start - 1;
    if (l->end > 0 && text[l->end] == '\n' && text[l->end - 1] == '\r')
        l->end--;
    l->start = l->end;
    while (l->start > 0 && text[l->start - 1] != '\n' && text[l->start - 1] != '\r')
        l->start--;
    return true;
}

bool line_after(const char *text, size_t n, size_t end, struct line *l) {
    if (end >= n)
        return false;
    l->start = end + 1;
    if (text[end] == '\r' && l->start < n && text[l->start] == '\n')
        l->start++;
    l->end = l->start;
    while (l->end < n && text[l->end] != '\n' && text[l->end] != '\r')
        l->end++;
    return true;
}

bool lines_end_paragraph(const struct lines *lines, size_t start, size_t end) {
    enum { WIDEST = 200 }; /* bytes of a line of such a text: some 66 characters */
    struct line next;
    return end - start > WIDEST || !line_after(lines->text, lines->n, end, &next) ||
           next.start == next.end;
}

/* Whether the line begins with the mark or the number of a list. */
static bool is_item(const char *line, size_t n) {
    size_t at = 0;
    while (at < n && line[at] == ' ')
        at++;
    if (n - at >= 2 && memchr("-*+", line[at], 3) && line[at + 1] == ' ')
        return true;
    size_t digits = at;
    while (at < n && line[at] >= '0' && line[at] <= '9')
        at++;
    return at > digits && at < n && (line[at] == '.' || line[at] == ')');
}

bool lines_begin_paragraph(const struct lines *lines, size_t start) {
    static const char stops[][4] = {"。", "！", "？", "…", "：", "；", "」", "』", "”", "）", "》"};
    const char *text = lines->text;
    struct line l;
    if (!line_before(text, start, &l) || l.start == l.end)
        return true;
    if (is_item(text + l.start, l.end - l.start))
        return text[start] != ' ';
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (l.end - l.start >= 3 && memcmp(text + l.end - 3, stops[i], 3) == 0)
            return true;
    return memchr(".!?", text[l.end - 1], 3) != NULL;
}
