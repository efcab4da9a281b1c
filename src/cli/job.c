/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "job.h"

#include "article.h"
#include "records.h"
#include "report.h"
#include "team.h"
#include "window.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct job {
    const struct options *options;
    struct engine *engine;
    struct output *output;
    const char *name;
    const char *format; /* known when the first window is */
    int fd;
    struct stat input;
    struct window window;
    struct report report;
    bool is_complete; /* all of it was delivered, errors or not */
};

static enum status open_input(struct job *job) {
    if (strcmp(job->name, "-") == 0)
        job->fd = STDIN_FILENO;
    else if ((job->fd = open(job->name, O_RDONLY | O_CLOEXEC)) < 0)
        return message_errno(job->name, _("cannot open"), errno);
    if (fstat(job->fd, &job->input) != 0)
        return message_errno(message_name(job->name), _("cannot read"), errno);
    if (S_ISDIR(job->input.st_mode))
        return message_error(
            _("%s: is a directory; use --in-place, --output=DIR, --check or --diff"),
            message_name(job->name));
    if (!report_is_wanted(job->options) && job->input.st_size > 0 && job->fd != STDIN_FILENO &&
        output_is(&job->input))
        return message_error(_("%s: is also the output; use --in-place to replace it"), job->name);
    return STATUS_FINE;
}

/* Gives what was converted to standard output, unless reports were asked for instead. */
static enum status give(struct job *job, const void *made, size_t size) {
    enum status status = STATUS_FINE;
    if (!report_is_wanted(job->options))
        status = output_write(job->output, made, size);
    if (job->options->line_buffered && output_flush(job->output) != STATUS_FINE)
        status = STATUS_ERROR;
    return output_failed(job->output) ? STATUS_ERROR : status;
}

static enum status deliver_window(struct job *job, const char *text, size_t n, ivn_result *result) {
    size_t size = 0;
    const char *made = ivn_result_text(result, &size);
    enum status status = report_window(&job->report, text, n, result);
    return status_worst(status, give(job, made, size));
}

/* The library knows the window alone: its place is put into the document. */
static enum status not_converted(const struct job *job, const char *text, ivn_error err) {
    if (err.line > 0 && !err.file[0]) {
        struct place place = job->report.place;
        place_advance(&place, text, err.offset);
        err.line = place.line;
        err.column = place.column;
    }
    return message_library(job->name, &err);
}

/* A window by itself: all of a short document, or a line. */
static enum status convert_one(struct job *job, const char *text, size_t n) {
    ivn_result *result = NULL;
    ivn_error err;
    ivn_status got = strcmp(job->format, "plain") == 0
                         ? ivn_convert(job->engine->context, text, n, &result, &err)
                         : ivn_convert_document(job->engine->context, job->format, text, n,
                                                job->options->json_path, &result, &err);
    if (got != IVN_OK)
        return not_converted(job, text, err);
    enum status status = deliver_window(job, text, n, result);
    ivn_result_free(result);
    return status;
}

/* Delivers the team's oldest window, if it has one. */
static enum status deliver_oldest(struct job *job, struct team *team) {
    struct team_window *w = team_wait(team);
    if (!w)
        return STATUS_FINE;
    enum status status = w->status == IVN_OK
                             ? deliver_window(job, w->text.data, w->text.size, w->result)
                             : not_converted(job, w->text.data, w->err);
    team_drop(team);
    return status;
}

/* Converts this window of plain text and all that follow. */
static enum status convert_windows(struct job *job, const char *text, size_t n, bool last) {
    enum status status = STATUS_FINE;
    int got = 1;
    struct team team;
    if (last && job->window.kind != WINDOW_LINE)
        return convert_one(job, text, n);
    team_init(&team, job->engine, job->options->jobs);
    while (got > 0 && status == STATUS_FINE) {
        if (job->window.kind == WINDOW_LINE) {
            status = convert_one(job, text, n);
        } else {
            if (team_is_full(&team))
                status = deliver_oldest(job, &team);
            if (status == STATUS_FINE && team_start(&team, text, n) != 0)
                status = message_errno(message_name(job->name), _("cannot go on"), errno);
        }
        if (status == STATUS_FINE)
            got = window_next(&job->window, &text, &n, &last);
        if (got < 0)
            status = message_errno(message_name(job->name), _("cannot read"), errno);
    }
    while (team.count > 0 && status != STATUS_ERROR)
        status = deliver_oldest(job, &team);
    team_fini(&team);
    return status;
}

/* Converts a document that begins with n bytes of `text` as a whole. */
static enum status convert_article(struct job *job, const char *text, size_t n) {
    struct article article = {.name = job->name, .input = job->input};
    enum status status = STATUS_FINE;
    if (bytes_add(&article.bytes, text, n) != 0 || window_rest(&job->window, &article.bytes) != 0)
        status = message_errno(message_name(job->name), _("cannot read"), errno);
    else if (!article_convert(&article, job->options, job->engine, job->options->jobs, false))
        status = article_say(&article);
    if (status == STATUS_FINE) {
        size_t size;
        const void *made = article_bytes(&article, &size);
        status =
            status_worst(article_say_failures(&article), report_article(&job->report, &article));
        status = status_worst(status, give(job, made, size));
        job->is_complete = true;
    }
    article_fini(&article);
    return status;
}

/* Whether the document can flow through in windows: it is plain text, and, as far as its first
 * window tells, UTF-8. (--invalid=keep takes everything for that.) */
static bool is_stream(const struct job *job, const char *text, size_t n) {
    const struct options *o = job->options;
    if (job->window.kind == WINDOW_LINE)
        return true;
    if (strcmp(job->format, "plain") != 0 || o->lines)
        return false;
    if (o->from_encoding || o->to_encoding)
        return false;
    return o->keep_invalid || ivn_is_utf8(text, n);
}

static enum status convert(struct job *job) {
    const char *text = "";
    size_t n = 0;
    bool last = true;
    int got = window_next(&job->window, &text, &n, &last);
    if (got < 0)
        return message_errno(message_name(job->name), _("cannot read"), errno);
    job->format = article_format(job->options, job->name, text, n);
    if (job->window.kind == WINDOW_LINES)
        return records_convert(&job->window, text, n, job->options, job->engine, job->output,
                               job->name);
    enum status status = got == 0                  ? STATUS_FINE
                         : is_stream(job, text, n) ? convert_windows(job, text, n, last)
                                                   : convert_article(job, text, n);
    /* A document with bad records is complete all the same. */
    return status == STATUS_ERROR && !job->is_complete
               ? status
               : status_worst(status, report_finish(&job->report));
}

/* Records that are to be reported on, or are in another encoding, are read as an article. */
static enum window_kind kind_of_window(const struct options *o, const char *name) {
    if (o->line_buffered)
        return WINDOW_LINE;
    const bool whole = o->from_encoding || o->to_encoding || report_is_wanted(o);
    return records_are_wanted(o, name) && !whole ? WINDOW_LINES : WINDOW_PARAGRAPHS;
}

enum status job_run(const struct options *options, struct engine *engine, struct output *output,
                    const char *name) {
    struct job job = {
        .options = options, .engine = engine, .output = output, .name = name, .fd = -1};
    report_init(&job.report, options, output, name);
    enum status status = open_input(&job);
    window_init(&job.window, job.fd, kind_of_window(options, name));
    if (status == STATUS_FINE)
        status = convert(&job);
    report_fini(&job.report);
    window_fini(&job.window);
    if (job.fd > STDIN_FILENO)
        close(job.fd);
    return status;
}
