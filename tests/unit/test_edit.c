/* SPDX-License-Identifier: Apache-2.0 */
/* The edit list: I1, I2, composition; by example and at random. */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "edit.h"

static reason_id rule(uint32_t index) {
    return reason_make(REASON_RULE, index);
}

static void add(struct edit_list *list, size_t offset, size_t length, const char *text,
                uint32_t index) {
    ck_assert(edit_add(list, offset, length, text, strlen(text), rule(index)));
}

static void assert_applied(const struct edit_list *list, const char *source, const char *want) {
    struct buffer out = {0};
    ck_assert(edit_apply(list, source, strlen(source), &out));
    ck_assert_uint_eq(out.size, strlen(want));
    if (out.size > 0)
        ck_assert_mem_eq(out.data, want, out.size);
    buffer_fini(&out);
}

START_TEST(apply_replaces_inserts_and_deletes) {
    struct edit_list list = {0};
    add(&list, 0, 0, ">", 1);
    add(&list, 2, 3, "x", 2);
    add(&list, 6, 1, "", 3);
    ck_assert(edit_list_valid(&list, 8));
    assert_applied(&list, "abcdefgh", ">abxfh");
    edit_list_clear(&list);
    assert_applied(&list, "abc", "abc");
    edit_list_fini(&list);
}
END_TEST

START_TEST(empty_list_on_empty_text) {
    struct edit_list list = {0};
    assert_applied(&list, "", "");
    ck_assert(edit_list_valid(&list, 0));
    edit_list_fini(&list);
}
END_TEST

START_TEST(validity_is_order_disjointness_and_range) {
    struct edit_list list = {0};
    add(&list, 4, 2, "x", 1);
    ck_assert(edit_list_valid(&list, 6));
    ck_assert(!edit_list_valid(&list, 5));
    add(&list, 5, 2, "y", 1);
    ck_assert(!edit_list_valid(&list, 100));
    edit_list_clear(&list);
    add(&list, 3, 0, "x", 1);
    add(&list, 3, 0, "y", 1);
    ck_assert(!edit_list_valid(&list, 100));
    edit_list_clear(&list);
    add(&list, 3, 1, "x", 1);
    add(&list, 4, 0, "y", 1);
    ck_assert(edit_list_valid(&list, 4));
    edit_list_fini(&list);
}
END_TEST

START_TEST(too_large_for_an_edit) {
    struct edit_list list = {0};
    ck_assert(!edit_add(&list, (size_t)UINT32_MAX + 1, 0, "x", 1, rule(1)));
    ck_assert(!edit_add(&list, 1, UINT32_MAX, "x", 1, rule(1)));
    ck_assert_uint_eq(list.count, 0);
    edit_list_fini(&list);
}
END_TEST

START_TEST(compose_keeps_distant_edits_apart) {
    struct edit_list a = {0}, b = {0}, ab = {0};
    add(&a, 1, 1, "BBB", 1); /* abcdef -> aBBBcdef */
    add(&b, 6, 1, "E", 2);   /* -> aBBBcdEf */
    ck_assert(edit_compose(&a, &b, "abcdef", &ab));
    ck_assert_uint_eq(ab.count, 2);
    ck_assert_uint_eq(ab.items[1].offset, 4);
    ck_assert_uint_eq(ab.items[1].reason, rule(2));
    assert_applied(&ab, "abcdef", "aBBBcdEf");
    edit_list_fini(&a);
    edit_list_fini(&b);
    edit_list_fini(&ab);
}
END_TEST

START_TEST(compose_joins_what_touches_with_both_reasons) {
    struct edit_list a = {0}, b = {0}, ab = {0};
    add(&a, 1, 1, ",", 1); /* "a;  b" -> "a,  b" */
    add(&b, 2, 2, "", 2);  /* -> "a,b" */
    ck_assert(edit_compose(&a, &b, "a;  b", &ab));
    ck_assert_uint_eq(ab.count, 1);
    ck_assert_uint_eq(ab.items[0].offset, 1);
    ck_assert_uint_eq(ab.items[0].length, 3);
    const reason_id *ids;
    ck_assert_uint_eq(edit_reasons(&ab, &ab.items[0], &ids), 2);
    ck_assert_uint_eq(ids[0], rule(1));
    ck_assert_uint_eq(ids[1], rule(2));
    assert_applied(&ab, "a;  b", "a,b");

    struct edit_list c = {0}, abc = {0};
    add(&c, 1, 1, "!", 3);
    ck_assert(edit_compose(&ab, &c, "a;  b", &abc));
    ck_assert_uint_eq(edit_reasons(&abc, &abc.items[0], &ids), 3);
    ck_assert_uint_eq(ids[2], rule(3));
    edit_list_fini(&a);
    edit_list_fini(&b);
    edit_list_fini(&ab);
    edit_list_fini(&c);
    edit_list_fini(&abc);
}
END_TEST

