/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char fixture_lexicon_path[] = "dict/ivnorm.lex";

ivn_lexicon *fixture_lexicon(void) {
    ivn_lexicon *lexicon = NULL;
    ivn_error err;
    ck_assert_msg(ivn_lexicon_open(&lexicon, fixture_lexicon_path, &err) == IVN_OK, "%s: %s",
                  fixture_lexicon_path, err.message);
    return lexicon;
}

void converter_open(struct converter *c, const char *locale, unsigned stages, const char *tsv) {
    ivn_error err = {0};
    c->lexicon = fixture_lexicon();
    ck_assert_int_eq(ivn_profile_new(&c->profile, c->lexicon, locale, &err), IVN_OK);
    ivn_profile_set_stages(c->profile, stages);
    if (tsv)
        ck_assert_msg(ivn_profile_add_terms(c->profile, "my.tsv", tsv, strlen(tsv), &err) == IVN_OK,
                      "my.tsv:%zu:%zu: %s", err.line, err.column, err.message);
    ck_assert_int_eq(ivn_context_new(&c->context, c->profile, &err), IVN_OK);
}

void converter_close(struct converter *c) {
    ivn_context_free(c->context);
    ivn_profile_free(c->profile);
    ivn_lexicon_free(c->lexicon);
}

static void check_reasons(const ivn_edit *e) {
    ck_assert_uint_ge(e->reason_count, 1);
    for (size_t i = 0; i < e->reason_count; i++) {
        const ivn_reason *r = &e->reasons[i];
        ck_assert_msg(r->rule[0] != '\0', "edit at %zu: a reason without a rule", e->offset);
        ck_assert_msg(r->file[0] != '\0', "%s: no file", r->rule);
        ck_assert_msg(r->line > 0 || strcmp(r->rule, "script.opencc") == 0, "%s: %s: no line",
                      r->rule, r->file);
    }
}

/* The edits, done by hand, give the text. */
static void check_edits(ivn_result *result, const char *source, size_t n) {
    size_t count, size, from = 0, to = 0;
    const ivn_edit *edits = ivn_result_edits(result, &count);
    const char *text = ivn_result_text(result, &size);
    for (size_t i = 0; i < count; i++) {
        const ivn_edit *e = &edits[i];
        ck_assert_uint_ge(e->offset, from);
        ck_assert_uint_le(e->offset + e->length, n);
        size_t kept = e->offset - from;
        ck_assert_uint_le(to + kept + e->text_length, size);
        ck_assert(memcmp(source + from, text + to, kept) == 0);
        ck_assert(e->text_length == 0 || memcmp(e->text, text + to + kept, e->text_length) == 0);
        to += kept + e->text_length;
        from = e->offset + e->length;
        check_reasons(e);
    }
    ck_assert_uint_eq(size - to, n - from);
    ck_assert(n == from || memcmp(source + from, text + to, n - from) == 0);
}

ivn_result *converter_run(struct converter *c, const char *text, size_t n) {
    ivn_result *result = NULL;
    ivn_error err = {0};
    ck_assert_msg(ivn_convert(c->context, text, n, &result, &err) == IVN_OK, "%s: %s", text,
                  err.message);
    check_edits(result, text, n);
    return result;
}

static void expect_text(struct converter *c, const char *text, const char *want) {
    size_t n;
    ivn_result *result = converter_run(c, text, strlen(text));
    const char *got = ivn_result_text(result, &n);
    ck_assert_msg(n == strlen(want) && memcmp(got, want, n) == 0, "%s: got %.*s, wanted %s", text,
                  (int)n, got, want);
    ivn_result_free(result);
}

void converter_expect(struct converter *c, const char *text, const char *want) {
    expect_text(c, text, want);
    expect_text(c, want, want);
}

void expect_conversion(const char *locale, unsigned stages, const char *text, const char *want) {
    struct converter c;
    converter_open(&c, locale, stages, NULL);
    converter_expect(&c, text, want);
    converter_close(&c);
}

int fixture_main(const char *name, TCase *tests) {
    Suite *suite = suite_create(name);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
