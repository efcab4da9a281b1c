/* SPDX-License-Identifier: Apache-2.0 */
/* ivn_convert() on the built lexicon: which edits are made, where, and why. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

struct want_edit {
    size_t offset, length;
    const char *text;
    const char *rule; /* of the first reason */
};

static void assert_edits(const char *locale, unsigned stages, const char *text,
                         const struct want_edit *want, size_t n) {
    struct converter c;
    size_t count;
    converter_open(&c, locale, stages, NULL);
    ivn_result *result = converter_run(&c, text, strlen(text));
    const ivn_edit *edits = ivn_result_edits(result, &count);
    for (size_t i = 0; i < count && i < n; i++) {
        const ivn_edit *e = &edits[i];
        ck_assert_msg(e->offset == want[i].offset && e->length == want[i].length &&
                          e->text_length == strlen(want[i].text) &&
                          memcmp(e->text, want[i].text, e->text_length) == 0 &&
                          strcmp(e->reasons[0].rule, want[i].rule) == 0,
                      "%s: edit %zu is %zu+%zu '%.*s' by %s", text, i, e->offset, e->length,
                      (int)e->text_length, e->text, e->reasons[0].rule);
    }
    ck_assert_uint_eq(count, n);
    ivn_result_free(result);
    converter_close(&c);
}
#define ASSERT_EDITS(locale, stages, text, ...)                               \
    do {                                                                      \
        static const struct want_edit want[] = {__VA_ARGS__};                 \
        assert_edits(locale, stages, text, want, sizeof want / sizeof *want); \
    } while (0)

START_TEST(edits_have_place_and_rule) {
    ASSERT_EDITS("zh-TW", IVN_ALL_STAGES, "我们的软件在山上,他很急", {3, 3, "們", "script.char"},
                 {9, 6, "軟體", "term.it.软件"}, {24, 1, "，", "punct.comma"});
}
END_TEST

START_TEST(nothing_to_do_is_no_edit) {
    assert_edits("zh-TW", IVN_ALL_STAGES, "我們的軟體壞了，別急。", NULL, 0);
    assert_edits("zh-CN", IVN_ALL_STAGES, "我们的软件坏了，别急。", NULL, 0);
    assert_edits("zh-TW", IVN_ALL_STAGES, "", NULL, 0);
    assert_edits(NULL, IVN_ALL_STAGES, "", NULL, 0);
    assert_edits("zh-TW", IVN_ALL_STAGES, "Plain English, with marks: 1,000.50!", NULL, 0);
}
END_TEST

/* One edit for what touches, with the reasons of both stages. */
START_TEST(stages_are_composed) {
    struct converter c;
    size_t count;
    static const char text[] = "在家里,好";
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
    ivn_result *result = converter_run(&c, text, sizeof text - 1);
    const ivn_edit *edits = ivn_result_edits(result, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(edits[0].reason_count, 2);
    ck_assert_int_eq(strncmp(edits[0].reasons[0].rule, "script.", 7), 0);
    ck_assert_str_eq(edits[0].reasons[1].rule, "punct.comma");
    ck_assert_uint_eq(edits[0].offset + edits[0].length, strlen("在家里,"));
    ivn_result_free(result);
    converter_close(&c);
}
END_TEST

/* Line `line` of a file under dict/; false if it has none. */
static bool read_source(const char *file, unsigned line, char *out, int size) {
    char path[500];
    const char *srcdir = getenv("srcdir");
    snprintf(path, sizeof path, "%s/%s", srcdir ? srcdir : ".", file);
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "%s", path);
    bool found = true;
    for (unsigned i = 0; i < line && found; i++)
        found = fgets(out, size, f) != NULL;
    fclose(f);
    return found && line > 0;
}

static void assert_source(const char *locale, const char *text, const char *file,
                          const char *content) {
    struct converter c;
    char line[2000];
    size_t count;
    bool found = false;
    converter_open(&c, locale, IVN_ALL_STAGES, NULL);
    ivn_result *result = converter_run(&c, text, strlen(text));
    const ivn_edit *edits = ivn_result_edits(result, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < edits[i].reason_count; k++) {
            const ivn_reason *r = &edits[i].reasons[k];
            if (strcmp(r->file, file) != 0)
                continue;
            ck_assert_msg(read_source(file, r->line, line, sizeof line), "%s:%u", file, r->line);
            ck_assert_msg(strstr(line, content) != NULL, "%s:%u is %s", file, r->line, line);
            found = true;
        }
    ck_assert_msg(found, "%s: no reason in %s", text, file);
    ivn_result_free(result);
    converter_close(&c);
}

/* I6 */
START_TEST(reasons_name_the_line_behind_them) {
    assert_source("zh-TW", "软件", "dict/terms/it.tsv", "软件");
    assert_source("zh-TW", "奥巴马", "dict/names/people.tsv", "奥巴马");
    assert_source("zh-TW", "新西兰", "dict/names/places.tsv", "新西兰");
    assert_source("zh-TW", "他說,好", "dict/rules/punct.rules", "punct.comma");
    assert_source("zh-HK", "裡", "dict/locales/zh-HK.conf", "裡裏");
}
END_TEST

