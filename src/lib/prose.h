/* SPDX-License-Identifier: Apache-2.0 */
/* prose.h - the prose of a document as one text, and where each piece of it stands in the source.
 *
 *     source   人工<b>智能</b>，见<code>x</code>     ─ a reader (doc_*.c) tells the pieces
 *     prose    人工智能，见￼                          ─ what the pipeline works on
 *     edits    of the prose                          ─ put where their pieces stand in the source
 *
 * Bytes of the source that belong to no piece are markup: no edit touches them, and words are seen
 * through them. Pieces stand in the order in which they are read; a piece that is no part of the
 * running text (a title, a caption) is an aside, and stands behind the block that it is in.
 */
#ifndef IVN_PROSE_H
#define IVN_PROSE_H

#include "border.h"
#include "buffer.h"
#include "edit.h"
#include "format.h"
#include "ivnorm.h"
#include "span.h"

enum prose_kind {
    PROSE_TEXT,      /* the source's bytes, as they are */
    PROSE_CHARACTER, /* one character that the source writes otherwise: &hellip; \u4E2D */
    PROSE_WORD,      /* something that stands for a word: code, a formula */
    PROSE_OBJECT,    /* something else in the line: a picture, a forced line break */
    PROSE_BREAK      /* nothing of the source: what follows is in another line or block */
};

/* `length` bytes at `source` of the source; what they are in the prose ends where the next piece
 * begins. */
struct prose_piece {
    uint32_t at; /* in the prose */
    uint32_t source;
    uint32_t length;
    uint32_t lead; /* bytes of markup right before it that open something: what is inserted between
                      it and the piece before goes in front of them */
    uint8_t kind;
    uint8_t style; /* the reader's: what the format's writer must know of the place */
};

/* Prose that the author has exempted: from all rules, or from those that `rules` names. */
struct prose_mute {
    uint32_t from, to;            /* in the source */
    uint32_t rules, rules_length; /* where in the source the names stand; length 0: all rules */
};

struct ivn_prose {
    const struct format *format;
    const char *source; /* borrowed */
    size_t size;
    const char *chosen; /* which part of the document is asked for, as the format has it; or NULL */
    struct buffer text; /* the prose */
    struct prose_piece *pieces;
    size_t count, capacity;
    struct span_list opaque; /* words, in the prose */
    struct prose_mute *mutes;
    size_t mute_count, mute_capacity;
    struct buffer events;   /* the structure: what the reader noted, a byte each, … */
    uint32_t *event_places; /* … and where */
    size_t event_capacity;

    /* while it is read */
    uint32_t end;      /* of the last piece of the running text, in the source */
    uint32_t lead;     /* of the next piece */
    uint8_t style;     /* of the next pieces; the reader sets it */
    uint8_t line_ends; /* before the next piece: 0, 1 or 2 */
    bool in_aside;
    struct prose_piece *asides; /* of the block; a break begins each */
    size_t aside_count, aside_capacity;
    struct buffer aside_text;
    uint32_t lead_outside; /* of the aside */
    uint8_t style_outside;
    uint32_t directive, directive_length; /* one that is not known; length 0: there is none */
    bool misplaced;                       /* a piece was told out of order */
    bool failed;                          /* that, or no memory */
};

/* Reads a document; *out is the caller's. chosen as above. IVN_SYNTAX, with line and column, where
 * it is no document of that format; IVN_NO_MEMORY, IVN_INTERNAL. */
ivn_status prose_read(ivn_prose **out, const struct format *format, const char *source, size_t n,
                      const char *chosen, ivn_error *err);

/* ---- for the readers: pieces of the running text are told in the order of the source, asides when
 * they are met. Failures are kept in p->failed, after which nothing happens any more. ---- */

void prose_add_text(ivn_prose *p, size_t offset, size_t length);

/* The character `code_point`, which the source writes in another way. */
void prose_add_character(ivn_prose *p, size_t offset, size_t length, uint32_t code_point);

/* kind: PROSE_WORD or PROSE_OBJECT. */
void prose_add_opaque(ivn_prose *p, enum prose_kind kind, size_t offset, size_t length);

/* The n bytes of markup before the next piece open something; adds up until that piece. */
void prose_lead(ivn_prose *p, size_t n);

/* What follows is in another line of the same block. */
void prose_end_line(ivn_prose *p);
/* What follows is in another block; asides of this one are put in. Empty blocks leave nothing. */
void prose_end_block(ivn_prose *p);

/* Between the two, pieces are those of one aside. */
void prose_begin_aside(ivn_prose *p);
void prose_end_aside(ivn_prose *p);

/* Something of the document's structure, of which the rendering depends: a number of the reader's
 * own. The sequence is the same after the conversion, or the edits are undone. */
void prose_note(ivn_prose *p, uint8_t event, size_t offset);

/* The text of a comment of the source, which may be a directive (mute.c). */
void prose_comment(ivn_prose *p, size_t offset, size_t length);

/* ---- for the pipeline ---- */

/* Adds a piece of another prose of the same source, whose prose is n bytes of `text`. */
void prose_add_piece(ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n);

/* mute.c: takes what the directives switch off, as a whole, out of a prose that was read. */
void prose_apply_mutes(ivn_prose *p);

/* A part [from, to) of the prose that was converted to n bytes of `text`. */
struct prose_part {
    size_t from, to;
    const char *text;
    size_t n;
    const struct border_list *borders; /* those of prose_borders(), where they are now */
};

/* The borders between the pieces of a part, relative to `from`. false: no memory. */
bool prose_borders(const ivn_prose *p, size_t from, size_t to, struct border_list *out);

/* Adds to *out the edits of the source that do what `edits` do to the part, and to *groups for each
 * the number of the one that it comes from (uint32_t). false: no memory. *misplaced: an edit
 * touches what is no prose. */
bool prose_place_edits(const ivn_prose *p, const struct prose_part *part,
                       const struct edit_list *edits, struct edit_list *out, struct buffer *groups,
                       bool *misplaced);

/* The same for suggestions about the part from `base` on, which nobody is going to make: each is
 * one, whatever markup it goes over. */
bool prose_place_suggestions(const ivn_prose *p, size_t base, const struct edit_list *suggestions,
                             struct edit_list *out);

/* Where the stretch [from, to) of the prose stands in the source: from the first of its characters
 * to behind the last. */
void prose_stretch(const ivn_prose *p, size_t from, size_t to, size_t *start, size_t *end);

/* The words (PROSE_WORD) of the prose [from, to), relative to from, into *out. false: no memory. */
bool prose_opaque_between(const ivn_prose *p, size_t from, size_t to, struct span_list *out);

#endif
