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

static ivn_status step_pairs(struct cleanup *c) {
    ivn_status status = cleanup_know_pairs(c);
    if (status != IVN_OK)
        return status;
    if (!pair_list_edit(&c->pairs, c->subject.data, c->subject.size, &c->set->pair_style,
                        !c->survey.chinese, &c->step))
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

/* A line that grows, or is never settled: the user's rule of the last pass that has a hand in it, or
 * IVN_OK if it is none of theirs. */
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
        ivn_status status = cleanup_mask(c, pass ? c->text.data : line, pass ? c->text.size : n, &idle);
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

/* U+2028 or U+2029; NULL = there is none. */
static const char *find_separator(const char *text, size_t n) {
    const char *end = text + n, *at = text;
    for (; (at = memchr(at, 0xE2, (size_t)(end - at))) != NULL; at++)
        if (end - at >= 3 && (memcmp(at, "\xE2\x80\xA8", 3) == 0 ||
                              memcmp(at, "\xE2\x80\xA9", 3) == 0))
            return at;
    return NULL;
}

/* The end of the line that begins at `start`: the first line end outside the verbatim spans. */
static size_t find_line_end(const struct cleanup *c, const char *text, size_t n, size_t start,
                            const struct span_list *verbatim, size_t next) {
    size_t at = start;
    for (;;) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t stop = end ? (size_t)(end - text) : n;
        const char *other = memchr(text + at, '\r', stop - at);
        if (other)
            stop = (size_t)(other - text);
        if (c->separators && (other = find_separator(text + at, stop - at)) != NULL)
            stop = (size_t)(other - text);
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

/* The length of the line end at `at`; a separator in the place of one becomes one. */
static ivn_status end_line(struct cleanup *c, const char *text, size_t n, size_t at, bool edit,
                           size_t *length, struct edit_list *out) {
    *length = at < n && (unsigned char)text[at] == 0xE2 ? 3 : 1;
    if (*length == 1 || !edit)
        return IVN_OK;
    return edit_add(out, at, 3, "\n", 1, c->set->builtin[BUILTIN_LINESEP])
               ? IVN_OK
               : error_memory(c->err);
}

/* Whether the line [start, end) ends its paragraph: a blank one follows, or nothing; or it is so long that
 * the text is not broken into lines of one width, each of which is then a paragraph. */
static bool ends_paragraph(const char *text, size_t n, size_t start, size_t end) {
    enum { WIDEST = 200 }; /* bytes of a line of such a text: some 66 characters */
    size_t at = end < n && text[end] == '\r' ? end + 1 : end;
    at += at < n && text[at] == '\n';
    return end - start > WIDEST || at >= n || text[at] == '\n' || text[at] == '\r';
}

typedef ivn_status line_fn(struct cleanup *c, const char *line, size_t n, size_t base,
                           struct edit_list *out);

/* Calls fn for every line that is no code; its edits go to *out. */
static ivn_status for_each_line(struct cleanup *c, const char *text, size_t n,
                                const struct span_list *verbatim, line_fn *fn,
                                struct edit_list *out) {
    struct block block = {0};
    size_t next = 0, length = 0;
    ivn_status status = IVN_OK;
    c->separators = c->set->builtin[BUILTIN_LINESEP] != NO_BUILTIN && find_separator(text, n);
    size_t start = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* a BOM is no text */
    for (size_t at = start; at < n && status == IVN_OK; at += length) {
        size_t end = find_line_end(c, text, n, at, verbatim, next);
        bool code = block_take(&block, text + at, end - at);
        if (!take_spans(c, verbatim, &next, at, end))
            return error_memory(c->err);
        c->is_last = ends_paragraph(text, n, at, end);
        if (!code)
            status = fn(c, text + at, end - at, at, out);
        at = end;
        if (status == IVN_OK)
            status = end_line(c, text, n, at, !code && fn == clean_line, &length, out);
    }
    return status;
}

static ivn_status check_size(size_t n, ivn_error *err) {
    if (n <= UINT32_MAX)
        return IVN_OK;
    return error_set(err, IVN_LIMIT, N_("the text is too large; divide it"), NULL, NULL, NULL);
}

ivn_status cleanup_run(struct cleanup *c, const char *text, size_t n,
                       const struct span_list *verbatim, struct edit_list *out, ivn_error *err) {
    ivn_status status = check_size(n, err);
    if (status != IVN_OK)
        return status;
    c->err = err;
    c->steps = ~(1U << STEP_REPORT);
    status = for_each_line(c, text, n, verbatim, clean_line, out);
    if (status != IVN_OK)
        edit_list_clear(out);
    return status;
}

/* ---- reports ---- */

/* The marks of the subject that have no partner in it, with their offsets in the document. */
static ivn_status take_lone_marks(struct cleanup *c, size_t base) {
    ivn_status status = cleanup_know_pairs(c);
    size_t old = c->lone.count, next = 0, shift = 0;
    if (status == IVN_OK &&
        !lone_list_take_line(&c->lone, &c->pairs, c->subject.data, c->survey.chinese))
        status = error_memory(c->err);
    for (size_t i = old; i < c->lone.count; i++) {
        struct lone_mark *m = &c->lone.items[i];
        while (next < c->opaque.count && c->opaque.items[next].at < m->offset)
            shift += c->opaque.items[next++].length - 1;
        m->offset += (uint32_t)(shift + base);
    }
    return status;
}

/* Adds what the report rules find in a line. */
static ivn_status report_line(struct cleanup *c, const char *line, size_t n, size_t base,
                              struct edit_list *out) {
    bool idle;
    ivn_status status = cleanup_mask(c, line, n, &idle);
    c->lone.line += n > 0;
    if (status != IVN_OK || idle)
        return status;
    edit_list_clear(&c->step);
    c->subject.size = 0;
    if (!buffer_append(&c->subject, c->first.data, c->first.size))
        return error_memory(c->err);
    c->pairs_known = false;
    c->tabular = -1;
    status = cleanup_step(c, STEP_REPORT);
    if (status == IVN_OK && c->survey.marks)
        status = take_lone_marks(c, base);
    if (status != IVN_OK)
        return status;
    edit_list_clear(&c->pass);
    struct edit_list list = c->pass;
    c->pass = c->step;
    c->step = list;
    if (!map_pass(c))
        return error_memory(c->err);
    for (size_t i = 0; i < c->mapped.count; i++) {
        const struct edit *e = &c->mapped.items[i];
        if (!edit_add(out, base + e->offset, e->length, c->mapped.pool.data + e->text,
                      e->text_length, e->reason))
            return error_memory(c->err);
    }
    return IVN_OK;
}

ivn_status cleanup_report(struct cleanup *c, const char *text, size_t n,
                          const struct span_list *verbatim, struct edit_list *out,
                          ivn_error *err) {
    ivn_status status = check_size(n, err);
    if (status != IVN_OK)
        return status;
    c->err = err;
    c->steps = 1U << STEP_PROTECT | 1U << STEP_REPORT;
    c->lone.count = c->lone.line = 0;
    status = for_each_line(c, text, n, verbatim, report_line, out);
    if (status == IVN_OK && !lone_list_report(&c->lone, text, c->set->builtin, out))
        status = error_memory(err);
    edit_sort(out);
    if (status != IVN_OK)
        edit_list_clear(out);
    return status;
}
