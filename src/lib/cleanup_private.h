/* SPDX-License-Identifier: Apache-2.0 */
/* cleanup_private.h - the engine's state, shared by the cleanup*.c files only. */
#ifndef IVN_CLEANUP_PRIVATE_H
#define IVN_CLEANUP_PRIVATE_H

#include "cleanup.h"
#include "lines.h"
#include "rules_private.h"
#include "unbalanced.h"

/* A masked stretch: one byte at `at` of the subject stands for `length` bytes of the text. */
struct opaque {
    uint32_t at;
    uint32_t length;
};

struct opaque_list {
    struct opaque *items;
    size_t count;
    size_t capacity;
};

/* A place where some pattern may start; bit per step. */
struct candidate {
    uint32_t at;
    uint32_t steps;
};

/* What one look over a line tells. */
struct survey {
    size_t han, kana, hangul;
    bool chinese;
    bool marks;   /* there are quotes or brackets */
    bool corners; /* there are 「」 or 『』 */
    bool low;     /* there are bytes that look like a mask */
    bool rtl;     /* there are Hebrew or Arabic letters */
};

struct cleanup {
    const struct rule_set *set;
    unsigned steps; /* bit per step that is to be done */
    pcre2_match_data *match;
    pcre2_match_context *limits;
    enum cleanup_kind kind;
    ivn_error *err;

    /* the line, as it is after the passes so far */
    struct buffer text, next_text;
    struct lines lines;          /* of the document, as it was before the clean-up */
    size_t line_start, line_end; /* in there */
    struct span *spans;          /* verbatim */
    size_t span_count;
    size_t span_capacity;

    /* the pass: what the patterns see */
    struct buffer first;   /* at the beginning of the pass */
    struct buffer subject; /* now */
    struct buffer swap;
    struct opaque_list opaque, wider;
    struct candidate *candidates;
    size_t candidate_count;
    size_t candidate_capacity;
    struct survey survey;
    struct pair_list pairs;
    bool pairs_known;
    struct pair_list wide_pairs; /* of the paragraph, where it is broken into lines */
    struct buffer wide;
    bool wide_edited; /* some line of the document was edited for that */
    int tabular;      /* -1 = not known */

    struct lone_list lone; /* of the document, for reports */
    struct edit_list step, wide_step, pass, joined, mapped, line;
};

/* cleanup_survey.c: looks the line over, for its kind and the candidates. false: no memory. */
bool cleanup_survey(struct cleanup *c, const char *line, size_t n);

/* Whether the line has quotes or brackets that may be edited: those of Chinese text, and corner
 * quotes, which no other than Chinese, Japanese and Korean text has. */
static inline bool survey_has_pairs(const struct survey *s) {
    return (s->marks && s->chinese) || (s->corners && !s->kana && !s->hangul);
}

/* cleanup_mask.c: the line, its verbatim spans in c->spans, into c->first with all masks, surveyed.
 * *idle: no rule can apply to it. */
ivn_status cleanup_mask(struct cleanup *c, const char *line, size_t n, bool *idle);

/* A place of a subject of n bytes, and the symbols of the characters around the one there. */
struct site {
    const char *subject;
    size_t n;
    size_t at;
    unsigned before, symbol, after;
};

/* cleanup_match.c: the place at `at`. */
struct site cleanup_site(const char *subject, size_t n, size_t at);

/* Tries a pattern there. *found tells. IVN_LIMIT. */
ivn_status cleanup_match(struct cleanup *c, struct rule_pattern *p, const struct site *site,
                         bool *found);

/* cleanup.c: c->subject = c->first, of which nothing is known yet. */
ivn_status cleanup_begin(struct cleanup *c);

/* How far the masked stretches before an offset move it; begins as {0}. */
struct unmasking {
    size_t next; /* in c->opaque */
    size_t shift;
};

/* The offset in the text of one in the subject; offsets are asked for in order. */
size_t cleanup_unmask(const struct cleanup *c, struct unmasking *u, size_t offset);

/* *out = the edits of the subject in offsets of the text. false: no memory. */
bool cleanup_map(const struct cleanup *c, const struct edit_list *edits, struct edit_list *out);

/* Does something with a line of n bytes, which begins at `base` of the document and has its
 * verbatim spans in c->spans; adds edits to *out. */
typedef ivn_status cleanup_line_fn(struct cleanup *c, const char *line, size_t n, size_t base,
                                   struct edit_list *out);

/* Calls fn for every line of a document that is no code. */
ivn_status cleanup_each_line(struct cleanup *c, const char *text, size_t n,
                             const struct span_list *verbatim, cleanup_line_fn *fn,
                             struct edit_list *out, ivn_error *err);

/* cleanup_match.c: adds the edits of a step's patterns to c->step. */
ivn_status cleanup_step(struct cleanup *c, enum rule_step step);

/* Makes sure that c->pairs is about the subject. */
ivn_status cleanup_know_pairs(struct cleanup *c);

#endif
