/* SPDX-License-Identifier: Apache-2.0 */
#include "cleanup_private.h"

#include <stdlib.h>
#include <string.h>

#include "block.h"
#include "error.h"
#include "utf8.h"
#include "wrap.h"

/* PASSES bounds the work on a line that does not settle, GROWTH and SMALL (bytes) its size. */
enum {
    PASSES = 8,
    GROWTH = 4,
    SMALL = 1 << 14,
    MATCH_LIMIT = 200000,
    DEPTH_LIMIT = 20000,
    GROUPS = 10
};

ivn_status cleanup_new(struct cleanup **out, const struct rule_set *s, ivn_error *err) {
    struct cleanup *c = calloc(1, sizeof *c);
    if (!c)
        return error_memory(err);
    c->set = s;
    c->match = pcre2_match_data_create(GROUPS, NULL);
    c->limits = pcre2_match_context_create(NULL);
    if (!c->match || !c->limits) {
        cleanup_free(c);
        return error_memory(err);
    }
    pcre2_set_match_limit(c->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(c->limits, DEPTH_LIMIT);
    *out = c;
    return IVN_OK;
}

void cleanup_free(struct cleanup *c) {
    if (!c)
        return;
    pcre2_match_data_free(c->match);
    pcre2_match_context_free(c->limits);
    struct buffer *buffers[] = {&c->text,    &c->next_text, &c->first,
                                &c->subject, &c->swap,      &c->wide};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buffer_fini(buffers[i]);
    struct edit_list *lists[] = {&c->step,   &c->wide_step, &c->pass,
                                 &c->joined, &c->mapped,    &c->line};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        edit_list_fini(lists[i]);
    pair_list_fini(&c->pairs);
    pair_list_fini(&c->wide_pairs);
    lone_list_fini(&c->lone);
    free(c->spans);
    free(c->opaque.items);
    free(c->wider.items);
    free(c->candidates);
    free(c);
}

/* ---- steps and passes ---- */

/* Does the edits of c->step to the subject and joins them to those of the pass. */
static ivn_status take_step(struct cleanup *c) {
    c->swap.size = 0;
    if (!edit_apply(&c->step, c->subject.data, c->subject.size, &c->swap))
        return error_memory(c->err);
    struct buffer buffer = c->subject;
    c->subject = c->swap;
    c->swap = buffer;
    edit_list_clear(&c->joined);
    if (!edit_compose(&c->pass, &c->step, c->first.data, &c->joined))
        return error_memory(c->err);
    struct edit_list list = c->pass;
    c->pass = c->joined;
    c->joined = list;
    edit_list_clear(&c->step);
    c->pairs_known = false;
    c->tabular = -1;
    return cleanup_survey(c, c->subject.data, c->subject.size) ? IVN_OK : error_memory(c->err);
}

/* Whether some mark may have its counterpart in another line of a broken paragraph: a bracket that
 * is alone, or any straight quote, since one that opens in the line before turns them all. */
static bool pairs_may_go_on(const struct pair_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const struct pair_mark *m = &list->items[i];
        if (!m->apart && (m->kind == PAIR_STRAIGHT || (m->kind == PAIR_ROUND && m->partner < 0)))
            return true;
    }
    return false;
}

static bool append_line(struct buffer *out, const char *text, size_t n) {
    size_t at = out->size;
    if (!buffer_append(out, text, n))
        return false;
    for (; at < out->size; at++)
        if (out->data[at] == '\n' || out->data[at] == '\r')
            out->data[at] = ' ';
    return true;
}

/* The edits of pairs in the subject as a part of its paragraph, into c->step. */
static bool edit_wide_pairs(struct cleanup *c, struct wrap paragraph) {
    const char *text = c->lines.text;
    size_t from = c->line_start - paragraph.from, to = from + c->subject.size;
    c->wide.size = 0;
    edit_list_clear(&c->wide_step);
    if (!append_line(&c->wide, text + paragraph.from, from) ||
        !buffer_append(&c->wide, c->subject.data, c->subject.size) ||
        !append_line(&c->wide, text + c->line_end, paragraph.to - c->line_end) ||
        !pair_list_scan(&c->wide_pairs, c->wide.data, c->wide.size) ||
        !pair_list_edit(&c->wide_pairs, c->wide.data, c->wide.size, &c->set->pair_style, false,
                        &c->wide_step))
        return false;
    for (size_t i = 0; i < c->wide_step.count; i++) {
        const struct edit *e = &c->wide_step.items[i];
        size_t start = e->offset, end = start + e->length;
        if (end <= from || start >= to)
            continue;
        start = start < from ? from : start; /* the space that it takes along is a line end */
        end = end > to ? to : end;
        if (!edit_add(&c->step, start - from, end - start, edit_text(&c->wide_step, e),
                      e->text_length, e->reason))
            return false;
        c->wide_edited = true;
    }
    return true;
}

