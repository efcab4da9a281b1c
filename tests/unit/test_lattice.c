/* SPDX-License-Identifier: Apache-2.0 */
/* The words that the lattice chooses. */
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "fixture.h"
#include "lattice.h"
#include "profile.h"

/* A document cut with the built lexicon and, if there is one, a user dictionary. */
struct cut {
    struct converter converter;
    struct document document;
    struct path path;
};

static struct cut cut;

static void set_up(void) {
    cut = (struct cut){0};
    converter_open(&cut.converter, "zh-TW", IVN_ALL_STAGES, NULL);
}

static void tear_down(void) {
    path_fini(&cut.path);
    document_fini(&cut.document);
    converter_close(&cut.converter);
}

static void cut_text(const char *text, size_t n) {
    ivn_error err = {0};
    ck_assert_int_eq(document_load(&cut.document, cut.converter.lexicon, text, n, false, &err),
                     IVN_OK);
    ck_assert(lattice_cut(&cut.path, &cut.document, &cut.converter.profile->layers));
}

/* The text with a bar between words; what is no word stands as it is. Malloc'ed. */
static char *words_of(const struct path *path, const struct document *d) {
    char *out = malloc(2 * d->size + 2);
    ck_assert_ptr_nonnull(out);
    size_t n = 0, next = 0;
    for (size_t i = 0; i < path->count; i++) {
        const struct word_on_path *w = &path->words[i];
        ck_assert_uint_ge(w->first, next);
        if (n > 0)
            out[n++] = '|';
        size_t start = d->offsets[next], end = d->offsets[w->first + w->length];
        memcpy(out + n, d->text + start, end - start);
        n += end - start;
        next = w->first + w->length;
    }
    out[n] = '\0';
    return out;
}

/* words: the text with a bar wherever a word ends. */
static void assert_words(const char *words) {
    char text[200];
    size_t n = 0;
    for (const char *p = words; *p; p++)
        if (*p != '|')
            text[n++] = *p;
    cut_text(text, n);
    char *got = words_of(&cut.path, &cut.document);
    ck_assert_str_eq(got, words);
    free(got);
}

/* A word must end where each bar is; it may end elsewhere too. */
static void assert_boundary(const char *words) {
    char text[200];
    size_t n = 0;
    for (const char *p = words; *p; p++)
        if (*p != '|')
            text[n++] = *p;
    cut_text(text, n);
    char *got = words_of(&cut.path, &cut.document);
    const char *g = got;
    for (const char *p = words; *p; p++) {
        if (*p != '|' && *g == '|')
            g++;
        ck_assert_msg(*p == *g, "%s: cut as %s", words, got);
        g++;
    }
    free(got);
}

