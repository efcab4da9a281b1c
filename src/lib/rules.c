/* SPDX-License-Identifier: Apache-2.0 */
/* Reading *.rules files; rules_choose.c and rules_compile.c do the rest. */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "error.h"
#include "rules_private.h"
#include "utf8.h"

const char *const locale_names[LOCALE_COUNT] = {"zh-CN", "zh-TW", "zh-HK"};

static const char *const step_names[STEP_COUNT] = {"protect", "chars",  "pairs",  "marks",
                                                   "tidy",    "spaces", "narrow", "report"};
static const char *const action_names[] = {"replace", "protect", "url",    "tag",
                                           "line",    "report",  "builtin"};
static const char *const condition_names[] = {"embedded", "prose", "tabular", "rtl",
                                              "title",    "last",  "first"};
static const char *const lines_names[] = {"chinese", "any", "other"};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

int locale_index(const char *name, size_t n) {
    for (int i = 0; i < LOCALE_COUNT; i++)
        if (strlen(locale_names[i]) == n && memcmp(locale_names[i], name, n) == 0)
            return i;
    return -1;
}

static int find_name(const char *const *names, size_t count, const char *name, size_t n) {
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)
            return (int)i;
    return -1;
}

ivn_status rule_set_new(struct rule_set **out, ivn_error *err) {
    struct rule_set *s = calloc(1, sizeof *s);
    if (!s)
        return error_memory(err);
    s->locale = -1;
    *out = s;
    return IVN_OK;
}

static void fini_patterns(struct rule *r) {
    for (size_t i = 0; i < r->pattern_count; i++) {
        struct rule_pattern *p = &r->patterns[i];
        free(p->with);
        pcre2_code_free(p->code);
        free(p->literals);
        free(p->pieces);
        free(p->map);
    }
    free(r->patterns);
    free(r->examples);
}

void rule_set_free(struct rule_set *s) {
    if (!s)
        return;
    for (size_t i = 0; i < s->rule_count; i++)
        fini_patterns(&s->rules[i]);
    free(s->rules);
    free(s->classes);
    free(s->styles);
    for (size_t i = 0; i < s->copy_count; i++)
        free(s->copies[i]);
    free(s->copies);
    free(s->active);
    free(s->dispatch.order);
    for (int side = 0; side < SIDES; side++)
        free(s->dispatch.sides[side].sets);
    free(s);
}

/* ---- one file ---- */

struct parser {
    struct rule_set *set;
    ivn_error *err;
    const char *file;
    enum rule_owner owner;
    struct rule rule; /* of the current block; id NULL = none yet */
    bool in_classes;
    struct rule_style *style; /* of the current block; NULL = it is none */
    unsigned line;
    unsigned column; /* of the value, in bytes: what stands before it is ASCII */
    const char *bad; /* an example that waits for its `good` */
    unsigned bad_line;
    struct rule_scope bad_scope;
};

struct field {
    const char *name;
    size_t name_length;
    struct rule_scope scope;
    char *value;
};

static ivn_status fail(const struct parser *p, const char *message, const char *a, const char *b) {
    error_set(p->err, IVN_SYNTAX, message, a, b, NULL);
    error_place(p->err, p->file, p->line, p->column);
    return IVN_SYNTAX;
}

/* Room for one more item of an array of the set or a rule. */
static bool grow(void *array, size_t *capacity, size_t count, size_t item_size) {
    void *items;
    memcpy(&items, array, sizeof items);
    bool ok = array_grow(&items, capacity, count + 1, item_size);
    memcpy(array, &items, sizeof items);
    return ok;
}

bool next_word(const char **at, const char **word, size_t *n) {
    *at += strspn(*at, " \t");
    *word = *at;
    *n = strcspn(*at, " \t");
    *at += *n;
    return *n > 0;
}