START_TEST(each_sentence_has_its_script) {
    expect_conversion("zh-TW", IVN_ALL_STAGES, "我们看云。\n古人云，學而時習之。",
                      "我們看雲。\n古人云，學而時習之。");
    expect_conversion("zh-TW", IVN_ALL_STAGES, "古人云，學而時習之。我们在这里看云。",
                      "古人云，學而時習之。我們在這裡看雲。");
}
END_TEST

START_TEST(damage_is_repaired) {
    static const char *const cases[][2] = {
        {"他們誌同道合。", "他們志同道合。"}, {"請註意來車。", "請注意來車。"},
        {"獲得批準。", "獲得批准。"},         {"離岸三英裏。", "離岸三英里。"},
        {"沒有癥狀。", "沒有症狀。"},         {"夢與現即時空。", "夢與現實時空。"},
        {"只有少陣列織。", "只有少數組織。"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_conversion("zh-TW", IVN_ALL_STAGES, cases[i][0], cases[i][1]);
}
END_TEST

START_TEST(repair_is_explained) {
    ASSERT_EDITS("zh-TW", IVN_SCRIPT, "獲得批準", {6, 6, "批准", "script.phrase"});
    ASSERT_EDITS("zh-TW", IVN_SCRIPT, "只有少陣列織", {9, 9, "數組織", "damage.overlap"});
}
END_TEST

START_TEST(own_region) {
    expect_conversion(NULL, IVN_ALL_STAGES, "今天的会議他也来了,他们很高兴.",
                      "今天的会议他也来了，他们很高兴。");
    expect_conversion(NULL, IVN_ALL_STAGES, "今天的会議開始了,他們準時來了.",
                      "今天的會議開始了，他們準時來了。");
    expect_conversion(NULL, IVN_ALL_STAGES, "他們的頭發都白了。", "他們的頭髮都白了。");
    expect_conversion(NULL, IVN_ALL_STAGES, "軟件和軟體都是軟體。", "軟件和軟體都是軟體。");
    expect_conversion(NULL, IVN_ALL_STAGES, "裏面說話的人著急。", "裏面說話的人著急。");
    assert_edits(NULL, IVN_ALL_STAGES, "山上有水。", NULL, 0);
}
END_TEST

START_TEST(stages_run_alone) {
    static const char text[] = "这个软件,坏了";
    expect_conversion("zh-TW", IVN_SCRIPT, text, "這個軟件,壞了");
    expect_conversion("zh-TW", IVN_TERMS, text, "这个軟體,坏了");
    expect_conversion("zh-TW", IVN_CLEANUP, text, "这个软件，坏了");
    expect_conversion("zh-TW", IVN_SCRIPT | IVN_CLEANUP, text, "這個軟件，壞了");
    expect_conversion("zh-TW", 0, text, text);
}
END_TEST

/* I4 */
START_TEST(addresses_stay) {
    static const char *const addresses[] = {
        "https://example.org/a,b.c?d=1,2&e=3",
        "http://example.org/a(b)",
        "me.you@example.org",
        "www.example.org/x,y",
    };
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        char text[200], want[200];
        snprintf(text, sizeof text, "软件,见 %s ,再说软件", addresses[i]);
        snprintf(want, sizeof want, "軟體，見 %s，再說軟體", addresses[i]);
        expect_conversion("zh-TW", IVN_ALL_STAGES, text, want);
    }
}
END_TEST

static void assert_bytes(struct converter *c, const char *text, size_t n, const char *want,
                         size_t want_size) {
    size_t size;
    ivn_result *result = converter_run(c, text, n);
    const char *got = ivn_result_text(result, &size);
    ck_assert_uint_eq(size, want_size);
    ck_assert(size == 0 || memcmp(got, want, size) == 0);
    ivn_result_free(result);
}
#define ASSERT_BYTES(c, text, want) assert_bytes(c, text, sizeof text - 1, want, sizeof want - 1)

START_TEST(odd_bytes_come_out_as_they_went_in) {
    struct converter c;
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
    ASSERT_BYTES(&c, "软件\0软件\0", "軟體軟體"); /* char.nul */
    ASSERT_BYTES(&c, "alpha\0beta", "alpha\0beta");
    ASSERT_BYTES(&c, "\xEF\xBB\xBF软件", "\xEF\xBB\xBF軟體");
    ASSERT_BYTES(&c, "软件\r\n\r\n\t软件\r\n", "軟體\r\n\r\n\t軟體\r\n");
    ASSERT_BYTES(&c, "\n", "\n");
    ASSERT_BYTES(&c, "\0", "\0");
    converter_close(&c);
    converter_open(&c, "zh-TW", IVN_SCRIPT | IVN_TERMS, NULL);
    ASSERT_BYTES(&c, "软件\0软件\0", "軟體\0軟體\0");
    converter_close(&c);
}
END_TEST

START_TEST(invalid_bytes_are_an_error) {
    struct converter c;
    ivn_result *result = NULL;
    ivn_error err;
    static const char text[] = "软件\n软件\xB5软件";
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
    ck_assert_int_eq(ivn_convert(c.context, text, sizeof text - 1, &result, &err), IVN_ENCODING);
    ck_assert_ptr_null(result);
    ck_assert_uint_eq(err.line, 2);
    ck_assert_uint_eq(err.column, 3);
    ck_assert_uint_eq(err.offset, 13);
    ck_assert_str_eq(err.file, "");
    converter_expect(&c, "软件", "軟體"); /* the context is still good */
    converter_close(&c);
}
END_TEST

START_TEST(invalid_bytes_are_kept_on_request) {
    struct converter c;
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
    ivn_profile_keep_invalid(c.profile, 1);
    ASSERT_BYTES(&c, "软件\xB5\xFF软件\xE8\xBD", "軟體\xB5\xFF軟體\xE8\xBD");
    ASSERT_BYTES(&c, "软\xFF件", "軟\xFF件");
    ASSERT_BYTES(&c, "\xFF", "\xFF");
    converter_close(&c);
}
END_TEST

START_TEST(suggestions_are_not_made) {
    struct converter c;
    size_t edits, suggestions;
    static const char text[] = "看见蒟萸了";
    converter_open(&c, "zh-CN", IVN_ALL_STAGES, "zh-TW\tzh-CN\twhen\n蒟萸\t蒟乙\tsuggest\n");
    ivn_result *result = converter_run(&c, text, sizeof text - 1);
    ivn_result_edits(result, &edits);
    const ivn_edit *s = ivn_result_suggestions(result, &suggestions);
    ck_assert_uint_eq(edits, 0);
    ck_assert_uint_eq(suggestions, 1);
    ck_assert_uint_eq(s[0].offset, 6);
    ck_assert_uint_eq(s[0].length, 6);
    ck_assert_str_eq(s[0].reasons[0].rule, "user.my.蒟乙");
    ck_assert_str_eq(s[0].reasons[0].file, "my.tsv");
    ck_assert_uint_eq(s[0].reasons[0].line, 2);
    ivn_result_free(result);
    converter_close(&c);
}
END_TEST

/* What one document showed must not be remembered in the next. */
START_TEST(documents_do_not_see_each_other) {
    struct converter c;
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, "zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tdoc=矿工\n");
    converter_expect(&c, "這裡沒有蒟萸。", "這裡沒有蒟萸。");
    converter_expect(&c, "礦工說有蒟萸。", "礦工說有蒟乙。");
    converter_expect(&c, "這裡沒有蒟萸。", "這裡沒有蒟萸。");
    converter_expect(&c, "后。", "后。");
    converter_close(&c);
}
END_TEST

