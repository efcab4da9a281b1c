/* SPDX-License-Identifier: Apache-2.0 */
#include "neighbour.h"

#include <string.h>

#include "utf8.h"

/* How far a look goes: what is farther away says nothing, and a line may be endless. */
enum { LOOK_CHARACTERS = 24, TERM_BYTES = 160, TERM_WORDS = 4, TERM_WORDS_AFTER_PAUSE = 2 };

static enum neighbour classify_ascii(unsigned char c) {
    if (c >= '0' && c <= '9')
        return NEIGHBOUR_DIGIT;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        return NEIGHBOUR_LETTER;
    switch (c) {
    case ' ':
    case '\t':
        return NEIGHBOUR_SPACE;
    case 1:
        return NEIGHBOUR_OPAQUE;
    case 2:
        return NEIGHBOUR_URL;
    case 3:
        return NEIGHBOUR_TAG;
    default:
        return NEIGHBOUR_OTHER;
    }
}

static enum neighbour classify_cjk_block(uint32_t c) {
    if (c == 0x3000)
        return NEIGHBOUR_SPACE;
    if (c == 0x3001)
        return NEIGHBOUR_PAUSE;
    if (c == 0x3002)
        return NEIGHBOUR_STOP;
    if (c >= 0x3005 && c <= 0x3007)
        return NEIGHBOUR_HAN;
    if ((c >= 0x3008 && c <= 0x3011) || (c >= 0x3014 && c <= 0x301B))
        return c & 1 ? NEIGHBOUR_CLOSER : NEIGHBOUR_OPENER;
    return NEIGHBOUR_OTHER;
}

static enum neighbour classify_full_width(uint32_t c) {
    switch (c) {
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF1B:
        return NEIGHBOUR_PAUSE;
    case 0xFF01:
    case 0xFF1F:
        return NEIGHBOUR_STOP;
    case 0xFF08:
    case 0xFF3B:
    case 0xFF5B:
        return NEIGHBOUR_OPENER;
    case 0xFF09:
    case 0xFF3D:
    case 0xFF5D:
        return NEIGHBOUR_CLOSER;
    case 0xFFE5: /* ￥ */
        return NEIGHBOUR_DIGIT;
    default:
        return NEIGHBOUR_OTHER;
    }
}

static enum neighbour classify(uint32_t c) {
    if (c < 0x80)
        return classify_ascii((unsigned char)c);
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000)
        return c < 0xE0000 ? NEIGHBOUR_HAN : NEIGHBOUR_OTHER;
    if (c == 0xA3 || c == 0xA5 || c == 0x20AC)
        return NEIGHBOUR_DIGIT; /* a currency's sign goes with its number */
    if (c >= 0xC0 && c <= 0x52F && c != 0xD7 && c != 0xF7)
        return NEIGHBOUR_LETTER;
    if (c >= 0x3000 && c <= 0x303F)
        return classify_cjk_block(c);
    if (c >= 0xFF00)
        return classify_full_width(c);
    switch (c) {
    case 0x2014:
    case 0x2026:
        return NEIGHBOUR_PAUSE;
    case 0x2018:
    case 0x201C:
        return NEIGHBOUR_OPENER;
    case 0x2019:
    case 0x201D:
        return NEIGHBOUR_CLOSER;
    default:
        return NEIGHBOUR_OTHER;
    }
}

static enum neighbour classify_at(const char *at) {
    size_t length;
    return classify(utf8_get((const unsigned char *)at, &length));
}

enum neighbour neighbour_before(const char *line, size_t *at) {
    if (*at == 0)
        return NEIGHBOUR_NONE;
    size_t start = *at - 1;
    while (start > 0 && utf8_continues(line[start]))
        start--;
    *at = start;
    return classify_at(line + start);
}

enum neighbour neighbour_after(const char *line, size_t n, size_t *at) {
    if (*at >= n)
        return NEIGHBOUR_NONE;
    size_t start = *at, end = start + 1;
    while (end < n && utf8_continues(line[end]))
        end++;
    *at = end;
    return classify_at(line + start);
}

static bool passes(enum neighbour x, char c, const char *through) {
    return x == NEIGHBOUR_SPACE || x == NEIGHBOUR_TAG ||
           (x == NEIGHBOUR_OTHER && c > 0 && strchr(through, c));
}

enum neighbour neighbour_seen_before(const char *line, size_t at, const char *through) {
    enum neighbour x = NEIGHBOUR_OTHER;
    for (int i = 0; i < LOOK_CHARACTERS; i++) {
        x = neighbour_before(line, &at);
        if (x == NEIGHBOUR_NONE || !passes(x, line[at], through))
            break;
    }
    return x;
}

