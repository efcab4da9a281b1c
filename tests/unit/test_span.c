/* SPDX-License-Identifier: Apache-2.0 */
/* Stretches that must not be edited: joining, moving with edits, being touched (I4). */
#include <string.h>

#include "edit.h"
#include "fixture.h"
#include "span.h"

static void add_edit(struct edit_list *edits, size_t offset, size_t length, const char *text) {
    ck_assert(edit_add(edits, offset, length, text, strlen(text), reason_make(REASON_RULE, 1)));
}

static void assert_span(const struct span_list *list, size_t index, uint32_t offset,
                        uint32_t length) {
    ck_assert_uint_lt(index, list->count);
    ck_assert_uint_eq(list->items[index].offset, offset);
    ck_assert_uint_eq(list->items[index].length, length);
}

START_TEST(touching_spans_are_joined) {
    struct span_list list = {0};
    ck_assert(span_add(&list, 2, 3));
    ck_assert(span_add(&list, 5, 1));
    ck_assert(span_add(&list, 7, 2));
    ck_assert(span_add(&list, 20, 0));
    ck_assert_uint_eq(list.count, 2);
    assert_span(&list, 0, 2, 4);
    assert_span(&list, 1, 7, 2);
    span_list_fini(&list);
}
END_TEST

START_TEST(overlapping_spans_are_joined) {
    struct span_list list = {0};
    ck_assert(span_add(&list, 2, 8));
    ck_assert(span_add(&list, 4, 2));
    ck_assert(span_add(&list, 6, 9));
    ck_assert_uint_eq(list.count, 1);
    assert_span(&list, 0, 2, 13);
    span_list_fini(&list);
}
END_TEST

START_TEST(spans_move_with_the_edits_before_them) {
    struct span_list list = {0};
    struct edit_list edits = {0};
    ck_assert(span_add(&list, 4, 3));
    ck_assert(span_add(&list, 10, 2));
    ck_assert(span_add(&list, 20, 5));
    add_edit(&edits, 0, 2, "abcde"); /* +3 */
    add_edit(&edits, 8, 2, "");      /* -2 */
    add_edit(&edits, 12, 0, "x");    /* +1 */
    add_edit(&edits, 30, 5, "");
    ck_assert(!span_touched(&list, &edits));
    span_map(&list, &edits);
    assert_span(&list, 0, 7, 3);
    assert_span(&list, 1, 11, 2);
    assert_span(&list, 2, 22, 5);
    edit_list_fini(&edits);
    span_list_fini(&list);
}
END_TEST

/* An insertion where a span begins goes before it. */
START_TEST(insertion_at_the_beginning_moves_the_span) {
    struct span_list list = {0};
    struct edit_list edits = {0};
    ck_assert(span_add(&list, 4, 3));
    add_edit(&edits, 4, 0, "xy");
    ck_assert(!span_touched(&list, &edits));
    span_map(&list, &edits);
    assert_span(&list, 0, 6, 3);
    edit_list_fini(&edits);
    span_list_fini(&list);
}
END_TEST

START_TEST(touched_by_one_byte) {
    static const struct {
        size_t offset, length;
        bool touched;
    } cases[] = {
        {2, 2, false}, {2, 3, true},  {4, 1, true},  {5, 0, true},
        {6, 1, true},  {7, 1, false}, {0, 20, true}, {7, 0, false},
    };
    struct span_list list = {0};
    ck_assert(span_add(&list, 4, 3));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct edit_list edits = {0};
        add_edit(&edits, cases[i].offset, cases[i].length, "x");
        ck_assert_msg(span_touched(&list, &edits) == cases[i].touched, "edit %zu+%zu",
                      cases[i].offset, cases[i].length);
        edit_list_fini(&edits);
    }
    span_list_fini(&list);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("span");
    tcase_add_test(tests, touching_spans_are_joined);
    tcase_add_test(tests, overlapping_spans_are_joined);
    tcase_add_test(tests, spans_move_with_the_edits_before_them);
    tcase_add_test(tests, insertion_at_the_beginning_moves_the_span);
    tcase_add_test(tests, touched_by_one_byte);
    return fixture_main("span", tests);
}
