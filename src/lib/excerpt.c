/* SPDX-License-Identifier: Apache-2.0 */
#include "excerpt.h"

#include <stdlib.h>
#include <string.h>

void excerpt_fini(struct excerpt *x) {
    buffer_fini(&x->text);
    free(x->lines);
    *x = (struct excerpt){0};
}

/* Appends the line first .. last-1 of the text; each line of an excerpt has a line end. */
static bool add_line(struct excerpt *x, const struct buffer *text, size_t first, size_t last,
                     uint32_t paragraph) {
    void *lines = x->lines;
    if (!array_grow(&lines, &x->capacity, x->count + 1, sizeof *x->lines))
        return false;
    x->lines = lines;
    x->lines[x->count++] = (struct excerpt_line){x->text.size, first, paragraph};
    return buffer_append(&x->text, text->data + first, last - first) &&
           (text->data[last - 1] == '\n' || buffer_append(&x->text, "\n", 1));
}

bool excerpt_take(struct excerpt *x, const struct buffer *text, const struct span_list *spans) {
    size_t first = 0; /* of the line that is looked at */
    uint32_t paragraph = 0;
    x->count = x->text.size = 0;
    for (size_t s = 0; s < spans->count && first < text->size; paragraph++) {
        const char *end = memchr(text->data + first, '\n', text->size - first);
        size_t last = end ? (size_t)(end - text->data) + 1 : text->size;
        bool wanted = spans->items[s].offset < last;
        while (s < spans->count && spans->items[s].offset < last)
            s++;
        if (wanted && !add_line(x, text, first, last, paragraph))
            return false;
        first = last;
    }
    return true;
}

void excerpt_number(const struct excerpt *x, struct document *d) {
    for (size_t i = 0; i < d->sentence_count; i++)
        d->sentences[i].paragraph = x->lines[d->sentences[i].paragraph].paragraph;
}

static uint32_t place(const struct excerpt *x, size_t *line, uint32_t offset) {
    while (*line + 1 < x->count && x->lines[*line + 1].offset <= offset)
        ++*line;
    return (uint32_t)(offset - x->lines[*line].offset + x->lines[*line].text_offset);
}

void excerpt_place_edits(const struct excerpt *x, struct edit_list *edits) {
    for (size_t i = 0, line = 0; i < edits->count; i++)
        edits->items[i].offset = place(x, &line, edits->items[i].offset);
}

void excerpt_place_spans(const struct excerpt *x, struct span_list *spans) {
    for (size_t i = 0, line = 0; i < spans->count; i++)
        spans->items[i].offset = place(x, &line, spans->items[i].offset);
}
