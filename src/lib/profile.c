/* SPDX-License-Identifier: Apache-2.0 */
#include "profile.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"

ivn_status ivn_profile_new(ivn_profile **out, const ivn_lexicon *lexicon, const char *locale,
                           ivn_error *err) {
    int number = locale ? lexicon_find_locale(lexicon, locale) : -1;
    if (locale && number < 0)
        return error_set(err, IVN_LOCALE, N_("%s: unknown target; use one of zh-CN, zh-TW, zh-HK"),
                         locale, NULL, NULL);
    ivn_profile *p = calloc(1, sizeof *p);
    if (p)
        p->tested = calloc(1, sizeof *p->tested);
    if (!p || !p->tested) {
        free(p);
        return error_memory(err);
    }
    p->layers.items[p->layers.count++] = lexicon;
    p->locale = number;
    p->stages = IVN_ALL_STAGES;
    *out = p;
    return IVN_OK;
}

void ivn_profile_free(ivn_profile *p) {
    if (!p)
        return;
    for (size_t i = 1; i < p->layers.count; i++)
        ivn_lexicon_free((ivn_lexicon *)(uintptr_t)p->layers.items[i]);
    for (size_t i = 0; i < p->rule_text_count; i++) {
        free(p->rule_texts[i].name);
        free(p->rule_texts[i].text);
    }
    free(p->rule_texts);
    free(p->opencc);
    free(p->style);
    free(p->tested);
    free(p);
}

void ivn_profile_set_stages(ivn_profile *p, unsigned stages) {
    p->stages = stages;
}

void ivn_profile_keep_invalid(ivn_profile *p, int keep) {
    p->keep_invalid = keep != 0;
}

void ivn_profile_set_names(ivn_profile *p, ivn_names mode) {
    p->names = mode;
}

void ivn_profile_set_reports(ivn_profile *p, int on) {
    p->reports = on != 0;
}

ivn_status ivn_profile_add_rules(ivn_profile *p, const char *name, const char *text, size_t n,
                                 ivn_error *err) {
    void *items = p->rule_texts;
    if (!array_grow(&items, &p->rule_text_capacity, p->rule_text_count + 1, sizeof *p->rule_texts))
        return error_memory(err);
    p->rule_texts = items;
    struct rule_text copy = {.name = strdup(name), .text = malloc(n ? n : 1), .size = n};
    if (!copy.name || !copy.text) {
        free(copy.name);
        free(copy.text);
        return error_memory(err);
    }
    if (n)
        memcpy(copy.text, text, n);
    p->rule_texts[p->rule_text_count++] = copy;
    return IVN_OK;
}

ivn_status ivn_profile_use_opencc(ivn_profile *p, const char *config, ivn_error *err) {
    char *copy = strdup(config);
    if (!copy)
        return error_memory(err);
    free(p->opencc);
    p->opencc = copy;
    return IVN_OK;
}

ivn_status ivn_profile_set_style(ivn_profile *p, const char *words, ivn_error *err) {
    size_t old = p->style ? strlen(p->style) : 0, n = strlen(words);
    char *style = n < SIZE_MAX - old - 2 ? realloc(p->style, old + n + 2) : NULL;
    if (!style)
        return error_memory(err);
    p->style = style;
    style[old] = ' ';
    memcpy(style + old + 1, words, n + 1);
    return IVN_OK;
}

/* ---- context ---- */

/* The target's rules; without a target the first locale's now and the others' when they are needed,
 * unless a user's rules could be wrong for one of them. */
static ivn_status load_rules(ivn_context *c, ivn_error *err) {
    const ivn_profile *p = c->profile;
    if (p->locale >= 0)
        return context_load_rules(c, (unsigned)p->locale, err);
    size_t count = p->rule_text_count ? p->layers.items[0]->locale_count : 1;
    ivn_status status = IVN_OK;
    for (unsigned l = 0; l < count && status == IVN_OK; l++)
        status = context_load_rules(c, l, err);
    return status;
}

ivn_status ivn_context_new(ivn_context **out, const ivn_profile *profile, ivn_error *err) {
    ivn_context *c = calloc(1, sizeof *c);
    if (!c)
        return error_memory(err);
    c->profile = profile;
    ivn_status status = IVN_OK;
    if (profile->opencc)
        status = opencc_stage_open(&c->opencc, profile->opencc, err);
    if (status == IVN_OK && (profile->stages & IVN_CLEANUP))
        status = load_rules(c, err);
    if (status != IVN_OK) {
        ivn_context_free(c);
        return status;
    }
    *out = c;
    return IVN_OK;
}

void ivn_context_free(ivn_context *c) {
    if (!c)
        return;
    for (int l = 0; l < IMAGE_MAX_LOCALES; l++) {
        cleanup_free(c->cleanup[l]);
        rule_set_free(c->rules[l]);
    }
    opencc_stage_close(c->opencc);
    document_fini(&c->document);
    document_fini(&c->part);
    excerpt_fini(&c->excerpt);
    span_list_fini(&c->sealed);
    path_fini(&c->path);
    evidence_fini(&c->evidence);
    names_fini(&c->names);
    because_fini(&c->because);
    free(c);
}

