/* SPDX-License-Identifier: Apache-2.0 */
/* Where lines end. */
#include <string.h>

#include "fixture.h"
#include "lines.h"

/* The ends of the lines of `text`, in order; the last one is its length. */
static void assert_ends(const char *text, bool separators, const struct span_list *verbatim,
                        size_t count, const size_t *ends) {
    struct lines lines;
    size_t n = strlen(text), at = 0, next = 0;
    lines_begin(&lines, text, n, separators);
    for (size_t i = 0; i < count; i++) {
        size_t end = lines_end(&lines, at, verbatim, next);
        ck_assert_uint_eq(end, ends[i]);
        while (verbatim && next < verbatim->count && verbatim->items[next].offset < end)
            next++;
        at = end + (end < n && text[end] == '\xE2' ? 3 : 1);
    }
    ck_assert_uint_ge(at, n);
}
#define ENDS(text, separators, verbatim, ...)                                               \
    assert_ends(text, separators, verbatim, sizeof(size_t[]){__VA_ARGS__} / sizeof(size_t), \
                (size_t[]){__VA_ARGS__})

START_TEST(each_kind_ends_a_line) {
    ENDS("ab\ncd\n", false, NULL, 2, 5);
    ENDS("ab\rcd", false, NULL, 2, 5);
    ENDS("ab\r\ncd\n\rx", false, NULL, 2, 3, 6, 7, 9);
    ENDS("a\xE2\x80\xA8"
         "b\xE2\x80\xA9\xE2\x80\x94",
         true, NULL, 1, 5, 11);
    ENDS("a\xE2\x80\xA8"
         "b\n",
         false, NULL, 5);
}
END_TEST

START_TEST(verbatim_spans_go_over_lines) {
    struct span spans[] = {{1, 3}, {6, 2}};
    struct span_list verbatim = {.items = spans, .count = 2, .capacity = 2};
    ENDS("ab\ncd\nef\ng", false, &verbatim, 5, 8, 10);
}
END_TEST

START_TEST(paragraphs_end_before_blank_lines) {
    static const char text[] = "a\nb\r\n\r\nc";
    struct lines lines;
    lines_begin(&lines, text, sizeof text - 1, false);
    ck_assert(!lines_end_paragraph(&lines, 0, 1));
    ck_assert(lines_end_paragraph(&lines, 2, 3));
    ck_assert(lines_end_paragraph(&lines, 7, 8));
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("lines");
    tcase_add_test(tests, each_kind_ends_a_line);
    tcase_add_test(tests, verbatim_spans_go_over_lines);
    tcase_add_test(tests, paragraphs_end_before_blank_lines);
    return fixture_main("lines", tests);
}
