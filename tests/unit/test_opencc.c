/* SPDX-License-Identifier: Apache-2.0 */
/* libopencc as the script stage: its output as edits. */
#include <string.h>

#include "fixture.h"
#include "opencc.h"

static struct opencc *opencc;
static ivn_error err;

static void open_stage(const char *config) {
    ck_assert_msg(opencc_stage_open(&opencc, config, &err) == IVN_OK, "%s: %s", config,
                  err.message);
}

static void assert_run(const char *text, size_t n, const struct span_list *verbatim,
                       const char *want, size_t want_size, size_t edit_count) {
    struct edit_list edits = {0};
    struct buffer out = {0};
    ck_assert_int_eq(opencc_stage_run(opencc, text, n, verbatim, &edits, &err), IVN_OK);
    ck_assert(edit_list_valid(&edits, n));
    ck_assert(edit_apply(&edits, text, n, &out));
    ck_assert_msg(out.size == want_size &&
                      (want_size == 0 || memcmp(out.data, want, want_size) == 0),
                  "got %.*s, wanted %s", (int)out.size, out.data, want);
    ck_assert_uint_eq(edits.count, edit_count);
    edit_list_fini(&edits);
    buffer_fini(&out);
}
#define ASSERT_RUN(text, want, edits) \
    assert_run(text, sizeof text - 1, &(struct span_list){0}, want, sizeof want - 1, edits)

START_TEST(unknown_configuration) {
    ck_assert_int_eq(opencc_stage_open(&opencc, "no-such-config", &err), IVN_OPENCC);
    ck_assert_str_eq(err.args[0], "no-such-config");
    ck_assert_int_eq(opencc_stage_open(&opencc, "/nonexistent/a.json", &err), IVN_OPENCC);
}
END_TEST

START_TEST(changed_characters_are_edits) {
    open_stage("s2t");
    ASSERT_RUN("汉字和字", "漢字和字", 1);
    ASSERT_RUN("头发和发现", "頭髮和發現", 4);
    ASSERT_RUN("plain", "plain", 0);
    opencc_stage_close(opencc);
}
END_TEST

START_TEST(name_with_its_suffix) {
    open_stage("s2t.json");
    ASSERT_RUN("汉", "漢", 1);
    opencc_stage_close(opencc);
}
END_TEST

/* Another number of characters: one edit, without what stayed at both ends. */
START_TEST(changed_length) {
    open_stage("s2twp");
    ASSERT_RUN("上互联网去\n一张", "上網際網路去\n一張", 2);
    ASSERT_RUN("这是U盘吗", "這是隨身碟嗎", 1);
    opencc_stage_close(opencc);
}
END_TEST

START_TEST(nul_and_line_ends_are_kept) {
    open_stage("s2t");
    ASSERT_RUN("汉\0汉\r\n\n汉\0", "漢\0漢\r\n\n漢\0", 3);
    ASSERT_RUN("", "", 0);
    ASSERT_RUN("\n", "\n", 0);
    opencc_stage_close(opencc);
}
END_TEST

START_TEST(verbatim_spans_stay) {
    static const char text[] = "汉汉汉汉";
    struct span spans[] = {{3, 3}, {9, 3}};
    const struct span_list verbatim = {.items = spans, .count = 2, .capacity = 2};
    open_stage("s2t");
    assert_run(text, sizeof text - 1, &verbatim, "漢汉漢汉", sizeof text - 1, 2);
    opencc_stage_close(opencc);
}
END_TEST

static void expect_with(const char *config, unsigned stages, const char *text, const char *want) {
    struct converter c;
    converter_open(&c, "zh-TW", stages, NULL);
    ck_assert_int_eq(ivn_profile_use_opencc(c.profile, config, &err), IVN_OK);
    ivn_context_free(c.context);
    c.context = NULL;
    ck_assert_int_eq(ivn_context_new(&c.context, c.profile, &err), IVN_OK);
    converter_expect(&c, text, want);
    converter_close(&c);
}

/* OpenCC's own choices, not ours: 裏 and 着 of s2t. */
START_TEST(stands_in_for_the_script_stage) {
    expect_with("s2t", IVN_SCRIPT, "这里看着头发", "這裏看着頭髮");
    expect_with("s2t", IVN_SCRIPT | IVN_CLEANUP, "软件,汉字", "軟件，漢字");
    expect_with("s2t", IVN_ALL_STAGES, "软件,汉字", "軟體，漢字");
    expect_with("s2t", IVN_SCRIPT | IVN_CLEANUP, "汉,见https://example.org/a,b",
                "漢，見https://example.org/a,b");
}
END_TEST

/* Terms and cleanup alone leave the script be, whatever the configuration says. */
START_TEST(stage_that_is_off_does_not_run) {
    expect_with("s2t", IVN_CLEANUP, "汉字,头发", "汉字，头发");
}
END_TEST

START_TEST(unknown_configuration_fails_with_the_context) {
    struct converter c;
    ivn_context *context = NULL;
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
    ck_assert_int_eq(ivn_profile_use_opencc(c.profile, "no-such-config", &err), IVN_OK);
    ck_assert_int_eq(ivn_context_new(&context, c.profile, &err), IVN_OPENCC);
    ck_assert_ptr_null(context);
    converter_close(&c);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("opencc");
    tcase_add_test(tests, unknown_configuration);
    tcase_add_test(tests, changed_characters_are_edits);
    tcase_add_test(tests, name_with_its_suffix);
    tcase_add_test(tests, changed_length);
    tcase_add_test(tests, nul_and_line_ends_are_kept);
    tcase_add_test(tests, verbatim_spans_stay);
    tcase_add_test(tests, stands_in_for_the_script_stage);
    tcase_add_test(tests, stage_that_is_off_does_not_run);
    tcase_add_test(tests, unknown_configuration_fails_with_the_context);
    return fixture_main("opencc", tests);
}
