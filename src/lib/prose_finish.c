/* SPDX-License-Identifier: Apache-2.0 */
/* From the parts of a document that were converted to the document. */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "prose.h"
#include "result.h"
#include "undoing.h"

/* Collects what get() tells of each part into one array, which is the caller's. false: no memory.
 */
static bool collect(ivn_result **parts, size_t count,
                    const ivn_edit *(*get)(ivn_result *, size_t *), ivn_edit **out, size_t *n) {
    size_t total = 0, part;
    for (size_t i = 0; i < count; i++) {
        if (!get(parts[i], &part) && part)
            return false;
        total += part;
    }
    ivn_edit *all = malloc((total + 1) * sizeof *all);
    if (!all)
        return false;
    *n = 0;
    for (size_t i = 0; i < count; i++) {
        const ivn_edit *edits = get(parts[i], &part);
        if (part)
            memcpy(all + *n, edits, part * sizeof *all);
        *n += part;
    }
    *out = all;
    return true;
}

static int compare_edits(const void *x, const void *y) {
    const ivn_edit *a = x, *b = y;
    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return a->length < b->length ? -1 : a->length > b->length;
}

static bool collect_mentions(ivn_result *r, ivn_result **parts, size_t count) {
    for (size_t i = 0; i < count; i++)
        r->mention_count += parts[i]->mention_count;
    r->mentions = calloc(r->mention_count + 1, sizeof *r->mentions);
    for (size_t i = 0, at = 0; r->mentions && i < count; i++) {
        if (parts[i]->mention_count)
            memcpy(r->mentions + at, parts[i]->mentions,
                   parts[i]->mention_count * sizeof *r->mentions);
        at += parts[i]->mention_count;
    }
    return r->mentions != NULL;
}

ivn_status ivn_prose_finish(const ivn_prose *p, ivn_result **parts, size_t count, ivn_result **out,
                            ivn_error *err) {
    ivn_result *r = calloc(1, sizeof *r);
    ivn_result **owned = malloc((count + 1) * sizeof *owned);
    ivn_status status = r && owned ? IVN_OK : error_memory(err);
    if (status == IVN_OK && (!collect(parts, count, ivn_result_suggestions,
                                      &r->suggestion_view.edits, &r->suggestion_view.count) ||
                             !collect_mentions(r, parts, count)))
        status = error_memory(err);
    if (status == IVN_OK && r->suggestion_view.count)
        qsort(r->suggestion_view.edits, r->suggestion_view.count, sizeof(ivn_edit), compare_edits);
    if (status == IVN_OK)
        status = undoing_run(p, parts, count, &r->kept, &r->kept_count, &r->text, err);
    if (status != IVN_OK) {
        free(owned);
        ivn_result_free(r);
        return status;
    }
    if (count)
        memcpy(owned, parts, count * sizeof *owned);
    r->parts = owned;
    r->part_count = count;
    *out = r;
    return IVN_OK;
}