static ivn_status add_class(struct parser *p, char *value) {
    struct rule_set *s = p->set;
    char *equals = strchr(value, '=');
    size_t n = equals ? strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-") : 0;
    if (n == 0 || value + n + strspn(value + n, " ") != equals)
        return fail(p, N_("a class is written as 'class: name = text'"), NULL, NULL);
    char *text = equals + 1 + strspn(equals + 1, " ");
    value[n] = '\0';
    for (size_t i = 0; i < s->class_count; i++)
        if (strcmp(s->classes[i].name, value) == 0)
            return fail(p, N_("class '%s' is defined already; give this one another name"), value,
                        NULL);
    if (!grow(&s->classes, &s->class_capacity, s->class_count, sizeof *s->classes))
        return error_memory(p->err);
    s->classes[s->class_count++] = (struct rule_class){.name = value, .text = text};
    return IVN_OK;
}

/* "dash = —— ⸺ keep" */
static ivn_status begin_style(struct parser *p, char *value) {
    struct rule_set *s = p->set;
    char *equals = strchr(value, '=');
    size_t n = equals ? strspn(value, "abcdefghijklmnopqrstuvwxyz-") : 0;
    const char *word, *at = equals ? equals + 1 : "";
    size_t length;
    if (n == 0 || value + n + strspn(value + n, " ") != equals || !next_word(&at, &word, &length))
        return fail(p, N_("a style is written as 'style: name = value value'"), NULL, NULL);
    value[n] = '\0';
    if (find_style(s, value, n))
        return fail(p, N_("style '%s' is defined already; give this one another name"), value,
                    NULL);
    for (at = equals + 1; next_word(&at, &word, &length);)
        if (length >= STYLE_SIZE)
            return fail(p, N_("'%s': the value of a style has less than 32 bytes"), word, NULL);
    if (!grow(&s->styles, &s->style_capacity, s->style_count, sizeof *s->styles))
        return error_memory(p->err);
    p->style = &s->styles[s->style_count++];
    *p->style = (struct rule_style){
        .name = value, .values = equals + 1, .why = "", .file = p->file, .line = p->line};
    return IVN_OK;
}

