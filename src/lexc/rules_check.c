/* SPDX-License-Identifier: Apache-2.0 */
#include "rules_check.h"

#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "profile.h"

struct check {
    const ivn_profile *profile;
    unsigned locale;
    size_t failures;
};

static ivn_status make(void *user, const char *asked, struct rule_set **out, ivn_error *err) {
    const struct check *c = user;
    return profile_make_rules(c->profile, c->locale, asked, out, err);
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
    ivn_profile *profile;
    ivn_error err;
    if (ivn_profile_new(&profile, l, NULL, &err) != IVN_OK)
        fail_error(&err);
    for (unsigned locale = 0; locale < l->locale_count; locale++) {
        struct check check = {.profile = profile, .locale = locale};
        struct rule_trial trial = {.make = make, .user = &check, .complain = count};
        struct rule_set *rules;
        if (profile_make_rules(profile, locale, NULL, &rules, &err) != IVN_OK)
            fail_error(&err);
        if (locale == 0)
            failures += count_examples(rules);
        rule_set_free(rules);
        rules_try(&trial, &err);
        failures += check.failures;
    }
    ivn_profile_free(profile);
    return failures;
}
