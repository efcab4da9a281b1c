/* SPDX-License-Identifier: Apache-2.0 */
/* Front matter of Markdown: which values are prose, and how they are written. */
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

static struct converter c;

static void open_converter(void) {
    converter_open(&c, "zh-TW", IVN_SCRIPT | IVN_TERMS | IVN_CLEANUP, NULL);
}

static void close_converter(void) {
    converter_close(&c);
}

static void assert_prose_of(const char *text, size_t size, const char *want) {
    ivn_prose *p = NULL;
    ivn_error err = {0};
    size_t n;
    ck_assert_msg(ivn_prose_read(&p, "markdown", text, size, NULL, &err) == IVN_OK, "%s",
                  err.message);
    const char *got = ivn_prose_text(p, &n);
    ck_assert_msg(n == strlen(want) && memcmp(got, want, n) == 0, "%s: got %.*s, wanted %s", text,
                  (int)n, got, want);
    ivn_prose_free(p);
}

static void assert_prose(const char *text, const char *want) {
    assert_prose_of(text, strlen(text), want);
}

static ivn_result *convert(const char *text) {
    ivn_result *result = NULL;
    ivn_error err = {0};
    ivn_status status =
        ivn_convert_document(c.context, "markdown", text, strlen(text), NULL, &result, &err);
    ck_assert_msg(status == IVN_OK, "%s: %s", text, err.message);
    return result;
}

static void assert_once(const char *text, const char *want) {
    size_t n;
    ivn_result *result = convert(text);
    const char *got = ivn_result_text(result, &n);
    ck_assert_msg(n == strlen(want) && memcmp(got, want, n) == 0, "%s: got %.*s, wanted %s", text,
                  (int)n, got, want);
    ivn_result_free(result);
}

static void assert_becomes(const char *text, const char *want) {
    assert_once(text, want);
    assert_once(want, want);
}

/* ---- YAML ---- */

START_TEST(values_are_prose_and_keys_are_not) {
    assert_prose("---\n软件: 鼠标\n\"信息\": '打印机'\n---\n正文\n", "鼠标\n\n打印机\n\n正文");
    assert_becomes("---\n软件: 鼠标\n---\n软件\n", "---\n软件: 滑鼠\n---\n軟體\n");
}
END_TEST

