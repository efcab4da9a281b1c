/* SPDX-License-Identifier: Apache-2.0 */
/* progress.h - how far a batch has come, in the last line of the terminal: files, bytes, rate, and
 * the time that is left. Nothing where standard error is no terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool is_on;
    size_t files, files_done;
    uint64_t bytes, bytes_done;
    struct timespec begun, shown;
};

/* wanted: unless standard error is no terminal. */
void progress_begin(struct progress *progress, bool wanted, size_t files, uint64_t bytes);

/* A file of that many bytes is done. */
void progress_add(struct progress *progress, uint64_t bytes);

/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