START_TEST(compose_drops_what_was_undone) {
    struct edit_list a = {0}, b = {0}, ab = {0};
    add(&a, 1, 1, "xyz", 1);
    add(&b, 1, 3, "b", 2);
    ck_assert(edit_compose(&a, &b, "abc", &ab));
    ck_assert_uint_eq(ab.count, 0);
    edit_list_clear(&a);
    edit_list_clear(&b);
    add(&a, 1, 0, "xyz", 1);
    add(&b, 1, 3, "", 2);
    ck_assert(edit_compose(&a, &b, "abc", &ab));
    ck_assert_uint_eq(ab.count, 0);
    edit_list_fini(&a);
    edit_list_fini(&b);
    edit_list_fini(&ab);
}
END_TEST

/* A generator of its own, so that a failing seed means the same everywhere. */
static uint32_t draw(uint32_t *state, uint32_t below) {
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

static void draw_edits(uint32_t *state, size_t n, struct edit_list *list) {
    size_t at = 0;
    bool inserted = false;
    for (;;) {
        at += draw(state, 4);
        if (at > n)
            return;
        size_t length = draw(state, 3);
        if (length > n - at)
            length = n - at;
        char text[3];
        size_t text_length = draw(state, 4);
        for (size_t i = 0; i < text_length; i++)
            text[i] = (char)('a' + draw(state, 3));
        bool twice =
            list->count > 0 && inserted && length == 0 && list->items[list->count - 1].offset == at;
        if (!twice && (length > 0 || text_length > 0)) {
            ck_assert(edit_add(list, at, length, text, text_length, rule(draw(state, 9))));
            inserted = length == 0;
            at += length;
        } else {
            at++;
        }
    }
}

START_TEST(composition_equals_doing_one_after_the_other) {
    struct edit_list a = {0}, b = {0}, ab = {0};
    struct buffer t1 = {0}, t2 = {0}, t12 = {0};
    for (uint32_t seed = 0; seed < 20000; seed++) {
        uint32_t state = seed;
        char t0[24];
        size_t n = draw(&state, sizeof t0);
        for (size_t i = 0; i < n; i++)
            t0[i] = (char)('a' + draw(&state, 3));
        edit_list_clear(&a);
        edit_list_clear(&b);
        edit_list_clear(&ab);
        t1.size = t2.size = t12.size = 0;
        draw_edits(&state, n, &a);
        ck_assert_msg(edit_list_valid(&a, n), "seed %u: first", seed);
        ck_assert(edit_apply(&a, t0, n, &t1));
        draw_edits(&state, t1.size, &b);
        ck_assert_msg(edit_list_valid(&b, t1.size), "seed %u: second", seed);
        ck_assert(edit_apply(&b, t1.data, t1.size, &t2));
        ck_assert(edit_compose(&a, &b, t0, &ab));
        ck_assert_msg(edit_list_valid(&ab, n), "seed %u", seed);
        ck_assert(edit_apply(&ab, t0, n, &t12));
        ck_assert_msg(t12.size == t2.size, "seed %u", seed);
        if (t2.size > 0)
            ck_assert_msg(memcmp(t12.data, t2.data, t2.size) == 0, "seed %u", seed);
        for (size_t i = 0; i < ab.count; i++) {
            const reason_id *ids;
            ck_assert_uint_ge(edit_reasons(&ab, &ab.items[i], &ids), 1);
            ck_assert_int_eq((int)reason_kind_of(ids[0]), REASON_RULE);
        }
    }
    edit_list_fini(&a);
    edit_list_fini(&b);
    edit_list_fini(&ab);
    buffer_fini(&t1);
    buffer_fini(&t2);
    buffer_fini(&t12);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("edit");
    TCase *tests = tcase_create("edit");
    tcase_add_test(tests, apply_replaces_inserts_and_deletes);
    tcase_add_test(tests, empty_list_on_empty_text);
    tcase_add_test(tests, validity_is_order_disjointness_and_range);
    tcase_add_test(tests, too_large_for_an_edit);
    tcase_add_test(tests, compose_keeps_distant_edits_apart);
    tcase_add_test(tests, compose_joins_what_touches_with_both_reasons);
    tcase_add_test(tests, compose_drops_what_was_undone);
    tcase_add_test(tests, composition_equals_doing_one_after_the_other);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
