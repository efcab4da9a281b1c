/* SPDX-License-Identifier: Apache-2.0 */
#include "border.h"

#include <stdlib.h>
#include <string.h>

#include "glyph.h"
#include "utf8.h"

enum {
    LONGEST = 24, /* characters of an edit that is looked at closely; a longer one is divided in
                     proportion */
    /* What it costs to take one character for another, for nothing, or to make it of nothing. */
    COST_LIKE = 1,
    COST_UNLIKE = 6,
    COST_SPACE = 1,
    COST_GAP = 2
};

void border_list_fini(struct border_list *list) {
    free(list->items);
    *list = (struct border_list){0};
}

bool border_add(struct border_list *list, size_t place) {
    void *items = list->items;
    if (!array_grow(&items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items = items;
    list->items[list->count++] = (struct border){(uint32_t)place, (uint32_t)place};
    return true;
}

/* ---- which characters of an edit are which ---- */

static size_t split(const char *text, size_t n, uint32_t *characters) {
    size_t count = 0;
    for (size_t i = 0, length; i < n && count < LONGEST; i += length)
        characters[count++] = utf8_get((const unsigned char *)text + i, &length);
    return count;
}

static unsigned cost_of(uint32_t a, uint32_t b) {
    return a == b ? 0 : glyph_of(a) == glyph_of(b) ? COST_LIKE : COST_UNLIKE;
}

static unsigned cost_alone(uint32_t c) {
    return glyph_of(c) == GLYPH_SPACE ? COST_SPACE : COST_GAP;
}

struct alignment {
    uint32_t old[LONGEST], now[LONGEST];
    size_t old_count, now_count;
    uint16_t costs[LONGEST + 1][LONGEST + 1]; /* of the first characters of both */
};

static void align(struct alignment *a) {
    a->costs[0][0] = 0;
    for (size_t i = 0; i <= a->old_count; i++)
        for (size_t j = 0; j <= a->now_count; j++) {
            unsigned best = i + j ? UINT16_MAX : 0, cost;
            if (i && (cost = a->costs[i - 1][j] + cost_alone(a->old[i - 1])) < best)
                best = cost;
            if (j && (cost = a->costs[i][j - 1] + cost_alone(a->now[j - 1])) < best)
                best = cost;
            if (i && j &&
                (cost = a->costs[i - 1][j - 1] + cost_of(a->old[i - 1], a->now[j - 1])) < best)
                best = cost;
            a->costs[i][j] = (uint16_t)best;
        }
}

static bool is_letter(const struct alignment *a, size_t at) {
    return glyph_of(a->now[at]) == GLYPH_LETTER;
}

/* Letters are never put in at a border, but are a part of the word that they are beside: one that
 * has become longer. */
static void keep_letters(const struct alignment *a, size_t at, size_t *from, size_t *to) {
    if (at == a->old_count) {
        size_t start = *to;
        while (start > *from && !is_letter(a, start - 1))
            start--;
        *from = start;
        return;
    }
    while (at > 0 && *from < *to && is_letter(a, *from))
        ++*from;
    size_t end = *from;
    while (end < *to && !is_letter(a, end))
        end++;
    *to = end;
}

/* The stretch [*from, *to) of the new characters that are made of nothing at position `at` of the
 * old ones. */
static void find_place(const struct alignment *a, size_t at, size_t *from, size_t *to) {
    size_t i = a->old_count, j = a->now_count;
    *to = j;
    for (; i > at; *to = j) {
        const unsigned cost = a->costs[i][j];
        if (j && cost == a->costs[i - 1][j - 1] + cost_of(a->old[i - 1], a->now[j - 1])) {
            i--;
            j--;
        } else if (cost == a->costs[i - 1][j] + cost_alone(a->old[i - 1])) {
            i--;
        } else {
            j--;
        }
    }
    while (j && a->costs[i][j] == a->costs[i][j - 1] + cost_alone(a->now[j - 1]))
        j--;
    *from = j;
    keep_letters(a, at, from, to);
}

/* ---- one border, one edit ---- */

static size_t bytes_of(const char *text, size_t n, size_t characters) {
    size_t at = 0;
    while (characters-- && at < n)
        at += utf8_length((unsigned char)text[at]);
    return at < n ? at : n;
}

/* Where `at` bytes of the old text are in the new one; only what is put in there may be between. */
static void place_within(const char *old, size_t old_size, const char *now, size_t now_size,
                         size_t at, size_t *from, size_t *to) {
    const size_t old_count = utf8_count(old, old_size), now_count = utf8_count(now, now_size);
    const size_t before = utf8_count(old, at);
    struct alignment a;
    if (old_count > LONGEST || now_count > LONGEST) {
        *from = *to = bytes_of(now, now_size, before * now_count / (old_count ? old_count : 1));
        return;
    }
    a.old_count = split(old, old_size, a.old);
    a.now_count = split(now, now_size, a.now);
    align(&a);
    find_place(&a, before, from, to);
    *from = bytes_of(now, now_size, *from);
    *to = bytes_of(now, now_size, *to);
}

static void map_one(struct border *b, const struct edit_list *edits, size_t e, const char *text,
                    int64_t shift) {
    const uint32_t end = b->end, begin = b->begin;
    int64_t new_end = end + shift, new_begin = begin + shift;
    bool has_end = false;
    for (; e < edits->count && edits->items[e].offset <= begin; e++) {
        const struct edit *x = &edits->items[e];
        const size_t stop = (size_t)x->offset + x->length;
        const char *now = edit_text(edits, x), *old = text + x->offset;
        const int64_t start = x->offset + shift,
                      more = (int64_t)x->text_length - (int64_t)x->length;
        size_t from, to;
        if (x->offset <= end && stop >= end && !has_end) {
            place_within(old, x->length, now, x->text_length, end - x->offset, &from, &to);
            new_end = start + (int64_t)from;
            has_end = true;
        } else if (x->offset < end && stop <= end) {
            new_end += more;
        }
        if (stop >= begin) {
            place_within(old, x->length, now, x->text_length, begin - x->offset, &from, &to);
            new_begin = start + (int64_t)to;
        } else {
            new_begin += more;
        }
        shift += more;
    }
    b->end = (uint32_t)new_end;
    b->begin = (uint32_t)new_begin;
}

void border_map(struct border_list *list, const struct edit_list *edits, const char *text) {
    int64_t shift = 0;
    size_t e = 0;
    for (size_t i = 0; i < list->count; i++) {
        while (e < edits->count &&
               (size_t)edits->items[e].offset + edits->items[e].length < list->items[i].end) {
            shift += (int64_t)edits->items[e].text_length - (int64_t)edits->items[e].length;
            e++;
        }
        map_one(&list->items[i], edits, e, text, shift);
    }
}
