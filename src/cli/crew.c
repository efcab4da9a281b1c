/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "crew.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_THREADS = 256,
    AHEAD = 4, /* files under way for each thread, so that a slow one does not stop the others */
    AHEAD_BYTES = 64 << 20 /* but no more of them at once, as each takes many times its size */
};

struct crew {
    const struct crew_orders *orders;
    struct crew_task *ring; /* tasks first .. first+count-1, modulo size */
    size_t size, first, count;
    uint64_t bytes; /* of the files under way */
    size_t taken;   /* of those, how many threads have begun with */
    bool is_over;
    pthread_mutex_t mutex;
    pthread_cond_t work; /* there is something to convert, or it is over */
    pthread_cond_t done; /* something was converted */
};

static void convert(struct crew_task *task, size_t threads) {
    task->is_converted =
        article_open(&task->article, task->name) &&
        article_convert(&task->article, &task->options, task->engine, threads, task->skip_binary);
}

static void *work(void *argument) {
    struct crew *crew = argument;
    pthread_mutex_lock(&crew->mutex);
    for (;;) {
        while (!crew->is_over && crew->taken == crew->count)
            pthread_cond_wait(&crew->work, &crew->mutex);
        if (crew->is_over)
            break;
        struct crew_task *task = &crew->ring[(crew->first + crew->taken++) % crew->size];
        pthread_mutex_unlock(&crew->mutex);
        convert(task, 1);
        pthread_mutex_lock(&crew->mutex);
        task->is_done = true;
        pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->mutex);
    return NULL;
}

/* Prepares the next file that is not left out. false: there is none. */
static bool prepare(const struct crew *crew, size_t *index, struct crew_task *task) {
    while (*index < crew->orders->count) {
        memset(task, 0, sizeof *task);
        task->index = *index;
        if (crew->orders->prepare(crew->orders->user, (*index)++, task))
            return true;
    }
    return false;
}

/* Delivers a file, unless there are to be no further ones. */
static bool finish(const struct crew *crew, struct crew_task *task, bool go_on) {
    if (go_on)
        go_on = crew->orders->deliver(crew->orders->user, task->index, task);
    article_fini(&task->article);
    options_fini(&task->options);
    return go_on;
}

static void work_alone(struct crew *crew, size_t threads) {
    struct crew_task task;
    size_t index = 0;
    bool go_on = true;
    while (go_on && prepare(crew, &index, &task)) {
        convert(&task, threads);
        go_on = finish(crew, &task, true);
    }
}

/* Fills the ring and takes the oldest file out of it, over and over. */
static void lead(struct crew *crew) {
    size_t index = 0;
    bool more = true, go_on = true;
    while (more || crew->count > 0) {
        while (more && go_on && crew->count < crew->size &&
               (crew->count == 0 || crew->bytes < AHEAD_BYTES)) {
            struct crew_task *task = &crew->ring[(crew->first + crew->count) % crew->size];
            more = prepare(crew, &index, task);
            crew->bytes += more ? task->size : 0;
            pthread_mutex_lock(&crew->mutex);
            crew->count += more;
            pthread_cond_signal(&crew->work);
            pthread_mutex_unlock(&crew->mutex);
        }
        more = more && go_on;
        if (crew->count == 0)
            break;
        struct crew_task *oldest = &crew->ring[crew->first];
        pthread_mutex_lock(&crew->mutex);
        while (!oldest->is_done)
            pthread_cond_wait(&crew->done, &crew->mutex);
        pthread_mutex_unlock(&crew->mutex);
        crew->bytes -= oldest->size;
        go_on = finish(crew, oldest, go_on);
        pthread_mutex_lock(&crew->mutex);
        crew->first = (crew->first + 1) % crew->size;
        crew->count--;
        crew->taken--;
        pthread_mutex_unlock(&crew->mutex);
    }
}

/* Signals are the main thread's: see pending.h. Returns how many were started. */
static size_t start(struct crew *crew, pthread_t *threads, size_t wanted) {
    sigset_t all, old;
    size_t started = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    while (started < wanted && pthread_create(&threads[started], NULL, work, crew) == 0)
        started++;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return started;
}

int crew_work(const struct crew_orders *orders) {
    pthread_t threads[MAX_THREADS];
    const size_t wanted = orders->threads < MAX_THREADS ? orders->threads : MAX_THREADS;
    struct crew crew = {.orders = orders, .size = wanted * AHEAD};
    if (wanted <= 1 || orders->count <= 1) {
        work_alone(&crew, wanted);
        return 0;
    }
    crew.ring = calloc(crew.size, sizeof *crew.ring);
    if (!crew.ring)
        return -1;
    pthread_mutex_init(&crew.mutex, NULL);
    pthread_cond_init(&crew.work, NULL);
    pthread_cond_init(&crew.done, NULL);
    const size_t started = start(&crew, threads, wanted);
    if (started > 0)
        lead(&crew);
    else
        work_alone(&crew, 1);
    pthread_mutex_lock(&crew.mutex);
    crew.is_over = true;
    pthread_cond_broadcast(&crew.work);
    pthread_mutex_unlock(&crew.mutex);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_cond_destroy(&crew.done);
    pthread_cond_destroy(&crew.work);
    pthread_mutex_destroy(&crew.mutex);
    free(crew.ring);
    return 0;
}
