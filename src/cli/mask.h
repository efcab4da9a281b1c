/* SPDX-License-Identifier: Apache-2.0 */
/* mask.h - text from outside (names, option values, parts of a document), made harmless: control
 * characters, direction overrides and bytes that are not UTF-8 are written as escapes, so that
 * they can neither drive the terminal nor break a line in two. */
#ifndef CLI_MASK_H
#define CLI_MASK_H

#include <stddef.h>
#include <stdio.h>

/* Writes n bytes of text; what is unsafe as \n, \t or \xHH for each of its bytes. */
void mask_write(FILE *to, const char *text, size_t n);

#endif
