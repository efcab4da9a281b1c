/* SPDX-License-Identifier: Apache-2.0 */
/* TOML: strings on the value side, everything else is passed over. Numbers and dates are not
 * looked at; what has the shape of TOML is taken for it. */
#include <string.h>

#include "front.h"

/* What a value that is being read is in. */
struct level {
    char close; /* ] or } */
    bool keeps; /* values are not for people */
};

struct scan {
    ivn_prose *prose;
    const char *s; /* the source */
    size_t at, to; /* in it */
    bool tell;     /* not only look whether it is TOML */
    bool keeps;    /* the current key's */
    struct level levels[FRONT_DEPTH];
    size_t depth;
};

/* A string with its quotation marks, and what is within. */
struct string {
    size_t from, to;
    enum front_style style;
};

static char peek(const struct scan *g) {
    return g->at < g->to ? g->s[g->at] : '\0';
}

static bool take(struct scan *g, char c) {
    const bool is = g->at < g->to && g->s[g->at] == c;
    g->at += is;
    return is;
}

static void note(struct scan *g, unsigned event) {
    if (g->tell)
        prose_note(g->prose, (uint8_t)event, g->at);
}

/* ---- between the words ---- */

static void skip_blanks(struct scan *g) {
    while (peek(g) == ' ' || peek(g) == '\t')
        g->at++;
}

static void skip_comment(struct scan *g) {
    const size_t start = g->at + 1;
    if (!take(g, '#'))
        return;
    while (g->at < g->to && g->s[g->at] != '\n')
        g->at++;
    if (g->tell)
        prose_comment(g->prose, start, g->at - start);
}

static void skip_lines(struct scan *g) {
    size_t before;
    do {
        before = g->at;
        skip_blanks(g);
        skip_comment(g);
        while (peek(g) == '\n' || peek(g) == '\r')
            g->at++;
    } while (g->at > before);
}

/* Nothing but a comment may follow in this line. */
static bool end_line(struct scan *g) {
    skip_blanks(g);
    skip_comment(g);
    (void)take(g, '\r');
    return g->at == g->to || take(g, '\n');
}

/* ---- strings ---- */

static bool is_escape(const struct scan *g, size_t at, bool lines) {
    static const char hex[] = "0123456789abcdefABCDEF";
    const char c = at + 1 < g->to ? g->s[at + 1] : '\0';
    const size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (lines && (c == '\n' || c == '\r' || c == ' ' || c == '\t'))
        return true;
    if (!c || !strchr("btnfre\"\\xuU", c) || g->to - at - 2 < digits)
        return false;
    for (size_t i = 0; i < digits; i++)
        if (!g->s[at + 2 + i] || !strchr(hex, g->s[at + 2 + i]))
            return false;
    return true;
}

/* Where the string ends, within which g->at is, and which `marks` of the quotation mark close. */
static bool find_end(struct scan *g, char quote, size_t marks) {
    for (; g->at < g->to; g->at++) {
        const char c = g->s[g->at];
        if ((c == '\n' && marks == 1) || c == '\0')
            return false;
        if (c == '\\' && quote == '"') {
            if (!is_escape(g, g->at, marks == 3))
                return false;
            g->at++;
        }
        size_t run = 0;
        while (c == quote && g->at + run < g->to && g->s[g->at + run] == quote)
            run++;
        if (run > 5)
            return false;
        if (run && (marks == 1 || run >= 3)) { /* one or two may stand before those that close */
            g->at += run > marks && marks == 3 ? run - marks : 0;
            return true;
        }
    }
    return false;
}

static bool take_string(struct scan *g, bool lines, struct string *out) {
    const char quote = peek(g);
    size_t marks = 1;
    if (lines && g->to - g->at >= 3 && g->s[g->at + 1] == quote && g->s[g->at + 2] == quote)
        marks = 3;
    g->at += marks;
    out->from = g->at;
    out->style = quote == '"' ? FRONT_DOUBLE : FRONT_AS_IS;
    if (!find_end(g, quote, marks))
        return false;
    out->to = g->at;
    g->at += marks;
    return true;
}