/* The edits of the pairs, into c->step. */
static bool edit_pairs(struct cleanup *c) {
    struct wrap paragraph;
    if (pairs_may_go_on(&c->pairs) && c->survey.chinese &&
        wrap_find(c->lines.text, c->lines.n, c->line_start, c->line_end, &paragraph))
        return edit_wide_pairs(c, paragraph);
    return pair_list_edit(&c->pairs, c->subject.data, c->subject.size, &c->set->pair_style,
                          !c->survey.chinese, &c->step);
}

static ivn_status step_pairs(struct cleanup *c) {
    ivn_status status = cleanup_know_pairs(c);
    if (status != IVN_OK)
        return status;
    if (!edit_pairs(c))
        return error_memory(c->err);
    if (c->step.count > 0) {
        status = take_step(c);
        if (status == IVN_OK)
            status = cleanup_know_pairs(c);
        if (status != IVN_OK)
            return status;
    }
    /* The step's edits are done already: the candidates are about the masked line. */
    if (pair_list_mask(&c->pairs, c->subject.data, MASK_OPAQUE) &&
        !cleanup_survey(c, c->subject.data, c->subject.size))
        return error_memory(c->err);
    return IVN_OK;
}

ivn_status cleanup_begin(struct cleanup *c) {
    edit_list_clear(&c->step);
    c->subject.size = 0;
    c->pairs_known = false;
    c->tabular = -1;
    return buffer_append(&c->subject, c->first.data, c->first.size) ? IVN_OK : error_memory(c->err);
}

/* One pass over c->first; leaves its edits in c->pass. */
static ivn_status run_pass(struct cleanup *c) {
    edit_list_clear(&c->pass);
    ivn_status status = cleanup_begin(c);
    for (int step = STEP_CHARS; step < STEP_REPORT && status == IVN_OK; step++) {
        if (step == STEP_PAIRS && survey_has_pairs(&c->survey))
            status = step_pairs(c);
        else if (step != STEP_PAIRS)
            status = cleanup_step(c, (enum rule_step)step);
        if (status == IVN_OK && c->step.count > 0)
            status = take_step(c);
    }
    return status;
}

size_t cleanup_unmask(const struct cleanup *c, struct unmasking *u, size_t offset) {
    while (u->next < c->opaque.count && c->opaque.items[u->next].at < offset)
        u->shift += c->opaque.items[u->next++].length - 1;
    return offset + u->shift;
}

bool cleanup_map(const struct cleanup *c, const struct edit_list *edits, struct edit_list *out) {
    struct unmasking u = {0};
    uint32_t shift; /* none: out is empty */
    edit_list_clear(out);
    if (!edit_copy_chains(out, edits, &shift))
        return false;
    for (size_t i = 0; i < edits->count; i++) {
        const struct edit *e = &edits->items[i];
        if (!edit_add(out, cleanup_unmask(c, &u, e->offset), e->length, edit_text(edits, e),
                      e->text_length, e->reason))
            return false;
    }
    return true;
}

/* Moves the verbatim spans to where they are after c->mapped. */
static void move_spans(struct cleanup *c) {
    int64_t shift = 0;
    size_t next = 0;
    for (size_t i = 0; i < c->span_count; i++) {
        while (next < c->mapped.count && c->mapped.items[next].offset < c->spans[i].offset) {
            const struct edit *e = &c->mapped.items[next++];
            shift += (int64_t)e->text_length - (int64_t)e->length;
        }
        c->spans[i].offset = (uint32_t)(c->spans[i].offset + shift);
    }
}

/* Adds the edits of c->pass to those of the line and does them to the text. */
static ivn_status take_pass(struct cleanup *c, const char *line) {
    if (!cleanup_map(c, &c->pass, &c->mapped))
        return error_memory(c->err);
    move_spans(c);
    c->next_text.size = 0;
    edit_list_clear(&c->joined);
    if (!edit_apply(&c->mapped, c->text.data, c->text.size, &c->next_text) ||
        !edit_compose(&c->line, &c->mapped, line, &c->joined))
        return error_memory(c->err);
    struct buffer buffer = c->text;
    c->text = c->next_text;
    c->next_text = buffer;
    struct edit_list list = c->line;
    c->line = c->joined;
    c->joined = list;
    return IVN_OK;
}

/* Adds the edits of the line, which begins at `base` of the document, to *out. */
static bool add_line_edits(const struct cleanup *c, size_t base, struct edit_list *out) {
    uint32_t shift;
    if (!edit_copy_chains(out, &c->line, &shift))
        return false;
    for (size_t i = 0; i < c->line.count; i++) {
        const struct edit *e = &c->line.items[i];
        if (!edit_add(out, base + e->offset, e->length, edit_text(&c->line, e), e->text_length,
                      edit_shift_reason(e->reason, shift)))
            return false;
    }
    return true;
}

/* A line that grows, or is never settled: the user's rule of the last pass that has a hand in it,
 * or IVN_OK if it is none of theirs. */
