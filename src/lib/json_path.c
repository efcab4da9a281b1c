/* SPDX-License-Identifier: Apache-2.0 */
#include "json_path.h"

#include <string.h>

#include "error.h"
#include "json_escape.h"
#include "utf8.h"

/* ---- compiling ---- */

struct parser {
    struct json_path *path;
    const char *text, *at;
    bool no_memory;
};

static void skip_space(struct parser *r) {
    r->at += strspn(r->at, " \t");
}

static bool add(struct parser *r, struct json_step step) {
    if (r->path->count == JSON_PATH_STEPS)
        return false;
    r->path->steps[r->path->count++] = step;
    return true;
}

static bool add_name(struct parser *r, bool deep, size_t length) {
    return add(r, (struct json_step){.kind = STEP_NAME,
                                     .deep = deep,
                                     .at = r->path->names.size - length,
                                     .length = length});
}

static bool keep(struct parser *r, const char *s, size_t n) {
    r->no_memory |= !buffer_append(&r->path->names, s, n);
    return !r->no_memory;
}

/* name or *, behind a dot. */
static bool parse_plain(struct parser *r, bool deep) {
    const size_t n = strcspn(r->at, ".[],'\"*$@?() \t");
    if (*r->at == '*') {
        r->at++;
        return add(r, (struct json_step){.kind = STEP_ANY, .deep = deep});
    }
    if (n == 0 || !keep(r, r->at, n) || !add_name(r, deep, n))
        return false;
    r->at += n;
    return true;
}

/* 'name' or "name"; a backslash takes the next character as it is. */
static bool parse_quoted(struct parser *r, bool deep) {
    const char quote = *r->at++;
    size_t length = 0;
    for (; *r->at && *r->at != quote; r->at++, length++) {
        r->at += *r->at == '\\' && r->at[1];
        if (!keep(r, r->at, 1))
            return false;
    }
    if (!*r->at || !add_name(r, deep, length))
        return false;
    r->at++;
    return true;
}

static bool parse_index(struct parser *r, bool deep) {
    const size_t digits = strspn(r->at, "0123456789");
    struct json_step step = {.kind = STEP_INDEX, .deep = deep};
    if (digits == 0 || digits > 10)
        return false;
    for (size_t i = 0; i < digits; i++)
        step.index = step.index * 10 + (uint64_t)(*r->at++ - '0');
    return add(r, step);
}

/* What stands in brackets. */
static bool parse_bracket(struct parser *r, bool deep) {
    bool ok;
    r->at++;
    skip_space(r);
    if (*r->at == '*') {
        ok = add(r, (struct json_step){.kind = STEP_ANY, .deep = deep});
        r->at += ok;
    } else if (*r->at == '\'' || *r->at == '"') {
        ok = parse_quoted(r, deep);
    } else {
        ok = parse_index(r, deep);
    }
    skip_space(r);
    if (!ok || *r->at != ']')
        return false;
    r->at++;
    return true;
}

static bool parse_step(struct parser *r) {
    bool deep = false;
    if (*r->at == '.') {
        deep = r->at[1] == '.';
        r->at += 1 + deep;
        if (!deep || *r->at != '[')
            return parse_plain(r, deep);
    }
    return *r->at == '[' && parse_bracket(r, deep);
}

static bool parse_path(struct parser *r) {
    skip_space(r);
    if (*r->at != '$' || r->path->count == JSON_PATH_STEPS)
        return false;
    r->at++;
    r->path->first |= (json_steps)1 << r->path->count;
    while (*r->at == '.' || *r->at == '[')
        if (!parse_step(r))
            return false;
    skip_space(r);
    return add(r, (struct json_step){.kind = STEP_END});
}

static ivn_status refuse(const struct parser *r, ivn_error *err) {
    char column[DECIMAL_SIZE];
    const char *digits = decimal(column, 1 + utf8_count(r->text, (size_t)(r->at - r->text)));
    if (r->no_memory)
        return error_memory(err);
    if (r->path->count == JSON_PATH_STEPS)
        return error_set(err, IVN_SYNTAX,
                         N_("the JSON path '%s' has too many steps; use fewer or shorter paths"),
                         r->text, NULL, NULL);
    return error_set(err, IVN_SYNTAX,
                     N_("the JSON path '%s' is malformed at character %s; write paths like "
                        "$.title, $.items[*].text or $..note"),
                     r->text, digits, NULL);
}

ivn_status json_path_init(struct json_path *path, const char *text, ivn_error *err) {
    struct parser r = {.path = path, .text = text, .at = text};
    *path = (struct json_path){0};
    do {
        r.at += r.at > text; /* the comma */
        if (!parse_path(&r) || (*r.at && *r.at != ','))
            return refuse(&r, err);
    } while (*r.at);
    return IVN_OK;
}

void json_path_fini(struct json_path *path) {
    buffer_fini(&path->names);
}

/* ---- matching ---- */

static bool is_name(const struct json_path *path, const struct json_step *step, const char *name,
                    size_t n) {
    const char *want = step->length ? path->names.data + step->at : "";
    size_t left = step->length;
    for (size_t i = 0, length; i < n; i += length) {
        uint32_t code_point;
        char text[4];
        size_t size = length = 1;
        if (name[i] == '\\') {
            length = json_escape_decode(name + i, n - i, &code_point);
            if (code_point == JSON_LONE_SURROGATE)
                return false;
            size = utf8_encode(code_point, text);
        } else {
            text[0] = name[i];
        }
        if (size > left || memcmp(want, text, size) != 0)
            return false;
        want += size;
        left -= size;
    }
    return left == 0;
}

/* Goes one level down; name NULL: into an item. */
static json_steps enter(const struct json_path *path, json_steps now, const char *name, size_t n,
                        uint64_t index) {
    json_steps next = 0;
    for (; now; now &= now - 1) {
        const unsigned i = (unsigned)__builtin_ctzll(now);
        const struct json_step *s = &path->steps[i];
        const bool fits = s->kind == STEP_ANY ||
                          (s->kind == STEP_INDEX && !name && s->index == index) ||
                          (s->kind == STEP_NAME && name && is_name(path, s, name, n));
        next |= (json_steps)fits << (i + 1) % JSON_PATH_STEPS;
        next |= (json_steps)s->deep << i;
    }
    return next;
}

json_steps json_path_enter_member(const struct json_path *path, json_steps now, const char *name,
                                  size_t n) {
    return enter(path, now, name, n, 0);
}

json_steps json_path_enter_item(const struct json_path *path, json_steps now, uint64_t index) {
    return enter(path, now, NULL, 0, index);
}

bool json_path_ends(const struct json_path *path, json_steps now) {
    for (; now; now &= now - 1)
        if (path->steps[__builtin_ctzll(now)].kind == STEP_END)
            return true;
    return false;
}
