/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown: CommonMark with GitHub's tables, strikethrough and task lists, formulas, footnotes and
 * front matter. md4c parses; its text callbacks point into what it parses, which is a copy of the
 * source with the same offsets, in which what md4c does not know is put out of its way. */
#include "doc.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "markdown.h"
#include "utf8.h"

enum {
    FLAGS = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS,
    FILLER = 0x7F, /* no text has it, and it is no syntax */
    BEHIND = 16 /* bytes behind the text: md4c 0.4.8 looks there after a link that is not closed */
};

/* ---- what md4c must not see ---- */

static size_t line_end(const char *text, size_t at, size_t n) {
    const char *end = at < n ? memchr(text + at, '\n', n - at) : NULL;
    return end ? (size_t)(end - text) : n;
}

/* Whether nothing but indentation and quotation marks stands in the line before `at`. */
static bool begins_line(const char *text, size_t from, size_t at) {
    while (at > from && (text[at - 1] == ' ' || text[at - 1] == '>'))
        at--;
    return at == from || text[at - 1] == '\n';
}

/* The length of the label "[^x]:" at `at`; 0: there is none. */
static size_t footnote_label(const char *text, size_t at, size_t n) {
    const char *close = memchr(text + at, ']', line_end(text, at, n) - at);
    const size_t end = close ? (size_t)(close - text) : n;
    return end > at + 2 && end + 1 < n && text[end + 1] == ':' ? end + 2 - at : 0;
}

/* Definitions of footnotes, which md4c would take for those of links, look like items of a list to
 * it: their further paragraphs are indented alike. */
static void mask_footnotes(struct markdown *r, size_t from) {
    const size_t n = r->prose->size;
    const char *source = r->prose->source;
    for (const char *s = source + from; (s = memchr(s, '^', n - (size_t)(s - source))); s++) {
        const size_t at = (size_t)(s - source) - 1; /* of the bracket */
        if (s == source + from || s[-1] != '[' || !begins_line(source, from, at))
            continue;
        const size_t label = footnote_label(source, at, n);
        if (label) {
            memset(r->text + at, FILLER, label);
            memcpy(r->text + at, "- ", 2);
        }
    }
}

/* What stands between {{ and }}, or {% and %}, is a template's: in the target of a link its spaces
 * and quotation marks would make it none. */
static void mask_templates(struct markdown *r, size_t from) {
    enum { LONGEST = 500 };
    const size_t n = r->prose->size;
    const char *source = r->prose->source;
    for (const char *s = source + from; (s = memchr(s, '{', n - (size_t)(s - source))); s++) {
        const size_t at = (size_t)(s - source), line = line_end(source, at, n);
        const size_t limit = line - at > LONGEST ? at + LONGEST : line;
        const char *closing = limit > at + 2 && s[1] == '{' ? "}}" : s[1] == '%' ? "%}" : NULL;
        const char *end = closing ? memmem(s + 2, limit - at - 2, closing, 2) : NULL;
        for (size_t i = at + 2; end && i < (size_t)(end - source); i++)
            if (strchr(" \t\"'()<>`*_[]|", source[i]) && source[i])
                r->text[i] = 'x';
    }
}

/* Tells front matter, and takes it and a byte order mark away. */
static ivn_status mask_head(struct markdown *r, size_t *body, ivn_error *err) {
    ivn_prose *p = r->prose;
    const size_t start = utf8_mark(p->source, p->size);
    *body = start;
    ivn_status status = doc_front_read(p, start, body, err);
    memset(r->text, '\n', *body);
    return status;
}

/* ---- blocks and spans ---- */

/* A number for each kind of block or span, entered or left. */
static void note(struct markdown *r, unsigned kind, bool leave) {
    prose_note(r->prose, (uint8_t)(kind << 1 | leave), r->last);
}
enum { SPAN_NOTES = 32, DETAIL_NOTES = 64 };

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *user) {
    struct markdown *r = user;
    prose_end_block(r->prose);
    note(r, type, false);
    if (type == MD_BLOCK_H)
        note(r, DETAIL_NOTES + (unsigned)((MD_BLOCK_H_DETAIL *)detail)->level, false);
    if (type == MD_BLOCK_UL)
        note(r, DETAIL_NOTES + (unsigned)((MD_BLOCK_UL_DETAIL *)detail)->is_tight, false);
    if (type == MD_BLOCK_OL)
        note(r, DETAIL_NOTES + (unsigned)((MD_BLOCK_OL_DETAIL *)detail)->is_tight, false);
    if (type == MD_BLOCK_LI)
        note(r, DETAIL_NOTES + (unsigned)((MD_BLOCK_LI_DETAIL *)detail)->is_task, false);
    r->block = type == MD_BLOCK_CODE ? IN_CODE : type == MD_BLOCK_HTML ? IN_HTML : IN_TEXT;
    r->first = SIZE_MAX;
    r->torn = false;
    r->is_block_begun = true;
    r->quiet = 0;
    return r->prose->failed;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *user) {
    struct markdown *r = user;
    (void)detail;
    if (type == MD_BLOCK_HTML && r->first != SIZE_MAX && !r->torn)
        doc_html_read_part(r->prose, r->first, r->last);
    note(r, type, true);
    prose_end_block(r->prose);
    r->block = IN_TEXT;
    return r->prose->failed;
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *user) {
    static const uint8_t marks[] = {[MD_SPAN_EM] = 1, [MD_SPAN_STRONG] = 2, [MD_SPAN_DEL] = 2};
    struct markdown *r = user;
    note(r, SPAN_NOTES + type, false);
    if (type == MD_SPAN_A) {
        const MD_ATTRIBUTE *target = &((MD_SPAN_A_DETAIL *)detail)->href;
        r->is_link_begun = true;
        if (!markdown_in_source(r, target->text, target->size, &r->target))
            r->target = SIZE_MAX;
    }
    if (type < sizeof marks)
        prose_lead(r->prose, marks[type]);
    r->images += type == MD_SPAN_IMG;
    if (type == MD_SPAN_CODE)
        r->span = SPAN_CODE;
    if (type == MD_SPAN_LATEXMATH)
        r->span = SPAN_MATH;
    if (type == MD_SPAN_LATEXMATH_DISPLAY)
        r->span = SPAN_DISPLAY;
    r->first = SIZE_MAX;
    return r->prose->failed;
}

