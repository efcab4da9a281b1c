/* SPDX-License-Identifier: Apache-2.0 */
#include "image.h"

enum { LANES = 8 };

static const uint64_t prime = 0x9E3779B185EBCA87u;

/* The shift: else a flipped top bit would only ever reach the top bit. */
static inline uint64_t mix(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * prime;
    return sum ^ sum >> 29;
}

/* Of n bytes, a multiple of 8, aligned to 8. Independent lanes keep the multiplier busy: this runs
 * at memory speed, since every start pays it. */
static uint64_t checksum(const void *p, size_t n) {
    const uint64_t *word = p;
    uint64_t lane[LANES];
    size_t i = 0, count = n / 8;
    for (uint64_t k = 0; k < LANES; k++)
        lane[k] = prime + k;
    for (; i + LANES <= count; i += LANES) {
        lane[0] = mix(lane[0], word[i]);
        lane[1] = mix(lane[1], word[i + 1]);
        lane[2] = mix(lane[2], word[i + 2]);
        lane[3] = mix(lane[3], word[i + 3]);
        lane[4] = mix(lane[4], word[i + 4]);
        lane[5] = mix(lane[5], word[i + 5]);
        lane[6] = mix(lane[6], word[i + 6]);
        lane[7] = mix(lane[7], word[i + 7]);
    }
    for (; i < count; i++)
        lane[0] = mix(lane[0], word[i]);
    uint64_t sum = n;
    for (int k = 0; k < LANES; k++)
        sum = mix(sum, lane[k]);
    return sum;
}

uint64_t image_seal(const struct image_header *image, size_t size) {
    struct image_header header = *image;
    header.checksum = 0;
    const uint64_t sums[2] = {checksum(&header, sizeof header),
                              checksum(image + 1, size - sizeof *image)};
    return checksum(sums, sizeof sums);
}
