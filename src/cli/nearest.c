/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "nearest.h"

#include <string.h>

enum { SIZE_LIMIT = 32 };

static size_t least(size_t a, size_t b, size_t c) {
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Edit distance between the n bytes at a and the m bytes at b; m at most SIZE_LIMIT. */
static size_t measure(const char *a, size_t n, const char *b, size_t m) {
    size_t row[SIZE_LIMIT + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[m];
}

void nearest_init(struct nearest *nearest, const char *typed, size_t size) {
    *nearest = (struct nearest){.typed = typed,
                                .size = size,
                                .distance = size < 4   ? 2
                                            : size < 8 ? 3
                                                       : 4};
}

void nearest_offer(struct nearest *nearest, const char *name) {
    size_t length = strlen(name);
    if (nearest->size > SIZE_LIMIT || length > SIZE_LIMIT)
        return;
    size_t distance = measure(nearest->typed, nearest->size, name, length);
    if (distance < nearest->distance) {
        nearest->best = name;
        nearest->distance = distance;
    }
}