static ivn_status blame(const struct cleanup *c) {
    for (size_t i = 0; i < c->pass.count; i++) {
        const reason_id *ids;
        size_t count = edit_reasons(&c->pass, &c->pass.items[i], &ids);
        for (size_t k = 0; k < count; k++) {
            const struct rule *r = &c->set->rules[reason_index_of(ids[k])];
            if (r->owner != RULES_USER)
                continue;
            error_set(c->err, IVN_LIMIT,
                      N_("rule '%s' never ends: it changes again what it has written; let its "
                         "'match' exclude that"),
                      r->id, NULL, NULL);
            error_place(c->err, r->file, r->line, 0);
            return IVN_LIMIT;
        }
    }
    return IVN_OK;
}

/* Cleans one line of n bytes, its verbatim spans in c->spans. */
static ivn_status clean_line(struct cleanup *c, const char *line, size_t n, size_t base,
                             struct edit_list *out) {
    edit_list_clear(&c->line);
    c->text.size = 0;
    for (int pass = 0; pass < PASSES; pass++) {
        bool idle;
        ivn_status status =
            cleanup_mask(c, pass ? c->text.data : line, pass ? c->text.size : n, &idle);
        if (status == IVN_OK && !idle)
            status = run_pass(c);
        if (status != IVN_OK)
            return status;
        if (idle || c->pass.count == 0)
            return add_line_edits(c, base, out) ? IVN_OK : error_memory(c->err);
        if (pass == 0 && !buffer_append(&c->text, line, n))
            return error_memory(c->err);
        status = take_pass(c, line);
        if (status == IVN_OK && c->text.size / GROWTH > n + SMALL)
            status = blame(c);
        if (status != IVN_OK)
            return status;
    }
    return blame(c); /* what is not settled stays */
}

/* ---- lines ---- */

/* The verbatim spans that begin in [start, end), relative to start, into c->spans. */
static bool take_spans(struct cleanup *c, const struct span_list *verbatim, size_t *next,
                       size_t start, size_t end) {
    c->span_count = 0;
    while (verbatim && *next < verbatim->count && verbatim->items[*next].offset < end) {
        const struct span *v = &verbatim->items[(*next)++];
        if (v->length == 0)
            continue;
        void *items = c->spans;
        if (!array_grow(&items, &c->span_capacity, c->span_count + 1, sizeof *c->spans))
            return false;
        c->spans = items;
        c->spans[c->span_count++] =
            (struct span){.offset = (uint32_t)(v->offset - start), .length = v->length};
    }
    return true;
}

/* The length of the line end at `at`; a separator in the place of one becomes one. */
static ivn_status end_line(struct cleanup *c, const char *text, size_t n, size_t at, bool edit,
                           size_t *length, struct edit_list *out) {
    *length = at < n && (unsigned char)text[at] == 0xE2 ? 3 : 1;
    if (*length == 1 || !edit)
        return IVN_OK;
    return edit_add(out, at, 3, "\n", 1, c->set->builtin[BUILTIN_LINESEP]) ? IVN_OK
                                                                           : error_memory(c->err);
}

ivn_status cleanup_each_line(struct cleanup *c, const char *text, size_t n,
                             const struct span_list *verbatim, cleanup_line_fn *fn,
                             struct edit_list *out, ivn_error *err) {
    if (n > UINT32_MAX)
        return error_set(err, IVN_LIMIT, N_("the text is too large; divide it"), NULL, NULL, NULL);
    struct block block = {0};
    size_t next = 0, length = 0;
    ivn_status status = IVN_OK;
    c->err = err;
    const bool guess = c->kind == CLEANUP_PLAIN;
    lines_begin(&c->lines, text, n, guess && c->set->builtin[BUILTIN_LINESEP] != NO_BUILTIN);
    size_t start = utf8_mark(text, n); /* which is no text */
    for (size_t at = start; at < n && status == IVN_OK; at += length) {
        size_t end = lines_end(&c->lines, at, verbatim, next);
        bool code = guess && block_take(&block, text + at, end - at);
        if (!take_spans(c, verbatim, &next, at, end))
            return error_memory(c->err);
        c->line_start = at;
        c->line_end = end;
        if (!code)
            status = fn(c, text + at, end - at, at, out);
        at = end;
        if (status == IVN_OK)
            status = end_line(c, text, n, at, !code && fn == clean_line, &length, out);
    }
    return status;
}

ivn_status cleanup_run(struct cleanup *c, const char *text, size_t n,
                       const struct span_list *verbatim, enum cleanup_kind kind,
                       struct edit_list *out, ivn_error *err) {
    c->wide_edited = false;
    c->kind = kind;
    c->steps = ~(1U << STEP_REPORT);
    ivn_status status = cleanup_each_line(c, text, n, verbatim, clean_line, out, err);
    if (status != IVN_OK)
        edit_list_clear(out);
    return status;
}

bool cleanup_is_settled(const struct cleanup *c) {
    return !c->wide_edited;
}
