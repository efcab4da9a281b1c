/* SPDX-License-Identifier: Apache-2.0 */
/* A user's dictionary in two steps: compiled once, taken over later. */
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

static const char tsv[] = "zh-CN\tzh-TW\n星糖\t月糖\n";
enum { SIZE = sizeof tsv - 1 };

static struct converter c;
static void *image;
static size_t size;
static uint64_t key;

static void setup(void) {
    ivn_error err = {0};
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
    key = ivn_terms_key(c.lexicon, "my.tsv", tsv, SIZE);
    ck_assert_int_eq(ivn_terms_compile(c.lexicon, "my.tsv", tsv, SIZE, &image, &size, &err),
                     IVN_OK);
}

static void teardown(void) {
    free(image);
    converter_close(&c);
}

static ivn_status add(uint64_t wanted, size_t n) {
    ivn_error err = {0};
    ivn_status status = ivn_profile_add_compiled(c.profile, wanted, image, n, &err);
    if (status == IVN_OK)
        image = NULL;
    else
        ck_assert_int_eq(err.status, status);
    return status;
}

START_TEST(an_image_acts_as_the_text_does) {
    ck_assert_int_eq(add(key, size), IVN_OK);
    ivn_context_free(c.context);
    ck_assert_int_eq(ivn_context_new(&c.context, c.profile, NULL), IVN_OK);
    converter_expect(&c, "吃星糖。", "吃月糖。");
}
END_TEST

START_TEST(the_key_tells_lexicon_name_and_text) {
    ck_assert(key != ivn_terms_key(c.lexicon, "my.tsv", tsv, SIZE - 1));
    ck_assert(key != ivn_terms_key(c.lexicon, "your.tsv", tsv, SIZE));
    ck_assert_int_eq(add(key + 1, size), IVN_VERSION);
    ck_assert_int_eq(add(key, size), IVN_OK); /* the image was still ours */
}
END_TEST

START_TEST(damage_is_refused) {
    ck_assert_int_eq(add(key, size - 8), IVN_DAMAGED);
    ((char *)image)[size / 2] ^= 1;
    ck_assert_int_eq(add(key, size), IVN_DAMAGED);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("terms");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, an_image_acts_as_the_text_does);
    tcase_add_test(tests, the_key_tells_lexicon_name_and_text);
    tcase_add_test(tests, damage_is_refused);
    return fixture_main("terms", tests);
}
