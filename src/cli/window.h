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

enum window_kind {
    WINDOW_PARAGRAPHS,
    WINDOW_LINES, /* whole lines, wherever paragraphs end; a longer one is a window of its own */
    WINDOW_LINE   /* each line is a window, delivered as soon as it has arrived */
};

struct window {
    int fd;
    enum window_kind kind;
    bool at_end;     /* read() has returned 0 */
    size_t start;    /* where in `bytes` the next window begins */
    size_t searched; /* WINDOW_LINE: bytes after `start` known to hold no line end */
    struct bytes bytes;
};

/* Reads from fd, which stays the caller's. */
void window_init(struct window *window, int fd, enum window_kind kind);

/* Windows of a text that is there already: borrowed, and window_fini() is not needed. */
void window_init_text(struct window *window, const char *text, size_t n);
void window_fini(struct window *window);

/* Appends to *all what is left behind the last window that was handed out. -1 with errno. */
int window_rest(struct window *window, struct bytes *all);

/* The next window in *text and *n, borrowed until the next call; *last is set if nothing follows
 * (of WINDOW_LINE it may stay unset before an end of file that has not been seen yet). 1; 0 past
 * the last; -1 with errno if reading failed. An empty document has no window. */
int window_next(struct window *window, const char **text, size_t *n, bool *last);

#endif
