/* SPDX-License-Identifier: Apache-2.0 */
/* glob_element.h - what one character of a pattern (glob.h) stands for: itself, any, or a set. */
#ifndef CLI_GLOB_ELEMENT_H
#define CLI_GLOB_ELEMENT_H

#include <stdbool.h>
#include <stdint.h>

/* The character at *at, before `end`, and moves on behind it. A byte that is not UTF-8 has a code
 * of its own behind the last code point. */
uint32_t glob_element_take(const char **at, const char *end);

/* What follows the element at `p`; NULL where it has no end: a set without its bracket or with a
 * class that does not exist, a backslash before nothing. */
const char *glob_element_skip(const char *p, const char *end);

/* Whether the element at *p, of a pattern without a NULL above and no star, stands for the
 * character at *s. Moves both on if so. */
bool glob_element_matches(const char **p, const char *pattern_end, const char **s, const char *end);

#endif
