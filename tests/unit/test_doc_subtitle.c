/* SPDX-License-Identifier: Apache-2.0 */
/* SubRip and WebVTT: what of a cue is prose, and what no edit may touch or make. */
#include <stdlib.h>
#include <string.h>

#include "prose_fixture.h"

#define TIMES "00:00:01,000 --> 00:00:02,000\n"

static struct converter c;

static void setup(void) {
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
}

static void teardown(void) {
    converter_close(&c);
}

START_TEST(srt_cues_are_blocks) {
    expect_prose("srt", "1\n" TIMES "软件\n- 网络\n\n2\n" TIMES "♪信息♪\n",
                 "软件\n- 网络\n\n♪信息♪");
    expect_document(&c, "srt",
                    "\xEF\xBB\xBF"
                    "1\r\n00:00:01,000 --> 00:00:02,000\r\n软件,很好\r\n\r\n",
                    "\xEF\xBB\xBF"
                    "1\r\n00:00:01,000 --> 00:00:02,000\r\n軟體，很好\r\n\r\n");
    expect_document(&c, "srt", "1\r00:00:01,000 --> 00:00:02,000\r软件\r\r",
                    "1\r00:00:01,000 --> 00:00:02,000\r軟體\r\r");
    expect_document(&c, "srt", "", "");
    expect_document(&c, "srt", " \n\n", " \n\n");
}
END_TEST

START_TEST(srt_defects_are_lived_with) {
    expect_prose("srt", TIMES "软件\n\n" TIMES "网络", "软件\n\n网络");
    expect_prose("srt", "1\n" TIMES "软件\n\n \n网络\n\n2\n" TIMES "信息", "软件\n网络\n\n信息");
    expect_prose("srt", "1\n" TIMES "软件\n2\n" TIMES "网络\n2024\n", "软件\n\n网络\n2024");
    expect_prose("srt", "1\n00:00:01.000-->0:00:02.000 X1:1 X2:2\n软件", "软件");
    expect_prose("srt", "片头\n1\n" TIMES "软件", "软件");
    expect_prose("srt", "1\n" TIMES, "");
    expect_refusal("srt", "\n软件\n", 8, 2, 1);
}
END_TEST

START_TEST(srt_tags_are_looked_through) {
    expect_prose("srt", TIMES "{\\an8}<i>软</i>件<font color=\"#软件\">网</font>络", "软件网络");
    expect_prose("srt", TIMES "<旁白> <3 {软件} <A类> <i", "<旁白> <3 {软件} <A类> <i");
    expect_document(&c, "srt", TIMES "<i>人工</i><b>智能<i>\n</i>服务器</b>\n",
                    TIMES "<i>人工</i><b>智慧<i>\n</i>伺服器</b>\n");
}
END_TEST

