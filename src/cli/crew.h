/* SPDX-License-Identifier: Apache-2.0 */
/* crew.h - threads that convert files, each a file as a whole. Files are prepared and delivered in
 * their order by the caller's thread; a bounded number of them is under way at once. */
#ifndef CLI_CREW_H
#define CLI_CREW_H

#include "article.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file on its way. */
struct crew_task {
    const char *name; /* borrowed from who prepares it */
    struct options options;
    struct engine *engine;
    bool skip_binary;
    uint64_t size; /* of the file, in bytes */
    struct article article;
    bool is_converted; /* article_open() and article_convert() did it */
    size_t index;
    bool is_done;
};

struct crew_orders {
    size_t count; /* of files */
    size_t threads;
    /* Fills in name, size, options and engine. false: the file is left out. */
    bool (*prepare)(void *user, size_t index, struct crew_task *task);
    /* false: no further files. */
    bool (*deliver)(void *user, size_t index, struct crew_task *task);
    void *user;
};

/* Converts all files. -1 with errno if no thread can be started. */
int crew_work(const struct crew_orders *orders);

#endif
