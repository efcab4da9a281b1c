/* SPDX-License-Identifier: Apache-2.0 */
/* glyph.h - what a character looks like: nothing, a mark, or a letter. */
#ifndef IVN_GLYPH_H
#define IVN_GLYPH_H

#include <stdbool.h>
#include <stdint.h>

enum glyph { GLYPH_SPACE, GLYPH_MARK, GLYPH_LETTER };

/* Marks are ASCII's and those of Chinese text; Han and digits count as letters. */
static inline enum glyph glyph_of(uint32_t c) {
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000)
        return GLYPH_SPACE;
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ? GLYPH_LETTER
                                                                                  : GLYPH_MARK;
    const bool mark = (c >= 0x2000 && c < 0x2070) ||
                      (c > 0x3000 && c < 0x3020 && c != 0x3005 && c != 0x3007) ||
                      (c >= 0xFF01 && c < 0xFF10) || (c >= 0xFF1A && c < 0xFF21) ||
                      (c >= 0xFF3B && c < 0xFF41) || (c >= 0xFF5B && c < 0xFF66) || c == 0xB7;
    return mark ? GLYPH_MARK : GLYPH_LETTER;
}

#endif
