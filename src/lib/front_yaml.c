/* SPDX-License-Identifier: Apache-2.0 */
/* YAML. libyaml parses; where its events stand is told by line and column. */
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "front.h"
#include "utf8.h"

/* A mapping or sequence that is open. */
struct level {
    bool mapping;
    bool at_key; /* of a mapping: a key comes next */
    bool keeps;  /* what comes next is not for people */
    bool in_key; /* all of it is part of a key */
};

struct walk {
    ivn_prose *prose;
    size_t from, to; /* in the source */
    bool tell;       /* not only look whether it is YAML */
    size_t at;       /* of line `line` and column `column` */
    size_t line, column;
    size_t done; /* what is before has been looked through for comments */
    struct level levels[FRONT_DEPTH];
    size_t depth;
    size_t documents;
    bool mapping, empty; /* what the document is */
};

/* ---- places ---- */

/* The length of the line end at `at`, as libyaml has it; 0: there is none. */
static size_t line_end_at(const struct walk *w, size_t at) {
    const char *s = w->prose->source + at;
    const size_t n = w->to - at;
    if (n > 1 && s[0] == '\r' && s[1] == '\n')
        return 2;
    if (n && (*s == '\n' || *s == '\r'))
        return 1;
    if (n > 1 && memcmp(s, "\xC2\x85", 2) == 0)
        return 2;
    return n > 2 && (memcmp(s, "\xE2\x80\xA8", 3) == 0 || memcmp(s, "\xE2\x80\xA9", 3) == 0) ? 3
                                                                                             : 0;
}

/* Where a mark stands, which is not before the last one that was asked for. */
static size_t find_place(struct walk *w, const yaml_mark_t *mark) {
    while (w->at < w->to &&
           (w->line < mark->line || (w->line == mark->line && w->column < mark->column))) {
        const size_t end = line_end_at(w, w->at);
        if (end && w->line == mark->line)
            break;
        w->at += end ? end : utf8_length((unsigned char)w->prose->source[w->at]);
        w->column = end ? 0 : w->column + 1;
        w->line += end != 0;
    }
    return w->at < w->to ? w->at : w->to;
}

/* ---- comments ---- */

static size_t skip_line(const struct walk *w, size_t at) {
    while (at < w->to && line_end_at(w, at) == 0)
        at++;
    return at;
}

/* Tells the comments between the scalars. */
static void tell_comments(struct walk *w, size_t to) {
    const char *s = w->prose->source;
    for (size_t at = w->done; at < to; at++) {
        if (s[at] != '#' || (at > w->from && !strchr(" \t\r\n", s[at - 1])))
            continue;
        const size_t end = skip_line(w, at);
        prose_comment(w->prose, at + 1, end - at - 1);
        at = end;
    }
}

/* ---- scalars ---- */

/* Skips the anchor and the tag before a scalar. */
static size_t skip_properties(const struct walk *w, size_t at, size_t end) {
    const char *s = w->prose->source;
    while (at < end && (s[at] == '&' || s[at] == '!')) {
        while (at < end && !strchr(" \t\r\n", s[at]))
            at++;
        while (at < end && strchr(" \t\r\n#", s[at]))
            at = s[at] == '#' ? skip_line(w, at) : at + 1;
    }
    return at;
}

/* Tells the lines of a block scalar, behind its header. */
static void tell_block(struct walk *w, size_t at, size_t end) {
    const char *s = w->prose->source;
    w->done = at;
    at = skip_line(w, at);
    tell_comments(w, at);
    while (at < end && strchr(" \t\r\n", s[at]))
        at++;
    front_tell(w->prose, at, end, FRONT_AS_IS);
}

static void tell_value(struct walk *w, const yaml_event_t *event, size_t start, size_t end) {
    const yaml_scalar_style_t style = event->data.scalar.style;
    if (event->data.scalar.anchor || event->data.scalar.tag)
        start = skip_properties(w, start, end);
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        tell_block(w, start, end);
    else if (style == YAML_PLAIN_SCALAR_STYLE)
        front_tell(w->prose, start, end, FRONT_AS_IS);
    else if (end - start >= 2)
        front_tell(w->prose, start + 1, end - 1,
                   style == YAML_SINGLE_QUOTED_SCALAR_STYLE ? FRONT_SINGLE : FRONT_DOUBLE);
}

