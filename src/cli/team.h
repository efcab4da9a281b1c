/* SPDX-License-Identifier: Apache-2.0 */
/* team.h - converting several windows of a long document at once, a thread for each; their results
 * are taken in the order of the windows, so that the output is the same however many there are. */
#ifndef CLI_TEAM_H
#define CLI_TEAM_H

#include "bytes.h"
#include "engine.h"

#include <pthread.h>
#include <stdbool.h>

enum { TEAM_LIMIT = 17 }; /* windows at once; more in memory would not be bounded memory */

/* A window on its way: some text of its own, since the reader goes on while it is converted, or a
 * part of a document's prose, which is borrowed. */
struct team_window {
    struct bytes text;
    const ivn_prose *prose; /* NULL: text */
    size_t from, to;
    const struct options *options; /* its lines are records (records.h); NULL: they are not */
    const char *name;
    struct bytes made, failures; /* of records, in the place of a result */
    ivn_context *context;
    pthread_t thread;
    ivn_result *result; /* if status is IVN_OK; the team's */
    ivn_status status;
    ivn_error err;
};

/* A ring of windows: the oldest at `first`. */
struct team {
    struct engine *engine;
    struct team_window windows[TEAM_LIMIT];
    size_t size; /* one more than there are threads: one is delivered while they work */
    size_t first;
    size_t count;
};

/* threads: 1 converts each window as it is started, in the caller's thread. */
void team_init(struct team *team, struct engine *engine, size_t threads);

/* Waits for what is under way and frees everything. */
void team_fini(struct team *team);

static inline bool team_is_full(const struct team *team) {
    return team->count == team->size;
}

/* Begins to convert a copy of the text, its lines as records, or a part of the prose; the team must
 * not be full. Nonzero with errno: it cannot. */
int team_start(struct team *team, const char *text, size_t n);
int team_start_records(struct team *team, const struct options *options, const char *name,
                       const char *text, size_t n);
int team_start_prose(struct team *team, const ivn_prose *prose, size_t from, size_t to);

/* Waits for the oldest window, which then has its status and result; NULL if there is none. It is
 * the team's, until team_drop(). */
struct team_window *team_wait(struct team *team);

/* Frees the oldest window's result, if it was not taken away, and makes room for another. */
void team_drop(struct team *team);

#endif