START_TEST(unknown_target) {
    ivn_lexicon *lexicon = fixture_lexicon();
    ivn_profile *profile = NULL;
    ivn_error err;
    ck_assert_int_eq(ivn_profile_new(&profile, lexicon, "zh-XX", &err), IVN_LOCALE);
    ck_assert_ptr_null(profile);
    ck_assert_str_eq(err.args[0], "zh-XX");
    ivn_lexicon_free(lexicon);
}
END_TEST

static void note_fact(void *user, const ivn_fact *fact) {
    bool *found = user;
    *found |= strcmp(fact->locale, "zh-TW") == 0 && strcmp(fact->form, "軟體") == 0 &&
              strcmp(fact->rule, "term.it.软件") == 0 &&
              strcmp(fact->file, "dict/terms/it.tsv") == 0 && fact->line > 0;
}

START_TEST(lookup_knows_any_script) {
    static const char *const words[] = {"软件", "軟件", "軟體", "软体"};
    struct converter c;
    converter_open(&c, NULL, IVN_ALL_STAGES, NULL);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool found = false;
        ck_assert_uint_gt(ivn_lookup(c.profile, words[i], strlen(words[i]), note_fact, &found), 0);
        ck_assert_msg(found, "%s", words[i]);
    }
    bool found = false;
    ck_assert_uint_eq(ivn_lookup(c.profile, "蒟萸蒟", 9, note_fact, &found), 0);
    converter_close(&c);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("convert");
    tcase_add_test(tests, edits_have_place_and_rule);
    tcase_add_test(tests, nothing_to_do_is_no_edit);
    tcase_add_test(tests, stages_are_composed);
    tcase_add_test(tests, reasons_name_the_line_behind_them);
    tcase_add_test(tests, each_sentence_has_its_script);
    tcase_add_test(tests, damage_is_repaired);
    tcase_add_test(tests, repair_is_explained);
    tcase_add_test(tests, own_region);
    tcase_add_test(tests, stages_run_alone);
    tcase_add_test(tests, addresses_stay);
    tcase_add_test(tests, odd_bytes_come_out_as_they_went_in);
    tcase_add_test(tests, invalid_bytes_are_an_error);
    tcase_add_test(tests, invalid_bytes_are_kept_on_request);
    tcase_add_test(tests, suggestions_are_not_made);
    tcase_add_test(tests, documents_do_not_see_each_other);
    tcase_add_test(tests, unknown_target);
    tcase_add_test(tests, lookup_knows_any_script);
    return fixture_main("convert", tests);
}
