/* SPDX-License-Identifier: Apache-2.0 */
/* Dictionary files: rows, forms, examples; what is wrong in them, with its place. */
#include <string.h>

#include "dict.h"
#include "fixture.h"

static struct dict_reader reader;
static struct dict_row row;
static struct dict_example example;
static ivn_error err;

static void start(const char *text) {
    reader = (struct dict_reader){.text = text, .size = strlen(text), .file = "a.tsv"};
}

static enum dict_item next(void) {
    return dict_next(&reader, &row, &example, &err);
}

static void assert_slice(struct slice s, const char *want) {
    ck_assert_msg(s.size == strlen(want) && (s.size == 0 || slice_equal(s, want)),
                  "got '%.*s', wanted '%s'", (int)s.size, s.size ? s.text : "", want);
}

static void assert_place(const char *file, size_t line, size_t column) {
    ck_assert_str_eq(err.file, file);
    ck_assert_uint_eq(err.line, line);
    ck_assert_uint_eq(err.column, column);
}

START_TEST(rows_follow_the_header) {
    start("# remark\n\nzh-TW\tzh-CN\tnote\n軟體\t软件\tsafe\n\t硬件\n");
    ck_assert_int_eq(next(), DICT_ROW);
    assert_slice(row.cells[DICT_TW], "軟體");
    assert_slice(row.cells[DICT_CN], "软件");
    assert_slice(row.cells[DICT_NOTE], "safe");
    assert_slice(row.cells[DICT_HK], "");
    ck_assert_uint_eq(row.line, 4);
    ck_assert_uint_eq(row.columns[DICT_TW], 1);
    ck_assert_uint_eq(row.columns[DICT_CN], 4); /* code points */
    ck_assert_int_eq(next(), DICT_ROW);
    assert_slice(row.cells[DICT_TW], "");
    assert_slice(row.cells[DICT_CN], "硬件");
    ck_assert_int_eq(next(), DICT_END);
}
END_TEST

START_TEST(byte_order_mark_crlf_and_no_final_newline) {
    start("\xEF\xBB\xBFzh-CN\tzh-TW\r\n软件\t軟體");
    ck_assert_int_eq(next(), DICT_ROW);
    assert_slice(row.cells[DICT_CN], "软件");
    assert_slice(row.cells[DICT_TW], "軟體");
    ck_assert_uint_eq(row.line, 2);
    ck_assert_int_eq(next(), DICT_END);
    start("zh-CN\tzh-TW\r\n软件\t軟體\r\n");
    ck_assert_int_eq(next(), DICT_ROW);
    assert_slice(row.cells[DICT_TW], "軟體");
    start("");
    ck_assert_int_eq(next(), DICT_END);
}
END_TEST

START_TEST(examples) {
    start("zh-CN\tzh-TW\n软件\t軟體\n#= zh-TW: 好软件: 一 → 好軟體: 一\n");
    ck_assert_int_eq(next(), DICT_ROW);
    ck_assert_int_eq(next(), DICT_EXAMPLE);
    assert_slice(example.locale, "zh-TW");
    assert_slice(example.input, "好软件: 一");
    assert_slice(example.expected, "好軟體: 一");
    ck_assert_uint_eq(example.line, 3);
    start("zh-CN\n#= zh-TW 软件\n");
    ck_assert_int_eq(next(), DICT_ERROR);
    assert_place("a.tsv", 2, 1);
}
END_TEST

START_TEST(forms_and_their_conditions) {
    struct slice cell = {"软件| 软体 @doc=X; left=a|硬件",
                         strlen("软件| 软体 @doc=X; left=a|硬件")};
    struct slice form, condition;
    ck_assert(dict_next_form(&cell, &form, &condition));
    assert_slice(form, "软件");
    assert_slice(condition, "");
    ck_assert(dict_next_form(&cell, &form, &condition));
    assert_slice(form, "软体");
    assert_slice(condition, "doc=X; left=a");
    ck_assert(dict_next_form(&cell, &form, &condition));
    assert_slice(form, "硬件");
    ck_assert(!dict_next_form(&cell, &form, &condition));
}
END_TEST

START_TEST(unknown_column) {
    start("zh-CN\tzh-XX\tnote\n");
    ck_assert_int_eq(next(), DICT_ERROR);
    ck_assert_int_eq(err.status, IVN_SYNTAX);
    ck_assert_str_eq(err.args[0], "zh-XX");
    assert_place("a.tsv", 1, 7);
}
END_TEST

START_TEST(too_many_cells) {
    start("zh-CN\tzh-TW\n软件\t軟體\t多\n");
    ck_assert_int_eq(next(), DICT_ERROR);
    ck_assert_str_eq(err.args[0], "多");
    assert_place("a.tsv", 2, 7);
}
END_TEST

START_TEST(bytes_that_are_not_utf8) {
    start("zh-CN\tzh-TW\n软件\t軟\xFF\n");
    ck_assert_int_eq(next(), DICT_ERROR);
    ck_assert_int_eq(err.status, IVN_SYNTAX);
    assert_place("a.tsv", 2, 5);
}
END_TEST

/* ---- what rows mean: user dictionaries on the built lexicon ---- */

