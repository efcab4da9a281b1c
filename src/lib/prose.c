/* SPDX-License-Identifier: Apache-2.0 */
#include "prose.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "utf8.h"

/* U+FFFC OBJECT REPLACEMENT CHARACTER: no word has it and no rule knows it. */
static const char stand_in[] = "\xEF\xBF\xBC";
enum { STAND_IN_SIZE = sizeof stand_in - 1, LARGEST = 1 << 30 };

void ivn_prose_free(ivn_prose *p) {
    if (!p)
        return;
    buffer_fini(&p->text);
    buffer_fini(&p->aside_text);
    buffer_fini(&p->events);
    span_list_fini(&p->opaque);
    free(p->pieces);
    free(p->asides);
    free(p->mutes);
    free(p->event_places);
    free(p);
}

/* ---- pieces ---- */

static bool push(struct prose_piece **list, size_t *count, size_t *capacity,
                 const struct prose_piece *piece) {
    void *items = *list;
    if (!array_grow(&items, capacity, *count + 1, sizeof **list))
        return false;
    *list = items;
    (*list)[(*count)++] = *piece;
    return true;
}

/* Appends a piece whose prose is n bytes of `text`. */
static void append(ivn_prose *p, struct prose_piece piece, const char *text, size_t n) {
    struct buffer *to = p->in_aside ? &p->aside_text : &p->text;
    piece.at = (uint32_t)to->size;
    if (p->failed)
        return;
    bool ok = buffer_append(to, text, n);
    if (ok && !p->in_aside && (piece.kind == PROSE_WORD || piece.kind == PROSE_OBJECT))
        ok = piece.kind == PROSE_OBJECT || span_add(&p->opaque, piece.at, n);
    if (ok)
        ok = p->in_aside ? push(&p->asides, &p->aside_count, &p->aside_capacity, &piece)
                         : push(&p->pieces, &p->count, &p->capacity, &piece);
    p->failed = !ok;
}

/* Puts the line end in that was asked for, now that something follows. */
static void begin_line(ivn_prose *p) {
    const size_t lines = p->in_aside ? 0 : p->line_ends;
    if (lines && p->count)
        append(p, (struct prose_piece){.source = p->end, .kind = PROSE_BREAK}, "\n\n", lines);
    if (!p->in_aside)
        p->line_ends = 0;
}

/* Whether a piece of the running text stands behind the one before it. */
static bool is_in_order(ivn_prose *p, size_t offset, size_t length) {
    if (offset > p->size || length > p->size - offset || (!p->in_aside && offset < p->end)) {
        p->failed = p->misplaced = true;
        return false;
    }
    return true;
}

void prose_add_piece(ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n) {
    if (p->failed || piece->length == 0 || !is_in_order(p, piece->source, piece->length))
        return;
    begin_line(p);
    append(p, *piece, text, n);
    if (!p->in_aside)
        p->end = piece->source + piece->length;
}

static void add(ivn_prose *p, enum prose_kind kind, size_t offset, size_t length, const char *text,
                size_t n) {
    prose_add_piece(p,
                    &(struct prose_piece){.source = (uint32_t)offset,
                                          .length = (uint32_t)length,
                                          .lead = p->lead,
                                          .kind = (uint8_t)kind,
                                          .style = p->style},
                    text, n);
    p->lead = 0;
}

/* The last piece, if it is text that ends at `offset` and what follows belongs to it. */
static struct prose_piece *last_text(ivn_prose *p, size_t offset) {
    size_t count = p->in_aside ? p->aside_count : p->count;
    struct prose_piece *last = count ? &(p->in_aside ? p->asides : p->pieces)[count - 1] : NULL;
    return last && last->kind == PROSE_TEXT && last->style == p->style && p->lead == 0 &&
                   (p->in_aside || p->line_ends == 0) &&
                   (size_t)last->source + last->length == offset
               ? last
               : NULL;
}

void prose_add_text(ivn_prose *p, size_t offset, size_t length) {
    struct prose_piece *last = last_text(p, offset);
    if (!last) {
        add(p, PROSE_TEXT, offset, length, p->source + offset, length);
        return;
    }
    if (p->failed || !is_in_order(p, offset, length))
        return;
    p->failed = !buffer_append(p->in_aside ? &p->aside_text : &p->text, p->source + offset, length);
    last->length += (uint32_t)length;
    if (!p->in_aside)
        p->end = (uint32_t)(offset + length);
}

void prose_add_character(ivn_prose *p, size_t offset, size_t length, uint32_t code_point) {
    char text[4];
    add(p, PROSE_CHARACTER, offset, length, text, utf8_encode(code_point, text));
}

