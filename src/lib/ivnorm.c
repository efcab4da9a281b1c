/* SPDX-License-Identifier: Apache-2.0 */
/* The pipeline. */
#include <config.h>

#include <stdlib.h>

#include "convert.h"
#include "error.h"
#include "profile.h"
#include "result.h"

enum {
    MAX_INPUT = 1 << 30,
    MAX_ROUNDS = 4, /* clean-up can join words, which conversion must see again */
};

const char *ivn_version(void) {
    return PACKAGE_VERSION;
}

static struct target make_target(const ivn_context *c) {
    const ivn_profile *p = c->profile;
    const ivn_lexicon *l = p->layers.items[0];
    struct target target = {.locale = context_locale(c), .own = p->locale < 0};
    target.stages = p->stages & (IVN_SCRIPT | IVN_TERMS);
    if (c->opencc)
        target.stages &= ~(unsigned)IVN_SCRIPT;
    target.accepted = (uint8_t)(1u << target.locale);
    if (!target.own)
        return target;
    target.stages &= ~(unsigned)IVN_TERMS; /* without a target no region's words are foreign */
    for (size_t i = 0; i < l->locale_count; i++)
        if (l->locales[i].traditional == l->locales[target.locale].traditional)
            target.accepted |= (uint8_t)(1u << i);
    return target;
}

/* Script and terms: edits of the loaded document. */
static ivn_status convert(ivn_context *c, const struct target *target, struct edit_list *edits,
                          struct edit_list *suggestions, ivn_error *err) {
    const struct layers *layers = &c->profile->layers;
    if (target->stages == 0)
        return IVN_OK;
    if (!lattice_cut(&c->path, &c->document, layers) ||
        !evidence_gather(&c->evidence, &c->document, &c->path, layers, target->locale) ||
        !convert_words(&c->document, &c->path, &c->evidence, layers, target, edits, suggestions))
        return error_memory(err);
    return IVN_OK;
}

/* The clean-up knows URLs itself, and what may be done to the mark behind one; only bytes that are not
 * UTF-8 are kept from it. */
static ivn_status clean(ivn_context *c, unsigned locale, const struct buffer *text,
                        const struct span_list *invalid, struct edit_list *edits,
                        ivn_error *err) {
    if (!(c->profile->stages & IVN_CLEANUP))
        return IVN_OK;
    ivn_status status = context_load_rules(c, locale, err);
    if (status != IVN_OK)
        return status;
    return cleanup_run(c->cleanup[locale], text->data, text->size, invalid, edits, err);
}

/* A text on its way: the input, what it is now, and the edits between the two. */
struct work {
    const char *source;
    struct buffer text;
    struct edit_list total;
};

/* Applies `edits` to the current text and adds them to the total; the list is used up. */
static bool advance(struct work *work, struct edit_list *edits) {
    struct buffer next = {0};
    struct edit_list composed = {0};
    if (edits->count == 0)
        return true;
    bool ok = edit_apply(edits, work->text.data, work->text.size, &next);
    if (ok && work->total.count == 0) {
        composed = *edits;
        *edits = work->total; /* empty */
    } else if (ok) {
        ok = edit_compose(&work->total, edits, work->source, &composed);
        edit_list_fini(&work->total);
    }
    if (!ok) {
        buffer_fini(&next);
        edit_list_fini(&composed);
        return false;
    }
    buffer_fini(&work->text);
    work->text = next;
    work->total = composed;
    edit_list_clear(edits);
    return true;
}

/* Whether clean-up took something from between characters, so that new words may stand there. */
static bool joined_words(const struct edit_list *edits) {
    for (size_t i = 0; i < edits->count; i++)
        if (edits->items[i].text_length == 0)
            return true;
    return false;
}

static ivn_status load(ivn_context *c, const struct work *work, ivn_error *err) {
    return document_load(&c->document, c->profile->layers.items[0], work->text.data,
                         work->text.size, c->profile->keep_invalid, err);
}

/* Checks I1 and I4 of a stage's edits, and makes them. */
static ivn_status commit(struct work *work, const struct span_list *forbidden,
                         struct edit_list *edits, ivn_error *err) {
    if (!edit_list_valid(edits, work->text.size) || span_touched(forbidden, edits))
        return error_set(err, IVN_INTERNAL,
                         N_("internal error: an edit is out of place; please report it"), NULL,
                         NULL, NULL);
    return advance(work, edits) ? IVN_OK : error_memory(err);
}

/* libopencc in the place of our own script stage. */
static ivn_status run_opencc(ivn_context *c, struct work *work, struct edit_list *edits,
                             ivn_error *err) {
    const struct span_list *verbatim = &c->document.verbatim;
    ivn_status status =
        opencc_stage_run(c->opencc, work->text.data, work->text.size, verbatim, edits, err);
    if (status == IVN_OK)
        status = commit(work, verbatim, edits, err);
    return status == IVN_OK ? load(c, work, err) : status;
}

/* One round: convert, then clean up. *again: the clean-up may have made new words. */
static ivn_status run_round(ivn_context *c, struct work *work, struct edit_list *edits,
                            struct edit_list *suggestions, unsigned *locale, bool *again,
                            ivn_error *err) {
    ivn_status status = load(c, work, err);
    if (status == IVN_OK && c->opencc && (c->profile->stages & IVN_SCRIPT))
        status = run_opencc(c, work, edits, err);
    if (status != IVN_OK)
        return status;
    const struct target target = make_target(c);
    struct span_list *invalid = &c->document.invalid;
    *locale = target.locale;
    status = convert(c, &target, edits, suggestions, err);
    if (status != IVN_OK)
        return status;
    span_map(invalid, edits);
    status = commit(work, &c->document.verbatim, edits, err);
    if (status == IVN_OK)
        status = clean(c, target.locale, &work->text, invalid, edits, err);
    *again = joined_words(edits);
    if (status == IVN_OK)
        status = commit(work, invalid, edits, err);
    return status;
}

ivn_status ivn_convert(ivn_context *c, const void *bytes, size_t n, ivn_result **out,
                       ivn_error *err) {
    struct work work = {.source = bytes};
    struct edit_list edits = {0}, later = {0};
    ivn_status status = IVN_OK;
    if (n > MAX_INPUT)
        return error_set(err, IVN_LIMIT, N_("the text is larger than 1 GiB; split it"), NULL, NULL,
                         NULL);
    ivn_result *r = calloc(1, sizeof *r);
    if (!r || !buffer_append(&work.text, bytes, n))
        status = error_memory(err);
    bool again = true;
    for (int round = 0; status == IVN_OK && again && round < MAX_ROUNDS; round++) {
        edit_list_clear(&later); /* only the first round sees the input's own offsets */
        status = run_round(c, &work, &edits, round || c->opencc ? &later : &r->suggestions,
                           &r->locale, &again, err);
    }
    edit_list_fini(&edits);
    edit_list_fini(&later);
    if (status != IVN_OK) {
        buffer_fini(&work.text);
        edit_list_fini(&work.total);
        ivn_result_free(r);
        return status;
    }
    r->context = c;
    r->text = work.text;
    r->edits = work.total;
    *out = r;
    return IVN_OK;
}
