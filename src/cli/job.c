/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "job.h"

#include "diff.h"
#include "explain.h"
#include "names_report.h"
#include "output_path.h"
#include "place.h"
#include "replace.h"
#include "team.h"
#include "window.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct job {
    const struct options *options;
    const struct engine *engine;
    struct output *output;
    const char *name;
    int fd;
    struct stat input;
    char *target; /* file to write; NULL: standard output, or none */
    struct window window;
    struct place place; /* where the current window begins */
    struct diff diff;
    struct names_report names;
    struct replace replace;
    bool begun;                  /* replace_begin() was called */
    bool changed;                /* by any window so far */
    size_t changes, suggestions; /* counted for --suggestions */
};

static bool writes_file(const struct options *o) {
    return o->in_place || o->output;
}

static bool writes_text(const struct options *o) {
    return !writes_file(o) && !o->check && !o->diff && !o->explain && o->names != IVN_NAMES_REPORT;
}

static enum status open_input(struct job *job) {
    const struct options *o = job->options;
    if (strcmp(job->name, "-") == 0) {
        job->fd = STDIN_FILENO;
        if (writes_file(o))
            return message_error(_("standard input: --in-place and --output need a named file"));
    } else if ((job->fd = open(job->name, O_RDONLY | O_CLOEXEC)) < 0) {
        return message_errno(job->name, _("cannot open"), errno);
    }
    if (fstat(job->fd, &job->input) != 0)
        return message_errno(message_name(job->name), _("cannot read"), errno);
    if (S_ISDIR(job->input.st_mode))
        return message_error(_("%s: is a directory; converting directories is not built yet"),
                             message_name(job->name));
    if (o->in_place && !S_ISREG(job->input.st_mode))
        return message_error(_("%s: not a regular file; --in-place cannot replace it"), job->name);
    if (writes_text(o) && job->input.st_size > 0 && job->fd != STDIN_FILENO &&
        output_is(&job->input))
        return message_error(_("%s: is also the output; use --in-place to replace it"), job->name);
    return STATUS_FINE;
}

static enum status find_target(struct job *job) {
    const struct options *o = job->options;
    if (o->in_place && !(job->target = strdup(job->name)))
        return message_errno(job->name, _("cannot go on"), errno);
    if (!o->output)
        return STATUS_FINE;
    if (!(job->target = output_path_new(o->output, job->name)))
        return message_errno(job->name, _("cannot go on"), errno);
    struct stat target;
    if (stat(job->target, &target) == 0 && target.st_dev == job->input.st_dev &&
        target.st_ino == job->input.st_ino)
        return message_error(_("%s: is the input itself; use --in-place to replace it"),
                             job->target);
    if (output_path_make(job->target) != 0)
        return message_errno(job->target, _("cannot create its directory"), errno);
    return STATUS_FINE;
}

static enum status not_replaced(const struct job *job, const char *why) {
    if (job->options->in_place)
        return message_error(_("%s: not replaced: %s; the original file is unchanged"), job->target,
                             why);
    return message_error(_("%s: not written: %s"), job->target, why);
}

static enum status report(struct job *job, const char *text, size_t n, ivn_result *result) {
    size_t made = 0;
    size_t doubtful = 0;
    const ivn_edit *edits = ivn_result_edits(result, &made);
    if (!edits && made > 0)
        return message_errno(message_name(job->name), _("cannot go on"), ENOMEM);
    if (job->options->diff && diff_window(&job->diff, text, n, edits, made) != 0)
        return message_errno(message_name(job->name), _("cannot show the changes"), errno);
    if (job->options->names == IVN_NAMES_REPORT) {
        const ivn_mention *mentions = ivn_result_mentions(result, &made);
        if (names_report_add(&job->names, job->place, text, mentions, made) != 0)
            return message_errno(message_name(job->name), _("cannot go on"), errno);
    }
    if (!job->options->explain && !job->options->suggestions)
        return STATUS_FINE;
    const ivn_edit *suggestions = ivn_result_suggestions(result, &doubtful);
    if (!suggestions && doubtful > 0)
        return message_errno(message_name(job->name), _("cannot go on"), ENOMEM);
    job->changes += made;
    job->suggestions += doubtful;
    if (!job->options->explain)
        return STATUS_FINE;
    explain_window(job->output->file, job->name, job->place, text,
                   (struct explain_edits){edits, made},
                   (struct explain_edits){suggestions, doubtful});
    return STATUS_FINE;
}

static enum status write_target(struct job *job, const char *text, size_t n) {
    if (!job->begun) {
        if (replace_begin(&job->replace, job->target, job->input.st_mode) != 0)
            return not_replaced(job, strerror(errno));
        job->begun = true;
    }
    return replace_write(&job->replace, text, n) == 0 ? STATUS_FINE
                                                      : not_replaced(job, strerror(errno));
}

/* The library knows the window alone: its place is put into the document. */
static enum status not_converted(const struct job *job, const char *text, ivn_error *err) {
    if (err->status == IVN_ENCODING && !err->file[0]) {
        struct place place = job->place;
        place_advance(&place, text, err->offset);
        err->line = place.line;
        err->column = place.column;
    }
    return message_library(job->name, err);
}

