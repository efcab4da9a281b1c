/* SPDX-License-Identifier: Apache-2.0 */
#include "wrap.h"

#include <string.h>

#include "lines.h"
#include "neighbour.h"
#include "utf8.h"

/* Columns, two for a Chinese character, of a broken line; and how long a paragraph may be. */
enum { NARROW = 40, WIDE = 120, MOST_LINES = 60, MOST_BYTES = 1 << 14 };

/* Blank, or begun by a mark of a list, a table, a quotation, a heading or a fence. */
static bool stands_alone(const char *text, struct line l) {
    size_t at = l.start;
    if (at == l.end || memchr("`~|#>*+-\t", text[at], sizeof "`~|#>*+-\t" - 1))
        return true;
    while (at < l.end && text[at] >= '0' && text[at] <= '9')
        at++;
    return at < l.end && ((at > l.start && (text[at] == '.' || text[at] == ')')) ||
                          (l.end - l.start >= 4 && memcmp(text + l.start, "    ", 4) == 0));
}

/* How wide a line is; 0 if it has no Han. */
static size_t columns(const char *text, struct line l) {
    size_t width = 0;
    bool han = false;
    for (size_t at = l.start; at < l.end;) {
        size_t before = at;
        han = neighbour_after(text, l.end, &at) == NEIGHBOUR_HAN || han;
        width += at - before >= 3 ? 2 : 1;
    }
    return han ? width : 0;
}

/* Whether a sentence may go on in the next line. */
static bool goes_on(const char *text, struct line l) {
    const char *line = text + l.start;
    size_t at = l.end - l.start;
    while (at > 0 && line[at - 1] == ' ')
        at--;
    if (at == 0 || memchr(".!?:;", line[at - 1], sizeof ".!?:;" - 1))
        return false;
    enum neighbour last = neighbour_before(line, &at);
    return last != NEIGHBOUR_STOP && last != NEIGHBOUR_CLOSER;
}

/* Whether the lines of the paragraph, but the last, are as long as a broken text's, and mostly end
 * within a sentence; all are Chinese. */
static bool is_broken(const char *text, size_t n, struct wrap p) {
    size_t lines = 0, going_on = 0, widest = 0, narrowest = WIDE + 1;
    struct line l = {.start = p.from, .end = p.from};
    while (l.end < p.to && text[l.end] != '\n' && text[l.end] != '\r')
        l.end++;
    while (l.end < p.to) {
        size_t width = columns(text, l);
        widest = width > widest ? width : widest;
        narrowest = width < narrowest ? width : narrowest;
        going_on += goes_on(text, l);
        lines++;
        line_after(text, n, l.end, &l);
    }
    return lines > 0 && narrowest >= NARROW && widest <= WIDE && narrowest * 4 >= widest * 3 &&
           going_on * 2 > lines && columns(text, l) > 0;
}

/* Whether it is prose as far as quotes go: what looks like code or markup has quotes of its own. */
static bool is_plain(const char *text, size_t n) {
    static const char code[] = "`<={\\";
    for (size_t i = 0; i + 1 < sizeof code; i++)
        if (memchr(text, code[i], n))
            return false;
    return utf8_valid(text, n) == n;
}

bool wrap_find(const char *text, size_t n, size_t start, size_t end, struct wrap *out) {
    struct line l = {.start = start, .end = end};
    int lines = 1;
    if (stands_alone(text, l))
        return false;
    *out = (struct wrap){.from = start, .to = end};
    while (lines <= MOST_LINES && line_before(text, out->from, &l) && !stands_alone(text, l)) {
        out->from = l.start;
        lines++;
    }
    while (lines <= MOST_LINES && line_after(text, n, out->to, &l) && !stands_alone(text, l)) {
        out->to = l.end;
        lines++;
    }
    size_t size = out->to - out->from;
    return lines > 1 && lines <= MOST_LINES && size <= MOST_BYTES &&
           is_plain(text + out->from, size) && is_broken(text, n, *out);
}
