/* SPDX-License-Identifier: Apache-2.0 */
/* nearest.h - the right spelling that a mistaken one is most like: "did you mean ...?" */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *typed; /* borrowed, as are the names */
    size_t size;
    const char *best; /* NULL: none of those offered is near enough */
    size_t distance;  /* one more than is near enough, as long as there is none */
};

/* Begins a search for what the `size` bytes at `typed` may have been meant to be. */
void nearest_init(struct nearest *nearest, const char *typed, size_t size);

/* Offers a name; the first of equally near ones stays. Names longer than 32 bytes are passed by. */
void nearest_offer(struct nearest *nearest, const char *name);

#endif
