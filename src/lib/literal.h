/* SPDX-License-Identifier: Apache-2.0 */
/* literal.h - what within prose is none, in documents of every format: addresses, and the places
 * of templates and messages that a program fills in. */
#ifndef IVN_LITERAL_H
#define IVN_LITERAL_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/* Appends the stretches of the text that are to be left as they are to *spans, which holds those
 * known already; the result is sorted. false: no memory. */
bool literal_find(const char *text, size_t size, struct span_list *spans);

/* Where the URL that goes on at `at` ends. Chinese text needs no space behind one, so that Han is a
 * part of it only behind a slash or another mark that a name follows, up to the next mark. */
size_t literal_url_end(const char *text, size_t size, size_t at);

#endif
