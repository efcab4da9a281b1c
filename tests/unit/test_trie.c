/* SPDX-License-Identifier: Apache-2.0 */
/* The double-array trie: random keys against a sorted array. */
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "trie.h"

enum { KEYS = 3000, MAX_LENGTH = 6, MAX_LABEL = 900 };

static uint32_t draw(uint32_t *state, uint32_t below) {
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

static int compare(const void *x, const void *y) {
    const struct trie_key *a = x, *b = y;
    for (uint32_t i = 0; i < a->length && i < b->length; i++)
        if (a->labels[i] != b->labels[i])
            return a->labels[i] < b->labels[i] ? -1 : 1;
    return a->length < b->length ? -1 : a->length > b->length;
}

/* The value of exactly this key; 0 if the trie does not have it. */
static uint32_t look_up(const trie_unit *trie, const uint16_t *labels, uint32_t length) {
    uint32_t node = TRIE_ROOT;
    for (uint32_t i = 0; i < length; i++)
        if (!trie_step(trie, &node, labels[i]))
            return 0;
    return trie_value(trie[node]);
}

/* Random sorted distinct keys over labels 1..max_label; few labels make many shared prefixes. */
static size_t draw_keys(uint32_t *state, uint32_t max_label, struct trie_key *keys,
                        uint16_t labels[KEYS][MAX_LENGTH]) {
    size_t count = 0;
    for (size_t i = 0; i < KEYS; i++) {
        uint32_t length = 1 + draw(state, MAX_LENGTH);
        for (uint32_t k = 0; k < length; k++)
            labels[i][k] = (uint16_t)(1 + draw(state, max_label));
        keys[i] = (struct trie_key){labels[i], length, (uint32_t)i + 1};
    }
    qsort(keys, KEYS, sizeof *keys, compare);
    for (size_t i = 0; i < KEYS; i++)
        if (count == 0 || compare(&keys[i], &keys[count - 1]) != 0)
            keys[count++] = keys[i];
    return count;
}

START_TEST(finds_what_a_sorted_array_finds) {
    static uint16_t labels[KEYS][MAX_LENGTH];
    static struct trie_key keys[KEYS];
    static const uint32_t alphabets[] = {2, 5, 40, MAX_LABEL};
    uint32_t state = 7;
    for (size_t a = 0; a < sizeof alphabets / sizeof *alphabets; a++) {
        size_t count = draw_keys(&state, alphabets[a], keys, labels), units = 0, found = 0;
        trie_unit *trie = NULL;
        ck_assert(trie_build(keys, count, MAX_LABEL, &trie, &units));
        for (size_t i = 0; i < count; i++)
            ck_assert_uint_eq(look_up(trie, keys[i].labels, keys[i].length), keys[i].value);
        for (size_t i = 0; i < 20000; i++) {
            uint16_t probe[MAX_LENGTH];
            struct trie_key key = {probe, 1 + draw(&state, MAX_LENGTH), 0};
            for (uint32_t k = 0; k < key.length; k++)
                probe[k] = (uint16_t)(1 + draw(&state, alphabets[a]));
            const struct trie_key *known = bsearch(&key, keys, count, sizeof *keys, compare);
            ck_assert_uint_eq(look_up(trie, probe, key.length), known ? known->value : 0);
            found += known != NULL;
        }
        ck_assert_uint_gt(found, 0);
        free(trie);
    }
}
END_TEST

START_TEST(walking_stays_inside_the_array) {
    const uint16_t label = MAX_LABEL;
    const struct trie_key key = {&label, 1, TRIE_MAX};
    trie_unit *trie = NULL;
    size_t units = 0;
    ck_assert(trie_build(&key, 1, MAX_LABEL, &trie, &units));
    for (size_t i = 0; i < units; i++)
        if (trie_label(trie[i]) || i == TRIE_ROOT)
            ck_assert_uint_lt(trie_base(trie[i]) + MAX_LABEL, units);
    ck_assert_uint_eq(look_up(trie, &label, 1), TRIE_MAX);
    free(trie);
}
END_TEST

START_TEST(no_keys_find_nothing) {
    trie_unit *trie = NULL;
    size_t units = 0;
    const uint16_t label = 1;
    ck_assert(trie_build(NULL, 0, MAX_LABEL, &trie, &units));
    ck_assert_uint_ge(units, 1);
    ck_assert_uint_eq(look_up(trie, &label, 1), 0);
    free(trie);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("trie");
    tcase_add_test(tests, finds_what_a_sorted_array_finds);
    tcase_add_test(tests, walking_stays_inside_the_array);
    tcase_add_test(tests, no_keys_find_nothing);
    return fixture_main("trie", tests);
}
