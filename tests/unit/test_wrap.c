/* SPDX-License-Identifier: Apache-2.0 */
/* Which lines are one paragraph that was broken. */
#include <string.h>

#include "fixture.h"
#include "wrap.h"

#define FULL "河边的老街一早就醒了，卖豆浆的推着车从桥上过来"
#define NEXT "，热气在冷风里散开，几个上学的孩子跟在后面跑着"

/* The paragraph around the line that contains `mark`: its text must be `want`, or none if NULL. */
static void assert_wrap(const char *text, const char *mark, const char *want) {
    size_t n = strlen(text), start = (size_t)(strstr(text, mark) - text), end = start;
    struct wrap found;
    while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r')
        start--;
    while (end < n && text[end] != '\n' && text[end] != '\r')
        end++;
    bool is = wrap_find(text, n, start, end, &found);
    ck_assert_int_eq(is, want != NULL);
    if (!want)
        return;
    ck_assert_uint_eq(found.to - found.from, strlen(want));
    ck_assert_int_eq(memcmp(text + found.from, want, strlen(want)), 0);
}

START_TEST(lines_of_one_width_are_one_paragraph) {
    static const char text[] = FULL "\n" NEXT "\n去学校。";
    assert_wrap(text, "老街", text);
    assert_wrap(text, "热气", text);
    assert_wrap(text, "去学校", text);
    assert_wrap("题目\n\n" FULL "\n去学校。\n\n完", "老街", FULL "\n去学校。");
    assert_wrap(FULL "\r\n" NEXT "\r\n", "热气", FULL "\r\n" NEXT);
}
END_TEST

START_TEST(lines_of_their_own_are_not) {
    assert_wrap(FULL, "老街", NULL);
    assert_wrap(FULL "。\n" NEXT "。\n" FULL, "热气", NULL);
    assert_wrap("短短的一行\n又是一行\n再来一行", "又是", NULL);
    assert_wrap("- " FULL "\n- " NEXT "\n", "热气", NULL);
    assert_wrap(FULL "\n\n" NEXT "\n", "老街", NULL);
    assert_wrap(FULL "\nnothing but Latin here\n" NEXT, "老街", NULL);
    assert_wrap(FULL "`a`\n" NEXT, "老街", NULL);
    assert_wrap(FULL "\xFF\n" NEXT, "老街", NULL);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("wrap");
    tcase_add_test(tests, lines_of_one_width_are_one_paragraph);
    tcase_add_test(tests, lines_of_their_own_are_not);
    return fixture_main("wrap", tests);
}