static bool is_text(const yaml_event_t *event) {
    const char *tag = (const char *)event->data.scalar.tag;
    return !tag || strcmp(tag, "!") == 0 || strcmp(tag, YAML_STR_TAG) == 0;
}

static void take_scalar(struct walk *w, const yaml_event_t *event, const struct level *in) {
    const bool key = in && in->mapping && in->at_key;
    const size_t start = find_place(w, &event->start_mark), end = find_place(w, &event->end_mark);
    tell_comments(w, start);
    prose_note(w->prose, (uint8_t)((key ? FRONT_KEY : FRONT_VALUE) + event->data.scalar.style),
               start);
    if (in && !key && !in->keeps && !in->in_key && is_text(event))
        tell_value(w, event, start, end);
    w->done = end;
}

/* ---- structure ---- */

/* A node has been read: in a mapping, keys and values take turns. */
static void end_node(struct walk *w, const yaml_event_t *key) {
    struct level *in = w->depth ? &w->levels[w->depth - 1] : NULL;
    if (!in || !in->mapping)
        return;
    if (in->at_key)
        in->keeps =
            key && front_keeps((const char *)key->data.scalar.value, key->data.scalar.length);
    in->at_key = !in->at_key;
}

static bool open_level(struct walk *w, bool mapping) {
    const struct level *in = w->depth ? &w->levels[w->depth - 1] : NULL;
    if (w->depth == FRONT_DEPTH)
        return false;
    w->levels[w->depth++] =
        (struct level){.mapping = mapping,
                       .at_key = mapping,
                       .keeps = in && in->keeps && !mapping,
                       .in_key = in && (in->in_key || (in->mapping && in->at_key))};
    return true;
}

/* false: this is no front matter. */
static bool take_event(struct walk *w, const yaml_event_t *event) {
    const struct level *in = w->depth ? &w->levels[w->depth - 1] : NULL;
    if (event->type == YAML_DOCUMENT_START_EVENT && ++w->documents > 1)
        return false;
    if (w->depth == 0 && event->type == YAML_MAPPING_START_EVENT)
        w->mapping = true;
    if (w->depth == 0 && event->type == YAML_SCALAR_EVENT && event->data.scalar.length == 0)
        w->empty = true;
    if (w->tell && event->type != YAML_SCALAR_EVENT)
        prose_note(w->prose, (uint8_t)(FRONT_OPEN + event->type), w->done);
    switch (event->type) {
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        return open_level(w, event->type == YAML_MAPPING_START_EVENT);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        w->depth--;
        end_node(w, NULL);
        return true;
    case YAML_SCALAR_EVENT:
        if (w->tell)
            take_scalar(w, event, in);
        end_node(w, event);
        return true;
    case YAML_ALIAS_EVENT:
        end_node(w, NULL);
        return true;
    default:
        return true;
    }
}

static bool walk(struct walk *w) {
    yaml_parser_t parser;
    yaml_event_t event;
    if (!yaml_parser_initialize(&parser))
        return !(w->prose->failed = true);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const yaml_char_t *)w->prose->source + w->from,
                                 w->to - w->from);
    bool ok, last;
    do {
        ok = yaml_parser_parse(&parser, &event) != 0;
        if (!ok) {
            w->prose->failed |= parser.error == YAML_MEMORY_ERROR;
            break;
        }
        last = event.type == YAML_STREAM_END_EVENT;
        ok = take_event(w, &event);
        yaml_event_delete(&event);
    } while (ok && !last && !w->prose->failed);
    yaml_parser_delete(&parser);
    return ok;
}

bool front_yaml_read(ivn_prose *p, size_t from, size_t to, bool *mapping, bool *empty) {
    struct walk look = {.prose = p, .from = from, .to = to};
    const bool ok = walk(&look);
    *mapping = ok && look.mapping;
    *empty = ok && look.empty;
    if (!*mapping)
        return ok;
    struct walk tell = {.prose = p, .from = from, .to = to, .at = from, .done = from, .tell = true};
    (void)walk(&tell);
    tell_comments(&tell, to);
    return true;
}