START_TEST(edits_stand_where_the_value_stands) {
    static const char text[] = "\xEF\xBB\xBF---\r\ntitle: \"😀 软件\"\r\n---\r\n";
    size_t count;
    ivn_result *result = convert(text);
    const ivn_edit *edits = ivn_result_edits(result, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(edits[0].offset, (size_t)(strstr(text, "软件") - text));
    ck_assert_uint_eq(edits[0].length, strlen("软件"));
    ck_assert_uint_eq(edits[0].text_length, strlen("軟體"));
    ivn_result_free(result);
}
END_TEST

START_TEST(escapes_of_double_quotes) {
    assert_prose("---\na: \"他说：\\\"\\u8F6F\\U00004EF6\\\"\\n好\\t\\x41\"\n---\n",
                 "他说：\"软件\"\n好\xEF\xBF\xBC"
                 "A");
    assert_becomes("---\na: \"\\u8F6F\\u4EF6\\\\软件\"\n---\n", "---\na: \"軟體\\\\軟體\"\n---\n");
    assert_becomes("---\na: \"这个软\\\n  件\"\n---\n", "---\na: \"這個軟\\\n  體\"\n---\n");
}
END_TEST

START_TEST(quotation_marks_within_single_quotes) {
    assert_prose("---\na: '信息''软件'''\n---\n", "信息'软件'");
    assert_becomes("---\na: '他说''软件''好'\n---\n", "---\na: '他說「軟體」好'\n---\n");
}
END_TEST

START_TEST(lines_of_block_scalars) {
    assert_prose("---\na: >- # 注\n  软件\n  鼠标\n\n   打印机\nb: |2\n    信息\n---\n",
                 "软件\n鼠标\n\n打印机\n\n信息");
    assert_becomes("---\r\na: |\r\n  软件\r\n\r\n  鼠标\r\n---\r\n",
                   "---\r\na: |\r\n  軟體\r\n\r\n  滑鼠\r\n---\r\n");
}
END_TEST

START_TEST(lines_of_plain_and_quoted_scalars) {
    assert_prose("---\na: 软件\n  鼠标\nb: \"信息\n\n  技术\"\n---\n",
                 "软件\n鼠标\n\n信息\n\n技术");
}
END_TEST

START_TEST(collections) {
    assert_prose("---\na: [软件, '鼠标', {b: 信息, url: 软件}]\nc:\n- 打印机\n- d: 网络\n---\n",
                 "软件\n\n鼠标\n\n信息\n\n打印机\n\n网络");
}
END_TEST

START_TEST(keys_that_are_not_for_people) {
    assert_prose("---\nSlug: 软件\naliases: [软件, 信息]\ndate_updated: 二月\nredirect_from:\n"
                 "  - 软件\nauthor: 王平\nslugs: 鼠标\n---\n",
                 "王平\n\n鼠标");
    assert_prose("---\ncover:\n  image: 软件\n  alt: 鼠标\n---\n", "鼠标");
}
END_TEST

START_TEST(values_that_are_not_for_people) {
    assert_prose("---\na: /软件/甲\nb: 软件.png\nc: https://例子.example/软件\nd: ./软件\n"
                 "e: 2024-01-02\nf: true\ng: abc\nh: 封面.JPG\n---\n",
                 "");
    assert_prose("---\na: 用/还是不用 /\nb: 学习Node.js\n---\n", "用/还是不用 /\n\n学习Node.js");
}
END_TEST

START_TEST(anchors_tags_and_comments_stay) {
    assert_becomes("---\n# 软件\na: &软件 软件 # 软件\nb: !!str 软件#1\nc: !软件 软件\n---\n",
                   "---\n# 软件\na: &软件 软件 # 软件\nb: !!str 软件#1\nc: !软件 软件\n---\n");
    assert_becomes("---\n# 软件\na: &x 软件 # 软件\nb: !!str &y\n  \"软件\"\nc: !t 软件\nd: *x\n"
                   "? [软件]\n: 鼠标\n---\n",
                   "---\n# 软件\na: &x 軟體 # 软件\nb: !!str &y\n  \"軟體\"\nc: !t 软件\nd: *x\n"
                   "? [软件]\n: 滑鼠\n---\n");
}
END_TEST

START_TEST(directives) {
    assert_becomes("---\na: 软件 # ivnorm:ignore-line\n# ivnorm:off\nb: 软件\n# ivnorm:on\n"
                   "c: '软件 # ivnorm:off'\n---\n",
                   "---\na: 软件 # ivnorm:ignore-line\n# ivnorm:off\nb: 软件\n# ivnorm:on\n"
                   "c: '軟體 # ivnorm:off'\n---\n");
}
END_TEST

START_TEST(malformed_yaml_is_left_alone) {
    assert_prose("---\na: \"软件\n---\n正文\n", "正文");
    assert_prose("---\na: 软件: 鼠标\n---\n正文\n", "正文");
    assert_prose("---\na: 软件\n\tb: 鼠标\n---\n正文\n", "正文");
    assert_prose_of("---\na: \xE8\xBD\xAF\0\n---\nx\n", 18, "x");
}
END_TEST

START_TEST(rulers_are_no_front_matter) {
    assert_prose("---\n\n软件\n\n---\n鼠标\n", "软件\n\n鼠标");
    assert_prose("---\n\n- 软件\n\n---\n鼠标\n", "软件\n\n鼠标");
    assert_prose("---\na: 软件\n", "a: 软件");
    assert_prose("----\na: 软件\n---\n", "a: 软件");
    assert_prose("\n---\na: 软件\n---\n", "a: 软件");
    assert_prose("---\n---\n软件", "软件");
    assert_prose("---", "");
    assert_prose("", "");
}
END_TEST

START_TEST(a_plain_scalar_stays_one) {
    assert_becomes("---\na: 软件，鼠标：“好”\nb: [软件，鼠标]\nc: 软件...\n---\n",
                   "---\na: 軟體，滑鼠：「好」\nb: [軟體，滑鼠]\nc: 軟體……\n---\n");
}
END_TEST

/* Nothing can be escaped in a plain scalar. */
START_TEST(what_breaks_a_plain_scalar_is_undone) {
    static const char *const forms[] = {"!乙", "&乙", "'乙", "乙:"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char tsv[64] = "zh-CN\tzh-TW\n甲虫软件\t";
        converter_close(&c);
        converter_open(&c, "zh-TW", IVN_TERMS, strcat(strcat(tsv, forms[i]), "\n"));
        assert_once("---\na: 甲虫软件\n---\n", "---\na: 甲虫软件\n---\n");
        assert_once("---\na: [甲虫软件]\n---\n", "---\na: [甲虫软件]\n---\n");
    }
    assert_once("---\na: '甲虫软件'\n---\n", "---\na: '乙:'\n---\n");
    assert_once("---\na: 是甲虫软件吧\n---\n", "---\na: 是乙:吧\n---\n");
}
END_TEST

/* ---- TOML ---- */

START_TEST(strings_of_toml) {
    assert_prose("+++\na = \"软件\\u4FE1\\\"\" # 注\n'软件' = '信\\息'\n[b.\"软件\"]\n"
                 "c = \"\"\"\n鼠标 \\\n  打印机\"\"\"\"\nd = '''网''络'''\n+++\n正文\n",
                 "软件信\"\n\n信\\息\n\n鼠标 打印机\"\n\n网''络\n\n正文");
    assert_becomes("+++\ntitle = \"他说\\\"软件\\\"好\"\n+++\n",
                   "+++\ntitle = \"他說「軟體」好\"\n+++\n");
}
END_TEST

START_TEST(collections_of_toml) {
    assert_prose("+++\na = [ \"软件\", # ]\n  '鼠标', [1, \"信息\"], ]\nb = {c = \"网络\", slug = "
                 "\"软件\"}\nd = 1979-05-27 07:32:00Z\ne = []\n[[f]]\ng.url = \"软件\"\n+++\n",
                 "软件\n\n鼠标\n\n信息\n\n网络");
}
END_TEST

START_TEST(malformed_toml_is_left_alone) {
    assert_prose("+++\na = \"软件\nb = \"鼠标\"\n+++\n正文\n", "正文");
    assert_prose("+++\na = \"软\\q件\"\n+++\n正文\n", "正文");
    assert_prose("+++\na = [\"软件\"\n+++\n正文\n", "正文");
    assert_prose("+++\n软件 = \"鼠标\"\n+++\n正文\n", "正文");
    assert_prose("+++\na = \"软件\" \"鼠标\"\n+++\n正文\n", "正文");
    assert_prose_of("+++\na = \"\xE8\xBD\xAF\0\"\n+++\nx\n", 22, "x");
    assert_prose("+++\na = \"软件\"\n", "+++\na = \"软件\"");
}
END_TEST

START_TEST(toml_with_carriage_returns) {
    assert_becomes("+++\r\na = \"软件\" # x\r\nb = '''\r\n鼠标\r\n'''\r\n+++\r\n软件\r\n",
                   "+++\r\na = \"軟體\" # x\r\nb = '''\r\n滑鼠\r\n'''\r\n+++\r\n軟體\r\n");
}
END_TEST

/* ---- JSON, and what is large ---- */

START_TEST(json_is_left_alone) {
    assert_prose("{\n  \"a\": \"软件 } \\\" {\", \"b\": [{}]\n}\n正文\n", "正文");
    assert_prose("{}\n正文\n", "正文");
    assert_prose("{{< figure \"软件\" >}}\n\n正文\n", "{{< figure \"软件\" >}}\n\n正文");
    assert_prose("{\"a\": \"软件\"\n\n正文\n", "{\"a\": \"软件\"\n\n正文");
    assert_prose("{\"a\": 1} 正文\n", "{\"a\": 1} 正文");
}
END_TEST

static char *repeat(const char *head, const char *middle, size_t times, const char *tail) {
    const size_t h = strlen(head), m = strlen(middle);
    char *text = malloc(h + m * times + strlen(tail) + 1);
    ck_assert_ptr_nonnull(text);
    memcpy(text, head, h);
    for (size_t i = 0; i < times; i++)
        memcpy(text + h + i * m, middle, m);
    memcpy(text + h + times * m, tail, strlen(tail) + 1);
    return text;
}

START_TEST(deep_nesting) {
    static const struct {
        const char *head, *middle, *tail;
    } deep[] = {{"---\na: ", "[", "\n---\n正文\n"},
                {"---\na: ", "{a: ", "\n---\n正文\n"},
                {"---\na:\n  ", "- ", "软件\n---\n正文\n"},
                {"+++\na = ", "[", "\n+++\n正文\n"},
                {"+++\na = ", "{a=", "\n+++\n正文\n"}};
    for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
        char *text = repeat(deep[i].head, deep[i].middle, 100000, deep[i].tail);
        assert_prose(text, "正文");
        free(text);
    }
}
END_TEST

