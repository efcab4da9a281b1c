/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a text as a text of their own: which are taken, and where their edits belong. */
#include <string.h>

#include "edit.h"
#include "excerpt.h"
#include "fixture.h"

static const char text[] = "zero\none\n\nthree\nfour";

static void take(struct excerpt *x, const struct span_list *spans) {
    struct buffer whole = {0};
    ck_assert(buffer_append(&whole, text, sizeof text - 1));
    ck_assert(excerpt_take(x, &whole, spans));
    buffer_fini(&whole);
}

static void assert_line(const struct excerpt *x, size_t index, size_t offset, size_t text_offset,
                        uint32_t paragraph) {
    ck_assert_uint_lt(index, x->count);
    ck_assert_uint_eq(x->lines[index].offset, offset);
    ck_assert_uint_eq(x->lines[index].text_offset, text_offset);
    ck_assert_uint_eq(x->lines[index].paragraph, paragraph);
}

START_TEST(lines_with_spans_are_taken) {
    struct excerpt x = {0};
    struct span_list spans = {0};
    ck_assert(span_add(&spans, 5, 1));
    ck_assert(span_add(&spans, 7, 1));
    ck_assert(span_add(&spans, 17, 1));
    take(&x, &spans);
    ck_assert_uint_eq(x.count, 2);
    ck_assert_uint_eq(x.text.size, strlen("one\nfour\n"));
    ck_assert_int_eq(memcmp(x.text.data, "one\nfour\n", x.text.size), 0);
    assert_line(&x, 0, 0, 5, 1);
    assert_line(&x, 1, 4, 16, 4);
    excerpt_fini(&x);
    span_list_fini(&spans);
}
END_TEST

START_TEST(an_excerpt_can_be_taken_again) {
    struct excerpt x = {0};
    struct span_list spans = {0};
    ck_assert(span_add(&spans, 0, 1));
    take(&x, &spans);
    spans.items[0].offset = 12;
    take(&x, &spans);
    ck_assert_uint_eq(x.count, 1);
    assert_line(&x, 0, 0, 10, 3);
    ck_assert_int_eq(memcmp(x.text.data, "three\n", x.text.size), 0);
    excerpt_fini(&x);
    span_list_fini(&spans);
}
END_TEST

START_TEST(edits_and_spans_go_back_to_the_text) {
    struct excerpt x = {0};
    struct span_list spans = {0};
    struct edit_list edits = {0};
    ck_assert(span_add(&spans, 5, 1));
    ck_assert(span_add(&spans, 17, 1));
    take(&x, &spans); /* "one\nfour\n" */
    ck_assert(edit_add(&edits, 1, 1, "N", 1, reason_make(REASON_RULE, 1)));
    ck_assert(edit_add(&edits, 4, 2, "F", 1, reason_make(REASON_RULE, 1)));
    excerpt_place_edits(&x, &edits);
    ck_assert_uint_eq(edits.items[0].offset, 6);
    ck_assert_uint_eq(edits.items[1].offset, 16);
    spans.items[0].offset = 0;
    spans.items[1].offset = 7;
    excerpt_place_spans(&x, &spans);
    ck_assert_uint_eq(spans.items[0].offset, 5);
    ck_assert_uint_eq(spans.items[1].offset, 19);
    excerpt_fini(&x);
    span_list_fini(&spans);
    edit_list_fini(&edits);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("excerpt");
    tcase_add_test(tests, lines_with_spans_are_taken);
    tcase_add_test(tests, an_excerpt_can_be_taken_again);
    tcase_add_test(tests, edits_and_spans_go_back_to_the_text);
    return fixture_main("excerpt", tests);
}
