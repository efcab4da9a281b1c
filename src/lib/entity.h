/* SPDX-License-Identifier: Apache-2.0 */
/* entity.h - character references of HTML: &hellip; &#8230; &#x2026; */
#ifndef IVN_ENTITY_H
#define IVN_ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character that a reference of n bytes, with & and ;, stands for. 0: none that is text: no
 * scalar value, or one that is written like this because it is not to be touched (&nbsp;). */
uint32_t entity_decode(const char *reference, size_t n);

/* Whether a character is a control, a space, or one that nobody sees: written as a reference or an
 * escape, it is not to be touched. */
bool entity_is_hidden(uint32_t code_point);

#endif
