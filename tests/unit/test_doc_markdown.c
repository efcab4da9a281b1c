/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown: what is prose, and that edits leave the markup where it was. */
#include <stdlib.h>
#include <string.h>

#include "../../src/lib/border.h"
#include "prose_fixture.h"

static struct converter c;

static void setup(void) {
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
}

static void teardown(void) {
    converter_close(&c);
}

static void becomes(const char *source, const char *want) {
    expect_document(&c, "markdown", source, want);
}

START_TEST(blocks_and_inline_markup) {
    expect_prose("markdown", "# 甲\n\n- 乙\n  - 丙\n\n> 丁\n> 戊\n", "甲\n\n乙\n\n丙\n\n丁\n戊");
    expect_prose("markdown", "人工**智**能`x`和![图](a.png)后",
                 "人工智能\xEF\xBF\xBC和\xEF\xBF\xBC后\n\n图");
    expect_prose("markdown", "| 甲 | `a|b` | 丙\\|丁 |\n|---|---|---|\n",
                 "甲\n\n\xEF\xBF\xBC\n\n丙|丁");
    expect_prose("markdown", "```\n甲\n```\n\n    乙\n\n丙\n", "丙");
    expect_prose("markdown", "[甲](b \"乙\")丙&hellip;\\*\n", "甲丙…*\n\n乙");
}
END_TEST

START_TEST(edits_stay_on_their_side_of_the_markup) {
    becomes("人工**智能**，打**印机**。\n", "人工**智慧**，印**表機**。\n");
    becomes("看**视频** ，很好\n", "看**影片**，很好\n");
    becomes("看 *网络* ,很好\n", "看*網路*，很好\n");
    becomes("**程序** (**视频**)\n", "**程序**（**影片**）\n");
    becomes("**打印机** 的**视频** 值.\n", "**印表機**的**影片**值。\n");
    becomes("看**视频**... 很好\n", "看**影片**……很好\n");
    becomes("内**存**和<b>内</b>存\n", "記憶**體**和<b>記憶</b>體\n");
}
END_TEST

START_TEST(spaces_that_an_emphasis_needs_stay) {
    becomes("**注:** 软件,信息.\n", "**注：** 軟體，資訊。\n");
    becomes("这是 **“软件”** 的信息,好.\n", "這是 **「軟體」** 的資訊，好。\n");
    becomes("使用 **软件(App)** 打开,好.\n", "使用**軟體（App）** 打開，好。\n");
}
END_TEST

START_TEST(links_lead_where_they_led) {
    becomes("看[软件],再看[软件][甲]和[软件](软件.md).\n\n[软件]: a.md\n[甲]: 软件.md\n",
            "看[软件]，再看[軟體][甲]和[軟體](软件.md)。\n\n[软件]: a.md\n[甲]: 软件.md\n");
    becomes("见 https://a.example/wiki/软件 和<https://a.example/软件>。\n",
            "見 https://a.example/wiki/软件 和<https://a.example/软件>。\n");
    becomes("![图片]({{ site.url }}/软件/a.png)\n", "![圖片]({{ site.url }}/软件/a.png)\n");
}
END_TEST

START_TEST(formulas_and_money) {
    becomes("$$速度 = f(路程, 时间)$$\n", "$$速度 = f(路程, 时间)$$\n");
    becomes("由$速度=路程$得,见`软件`.\n", "由$速度=路程$得，見`软件`。\n");
    becomes("软件卖$5,鼠标卖$6.\n", "軟體賣$5，滑鼠賣$6。\n");
}
END_TEST

START_TEST(footnotes_and_admonitions) {
    becomes("文[^a].\n\n[^a]: 脚注,软件.\n\n    第二段软件,完.\n",
            "文[^a]。\n\n[^a]: 註腳，軟體。\n\n    第二段軟體，完。\n");
    becomes("!!! note \"软件,提示\"\n", "!!! note \"軟體，提示\"\n");
}
END_TEST

START_TEST(html_within) {
    becomes("<div>\r\n软件,<b title=\"网络\">网</b>络\r\n</div>\r\n",
            "<div>\r\n軟體，<b title=\"網路\">網</b>路\r\n</div>\r\n");
    becomes("- <details>\n  <summary>软件</summary>\n  </details>\n",
            "- <details>\n  <summary>軟體</summary>\n  </details>\n");
    becomes("按<kbd>软件</kbd>键,好.\n", "按<kbd>软件</kbd>鍵，好。\n");
}
END_TEST

