/* SPDX-License-Identifier: Apache-2.0 */
/* decode.h - bytes of an encoding other than UTF-8 to UTF-8, by ICU's tables. */
#ifndef IVN_DECODE_H
#define IVN_DECODE_H

#include "encoding.h"
#include "source.h"

enum decode_found { DECODE_UNKNOWN, DECODE_STATEFUL, DECODE_STATELESS };

/* The canonical name of one of ICU's tables. */
enum decode_found decode_find_table(const char *name, char canonical[ENCODING_NAME_SIZE]);

/* Decodes source->bytes from `start` on by source->encoding into its text and runs. IVN_ENCODING
 * with line and column of the first sequence that is not valid, IVN_LIMIT, IVN_NO_MEMORY. */
ivn_status decode_run(ivn_source *source, size_t start, ivn_error *err);

#endif
