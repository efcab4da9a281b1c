/* SPDX-License-Identifier: Apache-2.0 */
/* JSON and JSON Lines: which strings are prose, how they are written, paths, what is refused. */
#include <stdlib.h>
#include <string.h>

#include "prose_fixture.h"

static struct converter c;

static void setup(void) {
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
}

static void teardown(void) {
    converter_close(&c);
}

START_TEST(values_are_prose_and_names_are_not) {
    expect_prose("json", "{\"软件\": \"网络\", \"b\": [\"服务器\", {\"信息\": null}]}",
                 "网络\n\n服务器");
    expect_document(&c, "json", "{\"软件\":\"软件\",\"b\":[1,true,\"服务器\"]}",
                    "{\"软件\":\"軟體\",\"b\":[1,true,\"伺服器\"]}");
    expect_document(&c, "json", " \"软件\"\r\n", " \"軟體\"\r\n");
    expect_document(&c, "json", "\xEF\xBB\xBF[\"软件\"]", "\xEF\xBB\xBF[\"軟體\"]");
}
END_TEST

START_TEST(escapes_are_characters) {
    expect_prose("json", "[\"\\u8f6f件\\n\\t\\\"\\\\\\/\\ud83d\\ude00\"]",
                 "软件\n\t\"\\/\xF0\x9F\x98\x80");
    expect_prose("json", "[\"软\\b件\\u0000\\ud83d！\\udc00\"]",
                 "软\xEF\xBF\xBC件\xEF\xBF\xBC\xEF\xBF\xBC！\xEF\xBF\xBC");
}
END_TEST

START_TEST(space_at_the_ends_stays) {
    expect_prose("json", "[\" \\n软件 网络\\\\ \\t\", \" \", \"\\r\\n\", \"\"]", "软件 网络\\");
    expect_document(&c, "json", "[\"软件: \\n \", \" 网络\"]", "[\"軟體： \\n \", \" 網路\"]");
}
END_TEST

START_TEST(what_was_escaped_stays_escaped) {
    expect_document(&c, "json", "[\"\\u8f6f\\u4ef6,AI\"]", "[\"\\u8edf\\u9ad4\\uff0cAI\"]");
    expect_document(&c, "json", "[\"AI,\\u8F6F\\u4EF6\"]", "[\"AI\\uFF0C\\u8EDF\\u9AD4\"]");
    expect_document(&c, "json", "[\"\\u8f6f件\\n软件\"]", "[\"\\u8edf體\\n軟體\"]");
    expect_document(&c, "json", "[\"\\ud83d\\uDE00 软件\\/\\ud800\"]",
                    "[\"\\ud83d\\uDE00 軟體\\/\\ud800\"]");
}
END_TEST

START_TEST(names_of_things_are_left_alone) {
    static const char *const things[] = {"[\"https://example.org/软件\"]",
                                         "[\"http:\\/\\/example.org\\/软件\"]",
                                         "[\"images/软件.png\"]",
                                         "[\"C:\\\\软件\\\\程序.exe\"]",
                                         "[\"软件_id\"]",
                                         "[\"\\u8f6f\\u4ef6_id\"]",
                                         "[\"https://example.org/\\u8f6f.html\"]"};
    for (size_t i = 0; i < sizeof things / sizeof *things; i++)
        expect_document(&c, "json", things[i], things[i]);
    expect_document(&c, "json", "[\"软件/网络\", \"用Node.js的软件\"]",
                    "[\"軟體/網路\", \"用Node.js的軟體\"]");
}
END_TEST

START_TEST(what_becomes_ascii_is_converted) {
    expect_document(&c, "json", "[\"ＡＢＣ\", \"１２３\"]", "[\"ABC\", \"123\"]");
}
END_TEST

static const char shop[] =
    "{\"text\":\"甲\",\"a\":{\"b\":\"乙\",\"text\":[\"丙\",{\"text\":\"丁\"}]},"
    "\"items\":[{\"title\":\"戊\",\"id\":\"己\"},{\"title\":\"庚\"}],"
    "\"a b\":{\"c\":\"辛\"},\"标\\u9898\":\"壬\"}";

