/* SPDX-License-Identifier: Apache-2.0 */
/* json_escape.h - characters that a JSON string writes with a backslash. */
#ifndef IVN_JSON_ESCAPE_H
#define IVN_JSON_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;

enum { JSON_LONE_SURROGATE = 0xD800 };

/* The length of the escape at s, of which n > 1 bytes exist and which is a sound one: 2, 6, or 12
 * for a pair of surrogates. *code_point receives what it stands for: JSON_LONE_SURROGATE for half a
 * pair. */
size_t json_escape_decode(const char *s, size_t n, uint32_t *code_point);

/* Appends code_point as \uXXXX, beyond U+FFFF as two of them; upper: in capital digits. false: no
 * memory. */
bool json_escape_encode(uint32_t code_point, bool upper, struct buffer *out);

#endif
