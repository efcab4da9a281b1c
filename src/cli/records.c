/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "records.h"

#include "team.h"

#include <errno.h>
#include <string.h>

static const char *record_format(const struct options *o, const char *name) {
    const char *format = o->format ? o->format : ivn_format_of_file(name);
    return format ? format : "plain";
}

bool records_are_wanted(const struct options *o, const char *name) {
    return o->lines || strcmp(record_format(o, name), "jsonl") == 0;
}

bool records_is_blank(const char *line, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            return false;
    return true;
}

static ivn_status convert_line(ivn_context *context, const struct options *o, const char *format,
                               const char *line, size_t n, struct bytes *made, ivn_error *err) {
    ivn_result *result;
    ivn_status status = ivn_convert_document(context, format, line, n, o->json_path, &result, err);
    if (status != IVN_OK)
        return status;
    size_t size;
    const char *text = ivn_result_text(result, &size);
    if (bytes_add(made, text, size) != 0)
        status = IVN_NO_MEMORY;
    ivn_result_free(result);
    return status;
}

ivn_status records_window(ivn_context *context, const struct options *o, const char *name,
                          const char *text, size_t n, struct bytes *made, struct bytes *failures) {
    const char *format = record_format(o, name);
    struct record_failure failure;
    for (size_t at = 0, line = 0; at < n; line++) {
        const char *newline = memchr(text + at, '\n', n - at);
        const size_t end = newline ? (size_t)(newline - text) : n;
        const size_t next = newline ? end + 1 : n;
        const bool blank = records_is_blank(text + at, end - at);
        ivn_status status =
            blank ? IVN_OK
                  : convert_line(context, o, format, text + at, end - at, made, &failure.err);
        if (status == IVN_NO_MEMORY)
            return status;
        failure.line = line;
        const bool as_it_is = blank || status != IVN_OK;
        if ((status != IVN_OK && bytes_add(failures, &failure, sizeof failure) != 0) ||
            bytes_add(made, as_it_is ? text + at : text + end, next - (as_it_is ? at : end)) != 0)
            return IVN_NO_MEMORY;
        at = next;
    }
    return IVN_OK;
}

enum status records_say_failures(const struct bytes *failures, const char *name, size_t lines) {
    const struct record_failure *failure = (const void *)failures->data;
    enum status status = STATUS_FINE;
    for (size_t i = 0; i < failures->size / sizeof *failure; i++) {
        ivn_error err = failure[i].err;
        err.line = lines + failure[i].line + 1;
        status = message_library(name, &err);
    }
    return status;
}

/* Where the lines of the windows begin, and to whom they go. */
struct delivery {
    struct output *output;
    const char *name;
    size_t lines; /* before the window */
};

static enum status deliver_oldest(struct delivery *d, struct team *team) {
    struct team_window *w = team_wait(team);
    enum status status;
    if (w->status != IVN_OK) {
        status = message_errno(message_name(d->name), _("cannot go on"), ENOMEM);
        team_drop(team);
        return status;
    }
    status = records_say_failures(&w->failures, d->name, d->lines);
    output_write(d->output, w->made.data, w->made.size);
    for (const char *s = w->text.data, *end = s + w->text.size;
         (s = memchr(s, '\n', (size_t)(end - s))) != NULL; s++)
        d->lines++;
    team_drop(team);
    return status;
}

enum status records_convert(struct window *window, const char *text, size_t n,
                            const struct options *options, struct engine *engine,
                            struct output *output, const char *name) {
    struct delivery delivery = {.output = output, .name = name};
    enum status status = STATUS_FINE;
    struct team team;
    bool last;
    int got = n > 0;
    team_init(&team, engine, options->jobs);
    while (got > 0 && !output_failed(output)) {
        if (team_is_full(&team))
            status = status_worst(status, deliver_oldest(&delivery, &team));
        if (team_start_records(&team, options, name, text, n) != 0) {
            status = message_errno(message_name(name), _("cannot go on"), errno);
            break;
        }
        got = window_next(window, &text, &n, &last);
        if (got < 0)
            status = message_errno(message_name(name), _("cannot read"), errno);
    }
    while (team.count > 0 && !output_failed(output))
        status = status_worst(status, deliver_oldest(&delivery, &team));
    team_fini(&team);
    return output_failed(output) ? STATUS_ERROR : status;
}
