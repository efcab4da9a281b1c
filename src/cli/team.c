/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "team.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

void team_init(struct team *team, const struct engine *engine) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    memset(team, 0, sizeof *team);
    team->engine = engine;
    team->size = processors < 1             ? 1
                 : processors >= TEAM_LIMIT ? TEAM_LIMIT
                                            : (size_t)processors + 1;
    team->windows[0].context = engine->context;
}

void team_fini(struct team *team) {
    while (team_wait(team))
        team_drop(team);
    for (size_t i = 0; i < TEAM_LIMIT; i++) {
        bytes_fini(&team->windows[i].text);
        if (i > 0) /* the first one's is the engine's */
            ivn_context_free(team->windows[i].context);
    }
}

static void *convert(void *argument) {
    struct team_window *w = argument;
    w->status = ivn_convert(w->context, w->text.data, w->text.size, &w->result, &w->err);
    return NULL;
}

/* Signals are the main thread's: replace.c blocks them there while it creates a temporary file, and
 * a handler that ran elsewhere meanwhile would leave that behind. */
static int start_thread(struct team_window *w) {
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int failure = pthread_create(&w->thread, NULL, convert, w);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return failure;
}

int team_start(struct team *team, const char *text, size_t n) {
    struct team_window *w = &team->windows[(team->first + team->count) % team->size];
    ivn_error err;
    if (!w->context && ivn_context_new(&w->context, team->engine->profile, &err) != IVN_OK) {
        errno = ENOMEM;
        return -1;
    }
    w->text.size = 0;
    w->result = NULL;
    if (bytes_add(&w->text, text, n) != 0)
        return -1;
    int failure = start_thread(w);
    if (failure) {
        errno = failure;
        return -1;
    }
    team->count++;
    return 0;
}

const struct team_window *team_wait(struct team *team) {
    if (team->count == 0)
        return NULL;
    struct team_window *w = &team->windows[team->first];
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