/* Gives a converted window to whoever asked for it. */
static enum status deliver(struct job *job, const char *text, size_t n, bool only,
                           ivn_result *result) {
    const struct options *o = job->options;
    size_t size = 0;
    const char *converted = ivn_result_text(result, &size);
    bool changed = size != n || memcmp(converted, text, n) != 0;
    job->changed |= changed;
    enum status status = STATUS_FINE;
    if (o->diff || o->explain || o->suggestions || o->names == IVN_NAMES_REPORT)
        status = report(job, text, n, result);
    /* A document that stays as it is keeps its time of change as well. */
    bool untouched = o->in_place && only && !changed;
    if (status == STATUS_FINE && job->target && !untouched)
        status = write_target(job, converted, size);
    if (writes_text(o))
        status = output_write(job->output, converted, size);
    if (output_failed(job->output))
        status = STATUS_ERROR;
    place_advance(&job->place, text, n);
    return status;
}

/* A window by itself: all of a short document, or a line. */
static enum status convert_one(struct job *job, const char *text, size_t n, bool only) {
    ivn_result *result = NULL;
    ivn_error err;
    if (ivn_convert(job->engine->context, text, n, &result, &err) != IVN_OK)
        return not_converted(job, text, &err);
    enum status status = deliver(job, text, n, only, result);
    ivn_result_free(result);
    if (job->options->line_buffered && output_flush(job->output) != STATUS_FINE)
        status = STATUS_ERROR;
    return status;
}

/* Delivers the team's oldest window, if it has one. */
static enum status deliver_oldest(struct job *job, struct team *team) {
    const struct team_window *w = team_wait(team);
    if (!w)
        return STATUS_FINE;
    /* not_converted() adds the place to the error, so it gets a copy. */
    ivn_error err = w->err;
    enum status status = w->status == IVN_OK
                             ? deliver(job, w->text.data, w->text.size, false, w->result)
                             : not_converted(job, w->text.data, &err);
    team_drop(team);
    return status;
}

static enum status convert_windows(struct job *job) {
    const char *text = NULL;
    size_t n = 0;
    bool last = false;
    enum status status = STATUS_FINE;
    int got = 0;
    struct team team;
    team_init(&team, job->engine);
    for (bool first = true; status == STATUS_FINE; first = false) {
        got = window_next(&job->window, &text, &n, &last);
        if (got < 0)
            status = message_errno(message_name(job->name), _("cannot read"), errno);
        if (got <= 0)
            break;
        if (job->options->line_buffered || (first && last)) {
            status = convert_one(job, text, n, first && last);
            continue;
        }
        if (team_is_full(&team))
            status = deliver_oldest(job, &team);
        if (status == STATUS_FINE && team_start(&team, text, n) != 0)
            status = message_errno(message_name(job->name), _("cannot go on"), errno);
    }
    while (status == STATUS_FINE && team.count > 0)
        status = deliver_oldest(job, &team);
    team_fini(&team);
    return status;
}

/* Whether the input is still the file that was read: an editor may have saved it meanwhile. */
static bool input_unchanged(const struct job *job) {
    struct stat now;
    return stat(job->target, &now) == 0 && now.st_dev == job->input.st_dev &&
           now.st_ino == job->input.st_ino && now.st_size == job->input.st_size &&
           now.st_mtim.tv_sec == job->input.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == job->input.st_mtim.tv_nsec;
}

static void name_changed(const struct job *job) {
    FILE *out = job->output->file;
    fputs(job->name, out);
    if (job->options->suggestions)
        fprintf(out, _(": changes %zu, suggestions %zu"), job->changes, job->suggestions);
    putc('\n', out);
}

static enum status finish(struct job *job) {
    const struct options *o = job->options;
    if (o->diff && diff_finish(&job->diff) != 0)
        return message_errno(message_name(job->name), _("cannot show the changes"), errno);
    names_report_write(&job->names, job->output->file, job->name);
    /* An empty document has no window, and is written all the same. */
    if (o->output && !job->begun && write_target(job, "", 0) != STATUS_FINE)
        return STATUS_ERROR;
    if (job->begun && (job->changed || o->output)) {
        if (o->in_place && !input_unchanged(job))
            return not_replaced(job, _("it has changed since it was read"));
        if (replace_commit(&job->replace) != 0)
            return not_replaced(job, strerror(errno));
    }
    if (!o->check || (!job->changed && job->suggestions == 0))
        return STATUS_FINE;
    if (!o->diff && !o->explain && !o->quiet)
        name_changed(job);
    return STATUS_CHANGES;
}

enum status job_run(const struct options *options, const struct engine *engine,
                    struct output *output, const char *name) {
    struct job job = {.options = options,
                      .engine = engine,
                      .output = output,
                      .name = name,
                      .fd = -1,
                      .place = place_start()};
    diff_init(&job.diff, output->file, name);
    enum status status = open_input(&job);
    if (status == STATUS_FINE)
        status = find_target(&job);
    window_init(&job.window, job.fd, options->line_buffered);
    if (status == STATUS_FINE)
        status = convert_windows(&job);
    if (status == STATUS_FINE)
        status = finish(&job);
    replace_abort(&job.replace);
    diff_fini(&job.diff);
    names_report_fini(&job.names);
    window_fini(&job.window);
    free(job.target);
    if (job.fd > STDIN_FILENO)
        close(job.fd);
    return status;
}
