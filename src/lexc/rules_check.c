/* SPDX-License-Identifier: Apache-2.0 */
#include "rules_check.h"

#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "lexicon.h"
#include "rules.h"

/* The rules of the lexicon for a locale, with what is asked; exits if they do not compile. */
static struct rule_set *compile(const ivn_lexicon *l, size_t locale, const char *asked) {
    const struct image_locale *info = &l->locales[locale];
    struct rule_set *rules;
    ivn_error err;
    ivn_status status = rule_set_new(&rules, &err);
    for (size_t i = 0; i < l->rules_count && status == IVN_OK; i++)
        status = rule_set_add(rules, lexicon_string(l, l->rules[i].name), RULES_SHIPPED,
                              lexicon_string(l, l->rules[i].text), l->rules[i].size, &err);
    if (status == IVN_OK)
        status = rule_set_compile(rules, lexicon_string(l, info->name),
                                  lexicon_string(l, info->style), asked, &err);
    if (status != IVN_OK)
        fail_error(&err);
    return rules;
}

/* Runs the examples under a choice of style. Returns the number of failures: 0 or 1. */
static size_t run(const ivn_lexicon *l, size_t locale, const char *asked,
                  struct rule_filter filter) {
    struct rule_set *rules = compile(l, locale, asked);
    ivn_error err;
    size_t failures = rule_set_test(rules, filter, &err) != IVN_OK;
    if (failures)
        complain(&err);
    rule_set_free(rules);
    return failures;
}

/* A rule that the target leaves off is tried with it on. */
static size_t run_switched_off(const ivn_lexicon *l, size_t locale, const struct rule_set *rules) {
    size_t failures = 0;
    ivn_rule rule;
    char asked[128];
    for (size_t i = 0; rule_set_get(rules, i, &rule); i++) {
        if (rule.enabled || rule.cause == IVN_BY_STYLE)
            continue;
        snprintf(asked, sizeof asked, "+%s", rule.id);
        failures += run(l, locale, asked, (struct rule_filter){.id = rule.id});
    }
    return failures;
}

/* Every value of every style. */
static size_t run_styles(const ivn_lexicon *l, size_t locale, const struct rule_set *rules) {
    size_t failures = 0;
    ivn_style style;
    char asked[128];
    for (size_t i = 0; rule_set_get_style(rules, i, &style); i++)
        for (const char *at = style.values + strspn(style.values, " "); *at;) {
            size_t n = strcspn(at, " ");
            snprintf(asked, sizeof asked, "%s=%.*s", style.name, (int)n, at);
            failures += run(l, locale, asked, (struct rule_filter){0});
            at += n + strspn(at + n, " ");
        }
    return failures;
}

/* A rule is shown by what it changes and by what it leaves. */
static size_t count_examples(const struct rule_set *rules) {
    enum { LEAST = 2 };
    size_t failures = 0;
    struct rule_examples examples;
    ivn_rule rule;
    for (size_t i = 0; rule_set_get(rules, i, &rule); i++) {
        rule_set_count_examples(rules, i, &examples);
        if (examples.changed >= LEAST && examples.kept >= LEAST)
            continue;
        fprintf(stderr, "%s:%u: rule '%s' has %zu examples with bad and good and %zu with keep; write "
                        "at least %d of each\n",
                rule.file, rule.line, rule.id, examples.changed, examples.kept, LEAST);
        failures++;
    }
    return failures;
}

size_t rules_check(const ivn_lexicon *l) {
    size_t failures = 0;
    for (size_t locale = 0; locale < l->locale_count; locale++) {
        struct rule_set *rules = compile(l, locale, NULL);
        if (locale == 0)
            failures += count_examples(rules);
        failures += run(l, locale, NULL, (struct rule_filter){0}) +
                    run_switched_off(l, locale, rules) + run_styles(l, locale, rules);
        rule_set_free(rules);
    }
    return failures;
}
