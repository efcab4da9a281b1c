/* SPDX-License-Identifier: Apache-2.0 */
/* ASS and SSA: the text of dialogue lines, and what no edit may bring into it. */
#include <stdlib.h>
#include <string.h>

#include "prose_fixture.h"

#define EVENTS "[Script Info]\nTitle: 软件\n\n[Events]\n"
#define FORMAT "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
#define LINE   "Dialogue: 0,0:00:01.00,0:00:02.00,软件,张软件,0,0,0,软件,"

static struct converter c;

static void setup(void) {
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
}

static void teardown(void) {
    converter_close(&c);
}

START_TEST(dialogue_is_prose) {
    expect_prose("ass",
                 EVENTS FORMAT LINE
                 "软件,网络\n" LINE "\n" LINE "{\\i1}\nDialogue: 0,软件\n"
                 "Comment: 0,,,,,,,,,软件\n; 软件\nPicture: 0,,,,,,,,,软件\n" LINE
                 "信息\n[Fonts]\nfontname: 软件\n" LINE "软件\n",
                 "软件,网络\n\n信息");
    expect_document(&c, "ass", "\xEF\xBB\xBF" EVENTS LINE "软件\r\n",
                    "\xEF\xBB\xBF" EVENTS LINE "軟體\r\n");
    expect_document(&c, "ass", EVENTS LINE "软件", EVENTS LINE "軟體");
    expect_document(&c, "ass", "", "");
    expect_refusal("ass", "\n软件", 7, 2, 1);
}
END_TEST

START_TEST(format_tells_where_the_text_is) {
    expect_prose("ass", "[events]\nFormat: Start, Text\nDialogue: 软件,网络,信息\n", "网络,信息");
    expect_prose("ass", "[Events]\nFormat: Text,Start\nDialogue:软件,网络\n", "软件");
    expect_prose("ass", "[Events]\nFormat: Start, Texture\nDialogue: ,,,,,,,,,软件\n", "软件");
    expect_document(&c, "ass", "[Events]\nFormat: Text,Start\nDialogue:软件，,软件\n",
                    "[Events]\nFormat: Text,Start\nDialogue:軟體，,软件\n");
}
END_TEST

START_TEST(blocks_are_looked_through) {
    expect_prose("ass", EVENTS LINE "{\\k20}明{\\k30}治制{\\fsp}药\\N网\\h络\\n信{软件}息\n",
                 "明治制药\n网\xEF\xBF\xBC络\n信息");
    expect_document(&c, "ass", EVENTS LINE "{\\k20}明{\\k30}治制{\\fsp}药{\\fn微软雅黑}公司\n",
                    EVENTS LINE "{\\k20}明{\\k30}治製{\\fsp}藥{\\fn微软雅黑}公司\n");
    expect_document(&c, "ass", EVENTS LINE "{\\i1}人工{\\i0}智能{\\b1}\\N{\\r}服务器\n",
                    EVENTS LINE "{\\i1}人工{\\i0}智慧{\\b1}\\N{\\r}伺服器\n");
    expect_prose("ass", EVENTS LINE "软{件 {\\i1 网络\n", "软{件 {\\i1 网络");
}
END_TEST

START_TEST(drawings_are_left_alone) {
    expect_prose("ass",
                 EVENTS LINE
                 "软{\\p1}m 0 0 件\\N件{\\pos(1,2)}件{\\p0}网{\\pbo3}络{\\an8\\p2}件\n" LINE
                 "信息\n",
                 "软网络\n\n信息");
}
END_TEST

START_TEST(comments_direct) {
    expect_document(&c, "ass",
                    EVENTS "Comment: 0,,,,,,,,,ivnorm:ignore-next\n" LINE "软件,网络\n" LINE
                           "软件\n; ivnorm:off\n" LINE "软件\n; ivnorm:on\n" LINE "软件\n",
                    EVENTS "Comment: 0,,,,,,,,,ivnorm:ignore-next\n" LINE "软件,网络\n" LINE
                           "軟體\n; ivnorm:off\n" LINE "软件\n; ivnorm:on\n" LINE "軟體\n");
}
END_TEST

START_TEST(no_markup_comes_in) {
    expect_document(&c, "ass", EVENTS LINE "｛软件｝＼N网络\n", EVENTS LINE "｛軟體｝＼N網路\n");
    expect_written("ass", 0, "{\\N}\n\r软", 9, "｛＼N｝  软");
}
END_TEST

START_TEST(damage_is_survived) {
    static const char text[] = EVENTS FORMAT LINE "{\\k20}软{\\p1}m{\\p0}件\\N“网络”\\h,｛x｝\n"
                                                  "Comment: 0,,,,,,,,,x\n" LINE "信息";
    expect_robustness(&c, "ass", text, sizeof text - 1);
}
END_TEST

START_TEST(long_lines_take_no_time) {
    static const char *const bits[] = {"{\\p", "{\\i1}", ",", "\\N", "\\", "\n" LINE};
    enum { SIZE = 4000000 };
    char *text = malloc(SIZE + 256);
    for (size_t b = 0; b < sizeof bits / sizeof *bits; b++) {
        size_t n = strlen(strcpy(text, EVENTS LINE));
        for (; n < SIZE; n += strlen(bits[b]))
            strcpy(text + n, bits[b]);
        ivn_prose *prose = NULL;
        ivn_error err;
        ck_assert_int_eq(ivn_prose_read(&prose, "ass", text, n, NULL, &err), IVN_OK);
        ivn_prose_free(prose);
    }
    free(text);
}
END_TEST

START_TEST(text_tells_the_format) {
    static const char *const texts[] = {EVENTS, "\xEF\xBB\xBF\r\n[script info]\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_str_eq(ivn_format_of_text(texts[i], strlen(texts[i])), "ass");
    ck_assert_str_eq(ivn_format_of_text("[Script]", 8), "plain");
    ck_assert_str_eq(ivn_format_of_file("a.ssa"), "ass");
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("doc_ass");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, dialogue_is_prose);
    tcase_add_test(tests, format_tells_where_the_text_is);
    tcase_add_test(tests, blocks_are_looked_through);
    tcase_add_test(tests, drawings_are_left_alone);
    tcase_add_test(tests, comments_direct);
    tcase_add_test(tests, no_markup_comes_in);
    tcase_add_test(tests, damage_is_survived);
    tcase_add_test(tests, long_lines_take_no_time);
    tcase_add_test(tests, text_tells_the_format);
    return fixture_main("doc_ass", tests);
}
