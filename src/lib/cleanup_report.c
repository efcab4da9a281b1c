/* SPDX-License-Identifier: Apache-2.0 */
/* What the report rules find. */
#include "cleanup_private.h"
#include "error.h"

/* The marks of the subject that have no partner in it, with their offsets in the document. */
static ivn_status take_lone_marks(struct cleanup *c, size_t base) {
    ivn_status status = cleanup_know_pairs(c);
    struct unmasking u = {0};
    size_t old = c->lone.count;
    if (status == IVN_OK &&
        !lone_list_take_line(&c->lone, &c->pairs, c->subject.data, c->survey.chinese))
        status = error_memory(c->err);
    for (size_t i = old; i < c->lone.count; i++) {
        struct lone_mark *m = &c->lone.items[i];
        m->offset = (uint32_t)(base + cleanup_unmask(c, &u, m->offset));
    }
    return status;
}

/* Adds what the report rules find in a line. */
static ivn_status report_line(struct cleanup *c, const char *line, size_t n, size_t base,
                              struct edit_list *out) {
    bool idle;
    ivn_status status = cleanup_mask(c, line, n, &idle);
    if (n > 0)
        c->lone.line++;
    else
        c->lone.blanks++;
    if (status != IVN_OK || idle)
        return status;
    status = cleanup_begin(c);
    if (status == IVN_OK)
        status = cleanup_step(c, STEP_REPORT);
    if (status == IVN_OK && c->survey.marks)
        status = take_lone_marks(c, base);
    if (status != IVN_OK)
        return status;
    if (!cleanup_map(c, &c->step, &c->mapped))
        return error_memory(c->err);
    for (size_t i = 0; i < c->mapped.count; i++) {
        const struct edit *e = &c->mapped.items[i];
        if (!edit_add(out, base + e->offset, e->length, edit_text(&c->mapped, e), e->text_length,
                      e->reason))
            return error_memory(c->err);
    }
    return IVN_OK;
}

ivn_status cleanup_report(struct cleanup *c, const char *text, size_t n,
                          const struct span_list *verbatim, enum cleanup_kind kind,
                          struct edit_list *out, ivn_error *err) {
    c->kind = kind;
    c->steps = 1U << STEP_PROTECT | 1U << STEP_REPORT;
    c->lone.count = c->lone.line = c->lone.blanks = 0;
    ivn_status status = cleanup_each_line(c, text, n, verbatim, report_line, out, err);
    if (status == IVN_OK && !lone_list_report(&c->lone, text, c->set->builtin, out))
        status = error_memory(err);
    edit_sort(out);
    if (status != IVN_OK)
        edit_list_clear(out);
    return status;
}
