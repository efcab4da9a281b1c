/* SPDX-License-Identifier: Apache-2.0 */
/* Subtitles: SubRip and WebVTT. A cue is a block, its lines are lines. What a player goes by -
 * which cues there are, and which lines in each - is noted, so that no edit makes a cue line blank
 * or puts an arrow into it. */
#include "doc.h"

#include <string.h>

#include "entity.h"
#include "error.h"
#include "utf8.h"

enum event { CUE = 1, LINE, ARROW };

struct reader {
    ivn_prose *prose;
    bool vtt;       /* WebVTT: entities, and what <…> may be */
    unsigned quiet; /* how many <lang …> are open, from the first that is not Chinese */
    bool in_ruby_text;
};

/* [from, to) without its end, which reaches to `next`. */
struct line {
    size_t from, to, next;
};

/* Old files end their lines with a carriage return alone. */
static struct line line_at(const char *text, size_t n, size_t at) {
    struct line line = {.from = at};
    while (at < n && text[at] != '\n' && text[at] != '\r')
        at++;
    line.to = at;
    line.next = at + (at < n) + (at + 1 < n && text[at] == '\r' && text[at + 1] == '\n');
    return line;
}

static bool is_blank(const char *text, const struct line *line) {
    for (size_t i = line->from; i < line->to; i++)
        if (text[i] != ' ' && text[i] != '\t')
            return false;
    return true;
}

static bool has_arrow(const char *text, const struct line *line) {
    return line->to - line->from >= 3 &&
           memmem(text + line->from, line->to - line->from, "-->", 3) != NULL;
}

/* ---- text ---- */

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The length of the tag at s, where n bytes are left; 0: it is none. <旁白> and <3 are text. */
static size_t tag_length(const char *s, size_t n) {
    size_t i = n > 1 && s[1] == '/' ? 2 : 1;
    const size_t name = i;
    while (i < n && (is_letter(s[i]) || is_digit(s[i])))
        i++;
    if (i == n || !strchr(">/. :\t", s[i]) || (i == name && s[i] != '>' && s[i] != '.'))
        return 0;
    while (i < n && s[i] != '>' && s[i] != '<' && s[i])
        i++;
    return i < n && s[i] == '>' ? i + 1 : 0;
}

/* {\an8}: what SubRip files have of another format. */
static size_t override_length(const char *s, size_t n) {
    size_t i = 1;
    if (n < 3 || s[1] != '\\')
        return 0;
    while (i < n && s[i] != '}' && s[i] != '{')
        i++;
    return i < n && s[i] == '}' ? i + 1 : 0;
}

static bool is_tag(const char *tag, size_t length, const char *name) {
    const size_t n = strlen(name);
    return length > n + 1 && strncmp(tag + 1, name, n) == 0 && !is_letter(tag[n + 1]);
}

/* <lang ja> */
static bool is_foreign(const char *tag, size_t length) {
    size_t at = 5;
    while (at < length && (tag[at] == ' ' || tag[at] == '\t'))
        at++;
    return length - at < 2 || (tag[at] | 0x20) != 'z' || (tag[at + 1] | 0x20) != 'h';
}

static void set_ruby_text(struct reader *r, bool in) {
    if (in && !r->in_ruby_text)
        prose_begin_aside(r->prose);
    if (!in && r->in_ruby_text)
        prose_end_aside(r->prose);
    r->in_ruby_text = in;
}

static void take_tag(struct reader *r, const char *tag, size_t length) {
    const bool closes = tag[1] == '/';
    if (r->vtt && is_tag(tag, length, "lang"))
        r->quiet += r->quiet > 0 || is_foreign(tag, length);
    if (r->vtt && is_tag(tag, length, "/lang"))
        r->quiet -= r->quiet > 0;
    if (is_tag(tag, length, "rt"))
        set_ruby_text(r, true);
    else if (is_tag(tag, length, "/rt") || is_tag(tag, length, "/ruby"))
        set_ruby_text(r, false);
    else if (!closes)
        prose_lead(r->prose, length);
    if (closes)
        r->prose->lead = 0; /* what was opened before is not right before the next piece */
}

static void take_entity(struct reader *r, size_t at, size_t length) {
    const uint32_t code_point = entity_decode(r->prose->source + at, length);
    if (code_point)
        prose_add_character(r->prose, at, length, code_point);
    else
        prose_add_opaque(r->prose, PROSE_OBJECT, at, length);
}

