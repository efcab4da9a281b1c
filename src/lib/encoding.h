/* SPDX-License-Identifier: Apache-2.0 */
/* encoding.h - names of encodings: what people write, and what is meant by it. */
#ifndef IVN_ENCODING_H
#define IVN_ENCODING_H

#include <stdbool.h>

#include "ivnorm.h"

/* Longer than any alias that ICU knows. */
enum { ENCODING_NAME_SIZE = 64 };

enum encoding_kind {
    ENCODING_UTF8,
    ENCODING_UTF16, /* the byte order is found out */
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_UTF32,
    ENCODING_UTF32LE,
    ENCODING_UTF32BE,
    ENCODING_OTHER /* a table of ICU's, without shift states */
};

struct encoding {
    enum encoding_kind kind;
    char name[ENCODING_NAME_SIZE]; /* canonical; ICU knows it by this name, too */
};

/* Fills *out from a name of n bytes, as the user or a file wrote it. IVN_ENCODING: unknown, or one
 * with shift states. */
ivn_status encoding_find(struct encoding *out, const char *name, size_t n, ivn_error *err);

/* Replaces an encoding by the wider one that browsers read under its name: documents that declare
 * gb2312 and big5 hold more. */
void encoding_widen(struct encoding *e);

/* The encoding of a kind other than ENCODING_OTHER. */
struct encoding encoding_of(enum encoding_kind kind);

/* Whether it writes every character. */
static inline bool encoding_is_unicode(const struct encoding *e) {
    return e->kind != ENCODING_OTHER;
}

/* The kind without a byte order: ENCODING_UTF16 for ENCODING_UTF16LE. */
static inline enum encoding_kind encoding_family(enum encoding_kind kind) {
    return kind == ENCODING_UTF16LE || kind == ENCODING_UTF16BE   ? ENCODING_UTF16
           : kind == ENCODING_UTF32LE || kind == ENCODING_UTF32BE ? ENCODING_UTF32
                                                                  : kind;
}

/* Whether a and b write the same bytes but for the byte order mark. */
bool encoding_same(const struct encoding *a, const struct encoding *b);

#endif
