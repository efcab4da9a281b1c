/* SPDX-License-Identifier: Apache-2.0 */
/* JSON and JSON Lines: the string values are prose, a block each. jsmn makes the tokens. It is
 * given the text token by token, and forgets what is closed: so it holds no more than what is open,
 * and never walks back over what it has seen, which it would do for each bracket. What RFC 8259
 * asks for beyond what jsmn looks at - commas, colons, numbers, names of members - is seen to here.
 */
#include "doc.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "json_path.h"
#include "json_string.h"
#include "utf8.h"

#define JSMN_STATIC
#define JSMN_PARENT_LINKS
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"
#include <jsmn.h>
#pragma GCC diagnostic pop

enum expected { VALUE, VALUE_OR_END, NAME, NAME_OR_END, COLON, COMMA, NOTHING };

struct reader {
    ivn_prose *prose; /* NULL: it is only looked whether it is JSON */
    const char *text;
    size_t end; /* of the current document */
    jsmn_parser jsmn;
    jsmntok_t *tokens; /* what is open: containers, and in an object the member's name */
    json_steps *steps; /* which of the path may come inside of each */
    size_t capacity, step_capacity;
    struct json_path path;
    bool has_path;
    enum expected expected;
    bool upper; /* the digits of the last escape that had letters */
};

/* ---- errors ---- */

static ivn_status refuse(const struct reader *r, size_t at, const char *message, ivn_error *err) {
    error_set(err, IVN_SYNTAX, message, NULL, NULL, NULL);
    error_find_place(err, r->text, at);
    return IVN_SYNTAX;
}

static ivn_status refuse_token(const struct reader *r, size_t at, ivn_error *err) {
    static const char *const messages[] = {
        [VALUE] = N_("malformed JSON: a value is missing here"),
        [VALUE_OR_END] = N_("malformed JSON: a value or ']' is missing here"),
        [NAME] = N_("malformed JSON: a name in quotation marks is missing here"),
        [NAME_OR_END] = N_("malformed JSON: a name in quotation marks or '}' is missing here"),
        [COLON] = N_("malformed JSON: ':' is missing here"),
        [COMMA] = N_("malformed JSON: ',' or the end of the list or object is missing here"),
        [NOTHING] = N_("malformed JSON: there is more behind its end; documents of a line each are "
                       "--format=jsonl"),
    };
    return refuse(r, at, messages[r->expected], err);
}

/* ---- numbers and words ---- */

static size_t skip_digits(const char *s, size_t at, size_t n) {
    while (at < n && s[at] >= '0' && s[at] <= '9')
        at++;
    return at;
}

static bool is_number(const char *s, size_t n) {
    size_t at = n > 0 && s[0] == '-', whole = skip_digits(s, at, n);
    if (whole == at || (s[at] == '0' && whole > at + 1))
        return false;
    at = whole;
    if (at < n && s[at] == '.') {
        const size_t fraction = skip_digits(s, at + 1, n);
        if (fraction == at + 1)
            return false;
        at = fraction;
    }
    if (at < n && (s[at] | 0x20) == 'e') {
        at++;
        at += at < n && (s[at] == '+' || s[at] == '-');
        const size_t exponent = skip_digits(s, at, n);
        return exponent > at && exponent == n;
    }
    return at == n;
}

static bool is_primitive(const char *s, size_t n) {
    return (n == 4 && (memcmp(s, "true", n) == 0 || memcmp(s, "null", n) == 0)) ||
           (n == 5 && memcmp(s, "false", n) == 0) || is_number(s, n);
}

static size_t primitive_end(const struct reader *r, size_t at) {
    while (at < r->end && r->text[at] && !strchr(" \t\r\n,:[]{}\"", r->text[at]))
        at++;
    return at;
}

/* ---- tokens ---- */

/* Makes room for one more token. */
static bool reserve(struct reader *r) {
    void *tokens = r->tokens, *steps = r->steps;
    const size_t need = (size_t)r->jsmn.toknext + 1;
    if (need > r->capacity) {
        if (!array_grow(&tokens, &r->capacity, need, sizeof *r->tokens))
            return false;
        r->tokens = tokens;
    }
    if (r->has_path && need > r->step_capacity) {
        if (!array_grow(&steps, &r->step_capacity, need, sizeof *r->steps))
            return false;
        r->steps = steps;
    }
    return true;
}

