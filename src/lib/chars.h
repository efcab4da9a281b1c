/* SPDX-License-Identifier: Apache-2.0 */
/* chars.h - kinds of characters as far as they tell text in one encoding from another. */
#ifndef IVN_CHARS_H
#define IVN_CHARS_H

#include <stdbool.h>
#include <stdint.h>

enum char_kind {
    KIND_RARE, /* of Han; zero, so that all are at first */
    KIND_COMMON,
    KIND_FREQUENT,
    KIND_MARK, /* punctuation of Chinese */
    KIND_WIDE, /* other symbols of East Asian sets */
    KIND_KANA,
    KIND_HALF_KANA,
    KIND_HANGUL,
    KIND_ASCII,
    KIND_LOWER,
    KIND_UPPER,
    KIND_LETTER, /* without case */
    KIND_SYMBOL,
    KIND_CONTROL,
    KIND_PRIVATE,
    KIND_NOTHING, /* NUL, and what is no character */
    KINDS
};

struct chars {
    uint8_t *han; /* kinds of U+4E00 to U+9FFF */
};

/* false: no memory. */
bool chars_init(struct chars *chars);
void chars_fini(struct chars *chars);

enum char_kind chars_kind(const struct chars *chars, uint32_t cp);

#endif
