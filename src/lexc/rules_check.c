/* SPDX-License-Identifier: Apache-2.0 */
#include "rules_check.h"

#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "lexicon.h"
#include "rules.h"

struct check {
    const ivn_lexicon *lexicon;
    size_t locale;
    size_t failures;
};

/* The rules of the lexicon for the locale, with what is asked. */
static ivn_status make(void *user, const char *asked, struct rule_set **out, ivn_error *err) {
    const struct check *c = user;
    const ivn_lexicon *l = c->lexicon;
    const struct image_locale *info = &l->locales[c->locale];
    struct rule_set *rules;
    ivn_status status = rule_set_new(&rules, err);
    for (size_t i = 0; i < l->rules_count && status == IVN_OK; i++)
        status = rule_set_add(rules, lexicon_string(l, l->rules[i].name), RULES_SHIPPED,
                              lexicon_string(l, l->rules[i].text), l->rules[i].size, err);
    if (status == IVN_OK)
        status = rule_set_compile(rules, lexicon_string(l, info->name),
                                  lexicon_string(l, info->style), asked, err);
    if (status == IVN_OK)
        *out = rules;
    else
        rule_set_free(rules);
    return status;
}

static void count(void *user, const ivn_error *err) {
    struct check *c = user;
    complain(err);
    c->failures++;
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
        fprintf(stderr,
                "%s:%u: rule '%s' has %zu examples with bad and good and %zu with keep; write "
                "at least %d of each\n",
                rule.file, rule.line, rule.id, examples.changed, examples.kept, LEAST);
        failures++;
    }
    return failures;
}

size_t rules_check(const ivn_lexicon *l) {
    size_t failures = 0;
    for (size_t locale = 0; locale < l->locale_count; locale++) {
        struct check check = {.lexicon = l, .locale = locale};
        struct rule_trial trial = {.make = make, .user = &check, .complain = count};
        struct rule_set *rules;
        ivn_error err;
        if (make(&check, NULL, &rules, &err) != IVN_OK)
            fail_error(&err);
        if (locale == 0)
            failures += count_examples(rules);
        rule_set_free(rules);
        rules_try(&trial, &err);
        failures += check.failures;
    }
    return failures;
}
