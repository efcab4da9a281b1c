/* SPDX-License-Identifier: Apache-2.0 */
/* Slips of product names: which tokens are one, and when the document settles it. */
#include <string.h>

#include "fixture.h"
#include "slips.h"

/* What `token` is taken for in a document that has each name `times` times; "" for nothing. */
static const char *meant(const char *name, int times, const char *token) {
    static struct slips s;
    slips_clear(&s);
    for (int i = 0; i < times; i++)
        slips_know(&s, name, strlen(name), 0, 1);
    slips_meet(&s, token, strlen(token));
    const struct slips_known *known = slips_meant(&s, token, strlen(token));
    return known ? known->text : "";
}

START_TEST(letters_in_another_order) {
    ck_assert_str_eq(meant("ChatGPT", 2, "ChatGTP"), "ChatGPT");
    ck_assert_str_eq(meant("GPT", 2, "GTP"), "GPT");
    ck_assert_str_eq(meant("GPT", 2, "PGT"), ""); /* the first letter is hardly ever wrong */
    ck_assert_str_eq(meant("Kubernetes", 2, "Kubenretes"), "Kubernetes");
}
END_TEST

START_TEST(a_letter_too_many_or_too_few) {
    ck_assert_str_eq(meant("Kubernetes", 2, "Kubernets"), "Kubernetes");
    ck_assert_str_eq(meant("Kubernetes", 2, "Kuberrnetes"), "Kubernetes");
    ck_assert_str_eq(meant("Android", 2, "Androids"), ""); /* a plural */
    ck_assert_str_eq(meant("Linux", 2, "Linx"), "");       /* short names are near others */
    ck_assert_str_eq(meant("Chrome", 2, "Chroma"), "");    /* another letter is another name */
}
END_TEST

START_TEST(small_letters_may_be_a_command) {
    ck_assert_str_eq(meant("Docker", 3, "dokcer"), "");
}
END_TEST

START_TEST(the_name_must_dominate) {
    static struct slips s;
    ck_assert_str_eq(meant("ChatGPT", 1, "ChatGTP"), "");
    slips_clear(&s);
    for (int i = 0; i < 3; i++)
        slips_know(&s, "ChatGPT", 7, 0, 1);
    slips_meet(&s, "ChatGTP", 7);
    slips_meet(&s, "ChatGTP", 7);
    ck_assert_ptr_null(slips_meant(&s, "ChatGTP", 7));
}
END_TEST

START_TEST(limits_are_kept) {
    static struct slips s;
    static char names[100][8];
    slips_clear(&s);
    for (int i = 0; i < 100; i++) {
        memcpy(names[i], "AbcdefA", 8);
        names[i][3] = (char)('a' + i % 26);
        names[i][4] = (char)('a' + i / 26);
        slips_know(&s, names[i], 7, 0, 1);
        names[i][6] = 'B';
    }
    ck_assert_uint_eq(s.known_count, SLIPS_KNOWN);
    for (int i = 0; i < 100; i++) {
        char token[9] = "AbcXdefA";
        token[3] = (char)('A' + i % 26);
        token[7] = (char)('A' + i / 26);
        slips_meet(&s, token, 8);
    }
    ck_assert_uint_le(s.found_count, SLIPS_FOUND);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("slips");
    tcase_add_test(tests, letters_in_another_order);
    tcase_add_test(tests, a_letter_too_many_or_too_few);
    tcase_add_test(tests, small_letters_may_be_a_command);
    tcase_add_test(tests, the_name_must_dominate);
    tcase_add_test(tests, limits_are_kept);
    return fixture_main("slips", tests);
}