enum neighbour neighbour_seen_after(const char *line, size_t n, size_t at, const char *through) {
    enum neighbour x = NEIGHBOUR_OTHER;
    for (int i = 0; i < LOOK_CHARACTERS; i++) {
        size_t start = at;
        x = neighbour_after(line, n, &at);
        if (x == NEIGHBOUR_NONE || !passes(x, line[start], through))
            break;
    }
    return x;
}

static bool is_digit(const char *line, size_t at) {
    return line[at] >= '0' && line[at] <= '9';
}

static bool is_letter(const char *line, size_t end) {
    return neighbour_before(line, &end) == NEIGHBOUR_LETTER;
}

static bool ends_chinese(const char *line, size_t at) {
    return neighbour_is_cjk(neighbour_before(line, &at));
}

/* The place of the ( that belongs to the ) before `at`, when there is no Han between; else `at`. */
static size_t skip_bracket(const char *line, size_t at) {
    size_t depth = 0, low = at > TERM_BYTES ? at - TERM_BYTES : 0;
    for (size_t i = at; i-- > low;) {
        if (line[i] == ')')
            depth++;
        else if (line[i] == '(' && --depth == 0)
            return i;
        else if ((unsigned char)line[i] >= 0xE3)
            return at;
    }
    return at;
}

bool neighbour_embedded(const char *line, size_t at) {
    size_t low = at > TERM_BYTES ? at - TERM_BYTES : 0, end = at;
    unsigned words = 0;
    bool in_word = false, first = true;
    for (;;) {
        size_t start = at;
        enum neighbour x = neighbour_before(line, &start);
        if (start < low || x == NEIGHBOUR_NONE)
            return false;
        char c = line[start];
        if (first && x == NEIGHBOUR_URL)
            return false;
        if (c == ')') {
            start = skip_bracket(line, at);
            if (start == at)
                return false;
            x = NEIGHBOUR_SPACE;
        }
        if (neighbour_is_word(x)) {
            words += !in_word;
            in_word = true;
        } else if (x == NEIGHBOUR_SPACE) {
            in_word = false;
        } else if ((c == ',' || c == ':') && x == NEIGHBOUR_OTHER) {
            if (!(start > 0 && at < end && is_digit(line, start - 1) && is_digit(line, at))) {
                enum neighbour y = neighbour_seen_before(line, start, "");
                return words > 0 && words <= TERM_WORDS_AFTER_PAUSE && neighbour_is_cjk(y);
            }
        } else if (c == '.' && at < end && line[at] == ' ' && ends_chinese(line, start)) {
            return false; /* the stop of the sentence before, not yet full-width */
        } else if (c == '\'' && !(at < end && is_letter(line, start) && is_letter(line, at + 1))) {
            return false;
        } else if (c == ';') {
            return words > 0 && words <= TERM_WORDS_AFTER_PAUSE &&
                   neighbour_is_cjk(neighbour_seen_before(line, start, ""));
        } else if (!(x == NEIGHBOUR_TAG || (c > 0 && strchr("'-+%&/._#@*=<>$", c)))) {
            if (words == 0)
                return false;
            if (x == NEIGHBOUR_HAN)
                return words <= TERM_WORDS;
            return (x == NEIGHBOUR_PAUSE || x == NEIGHBOUR_CLOSER) &&
                   words <= TERM_WORDS_AFTER_PAUSE;
        }
        if (words > TERM_WORDS)
            return false;
        first = false;
        at = start;
    }
}

bool line_is_tabular(const char *line, size_t n) {
    if (memchr(line, '\t', n))
        return true;
    size_t wide_runs = 0;
    bool prose = false;
    size_t start = 0;
    while (start < n && line[start] == ' ')
        start++;
    if (start < n && line[start] == '|')
        return true;
    for (size_t i = start; i < n;) {
        if (line[i] != ' ') {
            prose = prose || (n - i >= 3 &&
                              (memcmp(line + i, "，", 3) == 0 || memcmp(line + i, "。", 3) == 0 ||
                               memcmp(line + i, "；", 3) == 0));
            i++;
            continue;
        }
        size_t run = 0;
        while (i + run < n && line[i + run] == ' ')
            run++;
        i += run;
        if (i < n && run >= 4)
            return true;
        wide_runs += i < n && run >= 2;
    }
    return wide_runs >= 2 && !prose;
}
