/* SPDX-License-Identifier: Apache-2.0 */
#include "result.h"

#include <stdlib.h>

#include "reason.h"

void ivn_result_free(ivn_result *r) {
    if (!r)
        return;
    buffer_fini(&r->text);
    edit_list_fini(&r->edits);
    edit_list_fini(&r->suggestions);
    edit_list_fini(&r->prose_edits);
    buffer_fini(&r->groups);
    because_fini(&r->because);
    free(r->mentions);
    free(r->edit_view.edits);
    free(r->edit_view.reasons);
    free(r->suggestion_view.edits);
    free(r->suggestion_view.reasons);
    for (size_t i = 0; i < r->part_count; i++)
        ivn_result_free(r->parts[i]);
    free(r->parts);
    free(r->kept);
    free(r);
}

const char *ivn_result_text(const ivn_result *r, size_t *n) {
    *n = r->text.size;
    return r->text.data ? r->text.data : "";
}

static bool make_view(const ivn_result *r, const struct edit_list *list, struct edit_view *view) {
    const reason_id *ids;
    size_t reasons = 0;
    for (size_t i = 0; i < list->count; i++)
        reasons += edit_reasons(list, &list->items[i], &ids);
    view->edits = calloc(list->count + 1, sizeof *view->edits);
    view->reasons = calloc(reasons + 1, sizeof *view->reasons);
    if (!view->edits || !view->reasons)
        return false;
    view->count = list->count;
    ivn_reason *reason = view->reasons;
    for (size_t i = 0; i < list->count; i++) {
        const struct edit *e = &list->items[i];
        size_t count = edit_reasons(list, e, &ids);
        view->edits[i] = (ivn_edit){.offset = e->offset,
                                    .length = e->length,
                                    .text = edit_text(list, e),
                                    .text_length = e->text_length,
                                    .reasons = reason,
                                    .reason_count = count};
        for (size_t k = 0; k < count; k++)
            reason_resolve(r->context, r->locale, &r->because, ids[k], reason++);
    }
    return true;
}

static const ivn_edit *get_view(const ivn_result *r, const struct edit_list *list,
                                struct edit_view *view, size_t *count) {
    if (!view->edits && !make_view(r, list, view)) {
        free(view->edits);
        free(view->reasons);
        *view = (struct edit_view){0};
    }
    *count = view->edits ? view->count : list->count;
    return view->edits;
}

/* A document's edits are those of its parts. */
static const ivn_edit *get_kept(ivn_result *r, size_t *count) {
    struct edit_view *view = &r->edit_view;
    *count = r->kept_count;
    if (view->edits)
        return view->edits;
    view->edits = calloc(r->kept_count + 1, sizeof *view->edits);
    view->count = r->kept_count;
    for (size_t i = 0; view->edits && i < r->kept_count; i++) {
        size_t n;
        const ivn_edit *edits = ivn_result_edits(r->parts[r->kept[i].part], &n);
        if (!edits) {
            free(view->edits);
            view->edits = NULL;
        } else {
            view->edits[i] = edits[r->kept[i].index];
        }
    }
    return view->edits;
}

const ivn_edit *ivn_result_edits(ivn_result *r, size_t *count) {
    if (r->parts)
        return get_kept(r, count);
    return get_view(r, &r->edits, &r->edit_view, count);
}

const ivn_edit *ivn_result_suggestions(ivn_result *r, size_t *count) {
    return get_view(r, &r->suggestions, &r->suggestion_view, count);
}

const ivn_mention *ivn_result_mentions(const ivn_result *r, size_t *count) {
    *count = r->mention_count;
    return r->mentions;
}
