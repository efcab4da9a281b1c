/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "place.h"

#include <string.h>

struct place place_start(void) {
    return (struct place){.line = 1, .column = 1};
}

void place_advance(struct place *place, const char *text, size_t n) {
    const char *end = text + n;
    if (place->line == 1 && place->column == 1 && n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    for (const char *newline; (newline = memchr(text, '\n', (size_t)(end - text))) != NULL;) {
        place->line++;
        place->column = 1;
        text = newline + 1;
    }
    for (; text < end; text++)
        place->column += ((unsigned char)*text & 0xC0) != 0x80;
}