START_TEST(what_would_change_the_structure_is_undone) {
    becomes("软件\n\n1．软件\n", "軟體\n\n1．軟體\n");
    becomes("软件 ***视频* 好**,网络\n", "軟體***影片*好**，網路\n");
}
END_TEST

START_TEST(directives) {
    becomes("<!-- ivnorm:off -->\n\n软件\n\n<!-- ivnorm:on -->\n\n软件\n",
            "<!-- ivnorm:off -->\n\n软件\n\n<!-- ivnorm:on -->\n\n軟體\n");
    becomes("软件 <!-- ivnorm:ignore-line -->\n软件\n", "软件 <!-- ivnorm:ignore-line -->\n軟體\n");
    becomes("<!-- ivnorm:ignore-next -->\n\n软件\n\n软件\n",
            "<!-- ivnorm:ignore-next -->\n\n软件\n\n軟體\n");
    becomes("<!-- ivnorm:off term, punct -->\n\n软件,好\n",
            "<!-- ivnorm:off term, punct -->\n\n軟件,好\n");
    expect_refusal("markdown", "甲\n<!-- ivnorm:of -->\n", strlen("甲\n<!-- ivnorm:of -->\n"), 2,
                   13);
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_refused) {
    ivn_prose *p = NULL;
    ivn_error err;
    ck_assert_int_eq(ivn_prose_read(&p, "markdown", "a\nb\xFF", 4, NULL, &err), IVN_ENCODING);
    ck_assert_uint_eq(err.line, 2);
    ck_assert_uint_eq(err.column, 2);
}
END_TEST

/* Where a border at `at` is after one edit. */
static struct border moved(const char *text, size_t at, size_t offset, size_t length,
                           const char *with) {
    struct border_list list = {0};
    struct edit_list edits = {0};
    ck_assert(border_add(&list, at) && edit_add(&edits, offset, length, with, strlen(with), 0));
    border_map(&list, &edits, text);
    struct border b = list.items[0];
    border_list_fini(&list);
    edit_list_fini(&edits);
    return b;
}

START_TEST(borders_stay_beside_their_characters) {
    struct border b = moved("甲乙", 3, 3, 0, " "); /* put in at the border: on neither side */
    ck_assert_uint_eq(b.end, 3);
    ck_assert_uint_eq(b.begin, 4);
    b = moved("甲 (乙", 4, 3, 2, "（"); /* the space is gone, the bracket is behind */
    ck_assert_uint_eq(b.end, 3);
    ck_assert_uint_eq(b.begin, 3);
    b = moved("甲乙丙", 3, 0, 6, "丁戊己"); /* a letter more belongs to the word before */
    ck_assert_uint_eq(b.end, 6);
    ck_assert_uint_eq(b.begin, 6);
    b = moved("甲乙丙", 6, 0, 3, "x"); /* far from it */
    ck_assert_uint_eq(b.end, 4);
}
END_TEST

START_TEST(damage_is_survived) {
    static const char text[] =
        "# 软件\n\n- **视频** (`a`),[网络](b \"信息\")\n\n> <b>内</b>存![图](c)\n";
    expect_robustness(&c, "markdown", text, sizeof text - 1);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("doc_markdown");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, blocks_and_inline_markup);
    tcase_add_test(tests, edits_stay_on_their_side_of_the_markup);
    tcase_add_test(tests, spaces_that_an_emphasis_needs_stay);
    tcase_add_test(tests, links_lead_where_they_led);
    tcase_add_test(tests, formulas_and_money);
    tcase_add_test(tests, footnotes_and_admonitions);
    tcase_add_test(tests, html_within);
    tcase_add_test(tests, what_would_change_the_structure_is_undone);
    tcase_add_test(tests, directives);
    tcase_add_test(tests, bytes_that_are_not_utf8_are_refused);
    tcase_add_test(tests, borders_stay_beside_their_characters);
    tcase_add_test(tests, damage_is_survived);
    return fixture_main("doc_markdown", tests);
}
