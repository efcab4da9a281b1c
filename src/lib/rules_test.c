/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the examples of a rule set, and tries what its rules may do to other texts. */
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "error.h"
#include "rules_private.h"

struct tester {
    struct cleanup *cleanup;
    ivn_error *err;
    struct edit_list edits;
    struct buffer input, wanted, output;
};

static void fini_tester(struct tester *t) {
    cleanup_free(t->cleanup);
    edit_list_fini(&t->edits);
    buffer_fini(&t->input);
    buffer_fini(&t->wanted);
    buffer_fini(&t->output);
}

static bool decode(const char *text, struct buffer *out) {
    out->size = 0;
    if (!buffer_reserve(out, strlen(text) + 1))
        return false;
    size_t n = rule_unescape(text, out->data);
    if (n == SIZE_MAX)
        return false;
    out->size = n;
    return true;
}

/* A second run must change nothing. */
static ivn_status try_again(struct tester *t, const struct rule *r, const struct rule_example *e) {
    edit_list_clear(&t->edits);
    ivn_status status = cleanup_run(t->cleanup, t->output.data, t->output.size - 1, NULL,
                                    CLEANUP_PLAIN, &t->edits, t->err);
    if (status != IVN_OK || t->edits.count == 0)
        return status;
    error_set(t->err, IVN_CONFLICT, N_("rule '%s': a second run changes '%s' again"), r->id,
              t->output.data, NULL);
    error_place(t->err, r->file, e->line, 0);
    return IVN_CONFLICT;
}

/* What the stage makes of t->input, into t->output. */
static ivn_status clean_example(struct tester *t) {
    ivn_status status = cleanup_run(t->cleanup, t->input.data, t->input.size, NULL, CLEANUP_PLAIN,
                                    &t->edits, t->err);
    if (status == IVN_OK && !edit_apply(&t->edits, t->input.data, t->input.size, &t->output))
        status = error_memory(t->err);
    return status;
}

/* The input with ⟦ ⟧ round what the rule reports, into t->output. */
static ivn_status report_example(struct tester *t, const struct rule_set *s, const struct rule *r) {
    ivn_status status = cleanup_report(t->cleanup, t->input.data, t->input.size, NULL,
                                       CLEANUP_PLAIN, &t->edits, t->err);
    size_t at = 0;
    bool ok = true;
    for (size_t i = 0; i < t->edits.count && status == IVN_OK && ok; i++) {
        const struct edit *e = &t->edits.items[i];
        const char *old = t->input.data + e->offset, *proposal = edit_text(&t->edits, e);
        if (&s->rules[reason_index_of(e->reason)] != r)
            continue;
        ok = buffer_append(&t->output, t->input.data + at, e->offset - at) &&
             buffer_append(&t->output, "⟦", 3) && buffer_append(&t->output, old, e->length);
        if (e->length != e->text_length || memcmp(old, proposal, e->length) != 0)
            ok = ok && buffer_append(&t->output, "→", 3) &&
                 buffer_append(&t->output, proposal, e->text_length);
        ok = ok && buffer_append(&t->output, "⟧", 3);
        at = (size_t)e->offset + e->length;
    }
    ok = ok && buffer_append(&t->output, t->input.data + at, t->input.size - at);
    return status == IVN_OK && !ok ? error_memory(t->err) : status;
}

static ivn_status try_example(struct tester *t, const struct rule_set *s, const struct rule *r,
                              const struct rule_example *e) {
    bool ok = decode(e->text, &t->input) && decode(e->good ? e->good : e->text, &t->wanted);
    if (!ok) {
        error_set(t->err, IVN_SYNTAX,
                  N_("rule '%s': malformed escape in an example; use \\n \\r \\t \\\\ \\s or "
                     "\\u{HEX}"),
                  r->id, NULL, NULL);
        error_place(t->err, r->file, e->line, 0);
        return IVN_SYNTAX;
    }
    bool report = r->step == STEP_REPORT;
    edit_list_clear(&t->edits);
    t->output.size = 0;
    ivn_status status = report ? report_example(t, s, r) : clean_example(t);
    if (status != IVN_OK)
        return status;
    if (!buffer_append(&t->output, "", 1))
        return error_memory(t->err);
    if (t->output.size - 1 == t->wanted.size &&
        memcmp(t->output.data, t->wanted.data, t->wanted.size) == 0)
        return report ? IVN_OK : try_again(t, r, e);
    error_set(t->err, IVN_CONFLICT, N_("rule '%s': the example '%s' comes out as '%s'"), r->id,
              e->text, t->output.data);
    error_place(t->err, r->file, e->line, 0);
    return IVN_CONFLICT;
}

static bool style_is_targets(const struct rule_set *s) {
    for (size_t i = 0; i < s->style_count; i++)
        if (s->styles[i].cause == IVN_BY_CALLER)
            return false;
    return true;
}

ivn_status rule_set_test(const struct rule_set *s, struct rule_filter filter, ivn_error *err) {
    struct tester t = {.err = err};
    ivn_status status = cleanup_new(&t.cleanup, s, err);
    bool own_style = style_is_targets(s);
    for (size_t i = 0; i < s->rule_count && status == IVN_OK; i++) {
        const struct rule *r = &s->rules[i];
        if (!r->enabled || (filter.file && strcmp(r->file, filter.file) != 0) ||
            (filter.id && strcmp(r->id, filter.id) != 0))
            continue;
        for (size_t k = 0; k < r->example_count && status == IVN_OK; k++) {
            const struct rule_scope *scope = &r->examples[k].scope;
            if ((own_style || *scope->style) && scope_holds(s, scope))
                status = try_example(&t, s, r, &r->examples[k]);
        }
    }
    fini_tester(&t);
    return status;
}

