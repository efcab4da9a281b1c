/* SPDX-License-Identifier: Apache-2.0 */
/* source.h - a file as bytes and as UTF-8, and the way between the two.
 *
 * The way back is a list of runs: stretches whose characters all take the same number of bytes on
 * either side. Chinese prose needs one for each change between Han and ASCII. */
#ifndef IVN_SOURCE_H
#define IVN_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"
#include "declaration.h"
#include "encoding.h"
#include "ivnorm.h"

/* Larger inputs are refused by ivn_convert(), too. */
#define SOURCE_LIMIT ((size_t)1 << 30)

/* A unit is what one sequence of bytes stands for: nearly always one character. */
struct source_run {
    uint32_t text; /* where the run begins */
    uint32_t bytes;
    uint8_t text_unit; /* bytes of each of its units */
    uint8_t bytes_unit;
};

struct ivn_source {
    const char *bytes; /* borrowed */
    size_t size;
    size_t valid; /* bytes known to be UTF-8, from the first on */
    struct encoding encoding;
    bool mark;          /* a byte order mark was taken off */
    struct buffer copy; /* the text if it is not the bytes */
    const char *text;
    size_t text_size;
    struct source_run *runs; /* none: the text is the bytes */
    size_t run_count;
    size_t run_capacity;
    struct declaration declaration; /* where the text names its encoding */
};

/* Appends a unit behind all others. false: no memory. */
bool source_add_unit(ivn_source *source, size_t text, size_t text_length, size_t bytes,
                     size_t length);

/* Stretch [from, to) of the text as whole units: moves the two inward to where units begin and
 * sets *first and *last to their places in the bytes. `next` is a run at or before `from` (0 at
 * first); returns one for the stretch that follows. */
size_t source_find(const ivn_source *source, size_t next, size_t *from, size_t *to, size_t *first,
                   size_t *last);

#endif
