/* SPDX-License-Identifier: Apache-2.0 */
#include "block.h"

#include <string.h>

static const char *const elements[] = {"script", "style", "pre"};

static size_t count_run(const char *line, size_t n, char c) {
    size_t run = 0;
    while (run < n && line[run] == c)
        run++;
    return run;
}

static bool is_blank(const char *line, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (line[i] != ' ' && line[i] != '\t')
            return false;
    return true;
}

/* Whether `text` holds "<name" or "</name", whatever the case. */
static bool has_tag(const char *line, size_t n, bool closing, const char *name) {
    size_t length = strlen(name), lead = closing ? 2 : 1;
    for (const char *at = memchr(line, '<', n); at;) {
        size_t left = n - (size_t)(at - line), i = 0;
        if (left >= lead + length && (!closing || at[1] == '/')) {
            while (i < length && (at[lead + i] | 0x20) == name[i])
                i++;
            char next = left > lead + i ? at[lead + i] : '>';
            if (i == length && (next == '>' || next == ' ' || next == '\t'))
                return true;
        }
        at = memchr(at + 1, '<', left - 1);
    }
    return false;
}

static bool has_text(const char *line, size_t n, const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= n; i++)
        if (memcmp(line + i, text, length) == 0)
            return true;
    return false;
}

static bool is_math_fence(const char *line, size_t n) {
    size_t indent = count_run(line, n, ' ');
    return n - indent >= 2 && memcmp(line + indent, "$$", 2) == 0 &&
           is_blank(line + indent + 2, n - indent - 2);
}

/* Whether a comment begins with the line and goes on in the next. */
static bool opens_comment(const char *line, size_t n) {
    return n >= 4 && memcmp(line, "<!--", 4) == 0 && !has_text(line, n, "-->");
}

static bool open_block(struct block *b, const char *line, size_t n) {
    size_t indent = count_run(line, n, ' ');
    if (!b->begun && n >= 3 && memcmp(line, "---", 3) == 0 && is_blank(line + 3, n - 3)) {
        b->kind = BLOCK_FRONT;
        return true;
    }
    char c = indent < n ? line[indent] : '\0';
    if (c == '`' || c == '~') {
        size_t run = count_run(line + indent, n - indent, c);
        size_t rest = indent + run;
        if (run >= 3 && !(c == '`' && memchr(line + rest, '`', n - rest))) {
            b->kind = BLOCK_FENCE;
            b->fence = c;
            b->fence_length = run;
            return true;
        }
    }
    if (is_math_fence(line, n)) {
        b->kind = BLOCK_MATH;
        return true;
    }
    if (c != '<')
        return false;
    if (opens_comment(line + indent, n - indent)) {
        b->kind = BLOCK_COMMENT;
        return true;
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (!has_tag(line, n, false, elements[i]))
            continue;
        if (!has_tag(line, n, true, elements[i])) {
            b->kind = BLOCK_ELEMENT;
            b->element = elements[i];
        }
        return true;
    }
    return false;
}

bool block_take(struct block *b, const char *line, size_t n) {
    bool inside = b->kind != BLOCK_NONE;
    size_t indent = count_run(line, n, ' '), run;
    switch (b->kind) {
    case BLOCK_NONE:
        inside = open_block(b, line, n);
        break;
    case BLOCK_FENCE:
        run = count_run(line + indent, n - indent, b->fence);
        if (run >= b->fence_length && is_blank(line + indent + run, n - indent - run))
            b->kind = BLOCK_NONE;
        break;
    case BLOCK_ELEMENT:
        if (has_tag(line, n, true, b->element))
            b->kind = BLOCK_NONE;
        break;
    case BLOCK_COMMENT:
        if (has_text(line, n, "-->"))
            b->kind = BLOCK_NONE;
        break;
    case BLOCK_MATH:
        if (is_math_fence(line, n))
            b->kind = BLOCK_NONE;
        break;
    case BLOCK_FRONT:
        if (n >= 3 && (memcmp(line, "---", 3) == 0 || memcmp(line, "...", 3) == 0) &&
            is_blank(line + 3, n - 3))
            b->kind = BLOCK_NONE;
        break;
    }
    b->begun = true;
    return inside;
}
