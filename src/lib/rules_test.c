/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the examples of a rule set. */
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
    ivn_status status =
        cleanup_run(t->cleanup, t->output.data, t->output.size - 1, NULL, &t->edits, t->err);
    if (status != IVN_OK || t->edits.count == 0)
        return status;
    error_set(t->err, IVN_CONFLICT, N_("rule '%s': a second run changes '%s' again"), r->id,
              t->output.data, NULL);
    error_place(t->err, r->file, e->line, 0);
    return IVN_CONFLICT;
}

static ivn_status try_example(struct tester *t, const struct rule *r,
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
    edit_list_clear(&t->edits);
    ivn_status status =
        cleanup_run(t->cleanup, t->input.data, t->input.size, NULL, &t->edits, t->err);
    if (status != IVN_OK)
        return status;
    t->output.size = 0;
    if (!edit_apply(&t->edits, t->input.data, t->input.size, &t->output) ||
        !buffer_append(&t->output, "", 1))
        return error_memory(t->err);
    if (t->output.size - 1 == t->wanted.size &&
        memcmp(t->output.data, t->wanted.data, t->wanted.size) == 0)
        return try_again(t, r, e);
    error_set(t->err, IVN_CONFLICT, N_("rule '%s': the example '%s' comes out as '%s'"), r->id,
              e->text, t->output.data);
    error_place(t->err, r->file, e->line, 0);
    return IVN_CONFLICT;
}

ivn_status rule_set_test(const struct rule_set *s, const char *file, ivn_error *err) {
    struct tester t = {.err = err};
    ivn_status status = cleanup_new(&t.cleanup, s, err);
    for (size_t i = 0; i < s->rule_count && status == IVN_OK; i++) {
        const struct rule *r = &s->rules[i];
        if (file && strcmp(r->file, file) != 0)
            continue;
        for (size_t k = 0; k < r->example_count && r->enabled && status == IVN_OK; k++) {
            int locale = r->examples[k].locale;
            if (locale == TEXTS_ALL || locale == s->locale)
                status = try_example(&t, r, &r->examples[k]);
        }
    }
    cleanup_free(t.cleanup);
    edit_list_fini(&t.edits);
    buffer_fini(&t.input);
    buffer_fini(&t.wanted);
    buffer_fini(&t.output);
    return status;
}