/* ---- all styles ---- */

/* *first = the first failure of all so far. Whether to go on after one more. */
static bool take_status(const struct rule_trial *t, ivn_status status, ivn_status *first,
                        const ivn_error *err) {
    if (status == IVN_OK)
        return true;
    if (*first == IVN_OK)
        *first = status;
    if (t->complain)
        t->complain(t->user, err);
    return t->complain != NULL;
}

/* Tests with `asked`. Whether to go on. */
static bool try_asked(const struct rule_trial *t, const char *asked, const char *id,
                      ivn_status *first, ivn_error *err) {
    struct rule_set *rules;
    ivn_status status = t->make(t->user, asked, &rules, err);
    if (status == IVN_OK) {
        status = rule_set_test(rules, (struct rule_filter){.file = t->file, .id = id}, err);
        rule_set_free(rules);
    }
    return take_status(t, status, first, err);
}

static bool is_of(const struct rule_trial *t, const struct rule *r) {
    return !t->file || strcmp(r->file, t->file) == 0;
}

static bool try_switched_off(const struct rule_trial *t, const struct rule_set *s,
                             ivn_status *first, ivn_error *err) {
    struct buffer asked = {0};
    bool go_on = true;
    for (size_t i = 0; i < s->rule_count && go_on; i++) {
        const struct rule *r = &s->rules[i];
        if (r->enabled || r->cause == IVN_BY_STYLE || r->example_count == 0 || !is_of(t, r))
            continue;
        asked.size = 0;
        if (!buffer_append(&asked, "+", 1) || !buffer_append(&asked, r->id, strlen(r->id) + 1)) {
            *first = error_memory(err);
            go_on = false;
        } else {
            go_on = try_asked(t, asked.data, r->id, first, err);
        }
    }
    buffer_fini(&asked);
    return go_on;
}

/* Whether some example before the one numbered k of rule i names the same style. */
static bool is_named_before(const struct rule_trial *t, const struct rule_set *s, size_t i,
                            size_t k) {
    const char *style = s->rules[i].examples[k].scope.style;
    for (size_t r = 0; r <= i; r++)
        for (size_t e = 0; e < (r == i ? k : s->rules[r].example_count); e++)
            if (is_of(t, &s->rules[r]) && strcmp(s->rules[r].examples[e].scope.style, style) == 0)
                return true;
    return false;
}

static bool try_styles(const struct rule_trial *t, const struct rule_set *s, ivn_status *first,
                       ivn_error *err) {
    for (size_t i = 0; i < s->rule_count; i++)
        for (size_t k = 0; k < s->rules[i].example_count; k++) {
            const char *style = s->rules[i].examples[k].scope.style;
            if (*style && is_of(t, &s->rules[i]) && !is_named_before(t, s, i, k) &&
                !try_asked(t, style, NULL, first, err))
                return false;
        }
    return true;
}

ivn_status rules_try(const struct rule_trial *trial, ivn_error *err) {
    struct rule_set *own;
    ivn_status first = IVN_OK;
    ivn_status status = trial->make(trial->user, NULL, &own, err);
    if (status != IVN_OK)
        return status;
    status = rule_set_test(own, (struct rule_filter){.file = trial->file}, err);
    if (take_status(trial, status, &first, err) && try_switched_off(trial, own, &first, err))
        try_styles(trial, own, &first, err);
    rule_set_free(own);
    return first;
}

/* ---- the user's rules ---- */

/* What a rule writes, between two Han, into t->input; the groups are a letter. */
static bool write_own_text(struct tester *t, const struct rule_pattern *p) {
    t->input.size = 0;
    bool ok = buffer_append(&t->input, "文", 3);
    for (uint32_t i = 0; i < p->piece_count && ok; i++) {
        const struct template_piece *piece = &p->pieces[i];
        ok = buffer_append(&t->input, piece->text ? piece->text : "x",
                           piece->text ? piece->length : 1);
    }
    return ok && buffer_append(&t->input, "文", 3);
}

/* The text again and again, and behind it every ASCII character, without which a search may be cut
 * short. */
static bool write_repeated(struct tester *t, const char *text) {
    enum { BYTES = 4096 };
    t->input.size = 0;
    while (t->input.size < BYTES)
        if (!buffer_append(&t->input, text, strlen(text)))
            return false;
    if (!buffer_append(&t->input, "文", 3))
        return false;
    for (char c = ' '; c < 0x7F; c++)
        if (!buffer_append(&t->input, &c, 1))
            return false;
    return true;
}

/* Whether t->input comes to an end. */
static ivn_status try_input(struct tester *t) {
    edit_list_clear(&t->edits);
    return cleanup_run(t->cleanup, t->input.data, t->input.size, NULL, CLEANUP_PLAIN, &t->edits,
                       t->err);
}

ivn_status rule_set_probe(const struct rule_set *s, ivn_error *err) {
    static const char *const texts[] = {"文", "a",   " ",   "1",  "，", ",",
                                        "a ", "文 ", "文,", "(“", "\"'"};
    struct tester t = {.err = err};
    ivn_status status = cleanup_new(&t.cleanup, s, err);
    for (size_t i = 0; i < s->active_count && status == IVN_OK; i++) {
        const struct rule_pattern *p = s->active[i];
        if (s->rules[p->rule].owner == RULES_USER)
            status = write_own_text(&t, p) ? try_input(&t) : error_memory(err);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == IVN_OK; i++)
        status = write_repeated(&t, texts[i]) ? try_input(&t) : error_memory(err);
    fini_tester(&t);
    return status;
}