START_TEST(srt_structure_stays) {
    static const char *const texts[] = {
        "1\n" TIMES "软件\n\n２\n" TIMES "网络", TIMES "＜i＞软件＜／i＞", TIMES "——>",
        TIMES "00：00：01，000 ——> 00：00：02，000\n软件", TIMES "\xE2\x80\x8B\n软件"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_robustness(&c, "srt", texts[i], strlen(texts[i]));
}
END_TEST

START_TEST(vtt_has_prose_in_cues_alone) {
    expect_prose("vtt",
                 "WEBVTT 软件\n语言: 软件\n\nSTYLE\n::cue { content: \"软件\" }\n\n"
                 "REGION\nid:软件\n\nNOTE 软件\n软件\n\n软件标识\n"
                 "00:01.000 --> 00:02.000 align:start\n<v 张软件>网络\n信息\n"
                 "00:03.000 --> 00:04.000\n服务器\n\n没有时间的软件\n\n不\n要\n",
                 "网络\n信息\n\n服务器");
    expect_prose("vtt", "WEBVTT\n00:01.000 --> 00:02.000\n软件", "软件");
    expect_prose("vtt", "WEBVTT", "");
    expect_refusal("vtt", "", 0, 1, 1);
    expect_refusal("vtt", "WEBVTTX\n", 8, 1, 1);
}
END_TEST

#define CUE "WEBVTT\n\n00:01.000 --> 00:02.000\n"

START_TEST(vtt_tags_and_entities) {
    expect_prose("vtt", CUE "<c.软件.red>软</c>件<00:00:01.500>和&amp;&lt;&nbsp;&zwnj;&x; &",
                 "软件和&<\xEF\xBF\xBC\xEF\xBF\xBC\xEF\xBF\xBC &");
    expect_prose("vtt", CUE "<lang ja>軟件<lang zh>软件</lang></lang>网<lang zh-Hans>络</lang>",
                 "\xEF\xBF\xBC\xEF\xBF\xBC网络");
    expect_prose("vtt", CUE "<ruby>软<rt>ruǎn</rt>件<rt>jiàn</ruby>好<rt>x",
                 "软件好\n\nruǎn\n\njiàn\n\nx");
    expect_document(&c, "vtt", CUE "<i>人工</i><b>智能</b>&gt;软件\n",
                    CUE "<i>人工</i><b>智慧</b>&gt;軟體\n");
    expect_document(&c, "vtt", CUE "<lang en><i>软件</i></lang>软件\n",
                    CUE "<lang en><i>软件</i></lang>軟體\n");
}
END_TEST

START_TEST(vtt_directives) {
    expect_document(
        &c, "vtt",
        "WEBVTT\n\nNOTE ivnorm:ignore-next\n\n1\n00:01.000 --> 00:02.000\n软件\n网络\n\n"
        "00:03.000 --> 00:04.000\n软件\n\nNOTE\nivnorm:off\n\n"
        "00:05.000 --> 00:06.000\n软件\n\nNOTE ivnorm:on\n\n"
        "00:07.000 --> 00:08.000\n软件\n",
        "WEBVTT\n\nNOTE ivnorm:ignore-next\n\n1\n00:01.000 --> 00:02.000\n软件\n网络\n\n"
        "00:03.000 --> 00:04.000\n軟體\n\nNOTE\nivnorm:off\n\n"
        "00:05.000 --> 00:06.000\n软件\n\nNOTE ivnorm:on\n\n"
        "00:07.000 --> 00:08.000\n軟體\n");
    expect_refusal("vtt", "WEBVTT\n\nNOTE ivnorm:of\n", 23, 3, 13);
}
END_TEST

START_TEST(no_markup_is_written) {
    expect_written("srt", 0, "a\nb\r<i>", 7, "a b <i>");
    expect_written("vtt", 0, "-->\n<b>&amp;", 12, "--&gt; &lt;b&gt;&amp;amp;");
}
END_TEST

START_TEST(vtt_damage_is_survived) {
    static const char text[] = CUE "<v 甲>软件&amp;<ruby>网<rt>w</rt></ruby>——>＜b＞\n"
                                   "<lang ja>軟</lang>，“信息”\n\nNOTE 软\n\n1\n"
                                   "00:03.000 --> 00:04.000\n１\n";
    expect_robustness(&c, "vtt", text, sizeof text - 1);
}
END_TEST

/* What takes the square of its time would not end. */
START_TEST(long_lines_take_no_time) {
    static const char *const bits[] = {"<a", "{\\a", "&am",   "<b>",   "<rt>",
                                       "\r", "1\n",  "-->\n", "NOTE\n"};
    enum { SIZE = 4000000 };
    char *text = malloc(SIZE + 64);
    for (size_t b = 0; b < sizeof bits / sizeof *bits; b++)
        for (int vtt = 0; vtt < 2; vtt++) {
            size_t n = strlen(strcpy(text, vtt ? CUE : TIMES));
            for (; n < SIZE; n += strlen(bits[b]))
                strcpy(text + n, bits[b]);
            ivn_prose *prose = NULL;
            ivn_error err;
            ck_assert_int_eq(ivn_prose_read(&prose, vtt ? "vtt" : "srt", text, n, NULL, &err),
                             IVN_OK);
            ivn_prose_free(prose);
        }
    free(text);
}
END_TEST

START_TEST(text_tells_the_format) {
    static const struct {
        const char *text, *format;
    } rows[] = {{"1\n" TIMES "x", "srt"},
                {"\xEF\xBB\xBF\r\n1\r\n00:00:01,000 --> 00:00:02,000\r\n", "srt"},
                {TIMES, "srt"},
                {"1\n2\n" TIMES, "plain"},
                {"软件 --> 网络\n", "plain"},
                {"WEBVTT\n", "vtt"},
                {"\xEF\xBB\xBFWEBVTT - x\n", "vtt"},
                {"WEBVTTs", "plain"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(ivn_format_of_text(rows[i].text, strlen(rows[i].text)), rows[i].format);
    ck_assert_str_eq(ivn_format_of_file("片.zh.srt"), "srt");
    ck_assert_str_eq(ivn_format_of_file("a.VTT"), "vtt");
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("doc_subtitle");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, srt_cues_are_blocks);
    tcase_add_test(tests, srt_defects_are_lived_with);
    tcase_add_test(tests, srt_tags_are_looked_through);
    tcase_add_test(tests, srt_structure_stays);
    tcase_add_test(tests, vtt_has_prose_in_cues_alone);
    tcase_add_test(tests, vtt_tags_and_entities);
    tcase_add_test(tests, vtt_directives);
    tcase_add_test(tests, no_markup_is_written);
    tcase_add_test(tests, vtt_damage_is_survived);
    tcase_add_test(tests, long_lines_take_no_time);
    tcase_add_test(tests, text_tells_the_format);
    return fixture_main("doc_subtitle", tests);
}