/* ---- keys ---- */

static bool is_bare(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-';
}

/* A key, with dots and blanks between its parts; the last one counts. */
static bool take_key(struct scan *g) {
    do {
        struct string key;
        skip_blanks(g);
        if (peek(g) == '"' || peek(g) == '\'') {
            if (!take_string(g, false, &key))
                return false;
        } else {
            key.from = g->at;
            while (is_bare(peek(g)))
                g->at++;
            key.to = g->at;
            if (key.to == key.from)
                return false;
        }
        g->keeps = front_keeps(g->s + key.from, key.to - key.from);
        skip_blanks(g);
    } while (take(g, '.'));
    note(g, FRONT_KEY);
    return true;
}

/* [table] and [[table]]. */
static bool take_header(struct scan *g) {
    const size_t marks = g->at + 1 < g->to && g->s[g->at + 1] == '[' ? 2 : 1;
    g->at += marks;
    return take_key(g) && take(g, ']') && (marks == 1 || take(g, ']')) && end_line(g);
}

/* ---- values ---- */

/* A number, a date, true or false. */
static bool take_word(struct scan *g) {
    const size_t start = g->at;
    while (is_bare(peek(g)) || (peek(g) && strchr("+.:", peek(g))))
        g->at++;
    if (g->at - start == 10 && peek(g) == ' ' && g->at + 1 < g->to && g->s[g->at + 1] >= '0' &&
        g->s[g->at + 1] <= '2') { /* the time of a date */
        g->at++;
        while (is_bare(peek(g)) || (peek(g) && strchr("+.:", peek(g))))
            g->at++;
    }
    return g->at > start;
}

static bool take_scalar(struct scan *g) {
    struct string value;
    if (peek(g) != '"' && peek(g) != '\'')
        return take_word(g);
    note(g, FRONT_VALUE);
    if (!take_string(g, true, &value))
        return false;
    if (g->tell && !g->keeps)
        front_tell(g->prose, value.from, value.to, value.style);
    return true;
}

static bool take_assignment(struct scan *g) {
    return take_key(g) && take(g, '=');
}

/* Behind a value: closes what it is in, until another value or key comes. */
static bool end_value(struct scan *g) {
    while (g->depth) {
        const struct level *in = &g->levels[g->depth - 1];
        skip_lines(g);
        if (take(g, ',')) {
            skip_lines(g);
            if (peek(g) != in->close) {
                g->keeps = in->keeps;
                return in->close == ']' || take_assignment(g);
            }
        }
        if (!take(g, in->close))
            return false;
        note(g, FRONT_OPEN + 1);
        g->depth--;
    }
    return true;
}

/* Opens an array or an inline table. *done: it is empty, and is closed. */
static bool open_level(struct scan *g, char close, bool *done) {
    if (g->depth == FRONT_DEPTH)
        return false;
    g->at++;
    note(g, FRONT_OPEN);
    g->levels[g->depth++] = (struct level){close, g->keeps && close == ']'};
    skip_lines(g);
    *done = peek(g) == close;
    return *done || close == ']' || take_assignment(g);
}

static bool take_value(struct scan *g) {
    g->depth = 0;
    do {
        bool done = true;
        skip_blanks(g);
        const char c = peek(g);
        if (c == '[' || c == '{' ? !open_level(g, c == '[' ? ']' : '}', &done) : !take_scalar(g))
            return false;
        if (done && !end_value(g))
            return false;
    } while (g->depth);
    return end_line(g);
}

static bool scan(struct scan *g) {
    for (skip_lines(g); g->at < g->to; skip_lines(g))
        if (peek(g) == '[' ? !take_header(g) : !take_assignment(g) || !take_value(g))
            return false;
    return true;
}

bool front_toml_read(ivn_prose *p, size_t from, size_t to) {
    struct scan look = {.prose = p, .s = p->source, .at = from, .to = to};
    struct scan tell = {.prose = p, .s = p->source, .at = from, .to = to, .tell = true};
    return scan(&look) && scan(&tell);
}