static ivn_status add_rules(const ivn_profile *p, struct rule_set *rules, ivn_error *err) {
    const ivn_lexicon *l = p->layers.items[0];
    ivn_status status = IVN_OK;
    for (size_t i = 0; i < l->rules_count && status == IVN_OK; i++)
        status = rule_set_add(rules, lexicon_string(l, l->rules[i].name), RULES_SHIPPED,
                              lexicon_string(l, l->rules[i].text), l->rules[i].size, err);
    for (size_t i = 0; i < p->rule_text_count && status == IVN_OK; i++)
        status = rule_set_add(rules, p->rule_texts[i].name, RULES_USER, p->rule_texts[i].text,
                              p->rule_texts[i].size, err);
    return status;
}

ivn_status profile_make_rules(const ivn_profile *p, unsigned locale, const char *asked,
                              struct rule_set **out, ivn_error *err) {
    const ivn_lexicon *l = p->layers.items[0];
    const struct image_locale *info = &l->locales[locale];
    struct rule_set *rules;
    ivn_status status = rule_set_new(&rules, err);
    if (status != IVN_OK)
        return status;
    status = add_rules(p, rules, err);
    if (status == IVN_OK)
        status = rule_set_compile(rules, lexicon_string(l, info->name),
                                  lexicon_string(l, info->style), asked, err);
    if (status == IVN_OK)
        *out = rules;
    else
        rule_set_free(rules);
    return status;
}

struct making {
    const ivn_profile *profile;
    unsigned locale;
};

static ivn_status make_rules(void *user, const char *asked, struct rule_set **out, ivn_error *err) {
    const struct making *m = user;
    return profile_make_rules(m->profile, m->locale, asked, out, err);
}

/* Tests the rules of the user's files, which are set in `rules` as they will be used. */
static ivn_status test_rules(const ivn_profile *p, unsigned locale, const struct rule_set *rules,
                             ivn_error *err) {
    struct making making = {.profile = p, .locale = locale};
    struct rule_trial trial = {.make = make_rules, .user = &making};
    ivn_status status = IVN_OK;
    if (p->rule_text_count == 0 || (atomic_load(p->tested) >> locale & 1))
        return IVN_OK;
    for (size_t i = 0; i < p->rule_text_count && status == IVN_OK; i++) {
        trial.file = p->rule_texts[i].name;
        status = rules_try(&trial, err);
    }
    if (status == IVN_OK)
        status = rule_set_probe(rules, err);
    if (status == IVN_OK)
        atomic_fetch_or(p->tested, 1U << locale);
    return status;
}

ivn_status context_load_rules(ivn_context *c, unsigned locale, ivn_error *err) {
    struct rule_set *rules;
    if (c->cleanup[locale])
        return IVN_OK;
    ivn_status status = profile_make_rules(c->profile, locale, c->profile->style, &rules, err);
    if (status != IVN_OK)
        return status;
    status = test_rules(c->profile, locale, rules, err);
    if (status == IVN_OK)
        status = cleanup_new(&c->cleanup[locale], rules, err);
    if (status == IVN_OK)
        c->rules[locale] = rules;
    else
        rule_set_free(rules);
    return status;
}

/* The rules that a caller is shown; NULL: the stage does not run. */
static const struct rule_set *shown_rules(const ivn_context *c) {
    return c->rules[c->profile->locale < 0 ? 0 : c->profile->locale];
}

int ivn_context_rule(const ivn_context *c, size_t index, ivn_rule *rule) {
    const struct rule_set *rules = shown_rules(c);
    return rules && rule_set_get(rules, index, rule);
}

int ivn_context_style(const ivn_context *c, size_t index, ivn_style *style) {
    const struct rule_set *rules = shown_rules(c);
    return rules && rule_set_get_style(rules, index, style);
}

/* How many characters of the document a locale would write otherwise. */
static size_t count_misfits(const ivn_context *c, unsigned locale) {
    const ivn_lexicon *l = c->profile->layers.items[0];
    const struct document *d = &c->document;
    const uint16_t *glyph = l->glyph + locale * l->char_count;
    size_t misfits = 0;
    for (size_t i = 0; i < d->count; i++)
        misfits += glyph[d->ids[i]] != d->ids[i];
    return misfits;
}

unsigned context_locale(const ivn_context *c) {
    const ivn_lexicon *l = c->profile->layers.items[0];
    if (c->profile->locale >= 0)
        return (unsigned)c->profile->locale;
    bool traditional = document_script(&c->document) == SCRIPT_TRADITIONAL;
    unsigned best = 0;
    size_t least = SIZE_MAX;
    for (unsigned i = 0; i < l->locale_count; i++) {
        size_t misfits =
            (l->locales[i].traditional != 0) == traditional ? count_misfits(c, i) : SIZE_MAX;
        if (misfits < least) {
            least = misfits;
            best = i;
        }
    }
    return best;
}