/* Lets jsmn see the text up to `to`, where a token ends. false: it refuses it. */
static bool feed(struct reader *r, size_t to) {
    const int result = jsmn_parse(&r->jsmn, r->text, to, r->tokens, (unsigned)r->capacity);
    return result != JSMN_ERROR_INVAL && result != JSMN_ERROR_NOMEM && r->jsmn.pos == to;
}

/* The innermost token that is open; NULL: none. */
static jsmntok_t *parent(const struct reader *r) {
    return r->jsmn.toksuper < 0 ? NULL : &r->tokens[r->jsmn.toksuper];
}

/* Forgets what is within the innermost one and closed. */
static void forget(struct reader *r) {
    r->jsmn.toknext = (unsigned)(r->jsmn.toksuper + 1);
}

/* The steps that may come in the value that begins now. */
static json_steps steps_here(const struct reader *r) {
    const jsmntok_t *in = parent(r);
    if (!in)
        return r->path.first;
    const json_steps steps = r->steps[r->jsmn.toksuper];
    return in->type == JSMN_ARRAY ? json_path_enter_item(&r->path, steps, (uint64_t)in->size)
                                  : steps; /* of the member, whose name it is */
}

static void end_value(struct reader *r) {
    r->expected = r->jsmn.toksuper < 0 ? NOTHING : COMMA;
}

static ivn_status open_container(struct reader *r, size_t at, ivn_error *err) {
    const unsigned token = r->jsmn.toknext;
    if (r->expected != VALUE && r->expected != VALUE_OR_END)
        return refuse_token(r, at, err);
    if (!reserve(r))
        return error_memory(err);
    const json_steps steps = r->has_path ? steps_here(r) : 0;
    if (!feed(r, at + 1))
        return refuse_token(r, at, err);
    if (r->has_path)
        r->steps[token] = steps;
    r->expected = r->text[at] == '{' ? NAME_OR_END : VALUE_OR_END;
    return IVN_OK;
}

static ivn_status close_container(struct reader *r, size_t at, ivn_error *err) {
    const bool may =
        r->expected == COMMA || r->expected == (r->text[at] == '}' ? NAME_OR_END : VALUE_OR_END);
    if (!may || !feed(r, at + 1))
        return refuse_token(r, at, err);
    forget(r);
    end_value(r);
    return IVN_OK;
}

static ivn_status take_comma(struct reader *r, size_t at, ivn_error *err) {
    if (r->expected != COMMA || !feed(r, at + 1))
        return refuse_token(r, at, err);
    forget(r);
    r->expected = parent(r)->type == JSMN_OBJECT ? NAME : VALUE;
    return IVN_OK;
}

static ivn_status take_colon(struct reader *r, size_t at, ivn_error *err) {
    if (r->expected != COLON || !feed(r, at + 1))
        return refuse_token(r, at, err);
    r->expected = VALUE;
    return IVN_OK;
}

static void take_name(struct reader *r, unsigned token, const struct json_string *s) {
    if (r->has_path)
        r->steps[token] = json_path_enter_member(&r->path, r->steps[r->jsmn.toksuper],
                                                 r->text + s->from, s->to - s->from);
    r->expected = COLON;
}

static ivn_status take_string(struct reader *r, size_t at, ivn_error *err) {
    const bool name = r->expected == NAME || r->expected == NAME_OR_END;
    const unsigned token = r->jsmn.toknext;
    struct json_string s;
    if (!name && r->expected != VALUE && r->expected != VALUE_OR_END)
        return refuse_token(r, at, err);
    if (!reserve(r))
        return error_memory(err);
    if (!json_string_find(&s, r->text, at, r->end, &r->upper))
        return s.to < r->end
                   ? refuse(r, s.to,
                            N_("malformed JSON: a control character in a string; write "
                               "it as an escape such as \\n"),
                            err)
                   : refuse(r, at, N_("malformed JSON: the string that begins here has no end"),
                            err);
    const bool chosen = !r->has_path || (!name && json_path_ends(&r->path, steps_here(r)));
    if (!feed(r, s.to + 1))
        return refuse(r, r->jsmn.pos,
                      N_("malformed JSON: the string that begins here has an escape that JSON does "
                         "not know"),
                      err);
    if (name) {
        take_name(r, token, &s);
        return IVN_OK;
    }
    if (r->prose && chosen)
        json_string_tell(r->prose, &s, r->upper);
    end_value(r);
    return IVN_OK;
}

