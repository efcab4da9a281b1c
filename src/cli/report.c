/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "report.h"

#include "explain.h"

#include <errno.h>
#include <string.h>

void report_init(struct report *report, const struct options *options, struct output *output,
                 const char *name) {
    memset(report, 0, sizeof *report);
    report->options = options;
    report->output = output;
    report->name = name;
    report->place = place_start();
    diff_init(&report->diff, output->file, name);
}

void report_fini(struct report *report) {
    diff_fini(&report->diff);
    names_report_fini(&report->names);
}

bool report_is_wanted(const struct options *o) {
    return o->check || o->diff || o->explain || o->names == IVN_NAMES_REPORT;
}

static enum status fail(const struct report *report, const char *what, int error) {
    return message_errno(message_name(report->name), what, error);
}

static enum status add_edits(struct report *report, const char *text, size_t n,
                             ivn_result *result) {
    const struct options *o = report->options;
    size_t made = 0, doubtful = 0;
    const ivn_edit *edits = ivn_result_edits(result, &made);
    if (!edits && made > 0)
        return fail(report, _("cannot go on"), ENOMEM);
    if (o->diff && diff_window(&report->diff, text, n, edits, made) != 0)
        return fail(report, _("cannot show the changes"), errno);
    if (o->names == IVN_NAMES_REPORT) {
        size_t count;
        const ivn_mention *mentions = ivn_result_mentions(result, &count);
        if (names_report_add(&report->names, report->place, text, mentions, count) != 0)
            return fail(report, _("cannot go on"), errno);
    }
    if (!o->explain && !o->suggestions)
        return STATUS_FINE;
    const ivn_edit *suggestions = ivn_result_suggestions(result, &doubtful);
    if (!suggestions && doubtful > 0)
        return fail(report, _("cannot go on"), ENOMEM);
    report->changes += made;
    report->suggestions += doubtful;
    if (o->explain)
        explain_window(report->output->file, report->name, report->place, text,
                       (struct explain_edits){edits, made},
                       (struct explain_edits){suggestions, doubtful});
    return STATUS_FINE;
}

enum status report_window(struct report *report, const char *text, size_t n, ivn_result *result) {
    const struct options *o = report->options;
    enum status status = STATUS_FINE;
    size_t size = 0;
    const char *converted = ivn_result_text(result, &size);
    report->changed |= size != n || (n > 0 && memcmp(converted, text, n) != 0);
    if (o->diff || o->explain || o->suggestions || o->names == IVN_NAMES_REPORT)
        status = add_edits(report, text, n, result);
    place_advance(&report->place, text, n);
    return status;
}

/* A stretch that nothing was done to. */
static enum status pass_over(struct report *report, const char *text, size_t n) {
    if (report->options->diff && n > 0 && diff_window(&report->diff, text, n, NULL, 0) != 0)
        return fail(report, _("cannot show the changes"), errno);
    place_advance(&report->place, text, n);
    return STATUS_FINE;
}

enum status report_article(struct report *report, const struct article *a) {
    enum status status = STATUS_FINE;
    size_t at = 0;
    for (size_t i = 0; i < a->piece_count && status == STATUS_FINE; i++) {
        const struct article_piece *piece = &a->pieces[i];
        if (!piece->result)
            continue;
        status = pass_over(report, a->text + at, piece->from - at);
        if (status == STATUS_FINE)
            status = report_window(report, a->text + piece->from, piece->size, piece->result);
        at = piece->from + piece->size;
    }
    report->changed |= a->changed;
    return status == STATUS_FINE ? pass_over(report, a->text + at, a->size - at) : status;
}

static void name_changed(const struct report *report) {
    FILE *out = report->output->file;
    fputs(report->name, out);
    if (report->options->suggestions)
        fprintf(out, _(": changes %zu, suggestions %zu"), report->changes, report->suggestions);
    putc('\n', out);
}

enum status report_finish(struct report *report) {
    const struct options *o = report->options;
    if (o->diff && diff_finish(&report->diff) != 0)
        return fail(report, _("cannot show the changes"), errno);
    names_report_write(&report->names, report->output->file, report->name);
    if (!o->check || (!report->changed && report->suggestions == 0))
        return STATUS_FINE;
    if (!o->diff && !o->explain && !o->quiet)
        name_changed(report);
    return STATUS_CHANGES;
}