/* The length of what looks like an entity; 0: it does not. */
static size_t entity_length(const char *s, size_t n) {
    enum { LONGEST = 12 };
    size_t i = 1;
    while (i < n && i < LONGEST && (is_letter(s[i]) || is_digit(s[i]) || (s[i] == '#' && i == 1)))
        i++;
    return i > 1 && i < n && s[i] == ';' ? i + 1 : 0;
}

static void take_text(struct reader *r, size_t at, size_t length) {
    if (r->quiet)
        prose_add_opaque(r->prose, PROSE_WORD, at, length);
    else
        prose_add_text(r->prose, at, length);
}

/* One line of a cue. */
static void read_text(struct reader *r, const struct line *line) {
    ivn_prose *p = r->prose;
    size_t told = line->from;
    for (size_t i = line->from, length; i < line->to; i += length) {
        const char *s = p->source + i;
        const size_t left = line->to - i;
        size_t tag = 0, entity = 0;
        if (*s == '<')
            tag = tag_length(s, left);
        else if (*s == '{' && !r->vtt)
            tag = override_length(s, left);
        else if (*s == '&' && r->vtt && !r->quiet)
            entity = entity_length(s, left);
        length = tag ? tag : entity ? entity : 1;
        if (!tag && !entity)
            continue;
        take_text(r, told, i - told);
        if (entity)
            take_entity(r, i, entity);
        else if (*s == '<')
            take_tag(r, s, tag);
        else
            prose_lead(p, tag);
        told = i + length;
    }
    take_text(r, told, line->to - told);
    p->lead = 0;
    prose_end_line(p);
}

static void begin_cue(struct reader *r, size_t at) {
    prose_end_block(r->prose);
    prose_note(r->prose, CUE, at);
    r->quiet = 0;
}

static void end_cue(struct reader *r) {
    set_ruby_text(r, false);
    prose_end_block(r->prose);
}

static void read_line(struct reader *r, const struct line *line) {
    if (is_blank(r->prose->source, line))
        return;
    prose_note(r->prose, LINE, line->from);
    if (has_arrow(r->prose->source, line))
        prose_note(r->prose, ARROW, line->from);
    read_text(r, line);
}

/* ---- SubRip ---- */

/* The length of a time such as 00:00:01,000 with space around it; 0: there is none. */
static size_t time_length(const char *s, size_t n) {
    size_t i = 0, colons = 0, digits = 0;
    for (; i < n && (is_digit(s[i]) || (s[i] && strchr(" \t:,.", s[i]))); i++) {
        colons += s[i] == ':';
        digits += is_digit(s[i]);
    }
    return colons && digits > 2 ? i : 0;
}

static bool is_timing(const char *text, const struct line *line) {
    const char *s = text + line->from;
    const size_t n = line->to - line->from, first = time_length(s, n);
    return first && n - first > 3 && memcmp(s + first, "-->", 3) == 0 &&
           time_length(s + first + 3, n - first - 3) > 0;
}

/* A line of digits, right before that of the times. */
static bool is_index(const char *text, size_t n, const struct line *line) {
    size_t digits = 0;
    for (size_t i = line->from; i < line->to; i++) {
        digits += is_digit(text[i]);
        if (!is_digit(text[i]) && text[i] != ' ' && text[i] != '\t')
            return false;
    }
    const struct line next = line_at(text, n, line->next);
    return digits > 0 && line->next < n && is_timing(text, &next);
}

static ivn_status refuse(const ivn_prose *p, size_t at, const char *message, ivn_error *err) {
    error_set(err, IVN_SYNTAX, message, NULL, NULL, NULL);
    error_find_place(err, p->source, at);
    return IVN_SYNTAX;
}

ivn_status doc_srt_read(ivn_prose *p, ivn_error *err) {
    struct reader r = {.prose = p};
    size_t strange = SIZE_MAX; /* the first line that belongs to no cue */
    bool in_cue = false;
    struct line line;
    for (size_t at = utf8_mark(p->source, p->size); at < p->size; at = line.next) {
        line = line_at(p->source, p->size, at);
        if (is_timing(p->source, &line)) {
            end_cue(&r);
            begin_cue(&r, line.from);
            in_cue = true;
        } else if (is_index(p->source, p->size, &line)) {
            continue;
        } else if (in_cue) {
            read_line(&r, &line);
        } else if (strange == SIZE_MAX && !is_blank(p->source, &line)) {
            strange = line.from;
        }
    }
    end_cue(&r);
    if (!in_cue && strange != SIZE_MAX)
        return refuse(
            p, strange,
            N_("no SubRip subtitles: there is no line like 00:00:01,000 --> 00:00:02,000"), err);
    return IVN_OK;
}

