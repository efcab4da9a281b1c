/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown's text, as md4c tells it, as pieces of prose. */
#include "markdown.h"

#include <string.h>

#include "doc.h"
#include "entity.h"
#include "glyph.h"
#include "literal.h"
#include "utf8.h"

bool markdown_in_source(const struct markdown *r, const MD_CHAR *text, MD_SIZE size, size_t *at) {
    if (text < r->text || text + size > r->text + r->prose->size)
        return false;
    *at = (size_t)(text - r->text);
    return true;
}

/* ---- white space that an emphasis needs ---- */

static bool is_mark_before(const char *text, size_t at) {
    size_t start = at, length;
    while (start > 0 && utf8_continues(text[start - 1]))
        start--;
    return start > 0 &&
           glyph_of(utf8_get((const unsigned char *)text + start - 1, &length)) == GLYPH_MARK;
}

static bool is_mark_at(const char *text, size_t n, size_t at) {
    size_t length;
    return at < n && utf8_length((unsigned char)text[at]) <= n - at &&
           glyph_of(utf8_get((const unsigned char *)text + at, &length)) == GLYPH_MARK;
}

static bool is_delimiter(char c) {
    return c == '*' || c == '_' || c == '~';
}

/* Behind a closing ** whose inside ends with a mark, and before an opening one whose inside begins
 * with one, CommonMark wants white space or another mark: **注：** 软件. That space stays. */
static bool is_needed_behind(const struct markdown *r, size_t at) {
    size_t run = at;
    while (run > r->last && is_delimiter(r->text[run - 1]))
        run--;
    return run < at && is_mark_before(r->text, run);
}

static bool is_needed_before(const struct markdown *r, size_t end) {
    const size_t n = r->prose->size;
    size_t run = end;
    while (run < n && is_delimiter(r->text[run]))
        run++;
    return run > end && is_mark_at(r->text, n, run);
}

/* ---- text ---- */

/* Text without escapes. */
static void tell_plain(struct markdown *r, size_t at, size_t end) {
    ivn_prose *p = r->prose;
    const bool behind = at < end && r->text[at] == ' ' && is_needed_behind(r, at);
    const bool before = end > at + behind && r->text[end - 1] == ' ' && is_needed_before(r, end);
    if (behind)
        prose_add_opaque(p, PROSE_OBJECT, at, 1);
    prose_add_text(p, at + behind, end - at - behind - before);
    if (before)
        prose_add_opaque(p, PROSE_OBJECT, end - 1, 1);
}

/* Text in which at most the first character is written with a backslash. What was put in the place
 * of something (doc_markdown.c) is not told. */
static void tell_text(struct markdown *r, size_t at, size_t size) {
    ivn_prose *p = r->prose;
    const size_t end = at + size;
    const bool escaped = at > r->last && p->source[at - 1] == '\\';
    if (escaped)
        prose_add_character(p, at - 1, 2, (unsigned char)p->source[at]);
    at += escaped;
    while (at < end && r->text[at] != p->source[at])
        at++;
    tell_plain(r, at, end);
}

/* The head of an admonition or a tab of MkDocs, whose quotation marks are syntax:
 * !!! note "标题". Returns whether it is one, and was told. */
static bool tell_titled(struct markdown *r, size_t at, size_t size) {
    static const char *const heads[] = {"!!! ", "??? ", "???+ ", "=== "};
    const char *text = r->text + at, *open = memchr(text, '"', size);
    const char *close = open ? memrchr(text, '"', size) : NULL;
    bool head = false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        head |= size > 5 && memcmp(text, heads[i], strlen(heads[i])) == 0;
    if (!head || close == open)
        return false;
    const size_t from = at + (size_t)(open - text) + 1, to = at + (size_t)(close - text);
    prose_add_opaque(r->prose, PROSE_OBJECT, at, from - at);
    prose_add_text(r->prose, from, to - from);
    prose_add_opaque(r->prose, PROSE_OBJECT, to, at + size - to);
    return true;
}

/* ---- links ---- */

/* Whether the text of the link that has just been entered is its target: <https://example.net>,
 * or an address that stands bare in the text. */
static bool is_autolink(const struct markdown *r, size_t at, size_t size) {
    if (r->target == at)
        return true;
    return r->target == SIZE_MAX && at == r->last &&
           (memchr(r->text + at, '@', size) || (size > 4 && memcmp(r->text + at, "www.", 4) == 0));
}

