/* SPDX-License-Identifier: Apache-2.0 */
#include "image.h"

/* Four independent multiply-and-shift lanes: memory speed, and every bit of the input counts. */
uint64_t image_checksum(const void *p, size_t n) {
    const uint64_t *word = p, prime = 0x9E3779B185EBCA87u;
    uint64_t a = prime, b = prime ^ 1, c = prime ^ 2, d = prime ^ 3;
    size_t i = 0, count = n / 8;
    for (; i + 4 <= count; i += 4) {
        a = (a ^ word[i]) * prime;
        b = (b ^ word[i + 1]) * prime;
        c = (c ^ word[i + 2]) * prime;
        d = (d ^ word[i + 3]) * prime;
        a ^= a >> 29; /* else a flipped top bit would only ever reach the top bit */
        b ^= b >> 29;
        c ^= c >> 29;
        d ^= d >> 29;
    }
    for (; i < count; i++)
        a = ((a ^ word[i]) * prime) ^ a >> 29;
    uint64_t sum = n;
    const uint64_t lanes[] = {a, b, c, d};
    for (int k = 0; k < 4; k++) {
        sum = (sum ^ lanes[k]) * prime;
        sum ^= sum >> 32;
    }
    return sum;
}

uint64_t image_seal(const struct image_header *image, size_t size) {
    struct image_header header = *image;
    header.checksum = 0;
    const uint64_t sums[2] = {image_checksum(&header, sizeof header),
                              image_checksum(image + 1, size - sizeof *image)};
    return image_checksum(sums, sizeof sums);
}
