/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "window.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

void window_init(struct window *window, int fd, enum window_kind kind) {
    memset(window, 0, sizeof *window);
    window->fd = fd;
    window->kind = kind;
}

void window_init_text(struct window *window, const char *text, size_t n) {
    window_init(window, -1, WINDOW_PARAGRAPHS);
    window->bytes = (struct bytes){.data = (char *)(uintptr_t)text, .size = n};
    window->at_end = true;
}

void window_fini(struct window *window) {
    bytes_fini(&window->bytes);
}

static size_t available(const struct window *window) {
    return window->bytes.size - window->start;
}

/* One read(), with room made by moving what is left to the front. */
static int fetch(struct window *window) {
    struct bytes *bytes = &window->bytes;
    if (window->start > 0) {
        size_t left = available(window);
        memmove(bytes->data, bytes->data + window->start, left);
        bytes->size = left;
        window->start = 0;
    }
    /* The first reads of small documents should not cost megabytes. */
    if (bytes->capacity - bytes->size < 65536 && bytes_reserve(bytes, 65536) != 0)
        return -1;
    size_t room = bytes->capacity - bytes->size;
    if (room > WINDOW_LIMIT - bytes->size)
        room = WINDOW_LIMIT - bytes->size;
    ssize_t got;
    do
        got = read(window->fd, bytes->data + bytes->size, room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -1;
    bytes->size += (size_t)got;
    window->at_end = got == 0;
    return 0;
}

/* Reads until `need` bytes are there or the end is. */
static int fill(struct window *window, size_t need) {
    while (available(window) < need && !window->at_end) {
        if (fetch(window) != 0)
            return -1;
    }
    return 0;
}

/* The end of the first blank line whose line end is at or after `from`; 0 if there is none. */
static size_t blank_line(const char *text, size_t from, size_t n) {
    const char *end = text + n;
    const char *s = text + from;
    while ((s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
        const char *before = s;
        if (before > text && before[-1] == '\r')
            before--;
        s++;
        if (before > text && before[-1] == '\n')
            return (size_t)(s - text);
    }
    return 0;
}

/* The end of the last sentence in the second half; for a line of more than WINDOW_SIZE bytes. */
static size_t sentence(const char *text, size_t n) {
    static const char marks[][4] = {"。", "！", "？"};
    for (size_t i = n - 3; i > n / 2; i--) {
        if ((unsigned char)text[i] < 0xE3)
            continue;
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
            if (memcmp(text + i, marks[m], 3) == 0)
                return i + 3;
        }
    }
    return 0;
}

/* n, or a little less, so that no code point is split. */
static size_t boundary(const char *text, size_t n) {
    size_t cut = n;
    for (int i = 0; i < 3 && ((unsigned char)text[cut] & 0xC0) == 0x80; i++)
        cut--;
    return ((unsigned char)text[cut] & 0xC0) == 0x80 ? n : cut;
}

static size_t within_limit(const struct window *window) {
    size_t have = available(window);
    return have < WINDOW_LIMIT ? have : WINDOW_LIMIT;
}

/* Where the window at `start` ends; 0 with the need for more bytes answered by -1. */
static int cut(struct window *window, size_t *n) {
    size_t near = WINDOW_SIZE + WINDOW_PARAGRAPH;
    if (fill(window, near) != 0)
        return -1;
    const char *text = window->bytes.data + window->start;
    /* Too short a remainder makes no document of its own: it has no evidence. */
    if (available(window) < near) {
        *n = available(window);
        return 0;
    }
    if (window->kind == WINDOW_PARAGRAPHS && (*n = blank_line(text, WINDOW_SIZE - 1, near)) > 0)
        return 0;
    size_t from = WINDOW_SIZE - 1;
    for (;;) {
        size_t have = within_limit(window);
        text = window->bytes.data + window->start;
        const char *newline = memchr(text + from, '\n', have - from);
        if (newline) {
            *n = (size_t)(newline - text) + 1;
            return 0;
        }
        if (have >= WINDOW_LIMIT || window->at_end)
            break;
        from = have;
        if (fill(window, have + 1) != 0)
            return -1;
    }
    size_t have = within_limit(window);
    if (window->at_end && have < WINDOW_LIMIT) {
        *n = have;
        return 0;
    }
    if ((*n = sentence(text, WINDOW_LIMIT)) == 0)
        *n = boundary(text, WINDOW_LIMIT - 1);
    return 0;
}

static int next_line(struct window *window, size_t *n) {
    for (;;) {
        size_t have = available(window);
        if (have > window->searched) {
            const char *text = window->bytes.data + window->start;
            const char *newline = memchr(text + window->searched, '\n', have - window->searched);
            window->searched = have;
            if (newline || have >= WINDOW_LIMIT) {
                *n = newline ? (size_t)(newline - text) + 1 : boundary(text, WINDOW_LIMIT - 1);
                break;
            }
        }
        if (window->at_end) {
            *n = have;
            break;
        }
        if (fill(window, have + 1) != 0)
            return -1;
    }
    window->searched = 0;
    return 0;
}

int window_rest(struct window *window, struct bytes *all) {
    if (bytes_add(all, window->bytes.data + window->start, available(window)) != 0)
        return -1;
    window->start = window->bytes.size;
    return window->at_end ? 0 : bytes_read(all, window->fd);
}

int window_next(struct window *window, const char **text, size_t *n, bool *last) {
    size_t size = 0;
    if ((window->kind == WINDOW_LINE ? next_line(window, &size) : cut(window, &size)) != 0)
        return -1;
    if (size == 0)
        return 0;
    *text = window->bytes.data + window->start;
    *n = size;
    window->start += size;
    /* Reading on to learn whether this is the end would move the text that was just handed out. */
    *last = window->at_end && available(window) == 0;
    return 1;
}
