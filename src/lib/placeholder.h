/* SPDX-License-Identifier: Apache-2.0 */
/* placeholder.h - what programs replace within texts, and names of things in braces:
 *
 *     %s %1$s %-5.2f %@ %(name)s       messages
 *     {name} {0} {a.b:>8} ${v} #{x}    messages, scripts
 *     {{ x }} {% tag %} <%= x %>       templates
 *     {#id} {: .class}                 attributes of Markdown
 *     [[page]]                         wiki links
 *
 * None goes over a line end.
 */
#ifndef IVN_PLACEHOLDER_H
#define IVN_PLACEHOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/* Appends them to *spans, in no order. false: no memory. */
bool placeholder_find(const char *text, size_t size, struct span_list *spans);

#endif