bool doc_srt_is(const char *text, size_t n) {
    size_t at = utf8_mark(text, n);
    struct line line = line_at(text, n, at);
    while (line.next < n && is_blank(text, &line))
        line = line_at(text, n, line.next);
    return is_timing(text, &line) || is_index(text, n, &line);
}

/* SubRip has no way to write < or { as text: a tag that an edit makes shows as other markup. */
bool doc_srt_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                   struct buffer *out) {
    bool ok = true;
    (void)p;
    (void)piece;
    for (size_t i = 0; i < n && ok; i++)
        ok = buffer_append(out, text[i] == '\n' || text[i] == '\r' ? " " : text + i, 1);
    return ok;
}

/* ---- WebVTT ---- */

static bool begins_with(const char *text, const struct line *line, const char *word) {
    const size_t n = strlen(word), size = line->to - line->from;
    return size >= n && memcmp(text + line->from, word, n) == 0 &&
           (size == n || text[line->from + n] == ' ' || text[line->from + n] == '\t');
}

/* Where the block that the line at `at` is in ends: at an empty line, or one with an arrow. */
static size_t block_end(const ivn_prose *p, size_t at) {
    for (struct line line; at < p->size; at = line.next) {
        line = line_at(p->source, p->size, at);
        if (line.from == line.to || has_arrow(p->source, &line))
            break;
    }
    return at;
}

/* ivnorm:ignore-next before a cue is about the cue, whose first line has no prose. */
static void stretch_mutes(ivn_prose *p, size_t from, size_t to) {
    for (size_t i = p->mute_count; i > 0 && p->mutes[i - 1].from == from; i--)
        if (p->mutes[i - 1].to < to)
            p->mutes[i - 1].to = (uint32_t)to;
}

/* The cue that begins at `from`, maybe with an identifier, and has its times in that line. */
static size_t read_cue(struct reader *r, size_t from, const struct line *times) {
    ivn_prose *p = r->prose;
    const size_t end = block_end(p, times->next);
    struct line line;
    begin_cue(r, times->from);
    for (size_t at = times->next; at < end; at = line.next) {
        line = line_at(p->source, p->size, at);
        read_line(r, &line);
    }
    end_cue(r);
    stretch_mutes(p, from, end);
    return end;
}

static size_t read_block(struct reader *r, const struct line *first) {
    ivn_prose *p = r->prose;
    const struct line second = line_at(p->source, p->size, first->next);
    if (has_arrow(p->source, first))
        return read_cue(r, first->from, first);
    if (first->next < p->size && has_arrow(p->source, &second))
        return read_cue(r, first->from, &second);
    const size_t end = block_end(p, first->next);
    if (begins_with(p->source, first, "NOTE"))
        prose_comment(p, first->from + 4, end - first->from - 4);
    return end;
}

ivn_status doc_vtt_read(ivn_prose *p, ivn_error *err) {
    struct reader r = {.prose = p, .vtt = true};
    size_t at = utf8_mark(p->source, p->size);
    struct line line = line_at(p->source, p->size, at);
    if (!begins_with(p->source, &line, "WEBVTT"))
        return refuse(p, at, N_("no WebVTT subtitles: the first line is not WEBVTT"), err);
    for (at = block_end(p, line.next); at < p->size;) {
        line = line_at(p->source, p->size, at);
        at = line.from == line.to ? line.next : read_block(&r, &line);
    }
    return IVN_OK;
}

bool doc_vtt_is(const char *text, size_t n) {
    const struct line line = line_at(text, n, utf8_mark(text, n));
    return begins_with(text, &line, "WEBVTT");
}

bool doc_vtt_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                   struct buffer *out) {
    bool ok = true;
    (void)p;
    (void)piece;
    for (size_t i = 0; i < n && ok; i++)
        switch (text[i]) {
        case '&':
            ok = buffer_append(out, "&amp;", 5);
            break;
        case '<':
            ok = buffer_append(out, "&lt;", 4);
            break;
        case '>':
            ok = buffer_append(out, "&gt;", 4);
            break;
        case '\n':
        case '\r':
            ok = buffer_append(out, " ", 1);
            break;
        default:
            ok = buffer_append(out, text + i, 1);
        }
    return ok;
}