void prose_add_opaque(ivn_prose *p, enum prose_kind kind, size_t offset, size_t length) {
    add(p, kind, offset, length, stand_in, STAND_IN_SIZE);
}

void prose_lead(ivn_prose *p, size_t n) {
    p->lead += (uint32_t)n;
}

void prose_end_line(ivn_prose *p) {
    if (!p->in_aside && p->line_ends == 0)
        p->line_ends = 1;
}

/* ---- blocks and asides ---- */

void prose_begin_aside(ivn_prose *p) {
    const struct prose_piece mark = {.kind = PROSE_BREAK};
    p->lead_outside = p->lead;
    p->style_outside = p->style;
    p->lead = 0;
    p->in_aside = true;
    append(p, mark, NULL, 0);
}

void prose_end_aside(ivn_prose *p) {
    p->in_aside = false;
    p->lead = p->lead_outside;
    p->style = p->style_outside;
}

/* Puts the asides behind the block, each in a block of its own. */
static void put_asides(ivn_prose *p) {
    const uint32_t end = p->end;
    for (size_t i = 0; i < p->aside_count; i++) {
        const struct prose_piece *a = &p->asides[i];
        const size_t next = i + 1 < p->aside_count ? a[1].at : p->aside_text.size;
        p->end = 0;
        if (a->kind == PROSE_BREAK)
            p->line_ends = 2;
        else
            prose_add_piece(p, a, p->aside_text.data + a->at, next - a->at);
    }
    p->aside_count = p->aside_text.size = 0;
    p->end = end;
}

void prose_end_block(ivn_prose *p) {
    if (p->in_aside)
        return;
    p->line_ends = 2;
    p->lead = 0;
    if (p->aside_count) {
        put_asides(p);
        p->line_ends = 2;
    }
}

/* ---- structure ---- */

void prose_note(ivn_prose *p, uint8_t event, size_t offset) {
    void *places = p->event_places;
    if (p->failed)
        return;
    if (!array_grow(&places, &p->event_capacity, p->events.size + 1, sizeof *p->event_places)) {
        p->failed = true;
        return;
    }
    p->event_places = places;
    p->event_places[p->events.size] = (uint32_t)offset;
    p->failed = !buffer_append(&p->events, &event, 1);
}

/* ---- reading ---- */

static ivn_status refuse_directive(const ivn_prose *p, ivn_error *err) {
    char word[IVN_ERROR_ARG_SIZE];
    error_copy(word, p->source + p->directive, p->directive_length);
    error_set(err, IVN_SYNTAX,
              N_("unknown directive 'ivnorm:%s'; use off, on, ignore-line or ignore-next"), word,
              NULL, NULL);
    error_find_place(err, p->source, p->directive);
    return IVN_SYNTAX;
}

ivn_status prose_read(ivn_prose **out, const struct format *format, const char *source, size_t n,
                      const char *chosen, ivn_error *err) {
    ivn_prose *p = calloc(1, sizeof *p);
    if (!p)
        return error_memory(err);
    p->format = format;
    p->source = source;
    p->size = n;
    p->chosen = chosen;
    ivn_status status = IVN_OK;
    if (format->read)
        status = format->read(p, err);
    else
        prose_add_text(p, 0, n);
    prose_end_block(p);
    if (p->mute_count)
        prose_apply_mutes(p);
    if (status == IVN_OK && p->directive_length)
        status = refuse_directive(p, err);
    if (status == IVN_OK && p->misplaced)
        status = error_set(err, IVN_INTERNAL,
                           N_("internal error: the document was read out of order; please report "
                              "it"),
                           NULL, NULL, NULL);
    else if (status == IVN_OK && p->failed)
        status = error_memory(err);
    if (status == IVN_OK)
        *out = p;
    else
        ivn_prose_free(p);
    return status;
}

ivn_status ivn_prose_read(ivn_prose **out, const char *format, const char *text, size_t n,
                          const char *chosen, ivn_error *err) {
    const struct format *f = format_find(format);
    if (!f)
        return error_set(err, IVN_FORMAT, N_("unknown format '%s'"), format, NULL, NULL);
    if (n > LARGEST)
        return error_set(err, IVN_LIMIT, N_("the text is larger than 1 GiB; split it"), NULL, NULL,
                         NULL);
    const size_t valid = f->read ? utf8_valid(text, n) : n; /* plain text may be anything */
    return valid == n ? prose_read(out, f, text, n, chosen, err) : error_utf8(err, text, valid);
}

const char *ivn_prose_text(const ivn_prose *p, size_t *n) {
    *n = p->text.size;
    return p->text.data ? p->text.data : "";
}