static ivn_status add_terms(const char *tsv) {
    ivn_lexicon *lexicon = fixture_lexicon();
    ivn_profile *profile = NULL;
    ck_assert_int_eq(ivn_profile_new(&profile, lexicon, "zh-TW", &err), IVN_OK);
    ivn_status status = ivn_profile_add_terms(profile, "my.tsv", tsv, strlen(tsv), &err);
    ivn_profile_free(profile);
    ivn_lexicon_free(lexicon);
    return status;
}

START_TEST(good_rows_are_taken) {
    ck_assert_int_eq(add_terms(""), IVN_OK);
    ck_assert_int_eq(add_terms("zh-CN\tzh-TW\n"), IVN_OK);
    ck_assert_int_eq(add_terms("zh-CN\tzh-TW\n蒟萸\t蒟乙\n萸蒟\t萸乙\n"), IVN_OK);
}
END_TEST

START_TEST(bad_rows_are_refused_with_their_place) {
    static const struct {
        const char *tsv;
        size_t line, column;
    } cases[] = {
        {"zh-CN\tcolour\n", 1, 7},
        {"zh-CN\tzh-TW\n蒟萸\t蒟乙\t\tx\n", 2, 7},
        {"zh-CN\tzh-TW\n蒟 萸\t蒟乙\n", 2, 1},
        {"zh-CN\tzh-TW\n蒟萸\t，\n", 2, 4},
        {"zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tcolour=red\n", 2, 7},
        {"zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tleft\n", 2, 7},
        {"zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tsuggest=1\n", 2, 7},
        {"zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tsubject=knitting\n", 2, 7},
        {"zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tfrom=zh-XX\n", 2, 7},
        {"zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tleft=，\n", 2, 7},
        {"zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tdoc=a b\n", 2, 7},
        {"zh-CN\tzh-TW\taliases\n蒟萸\t蒟乙\t蒟丙@colour=red\n", 2, 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(add_terms(cases[i].tsv) == IVN_SYNTAX, "taken: %s", cases[i].tsv);
        ck_assert_str_eq(err.file, "my.tsv");
        ck_assert_msg(err.line == cases[i].line && err.column == cases[i].column,
                      "%s: got %zu:%zu, wanted %zu:%zu", cases[i].tsv, err.line, err.column,
                      cases[i].line, cases[i].column);
    }
}
END_TEST

/* An alternative or an item that says nothing would be true of everything. */
START_TEST(empty_parts_of_conditions) {
    static const char *const conditions[] = {
        "| left=红", "left=红 || right=蓝", "left=红;; right=蓝", "left=红,,蓝", "left=", ";", "|"};
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        char tsv[200] = "zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\t";
        strcat(tsv, conditions[i]);
        strcat(tsv, "\n");
        ck_assert_msg(add_terms(tsv) == IVN_SYNTAX, "taken: %s", conditions[i]);
    }
}
END_TEST

START_TEST(duplicate_and_conflicting_rows) {
    ck_assert_int_eq(add_terms("zh-CN\tzh-TW\n蒟萸\t蒟乙\n蒟萸\t蒟丙\n"), IVN_CONFLICT);
    assert_place("my.tsv", 3, 1);
    ck_assert_str_eq(err.args[0], "蒟萸");
    ck_assert_str_eq(err.args[2], "my.tsv:2");
    ck_assert_int_eq(add_terms("zh-CN\tzh-TW\n蒟萸\t蒟乙\n蒟丁\t蒟乙\n"), IVN_CONFLICT);
    assert_place("my.tsv", 3, 4);
    ck_assert_int_eq(add_terms("zh-CN\tzh-TW\n蒟萸\t蒟乙\n蒟萸\t蒟乙\n"), IVN_CONFLICT);
}
END_TEST

START_TEST(a_condition_tells_two_rows_apart) {
    ck_assert_int_eq(add_terms("zh-CN\tzh-TW\twhen\n蒟萸\t蒟乙\tleft=红\n蒟萸\t蒟丙\tleft=蓝\n"),
                     IVN_OK);
}
END_TEST

START_TEST(later_dictionary_wins) {
    struct converter c;
    static const char mine[] = "zh-CN\tzh-TW\n蒟萸\t蒟丙\n";
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, "zh-CN\tzh-TW\n软件\t軟乙\n蒟萸\t蒟乙\n");
    ck_assert_int_eq(ivn_profile_add_terms(c.profile, "b.tsv", mine, sizeof mine - 1, &err),
                     IVN_OK);
    converter_expect(&c, "软件和蒟萸。", "軟乙和蒟丙。");
    converter_close(&c);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("dict");
    tcase_add_test(tests, rows_follow_the_header);
    tcase_add_test(tests, byte_order_mark_crlf_and_no_final_newline);
    tcase_add_test(tests, examples);
    tcase_add_test(tests, forms_and_their_conditions);
    tcase_add_test(tests, unknown_column);
    tcase_add_test(tests, too_many_cells);
    tcase_add_test(tests, bytes_that_are_not_utf8);
    tcase_add_test(tests, good_rows_are_taken);
    tcase_add_test(tests, bad_rows_are_refused_with_their_place);
    tcase_add_test(tests, empty_parts_of_conditions);
    tcase_add_test(tests, duplicate_and_conflicting_rows);
    tcase_add_test(tests, a_condition_tells_two_rows_apart);
    tcase_add_test(tests, later_dictionary_wins);
    return fixture_main("dict", tests);
}