START_TEST(many_values) {
    char *text = repeat("---\na: [", "软件, ", 200000, "]\n---\n正文\n");
    char *prose = repeat("", "软件\n\n", 200000, "正文");
    assert_prose(text, prose);
    free(text);
    free(prose);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("doc_front");
    tcase_add_checked_fixture(tests, open_converter, close_converter);
    tcase_add_test(tests, values_are_prose_and_keys_are_not);
    tcase_add_test(tests, edits_stand_where_the_value_stands);
    tcase_add_test(tests, escapes_of_double_quotes);
    tcase_add_test(tests, quotation_marks_within_single_quotes);
    tcase_add_test(tests, lines_of_block_scalars);
    tcase_add_test(tests, lines_of_plain_and_quoted_scalars);
    tcase_add_test(tests, collections);
    tcase_add_test(tests, keys_that_are_not_for_people);
    tcase_add_test(tests, values_that_are_not_for_people);
    tcase_add_test(tests, anchors_tags_and_comments_stay);
    tcase_add_test(tests, directives);
    tcase_add_test(tests, malformed_yaml_is_left_alone);
    tcase_add_test(tests, rulers_are_no_front_matter);
    tcase_add_test(tests, a_plain_scalar_stays_one);
    tcase_add_test(tests, what_breaks_a_plain_scalar_is_undone);
    tcase_add_test(tests, strings_of_toml);
    tcase_add_test(tests, collections_of_toml);
    tcase_add_test(tests, malformed_toml_is_left_alone);
    tcase_add_test(tests, toml_with_carriage_returns);
    tcase_add_test(tests, json_is_left_alone);
    tcase_add_test(tests, deep_nesting);
    tcase_add_test(tests, many_values);
    return fixture_main("doc_front", tests);
}
