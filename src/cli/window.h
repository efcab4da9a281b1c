/* SPDX-License-Identifier: Apache-2.0 */
/* window.h - reading a document: whole, or in windows where it is long.
 *
 * Up to about 4 MiB a document is one window. A longer one is cut near each 4 MiB, at the end of a
 * paragraph where there is one. The cuts depend on the content alone, never on how the bytes
 * arrive, so that a pipe and a file come out the same. Memory stays bounded. */
#ifndef CLI_WINDOW_H
#define CLI_WINDOW_H

#include "bytes.h"

#include <stdbool.h>

enum {
    WINDOW_SIZE = 4 << 20,         /* bytes of a window before a cut is looked for */
    WINDOW_PARAGRAPH = 64 << 10,   /* how far beyond a blank line is preferred to a line end */
    WINDOW_LIMIT = 2 * WINDOW_SIZE /* a window is never larger */
};

struct window {
    int fd;
    bool by_line;
    bool at_end;     /* read() has returned 0 */
    size_t start;    /* where in `bytes` the next window begins */
    size_t searched; /* by_line: bytes after `start` known to hold no line end */
    struct bytes bytes;
};

/* Reads from fd, which stays the caller's. by_line: each line is a window of its own and is
 * delivered as soon as it has arrived. */
void window_init(struct window *window, int fd, bool by_line);
void window_fini(struct window *window);

/* The next window in *text and *n, borrowed until the next call; *last is set if nothing follows
 * (by_line it may stay unset before an end of file that has not been seen yet). 1; 0 past the
 * last; -1 with errno if reading failed. An empty document has no window. */
int window_next(struct window *window, const char **text, size_t *n, bool *last);

#endif
