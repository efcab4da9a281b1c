/* SPDX-License-Identifier: Apache-2.0 */
/* unmappable.h - characters that an encoding does not have, and where they stand. */
#ifndef IVN_UNMAPPABLE_H
#define IVN_UNMAPPABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "ivnorm.h"

/* As many as a message can hold, and some. */
enum { UNMAPPABLE_MAX = 32 };

struct unmappable {
    uint32_t items[UNMAPPABLE_MAX]; /* different ones, in the order they were met */
    size_t count;
    bool more; /* there were others */
};

void unmappable_add(struct unmappable *u, uint32_t cp);

/* Says which characters of `text` (with the edits done) do not fit the encoding, and in which lines
 * of it. Returns IVN_ENCODING. */
ivn_status unmappable_refuse(const struct unmappable *u, const char *encoding, const char *text,
                             size_t n, const ivn_edit *edits, size_t count, ivn_error *err);

#endif
