/* SPDX-License-Identifier: Apache-2.0 */
/* The pipeline. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "error.h"
#include "mute.h"
#include "profile.h"
#include "reason.h"
#include "result.h"
#include "utf8.h"

enum {
    MAX_INPUT = 1 << 30,
    MAX_ROUNDS = 4,  /* clean-up can join words, which conversion must see again */
    MAX_LOOKS = 4,   /* so can terms */
    SMALL = 1 << 16, /* bytes of a text that is looked at until nothing changes */
};

const char *ivn_version(void) {
    return PACKAGE_VERSION;
}

static struct target make_target(const ivn_context *c, unsigned locale) {
    const ivn_profile *p = c->profile;
    const ivn_lexicon *l = p->layers.items[0];
    struct target target = {.locale = locale, .own = p->locale < 0};
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

/* A text on its way: the input, what it is now, and the edits between the two. */
struct work {
    const char *source;
    struct buffer text;
    struct edit_list total;
    struct span_list opaque; /* what stands for something that is not in the text */
    struct mute_list mutes;  /* where some rules are off */
    struct border_list borders;
    enum cleanup_kind kind;
    unsigned changes; /* how often it changed */
};

/* The clean-up knows URLs itself, and what may be done to the mark behind one; only bytes that are
 * not UTF-8, and what stands for something else, are kept from it. */
static bool seal(ivn_context *c, const struct work *work) {
    const struct span_list *lists[] = {&c->document.invalid, &work->opaque};
    c->sealed.count = 0;
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; i < lists[l]->count; i++)
            if (!span_append(&c->sealed, lists[l]->items[i]))
                return false;
    if (c->document.invalid.count && work->opaque.count)
        span_normalise(&c->sealed);
    return true;
}

/* Drops the edits that a directive forbids. */
static void mute(const ivn_context *c, const struct work *work, unsigned locale,
                 struct edit_list *edits) {
    size_t kept = 0;
    if (work->mutes.count == 0)
        return;
    for (size_t i = 0; i < edits->count; i++) {
        const reason_id *ids;
        const size_t count = edit_reasons(edits, &edits->items[i], &ids);
        bool muted = false;
        for (size_t k = 0; k < count && !muted; k++) {
            ivn_reason reason;
            reason_resolve(c, locale, &c->because, ids[k], &reason);
            muted = mute_list_has(&work->mutes, edits->items[i].offset, reason.rule);
        }
        if (!muted)
            edits->items[kept++] = edits->items[i];
    }
    edits->count = kept;
}

static ivn_status clean(ivn_context *c, unsigned locale, const struct work *work,
                        struct edit_list *edits, ivn_error *err) {
    if (!(c->profile->stages & IVN_CLEANUP))
        return IVN_OK;
    ivn_status status = context_load_rules(c, locale, err);
    if (status != IVN_OK)
        return status;
    if (!seal(c, work))
        return error_memory(err);
    status = cleanup_run(c->cleanup[locale], work->text.data, work->text.size, &c->sealed,
                         work->kind, edits, err);
    mute(c, work, locale, edits);
    return status;
}

