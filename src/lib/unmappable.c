/* SPDX-License-Identifier: Apache-2.0 */
#include "unmappable.h"

#include <string.h>

#include "buffer.h"
#include "error.h"
#include "utf8.h"

/* More lines of one character would leave no room for the others. */
enum { LINES_SHOWN = 4 };

/* The characters of the new text, one by one, with the place in the source they belong to. */
struct walk {
    const char *text;
    size_t n;
    const ivn_edit *edits;
    size_t count;
    size_t at;     /* in the source */
    size_t next;   /* the first edit that is not done */
    size_t inside; /* how much of its text is done */
    size_t counted;
    size_t line; /* of byte `counted` of the source */
    bool met;
};

void unmappable_add(struct unmappable *u, uint32_t cp) {
    for (size_t i = 0; i < u->count; i++)
        if (u->items[i] == cp)
            return;
    if (u->count < UNMAPPABLE_MAX)
        u->items[u->count++] = cp;
    else
        u->more = true;
}

/* The next character; false: there is none. *origin: where in the source it, or its edit, begins.
 */
static bool step(struct walk *w, uint32_t *cp, size_t *origin) {
    size_t length;
    for (; w->next < w->count && w->at == w->edits[w->next].offset; w->next++) {
        const ivn_edit *e = &w->edits[w->next];
        *origin = e->offset;
        if (w->inside < e->text_length) {
            *cp = utf8_get((const unsigned char *)e->text + w->inside, &length);
            w->inside += length;
            return true;
        }
        w->at += e->length;
        w->inside = 0;
    }
    if (w->at >= w->n)
        return false;
    *origin = w->at;
    *cp = utf8_get((const unsigned char *)w->text + w->at, &length);
    w->at += length;
    return true;
}

/* The next occurrence of cp in another line than the one before it: its line, or 0. */
static size_t next_line(struct walk *w, uint32_t cp, size_t *origin) {
    uint32_t other;
    size_t last = w->line;
    while (step(w, &other, origin)) {
        if (other != cp)
            continue;
        for (; w->counted < *origin; w->counted++)
            w->line += w->text[w->counted] == '\n';
        if (!w->met || w->line != last) {
            w->met = true;
            return w->line;
        }
    }
    return 0;
}

static bool append(struct buffer *b, const char *text) {
    return buffer_append(b, text, strlen(text));
}

/* "軟 (U+8EDF)" */
static bool append_character(struct buffer *b, uint32_t cp) {
    static const char digits[] = "0123456789ABCDEF";
    char utf8[4], hex[8];
    size_t k = 0;
    for (int shift = cp > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4)
        if (k > 0 || shift <= 12 || cp >> shift)
            hex[k++] = digits[cp >> shift & 15];
    return buffer_append(b, utf8, utf8_encode(cp, utf8)) && append(b, " (U+") &&
           buffer_append(b, hex, k) && append(b, ")");
}

/* "軟 (U+8EDF): 3, 17" */
static bool append_item(struct buffer *b, uint32_t cp, struct walk w) {
    char number[DECIMAL_SIZE];
    size_t shown = 0, line, origin;
    if (!append_character(b, cp))
        return false;
    while ((line = next_line(&w, cp, &origin)) > 0) {
        if (shown == LINES_SHOWN)
            return append(b, ", …");
        if (!append(b, shown++ ? ", " : ": ") || !append(b, decimal(number, line)))
            return false;
    }
    return true;
}

/* As many items as an argument holds. */
static bool list(struct buffer *b, const struct unmappable *u, const struct walk *start) {
    static const char more[] = "; …";
    for (size_t i = 0; i < u->count; i++) {
        size_t before = b->size;
        if ((i > 0 && !append(b, "; ")) || !append_item(b, u->items[i], *start))
            return false;
        bool last = i + 1 == u->count && !u->more;
        if (b->size + (last ? 1 : sizeof more) > IVN_ERROR_ARG_SIZE) {
            b->size = before;
            return append(b, more);
        }
    }
    return !u->more || append(b, more);
}

ivn_status unmappable_refuse(const struct unmappable *u, const char *encoding, const char *text,
                             size_t n, const ivn_edit *edits, size_t count, ivn_error *err) {
    const struct walk start = {.text = text, .n = n, .edits = edits, .count = count, .line = 1};
    struct buffer b = {0};
    size_t origin = 0;
    struct walk w = start;
    if (!list(&b, u, &start) || !buffer_append(&b, "", 1)) {
        buffer_fini(&b);
        return error_memory(err);
    }
    error_set(err, IVN_ENCODING,
              N_("%s does not have these characters (of lines): %s; use --unmappable=entity, "
                 "--unmappable=replace or --to-encoding=utf-8"),
              encoding, b.data, NULL);
    buffer_fini(&b);
    if (next_line(&w, u->items[0], &origin) > 0) {
        error_find_place(err, text, origin);
        if (err)
            err->offset = origin;
    }
    return IVN_ENCODING;
}
