/* SPDX-License-Identifier: Apache-2.0 */
/* Front matter: YAML between lines "---" (or "---" and "..."), TOML between lines "+++", or one
 * object of JSON, which is left as it is. */
#include <string.h>

#include "doc.h"
#include "front.h"

/* Behind the line end of the line that `at` is in. */
static size_t next_line(const ivn_prose *p, size_t at) {
    const char *end = at < p->size ? memchr(p->source + at, '\n', p->size - at) : NULL;
    return end ? (size_t)(end - p->source) + 1 : p->size;
}

static bool is_blank(const char *s, size_t n) {
    while (n && strchr(" \t\r\n", *s) && *s)
        s++, n--;
    return n == 0;
}

/* Whether the line at `at` is `mark`, of three bytes, and nothing else. */
static bool is_fence(const ivn_prose *p, size_t at, const char *mark) {
    const size_t end = next_line(p, at);
    return end - at >= 3 && memcmp(p->source + at, mark, 3) == 0 &&
           is_blank(p->source + at + 3, end - at - 3);
}

/* The line that closes what the line at `start` opens; p->size: there is none. */
static size_t find_close(const ivn_prose *p, size_t start, const char *mark, const char *other) {
    size_t at = next_line(p, start);
    while (at < p->size && !is_fence(p, at, mark) && !is_fence(p, at, other))
        at = next_line(p, at);
    return at;
}

/* Text between two rulers may be a mapping to nobody: then it is none. */
static bool is_yaml(ivn_prose *p, size_t start, size_t close) {
    const size_t line = next_line(p, start);
    bool mapping = false, empty = false;
    if (!front_yaml_read(p, start, close, &mapping, &empty))
        return true; /* what libyaml refuses the site's generator may take */
    return mapping || (empty && !is_blank(p->source + line, next_line(p, line) - line));
}

/* Behind the object of JSON at `start`; start: there is none, as in {{< figure >}}. */
static size_t skip_json(const ivn_prose *p, size_t start) {
    const char *s = p->source;
    size_t depth = 1, at = start + 1;
    bool string = false;
    while (at < p->size && is_blank(s + at, 1))
        at++;
    if (at == p->size || (s[at] != '"' && s[at] != '}'))
        return start;
    for (; at < p->size; at++) {
        if (s[at] == '"')
            string = !string;
        else if (string)
            at += s[at] == '\\';
        else if (s[at] == '{' || s[at] == '[')
            depth++;
        else if ((s[at] == '}' || s[at] == ']') && --depth == 0)
            break;
    }
    if (at >= p->size)
        return start;
    const size_t end = next_line(p, at);
    return is_blank(s + at + 1, end - at - 1) ? end : start;
}

ivn_status doc_front_read(ivn_prose *p, size_t start, size_t *end, ivn_error *err) {
    (void)err;
    *end = start;
    if (start < p->size && p->source[start] == '{') {
        *end = skip_json(p, start);
    } else if (is_fence(p, start, "---")) {
        const size_t close = find_close(p, start, "---", "...");
        if (close < p->size && is_yaml(p, start, close))
            *end = next_line(p, close);
    } else if (is_fence(p, start, "+++")) {
        const size_t close = find_close(p, start, "+++", "+++");
        if (close < p->size) {
            (void)front_toml_read(p, next_line(p, start), close);
            *end = next_line(p, close);
        }
    }
    return IVN_OK;
}

/* ---- writing ---- */

static bool write_escaped(char c, struct buffer *out) {
    static const char digits[] = "0123456789ABCDEF";
    const unsigned byte = (unsigned char)c;
    const char control[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
    if (byte < 0x20)
        return buffer_append(out, control, sizeof control);
    return (c != '"' && c != '\\') || buffer_append(out, "\\", 1) ? buffer_append(out, &c, 1)
                                                                  : false;
}

bool doc_front_write(const ivn_prose *p, const struct prose_piece *piece, const char *text,
                     size_t n, struct buffer *out) {
    (void)p;
    if (piece->style == FRONT_AS_IS)
        return buffer_append(out, text, n);
    for (size_t i = 0; i < n; i++) {
        const bool ok = piece->style == FRONT_DOUBLE ? write_escaped(text[i], out)
                        : text[i] == '\''            ? buffer_append(out, "''", 2)
                                                     : buffer_append(out, text + i, 1);
        if (!ok)
            return false;
    }
    return true;
}
