/* SPDX-License-Identifier: Apache-2.0 */
#include "buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool array_grow(void **array, size_t *capacity, size_t need, size_t item_size) {
    if (need <= *capacity)
        return true;
    size_t wanted = *capacity < 16 ? 16 : *capacity + *capacity / 2;
    if (wanted < need)
        wanted = need;
    if (wanted > SIZE_MAX / item_size)
        return false;
    void *grown = realloc(*array, wanted * item_size);
    if (!grown)
        return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

void buffer_fini(struct buffer *b) {
    free(b->data);
    *b = (struct buffer){0};
}

bool buffer_reserve(struct buffer *b, size_t more) {
    if (more > SIZE_MAX - b->size)
        return false;
    void *data = b->data;
    bool ok = array_grow(&data, &b->capacity, b->size + more, 1);
    b->data = data;
    return ok;
}

bool buffer_append(struct buffer *b, const void *bytes, size_t n) {
    if (!buffer_reserve(b, n))
        return false;
    if (n)
        memcpy(b->data + b->size, bytes, n);
    b->size += n;
    return true;
}

const char *decimal(char digits[DECIMAL_SIZE], size_t n) {
    size_t at = DECIMAL_SIZE;
    digits[--at] = '\0';
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    return digits + at;
}
