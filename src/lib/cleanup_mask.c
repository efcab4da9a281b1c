/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cleanup_private.h"
#include "error.h"

static bool add_opaque(struct opaque_list *list, size_t at, size_t length) {
    void *items = list->items;
    if (!array_grow(&items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items = items;
    list->items[list->count++] = (struct opaque){.at = (uint32_t)at, .length = (uint32_t)length};
    return true;
}

/* The line with its verbatim spans masked, into c->first. */
static bool mask_verbatim(struct cleanup *c, const char *line, size_t n) {
    static const char mask = MASK_OPAQUE;
    size_t at = 0;
    c->first.size = 0;
    c->opaque.count = 0;
    for (size_t i = 0; i < c->span_count; i++) {
        const struct span *v = &c->spans[i];
        if (!buffer_append(&c->first, line + at, v->offset - at) ||
            !add_opaque(&c->opaque, c->first.size, v->length) ||
            !buffer_append(&c->first, &mask, 1))
            return false;
        at = (size_t)v->offset + v->length;
    }
    if (!buffer_append(&c->first, line + at, n - at))
        return false;
    if (c->span_count == 0 && !c->survey.low)
        return true;
    size_t next = 0; /* opaque */
    for (size_t i = 0; i < c->first.size; i++) {
        if (next < c->opaque.count && c->opaque.items[next].at == i)
            next++;
        else if (c->first.data[i] >= MASK_OPAQUE && c->first.data[i] <= MASK_TAG)
            c->first.data[i] = MASK_OTHER;
    }
    return true;
}

/* Bytes of text that the subject's stretch [from, to) stands for; *next moves along c->opaque. */
static size_t text_length_of(const struct cleanup *c, size_t *next, size_t from, size_t to,
                             struct opaque_list *into, size_t into_at) {
    size_t length = to - from;
    while (*next < c->opaque.count && c->opaque.items[*next].at < to) {
        const struct opaque *o = &c->opaque.items[(*next)++];
        length += o->length - 1;
        if (into && !add_opaque(into, into_at + (o->at - from), o->length))
            return SIZE_MAX;
    }
    return length;
}

/* Whether a protect rule has something here: its mask and its end. */
static ivn_status find_protected(struct cleanup *c, size_t at, char *mask, size_t *end) {
    const struct rule_dispatch *d = &c->set->dispatch;
    const struct site site = cleanup_site(c->first.data, c->first.size, at);
    const uint32_t *start = &d->start[STEP_PROTECT][site.symbol];
    for (uint32_t k = start[0]; k < start[1]; k++) {
        struct rule_pattern *p = d->order[k];
        bool found;
        ivn_status status = cleanup_match(c, p, &site, &found);
        if (status != IVN_OK)
            return status;
        const PCRE2_SIZE *range = pcre2_get_ovector_pointer(c->match);
        if (!found || range[1] <= range[0] || range[0] < at)
            continue;
        static const char masks[] = {[ACTION_PROTECT] = MASK_OPAQUE,
                                     [ACTION_URL] = MASK_URL,
                                     [ACTION_TAG] = MASK_TAG,
                                     [ACTION_LINE] = 0};
        enum rule_action action = c->set->rules[p->rule].action;
        *mask = masks[action];
        *end = range[1];
        return IVN_OK;
    }
    *end = at;
    return IVN_OK;
}

/* Masks what the protect rules find in c->first. *whole: the line is not to be touched at all. */
static ivn_status mask_protected(struct cleanup *c, bool *whole) {
    size_t done = 0, next = 0;
    bool any = false;
    *whole = false;
    for (size_t i = 0; i < c->candidate_count; i++) {
        size_t at = c->candidates[i].at, end = at;
        if (at < done || !(c->candidates[i].steps & (1U << STEP_PROTECT)))
            continue;
        char mask = 0;
        ivn_status status = find_protected(c, at, &mask, &end);
        if (status != IVN_OK)
            return status;
        if (end == at)
            continue;
        if (!mask) {
            *whole = true;
            return IVN_OK;
        }
        if (!any) {
            any = true;
            c->swap.size = 0;
            c->wider.count = 0;
        }
        if (text_length_of(c, &next, done, at, &c->wider, c->swap.size) == SIZE_MAX ||
            !buffer_append(&c->swap, c->first.data + done, at - done))
            return error_memory(c->err);
        size_t length = text_length_of(c, &next, at, end, NULL, 0);
        if (!add_opaque(&c->wider, c->swap.size, length) || !buffer_append(&c->swap, &mask, 1))
            return error_memory(c->err);
        done = end;
    }
    if (!any)
        return IVN_OK;
    if (text_length_of(c, &next, done, c->first.size, &c->wider, c->swap.size) == SIZE_MAX ||
        !buffer_append(&c->swap, c->first.data + done, c->first.size - done))
        return error_memory(c->err);
    struct buffer buffer = c->first;
    c->first = c->swap;
    c->swap = buffer;
    struct opaque_list list = c->opaque;
    c->opaque = c->wider;
    c->wider = list;
    return cleanup_survey(c, c->first.data, c->first.size) ? IVN_OK : error_memory(c->err);
}

ivn_status cleanup_mask(struct cleanup *c, const char *line, size_t n, bool *idle) {
    bool whole = false;
    /* The verbatim spans may hold anything: they are masked before the line is looked at. */
    if (c->span_count > 0 ? !mask_verbatim(c, line, n) : !cleanup_survey(c, line, n))
        return error_memory(c->err);
    bool masked = c->span_count > 0;
    *idle = !masked && !c->survey.low && c->candidate_count == 0 && !survey_has_pairs(&c->survey);
    if (*idle)
        return IVN_OK;
    bool again = masked || c->survey.low; /* bytes that look like masks were put out of the way */
    if ((!masked && !mask_verbatim(c, line, n)) ||
        (again && !cleanup_survey(c, c->first.data, c->first.size)))
        return error_memory(c->err);
    ivn_status status = mask_protected(c, &whole);
    *idle = whole;
    return status;
}