static bool id_is_well_formed(const char *id) {
    static const char set[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t group = strspn(id, set);
    if (group == 0 || id[group] != '.')
        return false;
    size_t name = strspn(id + group + 1, set);
    return name > 0 && id[group + 1 + name] == '\0';
}

static ivn_status begin_rule(struct parser *p, const char *id) {
    if (!id_is_well_formed(id))
        return fail(p, N_("'%s' is not a rule id; write GROUP.NAME in lower case"), id, NULL);
    for (size_t i = 0; i < p->set->rule_count; i++) {
        const struct rule *r = &p->set->rules[i];
        if (strcmp(r->id, id) == 0 && r->file == p->file)
            return fail(p, N_("rule '%s' occurs twice in this file; remove one of the two"), id,
                        NULL);
    }
    p->rule.id = id;
    p->rule.line = p->line;
    return IVN_OK;
}

static ivn_status add_match(struct parser *p, const char *value, bool is_map) {
    struct rule *r = &p->rule;
    if (!grow(&r->patterns, &r->pattern_capacity, r->pattern_count, sizeof *r->patterns))
        return error_memory(p->err);
    struct rule_pattern *pattern = &r->patterns[r->pattern_count++];
    memset(pattern, 0, sizeof *pattern);
    pattern->match = value;
    pattern->is_map = is_map;
    pattern->line = p->line;
    pattern->column = p->column;
    pattern->at_line_start = value[0] == '^';
    return IVN_OK;
}

static ivn_status add_with(struct parser *p, const struct field *f) {
    struct rule *r = &p->rule;
    /* A builtin has only a `with`. */
    if (r->pattern_count == 0 && add_match(p, "", false) != IVN_OK)
        return IVN_NO_MEMORY;
    struct rule_pattern *pattern = &r->patterns[r->pattern_count - 1];
    if (!grow(&pattern->with, &pattern->with_capacity, pattern->with_count, sizeof *pattern->with))
        return error_memory(p->err);
    pattern->with[pattern->with_count++] =
        (struct scoped_text){.scope = f->scope, .text = f->value};
    return IVN_OK;
}

static ivn_status add_example(struct parser *p, const struct field *f, bool keep) {
    struct rule *r = &p->rule;
    if (!keep && !p->bad)
        return fail(p, N_("'good' without a 'bad' before it; write the input as 'bad'"), NULL,
                    NULL);
    if (!grow(&r->examples, &r->example_capacity, r->example_count, sizeof *r->examples))
        return error_memory(p->err);
    struct rule_example e = {.text = f->value, .line = p->line, .scope = f->scope};
    if (!keep) {
        e.text = p->bad;
        e.good = f->value;
        e.line = p->bad_line;
        if (e.scope.locale == LOCALES_ALL && !*e.scope.style)
            e.scope = p->bad_scope;
    }
    r->examples[r->example_count++] = e;
    return IVN_OK;
}

static ivn_status set_locales(struct parser *p, const char *value) {
    const char *word;
    size_t n;
    p->rule.locales = 0;
    while (next_word(&value, &word, &n)) {
        int index = locale_index(word, n);
        if (index < 0)
            return fail(p, N_("unknown target in '%s'; use zh-CN, zh-TW, zh-HK"), word, NULL);
        p->rule.locales |= 1U << index;
    }
    return IVN_OK;
}

static ivn_status set_conditions(struct parser *p, const char *value) {
    const char *word;
    size_t n;
    while (next_word(&value, &word, &n)) {
        bool negated = word[0] == '!';
        int index = find_name(condition_names, COUNT_OF(condition_names), word + negated,
                              n - (size_t)negated);
        if (index < 0)
            return fail(p,
                        N_("unknown condition in '%s'; use embedded, prose, tabular, rtl, "
                           "title, first, last"),
                        word, NULL);
        *(negated ? &p->rule.when_not : &p->rule.when) |= 1U << index;
    }
    return IVN_OK;
}

static ivn_status set_choice(struct parser *p, const struct field *f) {
    struct rule *r = &p->rule;
    size_t n = strlen(f->value);
    int index;
    switch (f->name[0]) {
    case 's':
        if ((index = find_name(step_names, STEP_COUNT, f->value, n)) < 0)
            return fail(p,
                        N_("unknown step '%s'; use protect, chars, pairs, marks, tidy, spaces, "
                           "narrow, report"),
                        f->value, NULL);
        r->step = (enum rule_step)index;
        return IVN_OK;
    case 'a':
        if ((index = find_name(action_names, COUNT_OF(action_names), f->value, n)) < 0)
            return fail(p, N_("unknown action '%s'; use replace, protect, url, tag, line, report"),
                        f->value, NULL);
        r->action = (enum rule_action)index;
        return IVN_OK;
    case 'l':
        if ((index = find_name(lines_names, COUNT_OF(lines_names), f->value, n)) < 0)
            return fail(p, N_("'lines' is chinese, any or other, not '%s'"), f->value, NULL);
        r->lines = (enum rule_lines)index;
        return IVN_OK;
    default:
        r->by_default = strcmp(f->value, "on") == 0;
        if (!r->by_default && strcmp(f->value, "off") != 0)
            return fail(p, N_("'default' is on or off, not '%s'"), f->value, NULL);
        return IVN_OK;
    }
}

static bool field_is(const struct field *f, const char *name) {
    return strlen(name) == f->name_length && memcmp(f->name, name, f->name_length) == 0;
}

static ivn_status take_field(struct parser *p, const struct field *f) {
    if (field_is(f, "class")) {
        p->in_classes = true;
        return p->rule.id
                   ? fail(p, N_("a class inside a rule; put a blank line before it"), NULL, NULL)
                   : add_class(p, f->value);
    }
    if (field_is(f, "rule"))
        return p->rule.id ? fail(p, N_("a second 'rule' in a block; put a blank line before it"),
                                 NULL, NULL)
                          : begin_rule(p, f->value);
    if (field_is(f, "style"))
        return p->rule.id || p->style
                   ? fail(p, N_("a style inside a block; put a blank line before it"), NULL, NULL)
                   : begin_style(p, f->value);
    if (p->style && field_is(f, "why")) {
        p->style->why = f->value;
        return IVN_OK;
    }
    if (!p->rule.id)
        return fail(p, N_("a block begins with 'rule: GROUP.NAME'"), NULL, NULL);
    if (p->bad && !field_is(f, "good"))
        return fail(p, N_("'bad' without its 'good'; write the result in the line after it"), NULL,
                    NULL);
    if (field_is(f, "why")) {
        p->rule.why = f->value;
        return IVN_OK;
    }
    if (field_is(f, "match"))
        return add_match(p, f->value, false);
    if (field_is(f, "map"))
        return add_match(p, f->value, true);
    if (field_is(f, "with"))
        return add_with(p, f);
    if (field_is(f, "in"))
        return set_locales(p, f->value);
    if (field_is(f, "when"))
        return set_conditions(p, f->value);
    if (field_is(f, "only")) {
        p->rule.only = f->value;
        return IVN_OK;
    }
    if (field_is(f, "step") || field_is(f, "action") || field_is(f, "lines") ||
        field_is(f, "default"))
        return set_choice(p, f);
    if (field_is(f, "keep"))
        return add_example(p, f, true);
    if (field_is(f, "bad")) {
        p->bad = f->value;
        p->bad_line = p->line;
        p->bad_scope = f->scope;
        return IVN_OK;
    }
    if (field_is(f, "good")) {
        ivn_status status = add_example(p, f, false);
        p->bad = NULL;
        return status;
    }
    return fail(p,
                N_("unknown field; use rule, why, step, action, match, with, map, lines, when, "
                   "in, only, default, bad, good or keep"),
                NULL, NULL);
}

/* Puts the finished block into the set. */
static ivn_status end_block(struct parser *p) {
    struct rule_set *s = p->set;
    struct rule *r = &p->rule;
    p->in_classes = false;
    p->style = NULL;
    if (!r->id)
        return IVN_OK;
    if (p->bad)
        return fail(p, N_("'bad' without its 'good'; write the result in the line after it"), NULL,
                    NULL);
    bool has_match = r->pattern_count > 0;
    for (size_t i = 0; i < r->pattern_count; i++)
        has_match = has_match && r->patterns[i].match[0];
    if (!has_match && r->action != ACTION_BUILTIN) {
        p->line = r->line;
        return fail(p, N_("rule '%s' has no 'match'; say what it looks for"), r->id, NULL);
    }
    if (r->action == ACTION_REPORT)
        r->step = STEP_REPORT;
    else if (r->action != ACTION_REPLACE && r->action != ACTION_BUILTIN)
        r->step = STEP_PROTECT;
    r->file = p->file;
    r->owner = p->owner;
    size_t at = 0;
    while (at < s->rule_count && strcmp(s->rules[at].id, r->id) != 0)
        at++;
    if (at < s->rule_count)
        fini_patterns(&s->rules[at]);
    else if (!grow(&s->rules, &s->rule_capacity, s->rule_count, sizeof *s->rules))
        return error_memory(p->err);
    else
        s->rule_count++;
    s->rules[at] = *r;
    memset(r, 0, sizeof *r);
    return IVN_OK;
}

/* A copy that the set owns, with a NUL behind it. */
static char *keep_copy(struct rule_set *s, const char *text, size_t n) {
    if (!grow(&s->copies, &s->copy_capacity, s->copy_count, sizeof *s->copies))
        return NULL;
    char *copy = malloc(n + 1);
    if (!copy)
        return NULL;
    if (n)
        memcpy(copy, text, n);
    copy[n] = '\0';
    s->copies[s->copy_count++] = copy;
    return copy;
}

/* "zh-TW", "spacing=insert", or some of them with commas between; the style's words are kept with
 * spaces between. */
static ivn_status take_scope(struct parser *p, const char *text, size_t n,
                             struct rule_scope *scope) {
    char *words = keep_copy(p->set, text, n), *out = words;
    if (!words)
        return error_memory(p->err);
    scope->style = words;
    for (char *word = words, *next; word; word = next) {
        next = strchr(word, ',');
        if (next)
            *next++ = '\0';
        size_t length = strlen(word);
        if (memchr(word, '=', length)) {
            memmove(out, word, length);
            out += length;
            *out++ = ' '; /* where the comma was, or the end */
        } else if ((scope->locale = locale_index(word, length)) < 0) {
            return fail(p, N_("unknown target in '%s'; use zh-CN, zh-TW, zh-HK"), word, NULL);
        }
    }
    if (out > words)
        out--;
    *out = '\0';
    return IVN_OK;
}

static ivn_status parse_line(struct parser *p, char *line) {
    size_t end = strlen(line);
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t' || line[end - 1] == '\r'))
        line[--end] = '\0';
    p->column = 1;
    if (line[0] == '#')
        return IVN_OK;
    if (!line[0])
        return end_block(p);
    struct field f = {.name = line, .scope = {.locale = LOCALES_ALL, .style = ""}};
    f.name_length = strspn(line, "abcdefghijklmnopqrstuvwxyz");
    size_t at = f.name_length;
    size_t scope = line[at] == '@' ? at + 1 : 0;
    if (scope)
        at = scope + strcspn(line + scope, ": ");
    if (f.name_length == 0 || line[at] != ':')
        return fail(p, N_("a line is 'field: value'; a comment begins with #"), NULL, NULL);
    f.value = line + at + 1 + strspn(line + at + 1, " \t");
    p->column = (unsigned)scope + 1;
    ivn_status status = scope ? take_scope(p, line + scope, at - scope, &f.scope) : IVN_OK;
    if (status != IVN_OK)
        return status;
    p->column = (unsigned)(f.value - line) + 1;
    if (!p->rule.id && !p->in_classes && !p->style)
        p->rule = (struct rule){.locales = (1U << LOCALE_COUNT) - 1,
                                .step = STEP_MARKS,
                                .by_default = true,
                                .only = "",
                                .why = ""};
    return take_field(p, &f);
}

/* Patterns run without a check of the text, so that none may come in by a replacement. */
static ivn_status check_encoding(struct parser *p, const char *line) {
    size_t n = strlen(line);
    if (utf8_valid(line, n) < n)
        return fail(p, N_("a byte here is not valid UTF-8; save the file as UTF-8"), NULL, NULL);
    return IVN_OK;
}

ivn_status rule_set_add(struct rule_set *s, const char *file, enum rule_owner owner,
                        const char *text, size_t n, ivn_error *err) {
    if (n == SIZE_MAX)
        return error_memory(err);
    const char *name = keep_copy(s, file, strlen(file));
    char *copy = keep_copy(s, text, n);
    if (!name || !copy)
        return error_memory(err);
    struct parser p = {.set = s, .err = err, .file = name, .owner = owner};
    ivn_status status = IVN_OK;
    if (n && memchr(copy, '\0', n))
        status = fail(&p, N_("a NUL byte; a rules file is UTF-8 text"), NULL, NULL);
    bool marked = n >= 3 && memcmp(copy, "\xEF\xBB\xBF", 3) == 0; /* a byte order mark */
    for (char *line = marked ? copy + 3 : copy; line && status == IVN_OK;) {
        char *next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        p.line++;
        status = check_encoding(&p, line);
        if (status == IVN_OK)
            status = parse_line(&p, line);
        line = next;
    }
    if (status == IVN_OK)
        status = end_block(&p);
    if (status != IVN_OK)
        fini_patterns(&p.rule);
    return status;
}

bool rule_set_get(const struct rule_set *s, size_t index, ivn_rule *rule) {
    if (index >= s->rule_count)
        return false;
    const struct rule *r = &s->rules[index];
    *rule = (ivn_rule){.id = r->id,
                       .why = r->why,
                       .file = r->file,
                       .line = r->line,
                       .report = r->step == STEP_REPORT,
                       .enabled = r->enabled,
                       .cause = r->cause,
                       .style = r->style ? r->style->name : "",
                       .value = r->style ? r->style->value : ""};
    return true;
}

bool rule_set_get_style(const struct rule_set *s, size_t index, ivn_style *style) {
    if (index >= s->style_count)
        return false;
    const struct rule_style *x = &s->styles[index];
    *style = (ivn_style){.name = x->name,
                         .value = x->value,
                         .values = x->values + strspn(x->values, " "),
                         .why = x->why,
                         .file = x->file,
                         .line = x->line,
                         .cause = x->cause};
    return true;
}

void rule_set_count_examples(const struct rule_set *s, size_t index, struct rule_examples *out) {
    const struct rule *r = &s->rules[index];
    *out = (struct rule_examples){0};
    for (size_t i = 0; i < r->example_count; i++)
        ++*(r->examples[i].good ? &out->changed : &out->kept);
}