/* Of a bare address GitHub takes all up to the next white space for the target, though Chinese that
 * follows it is hardly meant: that is prose. The white space stays. */
static void take_address(struct markdown *r, size_t at, size_t size) {
    const bool bare = at == r->last;
    size_t n = bare ? literal_url_end(r->text + at, size, 0) : size;
    prose_add_opaque(r->prose, PROSE_WORD, at, n);
    if (n < size) {
        prose_add_text(r->prose, at + n, size - n);
        r->is_open = true;
    }
}

/* Whether the link or picture that begins with the bracket in front of `at` has neither a target
 * nor a label behind its text: [软件] or [软件][]. Then the text is the label. */
static bool is_label(const struct markdown *r, size_t at) {
    enum { FARTHEST = 2048 };
    const char *text = r->text, *open = memchr(text + r->last, '[', at - r->last);
    const size_t n = r->prose->size;
    size_t depth = 0, i = open ? (size_t)(open - text) : n;
    for (const size_t limit = i + FARTHEST; i < n && i < limit; i++) {
        if (text[i] == '\\')
            i++;
        else if (text[i] == '[')
            depth++;
        else if (text[i] == ']' && --depth == 0)
            break;
    }
    const char next = i + 1 < n ? text[i + 1] : '\0';
    return depth == 0 && i < n && next != '(' && !(next == '[' && i + 2 < n && text[i + 2] != ']');
}

/* The picture stands in the line, and its description apart from it. */
static void begin_picture(struct markdown *r, size_t at) {
    const char *text = r->text;
    size_t open = at;
    while (open > r->last + 1 && (text[open - 1] != '[' || text[open - 2] != '!'))
        open--;
    if (open > r->last + 1)
        prose_add_opaque(r->prose, PROSE_OBJECT, open - 2, 2);
    prose_begin_aside(r->prose);
}

static void take_text(struct markdown *r, size_t at, size_t size) {
    const size_t end = at + size;
    const bool address = r->is_link_begun && is_autolink(r, at, size);
    const bool first = r->is_block_begun;
    if ((r->images && !r->prose->in_aside) || (r->is_link_begun && !address))
        r->is_label = is_label(r, at);
    if (r->images && !r->prose->in_aside)
        begin_picture(r, at);
    else if (r->is_link_begun && !address)
        prose_lead(r->prose, 1);
    while (r->is_open && at < end && (r->text[at] == ' ' || r->text[at] == '\t'))
        at++;
    r->is_open = r->is_link_begun = r->is_block_begun = false;
    if (r->quiet || r->is_label)
        prose_add_opaque(r->prose, PROSE_WORD, at, end - at);
    else if (address)
        take_address(r, at, end - at);
    else if (!first || !tell_titled(r, at, end - at))
        tell_text(r, at, end - at);
    r->last = end;
}

void markdown_take_entity(struct markdown *r, size_t at, size_t size) {
    uint32_t code_point = entity_decode(r->text + at, size);
    if (code_point && !r->quiet)
        prose_add_character(r->prose, at, size, code_point);
    else
        prose_add_opaque(r->prose, PROSE_OBJECT, at, size);
    r->last = at + size;
}

static void take_html(struct markdown *r, size_t at, size_t size) {
    r->quiet = doc_html_read_tag(r->prose, at, size, r->quiet);
    r->last = at + size;
}

static bool is_blank(const char *text, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n')
            return false;
    return true;
}

/* Code comes in pieces, a line each, without the indentation of a list. */
static void take_range(struct markdown *r, size_t at, size_t size) {
    if (r->first == SIZE_MAX)
        r->first = at;
    else if (at > r->last && !is_blank(r->text + r->last, at - r->last))
        r->torn = true;
    r->last = at + size;
}

int markdown_on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user) {
    struct markdown *r = user;
    size_t at = 0;
    if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR) {
        if (type == MD_TEXT_BR)
            prose_note(r->prose, UINT8_MAX, r->last);
        prose_end_line(r->prose);
        return r->prose->failed;
    }
    if (size == 0 || !markdown_in_source(r, text, size, &at))
        return r->prose->failed;
    if (r->block != IN_TEXT || r->span != SPAN_TEXT)
        take_range(r, at, size);
    else if (type == MD_TEXT_HTML)
        take_html(r, at, size);
    else if (type == MD_TEXT_ENTITY)
        markdown_take_entity(r, at, size);
    else if (type == MD_TEXT_NORMAL)
        take_text(r, at, size);
    return r->prose->failed;
}
