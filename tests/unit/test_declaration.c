/* SPDX-License-Identifier: Apache-2.0 */
/* Where a document names its encoding, and what only looks like it. */
#include <string.h>

#include "declaration.h"
#include "fixture.h"

#define BYTES(literal) literal, sizeof(literal) - 1

START_TEST(declaration_is_looked_for_in_tags) {
    struct declaration d = declaration_find(BYTES("<metadata charset=gbk>"));
    ck_assert_uint_eq(d.length, 0);
    d = declaration_find(BYTES("<meta name=accept-charset=x content=y>"));
    ck_assert_uint_eq(d.length, 0);
    d = declaration_find(BYTES("<meta charset=>"));
    ck_assert_uint_eq(d.length, 0);
    d = declaration_find(BYTES("<meta charset"));
    ck_assert_uint_eq(d.length, 0);
    d = declaration_find(BYTES("\xEF\xBB\xBF<?xml encoding=\"UTF-8\"?>"));
    ck_assert_uint_eq(d.offset, 19);
    ck_assert_uint_eq(d.length, 5);
    char far[1100];
    memset(far, ' ', sizeof far);
    memcpy(far + 1020, "<meta charset=gbk>", 18);
    ck_assert_uint_eq(declaration_find(far, sizeof far).length, 0);
}
END_TEST

START_TEST(nasty_ends) {
    static const char *const texts[] = {"",
                                        "<",
                                        "<!",
                                        "<!--",
                                        "<!--->",
                                        "<?xml",
                                        "<?xml encoding=",
                                        "<meta",
                                        "<meta ",
                                        "<meta charset=\"",
                                        "<meta charset=\0x>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_uint_eq(declaration_find(texts[i], strlen(texts[i])).length, 0);
    ck_assert_uint_eq(declaration_find("<meta charset=gbk", 16).length, 2);
    ck_assert_uint_eq(declaration_find(BYTES("\0\0<meta charset=\0gbk>")).length, 0);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("declaration");
    tcase_add_test(tests, declaration_is_looked_for_in_tags);
    tcase_add_test(tests, nasty_ends);
    return fixture_main("declaration", tests);
}
