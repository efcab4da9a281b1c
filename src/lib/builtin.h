/* SPDX-License-Identifier: Apache-2.0 */
/* builtin.h - rules whose work is done by code, since patterns cannot: the blocks in the rules
 * files switch them on and name them in reasons (action: builtin). */
#ifndef IVN_BUILTIN_H
#define IVN_BUILTIN_H

#include <stdint.h>

enum builtin {
    BUILTIN_LINESEP,      /* cleanup.c */
    BUILTIN_QUOTE_LOCALE, /* quotes_edit.c, from here on */
    BUILTIN_QUOTE_STRAIGHT,
    BUILTIN_QUOTE_SINGLE,
    BUILTIN_QUOTE_NESTING,
    BUILTIN_QUOTE_DIRECTION,
    BUILTIN_BRACKET_FULL,
    BUILTIN_BRACKET_MIXED,
    BUILTIN_QUOTE_UNBALANCED,
    BUILTIN_BRACKET_UNBALANCED,
    BUILTIN_COUNT
};

/* In the place of a reason: the rule is not in force. */
#define NO_BUILTIN UINT32_MAX

#endif
