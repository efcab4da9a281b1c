/* SPDX-License-Identifier: Apache-2.0 */
/* unicode_check.h - holds the cleanup's tables of duplicate characters to ICU's normalisation. */
#ifndef LEXC_UNICODE_CHECK_H
#define LEXC_UNICODE_CHECK_H

#include <stddef.h>

#include "ivnorm.h"

/* Puts every CJK compatibility ideograph and every Kangxi radical through the cleanup; each must
 * become what ICU makes of it, by NFC and by NFKC, and so must those that ICU leaves alone. Prints
 * what does not; returns how many there were. */
size_t unicode_check(const ivn_lexicon *lexicon);

#endif
