/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_convert.h - the libFuzzer entry, also called by replay.c. */
#ifndef FUZZ_CONVERT_H
#define FUZZ_CONVERT_H

#include <stddef.h>
#include <stdint.h>

/* Converts the bytes for every target and aborts, saying why, where an invariant of design section
 * 3 does not hold. The lexicon is $IVNORM_LEXICON, or dict/ivnorm.lex. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
