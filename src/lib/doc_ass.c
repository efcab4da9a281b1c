/* SPDX-License-Identifier: Apache-2.0 */
/* Advanced SubStation Alpha: the text of the dialogue lines, a block each. Override blocks {\…} are
 * markup that words are seen through, as karaoke needs it; drawings are left alone. */
#include "doc.h"

#include <string.h>
#include <strings.h>

#include "error.h"
#include "utf8.h"

enum event { DIALOGUE = 1, LINE_END };
enum { USUAL_COMMAS = 9 }; /* before the text, if no line Format tells */

struct reader {
    ivn_prose *prose;
    bool in_events;
    bool found;    /* a section */
    size_t commas; /* before the text of an event */
    bool is_last;  /* the text goes on until the line ends */
    bool drawing;  /* the text is a drawing, from {\p1} to {\p0} */
};

static bool begins_with(const char *s, size_t n, const char *word) {
    const size_t length = strlen(word);
    return n >= length && strncasecmp(s, word, length) == 0;
}

static size_t skip_space(const char *s, size_t at, size_t n) {
    while (at < n && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at;
}

/* ---- text ---- */

/* What the tags of an override block are, as far as it matters. */
struct tags {
    bool drawing;
    bool resets; /* ends something: {\i0}, {\r} */
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static struct tags look(const char *s, size_t n, bool drawing) {
    struct tags tags = {.drawing = drawing};
    for (size_t i = 0; i + 1 < n; i++) {
        if (s[i] != '\\')
            continue;
        const char *tag = s + i + 1;
        const size_t left = n - i - 1;
        if (left > 1 && tag[0] == 'p' && is_digit(tag[1]))
            tags.drawing = strspn(tag + 1, "0") == 0;
        tags.resets |= tag[0] == 'r' || (left > 1 && strchr("bius", tag[0]) && tag[1] == '0');
    }
    return tags;
}

/* The length of the block in braces at s; 0: it has no end, and is text. */
static size_t block_length(const char *s, size_t n) {
    size_t i = 1;
    while (i < n && s[i] != '}' && s[i] != '{')
        i++;
    return i < n && s[i] == '}' ? i + 1 : 0;
}

static void take_block(struct reader *r, size_t at, size_t length) {
    const struct tags tags = look(r->prose->source + at + 1, length - 2, r->drawing);
    r->drawing = tags.drawing;
    if (tags.resets)
        r->prose->lead = 0; /* and what it ends is in front of it */
    else
        prose_lead(r->prose, length);
    prose_comment(r->prose, at + 1, length - 2);
}

/* \N \n \h: what it is has two bytes. */
static void take_escape(struct reader *r, size_t at) {
    ivn_prose *p = r->prose;
    if (p->source[at + 1] == 'h') {
        prose_add_opaque(p, PROSE_OBJECT, at, 2);
        return;
    }
    prose_note(p, LINE_END, at);
    p->lead = 0; /* what was opened is not right before what follows */
    prose_end_line(p);
}

static void tell(struct reader *r, size_t from, size_t to) {
    if (!r->drawing && from < to)
        prose_add_text(r->prose, from, to - from);
}

static void read_text(struct reader *r, size_t from, size_t to) {
    ivn_prose *p = r->prose;
    size_t told = from;
    r->drawing = false;
    prose_end_block(p);
    prose_note(p, DIALOGUE, from);
    for (size_t i = from, length; i < to; i += length) {
        const char *s = p->source + i;
        const size_t block = *s == '{' ? block_length(s, to - i) : 0;
        const bool escape = *s == '\\' && !r->drawing && i + 1 < to && s[1] && strchr("Nnh", s[1]);
        length = block ? block : escape ? 2 : 1;
        if (!block && !escape)
            continue;
        tell(r, told, i);
        if (block)
            take_block(r, i, block);
        else
            take_escape(r, i);
        told = i + length;
    }
    tell(r, told, to);
    prose_end_block(p);
}

/* ---- lines ---- */

/* Format: Layer, Start, …, Text */
static void take_format(struct reader *r, const char *s, size_t n) {
    for (size_t at = 0, field = 0; at < n; field++) {
        const char *comma = memchr(s + at, ',', n - at);
        const size_t end = comma ? (size_t)(comma - s) : n;
        at = skip_space(s, at, end);
        if (begins_with(s + at, end - at, "Text") && skip_space(s, at + 4, end) == end) {
            r->commas = field;
            r->is_last = !comma;
            return;
        }
        at = end + 1;
    }
}

/* Where the text of an event stands in [from, to). false: it has too few fields. */
static bool find_text(const struct reader *r, size_t *from, size_t *to) {
    const char *source = r->prose->source;
    for (size_t i = 0; i < r->commas; i++) {
        const char *comma = *from < *to ? memchr(source + *from, ',', *to - *from) : NULL;
        if (!comma)
            return false;
        *from = (size_t)(comma - source) + 1;
    }
    const char *end = *from < *to && !r->is_last ? memchr(source + *from, ',', *to - *from) : NULL;
    if (end)
        *to = (size_t)(end - source);
    return *from < *to;
}

static void read_event(struct reader *r, size_t from, size_t to) {
    static const char format[] = "Format:", dialogue[] = "Dialogue:", comment[] = "Comment:";
    const char *s = r->prose->source + from;
    const size_t n = to - from;
    size_t at;
    if (begins_with(s, n, format)) {
        take_format(r, s + sizeof format - 1, n - (sizeof format - 1));
    } else if (begins_with(s, n, dialogue)) {
        at = from + sizeof dialogue - 1;
        if (find_text(r, &at, &to))
            read_text(r, at, to);
    } else if (begins_with(s, n, comment)) {
        at = from + sizeof comment - 1;
        if (find_text(r, &at, &to))
            prose_comment(r->prose, at, to - at);
    }
}

static void read_line(struct reader *r, size_t from, size_t to) {
    const char *s = r->prose->source;
    while (to > from && (s[to - 1] == ' ' || s[to - 1] == '\t'))
        to--;
    if (from == to)
        return;
    if (s[from] == ';')
        prose_comment(r->prose, from + 1, to - from - 1);
    else if (s[from] == '[' && s[to - 1] == ']') {
        r->found = true;
        r->in_events = to - from == 8 && begins_with(s + from, to - from, "[Events]");
    } else if (r->in_events) {
        read_event(r, from, to);
    }
}

static size_t line_end(const char *text, size_t at, size_t n) {
    while (at < n && text[at] != '\n' && text[at] != '\r')
        at++;
    return at;
}

/* Where the first line begins that is not blank. */
static size_t first_line(const char *text, size_t n) {
    size_t at = utf8_mark(text, n);
    while (at < n && text[at] && strchr(" \t\r\n", text[at]))
        at++;
    return at;
}

ivn_status doc_ass_read(ivn_prose *p, ivn_error *err) {
    struct reader r = {.prose = p, .commas = USUAL_COMMAS, .is_last = true};
    const size_t first = first_line(p->source, p->size);
    for (size_t at = first, end; at < p->size; at = end + 1) {
        end = line_end(p->source, at, p->size);
        read_line(&r, at, end);
    }
    if (r.found || first == p->size)
        return IVN_OK;
    error_set(err, IVN_SYNTAX, N_("no ASS subtitles: there is no section such as [Events]"), NULL,
              NULL, NULL);
    error_find_place(err, p->source, first);
    return IVN_SYNTAX;
}

bool doc_ass_is(const char *text, size_t n) {
    static const char section[] = "[Script Info]";
    const size_t at = first_line(text, n);
    return begins_with(text + at, n - at, section);
}

/* There is no way to write braces as text, and a backslash might begin something. */
bool doc_ass_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                   struct buffer *out) {
    static const struct {
        char mark;
        char wide[4];
    } marks[] = {{'{', "\xEF\xBD\x9B"}, {'}', "\xEF\xBD\x9D"}, {'\\', "\xEF\xBC\xBC"}};
    bool ok = true;
    (void)p;
    (void)piece;
    for (size_t i = 0; i < n && ok; i++) {
        const char *with = text[i] == '\n' || text[i] == '\r' ? " " : NULL;
        for (size_t k = 0; k < sizeof marks / sizeof *marks && !with; k++)
            with = marks[k].mark == text[i] ? marks[k].wide : NULL;
        ok = with ? buffer_append(out, with, strlen(with)) : buffer_append(out, text + i, 1);
    }
    return ok;
}
