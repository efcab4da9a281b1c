/* SPDX-License-Identifier: Apache-2.0 */
/* icu_names.h - names of countries and regions in zh-CN and zh-TW, from ICU, as
 * a dictionary file. */
#ifndef LEXC_ICU_NAMES_H
#define LEXC_ICU_NAMES_H

#include "buffer.h"

/* Writes the rows (zh-CN, zh-TW; only where they differ by more than script is up to the builder)
 * as dictionary text into *out. ICU's Hong Kong names follow Taiwan's and are not used. Exits with
 * a message on failure. */
void icu_names_write(struct buffer *out);

#endif
