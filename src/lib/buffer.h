/* SPDX-License-Identifier: Apache-2.0 */
/* buffer.h - a growing run of bytes. The only growing buffer in the library. */
#ifndef IVN_BUFFER_H
#define IVN_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *data; /* never NUL-terminated; NULL while nothing was reserved */
    size_t size;
    size_t capacity;
};

void buffer_fini(struct buffer *b);

/* Makes room for `more` further bytes. false: no memory; the buffer is unchanged. */
bool buffer_reserve(struct buffer *b, size_t more);

/* Appends n bytes. false: no memory; the buffer is unchanged. */
bool buffer_append(struct buffer *b, const void *bytes, size_t n);

/* Grows *array (of *capacity items of item_size bytes) so that it holds at least `need` items.
 * false: no memory; the array is unchanged. */
bool array_grow(void **array, size_t *capacity, size_t need, size_t item_size);

/* Writes n in decimal, with a NUL, into `digits` and returns where it begins. */
enum { DECIMAL_SIZE = 24 };
const char *decimal(char digits[DECIMAL_SIZE], size_t n);

#endif
