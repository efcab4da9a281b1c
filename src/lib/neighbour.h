/* SPDX-License-Identifier: Apache-2.0 */
/* neighbour.h - what stands before and after a place in a line, as the cleanup rules see it.
 * Lines are valid UTF-8; offsets are bytes and lie between characters. */
#ifndef IVN_NEIGHBOUR_H
#define IVN_NEIGHBOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum neighbour {
    NEIGHBOUR_NONE, /* the line's start or end */
    NEIGHBOUR_SPACE,
    NEIGHBOUR_HAN,
    NEIGHBOUR_PAUSE,  /* ， 、 ； ： … — */
    NEIGHBOUR_STOP,   /* 。 ！ ？ */
    NEIGHBOUR_OPENER, /* full-width opening bracket or quote */
    NEIGHBOUR_CLOSER,
    NEIGHBOUR_LETTER,
    NEIGHBOUR_DIGIT,
    NEIGHBOUR_OPAQUE, /* a masked stretch */
    NEIGHBOUR_URL,
    NEIGHBOUR_TAG,
    NEIGHBOUR_OTHER
};

/* Han, or a mark that belongs to Chinese text. */
static inline bool neighbour_is_cjk(enum neighbour x) {
    return x >= NEIGHBOUR_HAN && x <= NEIGHBOUR_CLOSER;
}

/* A letter, a digit, or something opaque. */
static inline bool neighbour_is_word(enum neighbour x) {
    return x >= NEIGHBOUR_LETTER && x <= NEIGHBOUR_URL;
}

/* The character before or at *at, moving *at over it. */
enum neighbour neighbour_before(const char *line, size_t *at);
enum neighbour neighbour_after(const char *line, size_t n, size_t *at);

/* The same, looking through spaces, tags, and the ASCII characters of `through`. */
enum neighbour neighbour_seen_before(const char *line, size_t at, const char *through);
enum neighbour neighbour_seen_after(const char *line, size_t n, size_t at, const char *through);

/* Whether the run of Latin words that ends at `at` is a term within a Chinese sentence: at most
 * four words after Han, at most two after a pause or a closing mark, and no address at its end. */
bool neighbour_embedded(const char *line, size_t at);

/* Whether the line has a tab, the bars of a table, or columns made of spaces. */
bool line_is_tabular(const char *line, size_t n);

#endif
