/* SPDX-License-Identifier: Apache-2.0 */
/* mask.h - text from outside (names, option values, parts of a document), made harmless and plain
 * to see: control characters, direction marks, what has no width, spaces of other kinds and bytes
 * that are not UTF-8 are written as escapes, so that they can neither drive the terminal nor break
 * a line in two. */
#ifndef CLI_MASK_H
#define CLI_MASK_H

#include <stddef.h>
#include <stdio.h>

/* Writes n bytes of text; what is unsafe as \n, \t, \r, \u{HEX}, or \xHH for a byte. */
void mask_write(FILE *to, const char *text, size_t n);

#endif
