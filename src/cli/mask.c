/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "mask.h"

#include <stdbool.h>
#include <stdint.h>

/* Length of the UTF-8 sequence at text and its code point; 0 where it is not valid. */
static size_t decode(const unsigned char *text, size_t n, uint32_t *code) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = text[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0 || length > n || lead > 0xF4)
        return 0;
    uint32_t value = length == 1 ? lead : lead & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (text[i] & 0x3FU);
    }
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return length;
}

/* What drives a terminal, and what nobody could see or tell from a plain space. */
static bool unsafe(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0xA0) || code == 0xAD || code == 0x61C ||
           (code >= 0x2000 && code <= 0x200F) || (code >= 0x2028 && code <= 0x202F) ||
           (code >= 0x205F && code <= 0x206F) || (code >= 0xFE00 && code <= 0xFE0F) ||
           code == 0xFEFF;
}

/* code is that of the byte, or of the sequence, at text; not valid: 0. */
static void escape(FILE *to, unsigned char byte, uint32_t code) {
    if (byte == '\n')
        fputs("\\n", to);
    else if (byte == '\t')
        fputs("\\t", to);
    else if (byte == '\r')
        fputs("\\r", to);
    else if (code >= 0x80)
        fprintf(to, "\\u{%X}", (unsigned)code);
    else
        fprintf(to, "\\x%02X", byte);
}

void mask_write(FILE *to, const char *text, size_t n) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t clean = 0;
    for (size_t i = 0; i < n;) {
        uint32_t code = 0;
        size_t length = decode(bytes + i, n - i, &code);
        if (length > 0 && !unsafe(code)) {
            i += length;
            continue;
        }
        if (length == 0)
            length = 1;
        fwrite(text + clean, 1, i - clean, to);
        escape(to, bytes[i], code);
        i += length;
        clean = i;
    }
    fwrite(text + clean, 1, n - clean, to);
}