START_TEST(paths_choose) {
    static const struct {
        const char *path, *prose;
    } rows[] = {{"$.text", "甲"},
                {"$.a.b", "乙"},
                {"$.items[*].title", "戊\n\n庚"},
                {"$.items[1].title", "庚"},
                {"$['a b'].c", "辛"},
                {"$[\"a b\"]['c']", "辛"},
                {"$..text", "甲\n\n丁"},
                {"$..text[0]", "丙"},
                {"$..[0]", "丙"},
                {"$.*", "甲\n\n壬"},
                {"$..*", "甲\n\n乙\n\n丙\n\n丁\n\n戊\n\n己\n\n庚\n\n辛\n\n壬"},
                {"$.a..text", "丁"},
                {"$.a.b , $.items[*]['id']", "乙\n\n己"},
                {"$.标题", "壬"},
                {"$", ""},
                {"$.no.such", ""},
                {"$.items", ""},
                {"$['']", ""},
                {"$..a..*", "乙\n\n丙\n\n丁"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_prose_of("json", shop, rows[i].path, rows[i].prose);
    expect_prose_of("json", "\"甲\"", "$", "甲");
    expect_prose_of("json", "{\"it's\":\"甲\",\"\":\"乙\"}", "$['it\\'s'],$['']", "甲\n\n乙");
    expect_prose_of("jsonl", "{\"a\":\"甲\",\"b\":\"乙\"}\n{\"a\":\"丙\"}\n", "$.a", "甲\n\n丙");
}
END_TEST

static void refuse_path(const char *path, const char *column) {
    ivn_prose *prose = NULL;
    ivn_error err = {0};
    ck_assert_msg(ivn_prose_read(&prose, "json", "[]", 2, path, &err) == IVN_SYNTAX, "%s", path);
    ck_assert_msg(strcmp(err.args[0], path) == 0 && strcmp(err.args[1], column) == 0,
                  "%s: refused for %s at %s", path, err.args[0], err.args[1]);
}

START_TEST(malformed_paths_are_refused) {
    refuse_path("", "1");
    refuse_path("text", "1");
    refuse_path("$.", "3");
    refuse_path("$..", "4");
    refuse_path("$.标题.", "6");
    refuse_path("$[", "3");
    refuse_path("$[x]", "3");
    refuse_path("$['x", "5");
    refuse_path("$[1", "4");
    refuse_path("$[99999999999]", "3");
    refuse_path("$.a,", "5");
    refuse_path("$.a $.b", "5");
    refuse_path("$.a[?(@.b)]", "5");
    char many[3 * 70 + 2] = "$";
    for (size_t i = 0; i < 70; i++)
        strcat(many, ".*");
    refuse_path(many, "");
}
END_TEST

START_TEST(malformed_json_is_refused_with_its_place) {
    static const struct {
        const char *text;
        size_t line, column;
    } rows[] = {{"", 1, 1},
                {" \n", 2, 1},
                {"{", 1, 2},
                {"[\"软件\",\n]", 2, 1},
                {"{\"a\":1,}", 1, 8},
                {"{\"a\" 1}", 1, 6},
                {"{\"a\":}", 1, 6},
                {"{a:1}", 1, 2},
                {"{1:1}", 1, 2},
                {"{[]:1}", 1, 2},
                {"[1 2]", 1, 4},
                {"[1:2]", 1, 3},
                {"[,]", 1, 2},
                {"{}\n{}", 2, 1},
                {"[}", 1, 2},
                {"[1}", 1, 3},
                {"]", 1, 1},
                {"[\"软件", 1, 2},
                {"[\"a\\", 1, 2},
                {"[\"a\\\"", 1, 2},
                {"[\"\\x\"]", 1, 2},
                {"[\"\\u12G4\"]", 1, 2},
                {"[\"软件\n\"]", 1, 5},
                {"[01]", 1, 2},
                {"[1.]", 1, 2},
                {"[-]", 1, 2},
                {"[1e]", 1, 2},
                {"[.5]", 1, 2},
                {"[nulll]", 1, 2},
                {"[NaN]", 1, 2},
                {"['a']", 1, 2},
                {"// a\n[]", 1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_refusal("json", rows[i].text, strlen(rows[i].text), rows[i].line, rows[i].column);
    expect_refusal("json", "[\"a\0b\"]", 7, 1, 4);
    expect_refusal("json", "[1\0]", 4, 1, 3);
    expect_refusal("json", "[]\0", 3, 1, 3);
}
END_TEST

START_TEST(lines_are_documents) {
    expect_document(&c, "jsonl", "{\"a\":\"软件\"}\r\n\n[\"网络\"]\n\"信息\"\n7\n",
                    "{\"a\":\"軟體\"}\r\n\n[\"網路\"]\n\"資訊\"\n7\n");
    expect_document(&c, "jsonl", "", "");
    expect_refusal("jsonl", "{}\n\n{\"a\":\"软件\"\n{}\n", 21, 3, 10);
    expect_refusal("jsonl", "{} {}\n", 6, 1, 4);
}
END_TEST

START_TEST(depth_and_size_do_not_matter) {
    enum { DEPTH = 1000000 };
    char *text = malloc(2 * DEPTH + 16);
    memset(text, '[', DEPTH);
    const size_t word = strlen(strcpy(text + DEPTH, "\"软件\""));
    memset(text + DEPTH + word, ']', DEPTH);
    const size_t n = 2 * (size_t)DEPTH + word;
    text[n] = '\0';
    expect_prose("json", text, "软件");
    expect_prose_of("json", text, "$..*", "软件");
    expect_prose_of("json", text, "$.a", "");
    expect_refusal("json", text, n - 1, 1, n - 4);
    free(text);
}
END_TEST

START_TEST(text_tells_the_format) {
    static const struct {
        const char *text, *format;
    } rows[] = {{"{\"a\": \"b\"}", "json"},
                {" \n[1]\n", "json"},
                {"\xEF\xBB\xBF{}", "json"},
                {"{\"a\":1}\n{\"a\":2}\n", "jsonl"},
                {"{\"a\":1}\n\n{\"a\":2}", "jsonl"},
                {"{\"a\":1}\n[2]", "plain"},
                {"[注] 软件", "plain"},
                {"{软件}", "plain"},
                {"5", "plain"},
                {"", "plain"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(ivn_format_of_text(rows[i].text, strlen(rows[i].text)), rows[i].format);
    ck_assert_str_eq(ivn_format_of_file("a/b.JSON"), "json");
    ck_assert_str_eq(ivn_format_of_file("a.ndjson"), "jsonl");
}
END_TEST

START_TEST(what_must_be_escaped_is) {
    expect_written("json", 0, "\"\\/\n\t\r\b\f\x01\x1F\0软", 14,
                   "\\\"\\\\/\\n\\t\\r\\b\\f\\u0001\\u001f\\u0000软");
    expect_written("json", 1, "a软\xF0\x9F\x98\x80\"", 9, "a\\u8f6f\\ud83d\\ude00\\\"");
    expect_written("jsonl", 2, "a软\xF0\x9F\x98\x80\n", 9, "a\\u8F6F\\uD83D\\uDE00\\n");
}
END_TEST

START_TEST(damage_is_survived) {
    static const char text[] = "{\"a\": [\"软件,\\u8f6f\\u4ef6\\n\\ud83d\\ude00\", 1.5, {}],\n"
                               " \"网络\": \"“信息”<b>\\\"x\\\"</b>\"}\n";
    expect_robustness(&c, "json", text, sizeof text - 1);
    expect_robustness(&c, "jsonl", text, sizeof text - 1);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("doc_json");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, values_are_prose_and_names_are_not);
    tcase_add_test(tests, escapes_are_characters);
    tcase_add_test(tests, space_at_the_ends_stays);
    tcase_add_test(tests, what_was_escaped_stays_escaped);
    tcase_add_test(tests, names_of_things_are_left_alone);
    tcase_add_test(tests, what_becomes_ascii_is_converted);
    tcase_add_test(tests, paths_choose);
    tcase_add_test(tests, malformed_paths_are_refused);
    tcase_add_test(tests, malformed_json_is_refused_with_its_place);
    tcase_add_test(tests, lines_are_documents);
    tcase_add_test(tests, depth_and_size_do_not_matter);
    tcase_add_test(tests, text_tells_the_format);
    tcase_add_test(tests, what_must_be_escaped_is);
    tcase_add_test(tests, damage_is_survived);
    return fixture_main("doc_json", tests);
}