/* Applies `edits` to the current text and adds them to the total; the list is used up. */
static bool advance(struct work *work, struct edit_list *edits) {
    struct buffer next = {0};
    struct edit_list composed = {0};
    if (edits->count == 0)
        return true;
    bool ok = edit_apply(edits, work->text.data, work->text.size, &next);
    border_map(&work->borders, edits, work->text.data);
    work->changes++;
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

/* Whether clean-up took something from between characters, or put right what is part of words
 * (letters, digits, name dots), so that new words may stand there. */
static bool made_words(const ivn_context *c, const struct edit_list *edits) {
    const ivn_lexicon *l = c->profile->layers.items[0];
    for (size_t i = 0; i < edits->count; i++) {
        const struct edit *e = &edits->items[i];
        const unsigned char *text = (const unsigned char *)edit_text(edits, e);
        if (e->text_length == 0)
            return true;
        for (size_t k = 0, n; k < e->text_length; k += n) {
            uint16_t id = lexicon_char(l, utf8_get(text + k, &n));
            if (id && l->chars[id].class != CLASS_MARK)
                return true;
        }
    }
    return false;
}

static bool is_settled(const ivn_context *c, unsigned locale) {
    return !(c->profile->stages & IVN_CLEANUP) || cleanup_is_settled(c->cleanup[locale]);
}

/* locale: -1 if the document is to tell it. The clean-up alone needs no words. */
static ivn_status load(ivn_context *c, const struct work *work, int locale, ivn_error *err) {
    if (locale >= 0 && !(c->profile->stages & (IVN_SCRIPT | IVN_TERMS)))
        return document_load_bytes(&c->document, work->text.data, work->text.size,
                                   c->profile->keep_invalid, err);
    return document_load(&c->document, c->profile->layers.items[0], work->text.data,
                         work->text.size, c->profile->keep_invalid, err);
}

static ivn_status misplaced(ivn_error *err) {
    return error_set(err, IVN_INTERNAL,
                     N_("internal error: an edit is out of place; please report it"), NULL, NULL,
                     NULL);
}

/* Makes a stage's edits, which must keep I1 and I4: none touches a span of `forbidden`. The spans
 * are moved to where they are then. */
static ivn_status commit(struct work *work, struct span_list *forbidden, struct edit_list *edits,
                         ivn_error *err) {
    if (!edit_list_valid(edits, work->text.size) || span_touched(forbidden, edits) ||
        span_touched(&work->opaque, edits))
        return misplaced(err);
    span_map(forbidden, edits);
    span_map(&work->opaque, edits);
    mute_list_map(&work->mutes, edits);
    return advance(work, edits) ? IVN_OK : error_memory(err);
}

/* libopencc in the place of our own script stage. */
static ivn_status run_opencc(ivn_context *c, struct work *work, struct edit_list *edits,
                             ivn_error *err) {
    struct span_list *verbatim = &c->document.verbatim;
    ivn_status status =
        opencc_stage_run(c->opencc, work->text.data, work->text.size, verbatim, edits, err);
    if (status == IVN_OK)
        status = commit(work, verbatim, edits, err);
    return status == IVN_OK ? load(c, work, -1, err) : status;
}

/* A second look at the lines where terms may have made new words with their neighbours, by the
 * evidence of the document as it came. */
static ivn_status convert_seams(ivn_context *c, struct work *work, const struct target *target,
                                const struct changes *to, ivn_error *err) {
    const struct layers *layers = &c->profile->layers;
    struct document *part = &c->part;
    struct excerpt *x = &c->excerpt;
    if (!excerpt_take(x, &work->text, to->seams))
        return error_memory(err);
    ivn_status status = document_load(part, layers->items[0], x->text.data, x->text.size,
                                      c->profile->keep_invalid, err);
    if (status != IVN_OK)
        return status;
    excerpt_number(x, part);
    if (!lattice_cut(&c->path, part, layers) ||
        !convert_words(part, &c->path, &c->evidence, layers, target, to))
        return error_memory(err);
    excerpt_place_edits(x, to->edits);
    excerpt_place_spans(x, to->seams);
    return IVN_OK;
}

/* Script and terms: a look at everything, then at what the terms have made. */
static ivn_status convert(ivn_context *c, struct work *work, const struct target *target,
                          struct edit_list *edits, struct edit_list *suggestions, ivn_error *err) {
    const struct layers *layers = &c->profile->layers;
    struct document *d = &c->document;
    struct span_list seams = {0};
    struct edit_list later = {0};
    struct changes to = {.edits = edits,
                         .suggestions = suggestions,
                         .seams = &seams,
                         .because = c->profile->reports ? &c->because : NULL,
                         .mutes = work->mutes.count ? &work->mutes : NULL};
    ivn_status status = IVN_OK;
    if (target->stages == 0)
        return IVN_OK;
    if (!lattice_cut(&c->path, d, layers) ||
        !evidence_gather(&c->evidence, d, &c->path, layers, target->locale) ||
        !names_settle(&c->evidence, &(struct reading){d, &c->path, layers, target->locale}) ||
        !convert_words(d, &c->path, &c->evidence, layers, target, &to))
        status = error_memory(err);
    for (int look = 0; status == IVN_OK; look++) {
        mute(c, work, target->locale, edits);
        span_map(&d->invalid, edits);
        span_map(&seams, edits);
        status = commit(work, &d->verbatim, edits, err);
        if (status != IVN_OK || seams.count == 0 || look == MAX_LOOKS)
            break;
        edit_list_clear(&later);
        to.suggestions = &later; /* only the first look sees the text's own offsets */
        to.mutes = NULL;         /* … which they are about */
        status = convert_seams(c, work, target, &to, err);
    }
    span_list_fini(&seams);
    edit_list_fini(&later);
    return status;
}

/* Finds the persons of the current text. */
static ivn_status find_names(ivn_context *c, const struct work *work, struct reading *reading,
                             ivn_error *err) {
    *reading =
        (struct reading){&c->document, &c->path, &c->profile->layers, (unsigned)c->profile->locale};
    ivn_status status = load(c, work, -1, err);
    if (status != IVN_OK)
        return status;
    return lattice_cut(&c->path, &c->document, reading->layers) &&
                   evidence_gather(&c->evidence, &c->document, &c->path, reading->layers,
                                   reading->target) &&
                   names_settle(&c->evidence, reading) &&
                   names_find(&c->names, reading, &c->evidence)
               ? IVN_OK
               : error_memory(err);
}

/* Gives each person one name, when all are in the target's forms. */
static ivn_status unify_names(ivn_context *c, struct work *work, struct edit_list *edits,
                              ivn_error *err) {
    const ivn_names mode = c->profile->names;
    struct reading reading;
    if (mode < IVN_NAMES_UNIFY || c->profile->locale < 0 || !(c->profile->stages & IVN_TERMS))
        return IVN_OK;
    ivn_status status = find_names(c, work, &reading, err);
    if (status != IVN_OK)
        return status;
    if (!names_unify(&c->names, &reading, mode == IVN_NAMES_ANNOTATE, edits))
        return error_memory(err);
    mute(c, work, reading.target, edits);
    span_map(&c->document.invalid, edits);
    return commit(work, &c->document.verbatim, edits, err);
}

/* Tells where the input names persons. */
static ivn_status report_names(ivn_context *c, const struct work *work, ivn_result *r,
                               ivn_error *err) {
    struct reading reading;
    if (c->profile->names != IVN_NAMES_REPORT || c->profile->locale < 0)
        return IVN_OK;
    ivn_status status = find_names(c, work, &reading, err);
    if (status != IVN_OK)
        return status;
    const struct names *names = &c->names;
    r->mentions = calloc(names->count + 1, sizeof *r->mentions);
    if (!r->mentions)
        return error_memory(err);
    for (size_t i = 0; i < names->count; i++) {
        const struct mention *m = &names->mentions[i];
        const uint32_t *offsets = c->document.offsets;
        r->mentions[r->mention_count++] =
            (ivn_mention){.offset = offsets[m->first],
                          .length = offsets[m->last] - offsets[m->first],
                          .person = names->persons[m->person].name,
                          .written = names_cell(names, &reading, m)};
    }
    return IVN_OK;
}

/* One round: convert, then clean up. *again: the clean-up may have made new words. */
static ivn_status run_round(ivn_context *c, struct work *work, int *locale, struct edit_list *edits,
                            struct edit_list *suggestions, bool *again, ivn_error *err) {
    if (c->profile->locale >= 0)
        *locale = c->profile->locale;
    ivn_status status = load(c, work, *locale, err);
    if (status == IVN_OK && c->opencc && (c->profile->stages & IVN_SCRIPT))
        status = run_opencc(c, work, edits, err);
    if (status != IVN_OK)
        return status;
    if (*locale < 0)
        *locale = (int)context_locale(c);
    const struct target target = make_target(c, (unsigned)*locale);
    const unsigned before = work->changes;
    status = convert(c, work, &target, edits, suggestions, err);
    if (status == IVN_OK)
        status = unify_names(c, work, edits, err);
    if (status == IVN_OK)
        status = clean(c, target.locale, work, edits, err);
    /* Any edit may tip the scales of the evidence, and without a target those of the text's own
     * script. In a long text that hardly happens, and another look at all of it is dear. */
    bool any = work->changes > before || edits->count > 0;
    *again = target.own || work->text.size <= SMALL
                 ? any
                 : made_words(c, edits) || !is_settled(c, target.locale);
    if (status == IVN_OK)
        status = commit(work, &c->document.invalid, edits, err);
    return status;
}

/* What the report rules find in the text that was made, as suggestions for the source. */
static ivn_status report(ivn_context *c, const struct work *work, unsigned locale,
                         struct edit_list *suggestions, ivn_error *err) {
    struct edit_list found = {0};
    struct edit_cursor cursor = {0};
    struct buffer proposal = {0};
    const char *text = work->text.data;
    if (!c->profile->reports || !(c->profile->stages & IVN_CLEANUP))
        return IVN_OK;
    if (!seal(c, work))
        return error_memory(err);
    ivn_status status = cleanup_report(c->cleanup[locale], text, work->text.size, &c->sealed,
                                       work->kind, &found, err);
    for (size_t i = 0; i < found.count && status == IVN_OK; i++) {
        const struct edit *e = &found.items[i];
        size_t end = (size_t)e->offset + e->length;
        struct edit_origin o = edit_find_origin(&work->total, &cursor, e->offset, end);
        const char *with = edit_text(&found, e);
        bool look = e->length == e->text_length && memcmp(with, text + e->offset, e->length) == 0;
        proposal.size = 0;
        bool ok = look ? buffer_append(&proposal, work->source + o.from, o.to - o.from)
                       : buffer_append(&proposal, text + o.new_from, e->offset - o.new_from) &&
                             buffer_append(&proposal, with, e->text_length) &&
                             buffer_append(&proposal, text + end, o.new_to - end);
        if (!ok ||
            !edit_add(suggestions, o.from, o.to - o.from, proposal.data, proposal.size, e->reason))
            status = error_memory(err);
    }
    edit_sort(suggestions);
    edit_list_fini(&found);
    buffer_fini(&proposal);
    return status;
}

/* Everything, for a text whose opaque stretches are in work->opaque. */
static ivn_status run(ivn_context *c, struct work *work, size_t n, ivn_result *r, ivn_error *err) {
    struct edit_list edits = {0}, later = {0};
    ivn_status status = IVN_OK;
    if (!buffer_append(&work->text, work->source, n))
        return error_memory(err);
    status = report_names(c, work, r, err);
    int locale = -1; /* found in the first round, and kept */
    bool again = true;
    for (int round = 0; status == IVN_OK && again && round < MAX_ROUNDS; round++) {
        edit_list_clear(&later); /* only the first round sees the input's own offsets */
        status = run_round(c, work, &locale, &edits, round || c->opencc ? &later : &r->suggestions,
                           &again, err);
    }
    if (status == IVN_OK)
        status = report(c, work, (unsigned)locale, &r->suggestions, err);
    edit_list_fini(&edits);
    edit_list_fini(&later);
    r->because = c->because;
    c->because = (struct because){0};
    r->context = c;
    r->locale = (unsigned)locale;
    return status;
}

static void work_fini(struct work *work) {
    buffer_fini(&work->text);
    edit_list_fini(&work->total);
    span_list_fini(&work->opaque);
    mute_list_fini(&work->mutes);
    border_list_fini(&work->borders);
}

ivn_status ivn_convert(ivn_context *c, const void *bytes, size_t n, ivn_result **out,
                       ivn_error *err) {
    struct work work = {.source = bytes, .kind = CLEANUP_PLAIN};
    if (n > MAX_INPUT)
        return error_set(err, IVN_LIMIT, N_("the text is larger than 1 GiB; split it"), NULL, NULL,
                         NULL);
    ivn_result *r = calloc(1, sizeof *r);
    ivn_status status = r ? run(c, &work, n, r, err) : error_memory(err);
    if (status != IVN_OK) {
        work_fini(&work);
        ivn_result_free(r);
        return status;
    }
    r->text = work.text;
    r->edits = work.total;
    *out = r;
    return IVN_OK;
}

/* Puts what was found in a part of the prose where it stands in the document. */
static ivn_status place_result(const ivn_prose *p, const struct prose_part *part, struct work *work,
                               ivn_result *r, ivn_error *err) {
    struct edit_list suggestions = r->suggestions;
    bool bad = false;
    r->suggestions = (struct edit_list){0};
    r->prose_edits = work->total;
    work->total = (struct edit_list){0};
    bool ok = prose_place_edits(p, part, &r->prose_edits, &r->edits, &r->groups, &bad) &&
              prose_place_suggestions(p, part->from, &suggestions, &r->suggestions);
    edit_list_fini(&suggestions);
    for (size_t i = 0; i < r->mention_count; i++) {
        ivn_mention *m = &r->mentions[i];
        size_t from, to;
        prose_stretch(p, part->from + m->offset, part->from + m->offset + m->length, &from, &to);
        m->offset = from;
        m->length = to - from;
    }
    return bad ? misplaced(err) : ok ? IVN_OK : error_memory(err);
}

ivn_status ivn_convert_prose(ivn_context *c, const ivn_prose *p, size_t from, size_t to,
                             ivn_result **out, ivn_error *err) {
    struct work work = {.source = p->text.size ? p->text.data + from : "",
                        .kind = p->format->read ? CLEANUP_PROSE : CLEANUP_PLAIN};
    ivn_result *r = calloc(1, sizeof *r);
    ivn_status status = IVN_OK;
    if (!r || !prose_opaque_between(p, from, to, &work.opaque) ||
        !mute_list_fill(&work.mutes, p, from, to) || !prose_borders(p, from, to, &work.borders))
        status = error_memory(err);
    if (status == IVN_OK)
        status = run(c, &work, to - from, r, err);
    if (status == IVN_OK) {
        const struct prose_part part = {from, to, work.text.data, work.text.size, &work.borders};
        r->prose_from = from;
        status = place_result(p, &part, &work, r, err);
    }
    work_fini(&work);
    if (status == IVN_OK)
        *out = r;
    else
        ivn_result_free(r);
    return status;
}

ivn_status ivn_convert_document(ivn_context *c, const char *format, const char *text, size_t n,
                                const char *chosen, ivn_result **out, ivn_error *err) {
    ivn_prose *prose;
    ivn_result *part;
    ivn_status status = ivn_prose_read(&prose, format, text, n, chosen, err);
    if (status != IVN_OK)
        return status;
    status = ivn_convert_prose(c, prose, 0, prose->text.size, &part, err);
    if (status == IVN_OK) {
        status = ivn_prose_finish(prose, &part, 1, out, err);
        if (status != IVN_OK)
            ivn_result_free(part);
    }
    ivn_prose_free(prose);
    return status;
}
