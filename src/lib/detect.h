/* SPDX-License-Identifier: Apache-2.0 */
/* detect.h - which encoding bytes look like that nothing else tells of. */
#ifndef IVN_DETECT_H
#define IVN_DETECT_H

#include "buffer.h"
#include "encoding.h"

/* Fills *out with the likeliest encoding of bytes that are not UTF-8. IVN_ENCODING: no encoding is
 * likely enough; the message names the best ones. IVN_NO_MEMORY. */
ivn_status detect_encoding(struct encoding *out, const char *bytes, size_t n, ivn_error *err);

/* Which of two byte orders (of UTF-16, or of UTF-32) makes the better text; the first if neither
 * does. */
ivn_status detect_order(struct encoding *out, enum encoding_kind first, enum encoding_kind second,
                        const char *bytes, size_t n, ivn_error *err);

#endif
