/* SPDX-License-Identifier: Apache-2.0 */
/* Which styles and rules of a set are in force, and who decided it. */
#include <string.h>

#include "error.h"
#include "rules_private.h"

static bool is_word(const char *word, size_t n, const char *text) {
    return strlen(text) == n && memcmp(word, text, n) == 0;
}

/* Whether the name is the rule's id or its group. */
static bool names_rule(const char *name, size_t n, const struct rule *r) {
    return is_word(name, n, r->id) || (n == strcspn(r->id, ".") && memcmp(name, r->id, n) == 0);
}

struct rule_style *find_style(const struct rule_set *s, const char *name, size_t n) {
    for (size_t i = 0; i < s->style_count; i++)
        if (is_word(name, n, s->styles[i].name))
            return &s->styles[i];
    return NULL;
}

/* The style that a word "NAME=VALUE" is about; *value and *value_length tell the rest. */
static struct rule_style *take_style(const struct rule_set *s, const char *word, size_t n,
                                     const char **value, size_t *value_length) {
    const char *equals = memchr(word, '=', n);
    if (!equals)
        return NULL;
    *value = equals + 1;
    *value_length = n - (size_t)(*value - word);
    return find_style(s, word, (size_t)(equals - word));
}

static bool has_value(const char *values, const char *value, size_t n) {
    const char *word;
    size_t length;
    while (next_word(&values, &word, &length))
        if (length == n && memcmp(word, value, n) == 0)
            return true;
    return false;
}

bool scope_holds(const struct rule_set *s, const struct rule_scope *scope) {
    const char *at = scope->style, *word, *value;
    size_t n, length;
    if (scope->locale != LOCALES_ALL && scope->locale != s->locale)
        return false;
    while (next_word(&at, &word, &n)) {
        const struct rule_style *style = take_style(s, word, n, &value, &length);
        if (!style || !is_word(value, length, style->value))
            return false;
    }
    return true;
}

const char *pattern_text(const struct rule_set *s, const struct rule_pattern *p) {
    const char *plain = "";
    for (size_t i = 0; i < p->with_count; i++) {
        const struct scoped_text *with = &p->with[i];
        if (with->scope.locale == LOCALES_ALL && !*with->scope.style)
            plain = with->text;
        else if (scope_holds(s, &with->scope))
            return with->text;
    }
    return plain;
}

/* ---- choosing ---- */

/* message is about the word of n bytes. */
static ivn_status unknown(ivn_error *err, const char *message, const char *word, size_t n,
                          const char *values) {
    error_set(err, IVN_SYNTAX, message, "", values, NULL);
    if (err)
        error_copy(err->args[0], word, n);
    return IVN_SYNTAX;
}

static ivn_status choose_value(struct rule_set *s, const char *word, size_t n, ivn_cause cause,
                               ivn_error *err) {
    const char *value;
    size_t length;
    struct rule_style *style = take_style(s, word, n, &value, &length);
    if (!style)
        return unknown(err, N_("there is no style as in '%s'; --list-rules shows them"), word, n,
                       NULL);
    if (!has_value(style->values, value, length))
        return unknown(err, N_("unknown value in '%s'; use one of: %s"), word, n,
                       style->values + strspn(style->values, " "));
    memcpy(style->value, value, length);
    style->value[length] = '\0';
    style->cause = cause;
    return IVN_OK;
}

static ivn_status switch_rules(struct rule_set *s, const char *word, size_t n, ivn_cause cause,
                               ivn_error *err) {
    bool found = false;
    for (size_t i = 0; i < s->rule_count; i++) {
        struct rule *r = &s->rules[i];
        if (!names_rule(word + 1, n - 1, r))
            continue;
        found = true;
        r->enabled = word[0] == '+';
        r->cause = cause;
    }
    return found ? IVN_OK
                 : unknown(err, N_("there is no rule or group '%s'; --list-rules shows them"),
                           word + 1, n - 1, NULL);
}

static ivn_status choose(struct rule_set *s, const char *words, ivn_cause cause, ivn_error *err) {
    const char *word;
    size_t n;
    ivn_status status = IVN_OK;
    while (status == IVN_OK && words && next_word(&words, &word, &n)) {
        if (word[0] == '+' || word[0] == '-')
            status = switch_rules(s, word, n, cause, err);
        else
            status = choose_value(s, word, n, cause, err);
    }
    return status;
}