START_TEST(words_do_not_reach_across_their_neighbours) {
    static const char *const cases[] = {
        "少数|组织",   "更加|蓬勃", "改变|量子比特", "展示了|如何", "学习了|如何", "攻打|印度",
        "境内|存款",   "反对|象牙", "预算|法",       "骏马|奔驰",   "三位|元老",   "电视|频段",
        "世界|面临",   "多数|组织", "聚集|成群",     "被|发明",     "参与|制造",   "粉丝|发布",
        "獲悉|尼泊爾", "老鼠|標記", "重視|頻率",     "簡短|信函",   "領導|彈琴",   "相信|息事寧人",
        "科普|京劇",   "少數|據點", "这里|根本",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_boundary(cases[i]);
}
END_TEST

START_TEST(both_scripts_are_cut_alike) {
    assert_words("少数|组织");
    assert_words("少數|組織");
    assert_words("打印机");
    assert_words("打印機");
}
END_TEST

START_TEST(what_is_no_word_ends_a_run) {
    assert_words("软件|，软件");
    assert_words("软件|\n软件");
    assert_words("软|，件");
    cut_text("，。\n", strlen("，。\n"));
    ck_assert_uint_eq(cut.path.count, 0);
    cut_text("", 0);
    ck_assert_uint_eq(cut.path.count, 0);
}
END_TEST

START_TEST(tokens_are_never_cut) {
    assert_words("U盘");
    assert_words("GPU|盘");
    assert_words("3U|盘");
    assert_words("iPhone15");
    assert_words("ＧＰＵ|盘");
    assert_boundary("用|U盘");
}
END_TEST

static uint32_t entry_of(const char *text) {
    cut_text(text, strlen(text));
    ck_assert_uint_eq(cut.path.count, 1);
    return cut.path.words[0].entry;
}

START_TEST(unknown_tokens_have_no_entry) {
    ck_assert_uint_eq(entry_of("qzxvkj7"), 0);
    ck_assert_uint_ne(entry_of("软件"), 0);
    ck_assert_uint_eq(entry_of("软件"), entry_of("軟件"));
}
END_TEST

/* A run is cut somewhere before costs could overflow; the words elsewhere are the same. */
START_TEST(long_run) {
    static const char phrase[] = "少数组织";
    enum { TIMES = 20000 };
    struct buffer text = {0};
    size_t whole = 0, at = 0;
    for (size_t i = 0; i < TIMES; i++)
        ck_assert(buffer_append(&text, phrase, sizeof phrase - 1));
    cut_text(text.data, text.size);
    for (size_t i = 0; i < cut.path.count; i++) {
        const struct word_on_path *w = &cut.path.words[i];
        ck_assert_uint_eq(w->first, at);
        at += w->length;
        whole += w->length == 2;
    }
    ck_assert_uint_eq(at, 4 * TIMES);
    ck_assert_uint_ge(whole, 2 * TIMES - 16);
    buffer_fini(&text);
}
END_TEST

START_TEST(long_token) {
    enum { LENGTH = 200000 };
    char *text = malloc(LENGTH);
    ck_assert_ptr_nonnull(text);
    memset(text, 'q', LENGTH);
    cut_text(text, LENGTH);
    size_t at = 0;
    for (size_t i = 0; i < cut.path.count; i++) {
        ck_assert_uint_eq(cut.path.words[i].first, at);
        ck_assert_uint_eq(cut.path.words[i].entry, 0);
        at += cut.path.words[i].length;
    }
    ck_assert_uint_eq(at, LENGTH);
    free(text);
}
END_TEST

/* 软件业 is a word of the vocabulary; it is rendered as 软件 and 业. */
START_TEST(compounds_come_apart) {
    assert_words("软件|业");
    assert_words("打印机|厂");
    assert_words("博客|圈");
}
END_TEST

START_TEST(later_dictionary_stands_for_a_known_word) {
    ivn_error err = {0};
    static const char tsv[] = "zh-CN\tzh-TW\n软件\t軟體甲\n甲石乙\t丙\n";
    ivn_profile *profile = cut.converter.profile;
    ck_assert_int_eq(ivn_profile_add_terms(profile, "my.tsv", tsv, sizeof tsv - 1, &err), IVN_OK);
    assert_words("软件");
    ck_assert_uint_eq(cut.path.words[0].layer, 1);
    assert_words("甲石乙");
    ck_assert_uint_eq(cut.path.words[0].layer, 1);
    assert_words("打印机");
    ck_assert_uint_eq(cut.path.words[0].layer, 0);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("lattice");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, words_do_not_reach_across_their_neighbours);
    tcase_add_test(tests, both_scripts_are_cut_alike);
    tcase_add_test(tests, what_is_no_word_ends_a_run);
    tcase_add_test(tests, tokens_are_never_cut);
    tcase_add_test(tests, unknown_tokens_have_no_entry);
    tcase_add_test(tests, long_run);
    tcase_add_test(tests, long_token);
    tcase_add_test(tests, compounds_come_apart);
    tcase_add_test(tests, later_dictionary_stands_for_a_known_word);
    return fixture_main("lattice", tests);
}
