/* SPDX-License-Identifier: Apache-2.0 */
#include "cleanup_private.h"

#include <stdlib.h>
#include <string.h>

#include "block.h"
#include "error.h"

/* PASSES bounds the work on a line that does not settle, GROWTH and SMALL (bytes) its size. */
enum { PASSES = 8, GROWTH = 4, SMALL = 1 << 14, MATCH_LIMIT = 200000, DEPTH_LIMIT = 20000, GROUPS = 10 };

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
    struct buffer *buffers[] = {&c->text, &c->next_text, &c->first, &c->subject, &c->swap};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buffer_fini(buffers[i]);
    struct edit_list *lists[] = {&c->step, &c->pass, &c->joined, &c->mapped, &c->line};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        edit_list_fini(lists[i]);
    pair_list_fini(&c->pairs);
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

static ivn_status step_pairs(struct cleanup *c) {
    ivn_status status = cleanup_know_pairs(c);
    if (status != IVN_OK)
        return status;
    if (!pair_list_edit(&c->pairs, c->subject.data, c->subject.size, &c->set->style, &c->step))
        return error_memory(c->err);
    if (c->step.count > 0) {
        status = take_step(c);
        if (status == IVN_OK)
            status = cleanup_know_pairs(c);
        if (status != IVN_OK)
            return status;
    }
    pair_list_mask(&c->pairs, c->subject.data, MASK_OPAQUE);
    return IVN_OK;
}

/* One pass over c->first; leaves its edits in c->pass. */
static ivn_status run_pass(struct cleanup *c) {
    edit_list_clear(&c->pass);
    edit_list_clear(&c->step);
    c->subject.size = 0;
    if (!buffer_append(&c->subject, c->first.data, c->first.size))
        return error_memory(c->err);
    c->pairs_known = false;
    c->tabular = -1;
    ivn_status status = IVN_OK;
    for (int step = STEP_CHARS; step < STEP_COUNT && status == IVN_OK; step++) {
        if (step == STEP_PAIRS && c->survey.marks && c->survey.chinese)
            status = step_pairs(c);
        else if (step != STEP_PAIRS)
            status = cleanup_step(c, (enum rule_step)step);
        if (status == IVN_OK && c->step.count > 0)
            status = take_step(c);
    }
    return status;
}

/* c->pass in offsets of the text, into c->mapped. */
static bool map_pass(struct cleanup *c) {
    size_t next = 0, shift = 0;
    edit_list_clear(&c->mapped);
    for (size_t i = 0; i < c->pass.count; i++) {
        const struct edit *e = &c->pass.items[i];
        while (next < c->opaque.count && c->opaque.items[next].at < e->offset)
            shift += c->opaque.items[next++].length - 1;
        if (!edit_add(&c->mapped, e->offset + shift, e->length, c->pass.pool.data + e->text,
                      e->text_length, e->reason))
            return false;
    }
    void *chains = c->mapped.chains;
    if (!array_grow(&chains, &c->mapped.chain_capacity, c->pass.chain_count,
                    sizeof *c->mapped.chains))
        return false;
    c->mapped.chains = chains;
    if (c->pass.chain_count)
        memcpy(c->mapped.chains, c->pass.chains, c->pass.chain_count * sizeof *c->pass.chains);
    c->mapped.chain_count = c->pass.chain_count;
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
    if (!map_pass(c))
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
    size_t chains = out->chain_count;
    if (c->line.chain_count) {
        void *all = out->chains;
        if (!array_grow(&all, &out->chain_capacity, chains + c->line.chain_count,
                        sizeof *out->chains))
            return false;
        out->chains = all;
        memcpy(out->chains + chains, c->line.chains, c->line.chain_count * sizeof *out->chains);
        out->chain_count += c->line.chain_count;
    }
    for (size_t i = 0; i < c->line.count; i++) {
        const struct edit *e = &c->line.items[i];
        reason_id reason = e->reason;
        if (reason_kind_of(reason) == REASON_MANY)
            reason = reason_make(REASON_MANY, (uint32_t)(reason_index_of(reason) + chains));
        if (!edit_add(out, base + e->offset, e->length, c->line.pool.data + e->text,
                      e->text_length, reason))
            return false;
    }
    return true;
}

/* Cleans one line of n bytes, its verbatim spans in c->spans. */
static ivn_status clean_line(struct cleanup *c, const char *line, size_t n, size_t base,
                             struct edit_list *out) {
    edit_list_clear(&c->line);
    c->text.size = 0;
    if (!buffer_append(&c->text, line, n))
        return error_memory(c->err);
    for (int pass = 0; pass < PASSES; pass++) {
        bool idle;
        ivn_status status = cleanup_mask(c, c->text.data, c->text.size, &idle);
        if (status == IVN_OK && !idle)
            status = run_pass(c);
        if (status != IVN_OK)
            return status;
        if (idle || c->pass.count == 0)
            return add_line_edits(c, base, out) ? IVN_OK : error_memory(c->err);
        status = take_pass(c, line);
        if (status == IVN_OK && c->text.size / GROWTH > n + SMALL)
            status = error_set(c->err, IVN_LIMIT,
                               N_("clean-up rules make a line grow without end; correct the rules "
                                  "file that was added last"),
                               NULL, NULL, NULL);
        if (status != IVN_OK)
            return status;
    }
    return IVN_OK;
}

/* ---- lines ---- */

/* The verbatim spans that begin in [start, limit), relative to start, into c->spans; *limit grows
 * while the line's end lies within a span. */
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

/* The end of the line that begins at `start`: the first line end outside the verbatim spans. */
static size_t find_line_end(const char *text, size_t n, size_t start,
                            const struct span_list *verbatim, size_t next) {
    size_t at = start;
    for (;;) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t stop = end ? (size_t)(end - text) : n;
        const char *cr = memchr(text + at, '\r', stop - at);
        if (cr)
            stop = (size_t)(cr - text);
        while (verbatim && next < verbatim->count &&
               (size_t)verbatim->items[next].offset + verbatim->items[next].length <= stop)
            next++;
        if (!verbatim || next == verbatim->count || verbatim->items[next].offset > stop)
            return stop;
        at = (size_t)verbatim->items[next].offset + verbatim->items[next].length;
        if (at >= n)
            return n;
        next++;
    }
}

ivn_status cleanup_run(struct cleanup *c, const char *text, size_t n,
                       const struct span_list *verbatim, struct edit_list *out, ivn_error *err) {
    struct block block = {0};
    size_t next = 0;
    ivn_status status = IVN_OK;
    c->err = err;
    if (n > UINT32_MAX)
        return error_set(err, IVN_LIMIT, N_("the text is too large; divide it"), NULL, NULL, NULL);
    for (size_t at = 0; at < n && status == IVN_OK;) {
        size_t end = find_line_end(text, n, at, verbatim, next);
        if (!take_spans(c, verbatim, &next, at, end))
            status = error_memory(err);
        else if (!block_take(&block, text + at, end - at))
            status = clean_line(c, text + at, end - at, at, out);
        at = end + 1;
    }
    if (status != IVN_OK)
        edit_list_clear(out);
    return status;
}