/* Whether a list of "NAME=VALUE" has the chosen value of the style. */
static bool lists_choice(const struct rule_set *s, const char *list,
                         const struct rule_style *style) {
    const char *word, *value;
    size_t n, length;
    while (next_word(&list, &word, &n))
        if (take_style(s, word, n, &value, &length) == style &&
            is_word(value, length, style->value))
            return true;
    return false;
}

/* The first style in a replacement's {{name}}s that is to be left as it is; NULL = none. */
static const struct rule_style *kept_style(const struct rule_set *s, const char *text) {
    while ((text = strstr(text, "{{")) != NULL) {
        text += 2;
        const struct rule_style *style = find_style(s, text, strcspn(text, "}"));
        if (style && strcmp(style->value, "keep") == 0)
            return style;
    }
    return NULL;
}

/* The style that keeps a rule out: one of its `only` is chosen otherwise, or one of its
 * replacements' is `keep`. NULL = none. */
static ivn_status find_against(const struct rule_set *s, const struct rule *r,
                               const struct rule_style **against, ivn_error *err) {
    const char *at = r->only, *word, *value;
    size_t n, length;
    *against = NULL;
    while (!*against && next_word(&at, &word, &n)) {
        const struct rule_style *style = take_style(s, word, n, &value, &length);
        if (!style || !has_value(style->values, value, length)) {
            error_set(err, IVN_SYNTAX, N_("rule '%s': there is no such style or value: '%s'"),
                      r->id, word, NULL);
            error_place(err, r->file, r->line, 0);
            return IVN_SYNTAX;
        }
        if (!lists_choice(s, r->only, style))
            *against = style;
    }
    for (size_t i = 0; i < r->pattern_count && !*against; i++)
        *against = kept_style(s, pattern_text(s, &r->patterns[i]));
    return IVN_OK;
}

/* A style or value that does not exist, in the limits of a rule's texts. */
static ivn_status check_scope(const struct rule_set *s, const struct rule *r, unsigned line,
                              const struct rule_scope *scope, ivn_error *err) {
    const char *at = scope->style, *word, *value;
    size_t n, length;
    while (next_word(&at, &word, &n)) {
        const struct rule_style *style = take_style(s, word, n, &value, &length);
        if (style && has_value(style->values, value, length))
            continue;
        error_set(err, IVN_SYNTAX, N_("rule '%s': there is no such style or value: '%s'"), r->id,
                  word, NULL);
        error_place(err, r->file, line, 0);
        return IVN_SYNTAX;
    }
    return IVN_OK;
}

static ivn_status check_scopes(const struct rule_set *s, const struct rule *r, ivn_error *err) {
    ivn_status status = IVN_OK;
    for (size_t i = 0; i < r->pattern_count; i++)
        for (size_t k = 0; k < r->patterns[i].with_count && status == IVN_OK; k++)
            status = check_scope(s, r, r->patterns[i].line, &r->patterns[i].with[k].scope, err);
    for (size_t i = 0; i < r->example_count && status == IVN_OK; i++)
        status = check_scope(s, r, r->examples[i].line, &r->examples[i].scope, err);
    return status;
}

static ivn_status settle_rule(const struct rule_set *s, struct rule *r, ivn_error *err) {
    if (!(r->locales >> s->locale & 1)) {
        r->enabled = false;
        r->cause = IVN_BY_TARGET;
        return IVN_OK;
    }
    if (!r->enabled)
        return IVN_OK;
    ivn_status status = find_against(s, r, &r->style, err);
    if (status == IVN_OK && r->style) {
        r->enabled = false;
        r->cause = IVN_BY_STYLE;
    }
    return status;
}

ivn_status rules_choose(struct rule_set *s, const char *house, const char *asked, ivn_error *err) {
    for (size_t i = 0; i < s->style_count; i++) {
        struct rule_style *style = &s->styles[i];
        const char *at = style->values, *word;
        size_t n;
        next_word(&at, &word, &n);
        memcpy(style->value, word, n);
        style->value[n] = '\0';
    }
    for (size_t i = 0; i < s->rule_count; i++)
        s->rules[i].enabled = s->rules[i].by_default;
    ivn_status status = choose(s, house, IVN_BY_TARGET, err);
    if (status == IVN_OK)
        status = choose(s, asked, IVN_BY_CALLER, err);
    for (size_t i = 0; i < s->rule_count && status == IVN_OK; i++) {
        status = check_scopes(s, &s->rules[i], err);
        if (status == IVN_OK)
            status = settle_rule(s, &s->rules[i], err);
    }
    return status;
}
