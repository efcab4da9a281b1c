/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "team.h"

#include "records.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

void team_init(struct team *team, struct engine *engine, size_t threads) {
    memset(team, 0, sizeof *team);
    team->engine = engine;
    team->size = threads <= 1 ? 1 : threads >= TEAM_LIMIT ? TEAM_LIMIT : threads + 1;
}

void team_fini(struct team *team) {
    while (team_wait(team))
        team_drop(team);
    for (size_t i = 0; i < TEAM_LIMIT; i++) {
        bytes_fini(&team->windows[i].text);
        bytes_fini(&team->windows[i].made);
        bytes_fini(&team->windows[i].failures);
        engine_give_back(team->engine, team->windows[i].context);
    }
}

static void *convert(void *argument) {
    struct team_window *w = argument;
    if (w->options)
        w->status = records_window(w->context, w->options, w->name, w->text.data, w->text.size,
                                   &w->made, &w->failures);
    else if (w->prose)
        w->status = ivn_convert_prose(w->context, w->prose, w->from, w->to, &w->result, &w->err);
    else
        w->status = ivn_convert(w->context, w->text.data, w->text.size, &w->result, &w->err);
    return NULL;
}

/* Signals are the main thread's: a handler that ran elsewhere while the main thread creates a
 * temporary file would leave that behind. */
static int start_thread(struct team_window *w) {
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int failure = pthread_create(&w->thread, NULL, convert, w);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return failure;
}

static struct team_window *next(struct team *team) {
    struct team_window *w = &team->windows[(team->first + team->count) % team->size];
    ivn_error err;
    if (!w->context && !(w->context = engine_borrow(team->engine, &err))) {
        errno = ENOMEM;
        return NULL;
    }
    w->text.size = w->made.size = w->failures.size = 0;
    w->prose = NULL;
    w->options = NULL;
    w->result = NULL;
    return w;
}

static int start(struct team *team, struct team_window *w) {
    int failure = 0;
    if (team->size == 1)
        convert(w);
    else
        failure = start_thread(w);
    team->count += failure == 0;
    errno = failure ? failure : errno;
    return failure ? -1 : 0;
}

int team_start(struct team *team, const char *text, size_t n) {
    struct team_window *w = next(team);
    if (!w || bytes_add(&w->text, text, n) != 0)
        return -1;
    return start(team, w);
}

int team_start_records(struct team *team, const struct options *options, const char *name,
                       const char *text, size_t n) {
    struct team_window *w = next(team);
    if (!w || bytes_add(&w->text, text, n) != 0)
        return -1;
    w->options = options;
    w->name = name;
    return start(team, w);
}

int team_start_prose(struct team *team, const ivn_prose *prose, size_t from, size_t to) {
    struct team_window *w = next(team);
    if (!w)
        return -1;
    w->prose = prose;
    w->from = from;
    w->to = to;
    return start(team, w);
}

struct team_window *team_wait(struct team *team) {
    if (team->count == 0)
        return NULL;
    struct team_window *w = &team->windows[team->first];
    if (team->size > 1)
        pthread_join(w->thread, NULL);
    return w;
}

void team_drop(struct team *team) {
    struct team_window *w = &team->windows[team->first];
    if (w->status == IVN_OK)
        ivn_result_free(w->result);
    team->first = (team->first + 1) % team->size;
    team->count--;
}