/* The title of a link or picture, if it stands in the link: "…](target "title")". */
static void take_title(struct markdown *r, const MD_ATTRIBUTE *title) {
    enum { FARTHEST = 4096 };
    size_t at;
    if (!title->size || !markdown_in_source(r, title->text, title->size, &at) || at < r->last ||
        at - r->last > FARTHEST)
        return;
    const char *between = r->text + r->last;
    if (!memmem(between, at - r->last, "](", 2) || memmem(between, at - r->last, "\n\n", 2))
        return;
    prose_begin_aside(r->prose);
    for (size_t i = 0; title->substr_offsets[i] < title->size; i++) {
        const size_t from = at + title->substr_offsets[i], to = at + title->substr_offsets[i + 1];
        if (title->substr_types[i] == MD_TEXT_ENTITY)
            markdown_take_entity(r, from, to - from);
        else if (title->substr_types[i] == MD_TEXT_NORMAL)
            prose_add_text(r->prose, from, to - from);
    }
    prose_end_aside(r->prose);
    r->last = at + title->size;
}

static size_t count_back(const char *text, size_t at, char c) {
    size_t run = 0;
    while (run < at && text[at - run - 1] == c)
        run++;
    return run;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* $5和$6 make no formula, nor do dollar signs far apart in prose. */
static bool is_formula(const struct markdown *r) {
    const char *text = r->text;
    bool wide = false, operator= false;
    if (r->span == SPAN_DISPLAY)
        return true;
    if (is_digit(text[r->first]) && r->last + 1 < r->prose->size && is_digit(text[r->last + 1]))
        return false;
    for (size_t i = r->first; i < r->last; i++) {
        wide |= (unsigned char)text[i] >= 0xE3;
        operator|= text[i] != '\0' && strchr("\\=+-*/^_<>|", text[i]) != NULL;
    }
    return !wide || operator;
}

static void end_verbatim(struct markdown *r) {
    const bool text = r->span != SPAN_CODE && r->first != SIZE_MAX && !is_formula(r);
    r->span = SPAN_TEXT;
    if (r->first == SIZE_MAX)
        return;
    if (text) {
        prose_add_text(r->prose, r->first, r->last - r->first);
        return;
    }
    prose_lead(r->prose, count_back(r->text, r->first, r->text[r->first - 1]));
    prose_add_opaque(r->prose, PROSE_WORD, r->first, r->last - r->first);
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *user) {
    struct markdown *r = user;
    if (r->span != SPAN_TEXT)
        end_verbatim(r);
    if (type == MD_SPAN_IMG && --r->images == 0 && r->prose->in_aside)
        prose_end_aside(r->prose);
    if (type == MD_SPAN_A || r->images == 0)
        r->is_label = false;
    if (type == MD_SPAN_A)
        take_title(r, &((MD_SPAN_A_DETAIL *)detail)->title);
    if (type == MD_SPAN_IMG && r->images == 0)
        take_title(r, &((MD_SPAN_IMG_DETAIL *)detail)->title);
    note(r, SPAN_NOTES + type, true);
    return r->prose->failed;
}

ivn_status doc_markdown_read(ivn_prose *p, ivn_error *err) {
    static const MD_PARSER parser = {.flags = FLAGS,
                                     .enter_block = on_enter_block,
                                     .leave_block = on_leave_block,
                                     .enter_span = on_enter_span,
                                     .leave_span = on_leave_span,
                                     .text = markdown_on_text};
    struct markdown r = {.prose = p, .text = malloc(p->size + BEHIND), .first = SIZE_MAX};
    ivn_status status = IVN_OK;
    size_t body = 0;
    if (!r.text)
        return error_memory(err);
    if (p->size)
        memcpy(r.text, p->source, p->size);
    memset(r.text + p->size, '\n', BEHIND);
    status = mask_head(&r, &body, err);
    if (status == IVN_OK && p->size) {
        mask_footnotes(&r, body);
        mask_templates(&r, body);
        p->failed |= md_parse(r.text, (MD_SIZE)p->size, &parser, &r) != 0;
    }
    free(r.text);
    return status;
}

bool doc_markdown_write(const ivn_prose *p, const struct prose_piece *piece, const char *text,
                        size_t n, struct buffer *out) {
    if (piece->style & FRONT_STYLE)
        return doc_front_write(p, piece, text, n, out);
    if (piece->style)
        return doc_html_write(p, piece, text, n, out);
    for (size_t i = 0; i < n; i++)
        if ((strchr("\\`*_[]<|~$", text[i]) && text[i] && !buffer_append(out, "\\", 1)) ||
            !buffer_append(out, text + i, 1))
            return false;
    return true;
}
