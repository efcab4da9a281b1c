/* SPDX-License-Identifier: Apache-2.0 */
/* undoing.h - undoing the edits that would change the structure of a document: a mark that makes
 * another block, a space without which an emphasis is none. */
#ifndef IVN_UNDOING_H
#define IVN_UNDOING_H

#include "result.h"

/* Makes the new text of a document from its parts: reads it again, and where a block is not as it
 * was but for its prose, undoes edits there, those beside markup first. What is not prose is then
 * compared with the original's byte by byte. *kept, the caller's, tells which edits are left, in
 * the order of the source. IVN_INTERNAL (edits that overlap, or touch what is no prose),
 * IVN_NO_MEMORY.
 */
ivn_status undoing_run(const ivn_prose *p, ivn_result **parts, size_t count,
                       struct kept_edit **kept, size_t *kept_count, struct buffer *text,
                       ivn_error *err);

#endif