static ivn_status take_primitive(struct reader *r, size_t at, ivn_error *err) {
    const size_t end = primitive_end(r, at);
    if (r->expected != VALUE && r->expected != VALUE_OR_END)
        return refuse_token(r, at, err);
    if (!is_primitive(r->text + at, end - at))
        return refuse(r, at, N_("malformed JSON: what begins here is no value"), err);
    if (!reserve(r))
        return error_memory(err);
    if (!feed(r, end))
        return refuse_token(r, at, err);
    end_value(r);
    return IVN_OK;
}

static ivn_status take_token(struct reader *r, size_t at, ivn_error *err) {
    switch (r->text[at]) {
    case '{':
    case '[':
        return open_container(r, at, err);
    case '}':
    case ']':
        return close_container(r, at, err);
    case ',':
        return take_comma(r, at, err);
    case ':':
        return take_colon(r, at, err);
    case '"':
        return take_string(r, at, err);
    default:
        return take_primitive(r, at, err);
    }
}

/* ---- documents ---- */

static size_t skip_space(const char *text, size_t at, size_t end) {
    while (at < end && text[at] && strchr(" \t\r\n", text[at]))
        at++;
    return at;
}

/* One document, [from, to) of the text. */
static ivn_status read_value(struct reader *r, size_t from, size_t to, ivn_error *err) {
    ivn_status status = IVN_OK;
    jsmn_init(&r->jsmn);
    r->jsmn.pos = (unsigned)from;
    r->end = to;
    r->expected = VALUE;
    for (size_t at = from; status == IVN_OK && (at = skip_space(r->text, r->jsmn.pos, to)) < to;)
        status = take_token(r, at, err);
    if (status == IVN_OK && r->expected != NOTHING)
        status = refuse_token(r, to, err);
    return status;
}

/* Each line is a document; at most `lines` of them. */
static ivn_status read_lines(struct reader *r, size_t n, size_t lines, ivn_error *err) {
    ivn_status status = IVN_OK;
    for (size_t at = utf8_mark(r->text, n), end; at < n && status == IVN_OK && lines;
         at = end + 1) {
        const char *line_end = memchr(r->text + at, '\n', n - at);
        end = line_end ? (size_t)(line_end - r->text) : n;
        if (skip_space(r->text, at, end) == end)
            continue;
        status = read_value(r, at, end, err);
        lines--;
    }
    return status;
}

static void fini(struct reader *r) {
    free(r->tokens);
    free(r->steps);
    json_path_fini(&r->path);
}

static ivn_status read_all(ivn_prose *p, bool lines, ivn_error *err) {
    struct reader r = {.prose = p, .text = p->source, .has_path = p->chosen != NULL};
    ivn_status status = IVN_OK;
    if (r.has_path)
        status = json_path_init(&r.path, p->chosen, err);
    if (status == IVN_OK)
        status = lines ? read_lines(&r, p->size, SIZE_MAX, err)
                       : read_value(&r, utf8_mark(r.text, p->size), p->size, err);
    fini(&r);
    return status;
}

bool doc_json_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                    struct buffer *out) {
    (void)p;
    return json_string_write(piece->style, text, n, out);
}

ivn_status doc_json_read(ivn_prose *p, ivn_error *err) {
    return read_all(p, false, err);
}

ivn_status doc_jsonl_read(ivn_prose *p, ivn_error *err) {
    return read_all(p, true, err);
}

bool doc_json_is(const char *text, size_t n) {
    struct reader r = {.text = text};
    const size_t from = utf8_mark(text, n), at = skip_space(text, from, n);
    bool is = n <= INT_MAX && at < n && (text[at] == '{' || text[at] == '[');
    is = is && read_value(&r, from, n, NULL) == IVN_OK;
    fini(&r);
    return is;
}

bool doc_jsonl_is(const char *text, size_t n) {
    enum { LINES = 8 };
    struct reader r = {.text = text};
    const size_t from = utf8_mark(text, n);
    for (size_t at = skip_space(text, from, n), i = 0; i < LINES && at < n; i++) {
        const char *end = memchr(text + at, '\n', n - at);
        if (text[at] != '{')
            return false;
        at = skip_space(text, end ? (size_t)(end - text) : n, n);
    }
    const bool is =
        n <= INT_MAX && skip_space(text, from, n) < n && read_lines(&r, n, LINES, NULL) == IVN_OK;
    fini(&r);
    return is;
}
