/* SPDX-License-Identifier: Apache-2.0 */
/* Taking a text apart: characters, sentences with their script, paragraphs, verbatim spans. */
#include <string.h>

#include "document.h"
#include "fixture.h"

static ivn_lexicon *lexicon;
static struct document d;

static void open_lexicon(void) {
    lexicon = fixture_lexicon();
    d = (struct document){0};
}

static void close_lexicon(void) {
    document_fini(&d);
    ivn_lexicon_free(lexicon);
}

static void load(const char *text) {
    ivn_error err = {0};
    ck_assert_int_eq(document_load(&d, lexicon, text, strlen(text), false, &err), IVN_OK);
}

static void assert_sentence(size_t index, const char *text, size_t paragraph, enum script script) {
    ck_assert_uint_lt(index, d.sentence_count);
    const struct sentence *s = &d.sentences[index];
    size_t n = d.offsets[s->last] - d.offsets[s->first];
    ck_assert_msg(n == strlen(text) && memcmp(d.text + d.offsets[s->first], text, n) == 0,
                  "sentence %zu: got %.*s, wanted %s", index, (int)n, d.text + d.offsets[s->first],
                  text);
    ck_assert_uint_eq(s->paragraph, paragraph);
    ck_assert_int_eq((int)s->script, (int)script);
}

static void assert_verbatim(size_t index, const char *text) {
    ck_assert_uint_lt(index, d.verbatim.count);
    const struct span *s = &d.verbatim.items[index];
    ck_assert_msg(s->length == strlen(text) && memcmp(d.text + s->offset, text, s->length) == 0,
                  "span %zu: got %.*s, wanted %s", index, (int)s->length, d.text + s->offset, text);
}

START_TEST(empty_text) {
    load("");
    ck_assert_uint_eq(d.count, 0);
    ck_assert_uint_eq(d.sentence_count, 0);
    ck_assert_int_eq((int)document_script(&d), SCRIPT_NONE);
}
END_TEST

START_TEST(characters_have_offsets_and_classes) {
    load("a软軟。\xF0\xA0\x80\x80");
    ck_assert_uint_eq(d.count, 5);
    static const uint32_t offsets[] = {0, 1, 4, 7, 10, 14};
    for (size_t i = 0; i < 6; i++)
        ck_assert_uint_eq(d.offsets[i], offsets[i]);
    ck_assert_uint_eq(d.classes[0], CLASS_LATIN);
    ck_assert_uint_eq(d.classes[1], CLASS_SIMPLIFIED);
    ck_assert_uint_eq(d.classes[2], CLASS_TRADITIONAL);
    ck_assert_uint_eq(d.labels[1], d.labels[2]);
    ck_assert_uint_eq(d.ids[3], 0);
}
END_TEST

START_TEST(sentences_have_their_own_script) {
    load("我们说话！我們說話？山上\n他們來了。");
    ck_assert_uint_eq(d.sentence_count, 4);
    assert_sentence(0, "我们说话！", 0, SCRIPT_SIMPLIFIED);
    assert_sentence(1, "我們說話？", 0, SCRIPT_TRADITIONAL);
    ck_assert_uint_eq(d.sentences[2].simplified + d.sentences[2].traditional, 0);
    assert_sentence(3, "他們來了。", 1, SCRIPT_TRADITIONAL);
    ck_assert_uint_eq(d.paragraph_count, 2);
}
END_TEST

START_TEST(neutral_sentence_follows_its_paragraph) {
    load("我们说话。山上有水。");
    assert_sentence(1, "山上有水。", 0, SCRIPT_SIMPLIFIED);
    load("我們說話。山上有水。");
    assert_sentence(1, "山上有水。", 0, SCRIPT_TRADITIONAL);
}
END_TEST

START_TEST(neutral_paragraph_follows_the_document) {
    load("山上有水\n我们说话");
    assert_sentence(0, "山上有水\n", 0, SCRIPT_SIMPLIFIED);
}
END_TEST

START_TEST(stray_character_does_not_decide) {
    load("我們說話，這裡來過。他在会上。我們說話，這裡來過。");
    assert_sentence(1, "他在会上。", 0, SCRIPT_TRADITIONAL);
    ck_assert_int_eq((int)document_script(&d), SCRIPT_TRADITIONAL);
}
END_TEST

START_TEST(nothing_tells_the_script) {
    load("山上有水。");
    assert_sentence(0, "山上有水。", 0, SCRIPT_NONE);
    ck_assert_int_eq((int)document_script(&d), SCRIPT_NONE);
}
END_TEST

START_TEST(sentences_cover_the_text) {
    load("一。\n\n\r\n二！？三\n");
    uint32_t at = 0;
    for (size_t i = 0; i < d.sentence_count; i++) {
        ck_assert_uint_eq(d.sentences[i].first, at);
        ck_assert_uint_gt(d.sentences[i].last, at);
        at = d.sentences[i].last;
    }
    ck_assert_uint_eq(at, d.count);
}
END_TEST

START_TEST(addresses_are_verbatim) {
    load("见https://example.org/a_b?c=软件&d=1,2。写信到 me.too@mail.example.org，或看 "
         "www.example.org！");
    ck_assert_uint_eq(d.verbatim.count, 3);
    assert_verbatim(1, "me.too@mail.example.org");
    assert_verbatim(2, "www.example.org");
    const struct span *url = &d.verbatim.items[0];
    static const char start[] = "https://example.org/a_b?c=";
    ck_assert_uint_ge(url->length, strlen(start));
    ck_assert(memcmp(d.text + url->offset, start, strlen(start)) == 0);
    for (size_t i = 0; i < d.count; i++)
        if (d.offsets[i] >= url->offset && d.offsets[i] < url->offset + url->length)
            ck_assert_uint_eq(d.labels[i], 0);
}
END_TEST

START_TEST(punctuation_behind_an_address_is_prose) {
    load("（见http://example.org/x）。来信：a@example.org.");
    assert_verbatim(0, "http://example.org/x");
    assert_verbatim(1, "a@example.org");
}
END_TEST

START_TEST(what_only_looks_like_an_address) {
    load("只写了://，他@了我，www是三个字母。");
    ck_assert_uint_eq(d.verbatim.count, 0);
}
END_TEST

static void assert_only_verbatim(const char *text, const char *want) {
    load(text);
    if (want) {
        ck_assert_msg(d.verbatim.count == 1, "%s: %zu spans", text, d.verbatim.count);
        assert_verbatim(0, want);
    } else {
        ck_assert_msg(d.verbatim.count == 0, "%s: a span", text);
    }
}

START_TEST(placeholders_are_verbatim) {
    static const char *const found[] = {
        "%s",           "%d",        "%1$s",        "%(name)s",      "%(名字)s",
        "%-5.2f",       "%@",        "%zu",         "{name}",        "{0}",
        "{a.b[1]}",     "{x!r:>10}", "{{x}}",       "{{ 软件 }}",    "{{{软件}}}",
        "{% 软件 %}",   "{%%}",      "<%= 软件 %>", "${软件}",       "#{x}",
        "{#软件-安装}", "{#a .b}",   "{: .软件}",   "[[软件|信息]]", "{{< x a=\"软件\" >}}"};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        char text[128] = "好";
        assert_only_verbatim(found[i], found[i]);
        strcat(strcat(text, found[i]), "吧");
        assert_only_verbatim(text, found[i]);
    }
}
END_TEST

START_TEST(what_only_looks_like_a_placeholder) {
    static const char *const prose[] = {
        "50%的软件", "50%s",       "%%d",        "50% d",      "%的",         "%done",  "%",
        "%(",        "%(软件)",    "%()s",       "{甲}",       "{}",          "{",      "{a",
        "{a b}",     "{a\n}",      "{{软件}",    "{{",         "{%}",         "{% }",   "<%软件>",
        "${}",       "${软件",     "#{软件}",    "{#}",        "{：}",        "[软件]", "[[软件]",
        "[[]]",      "[[软\n件]]", "{{软\n件}}", "%(软\n件)s", "{#软件 安装}"};
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++)
        assert_only_verbatim(prose[i], NULL);
}
END_TEST

START_TEST(invalid_bytes_are_refused_with_their_place) {
    static const char text[] = "好\n你好\xB5吗";
    ivn_error err = {0};
    ck_assert_int_eq(document_load(&d, lexicon, text, sizeof text - 1, false, &err), IVN_ENCODING);
    ck_assert_uint_eq(err.line, 2);
    ck_assert_uint_eq(err.column, 3);
    ck_assert_uint_eq(err.offset, 10);
    ck_assert_str_eq(err.args[0], "B5");
}
END_TEST

START_TEST(invalid_bytes_are_kept_as_verbatim) {
    static const char text[] = "好\xB5\xFF你\xE4\xBD";
    ivn_error err = {0};
    ck_assert_int_eq(document_load(&d, lexicon, text, sizeof text - 1, true, &err), IVN_OK);
    ck_assert_uint_eq(d.count, 6);
    ck_assert_uint_eq(d.verbatim.count, 2);
    assert_verbatim(0, "\xB5\xFF");
    assert_verbatim(1, "\xE4\xBD");
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("document");
    tcase_add_checked_fixture(tests, open_lexicon, close_lexicon);
    tcase_add_test(tests, empty_text);
    tcase_add_test(tests, characters_have_offsets_and_classes);
    tcase_add_test(tests, sentences_have_their_own_script);
    tcase_add_test(tests, neutral_sentence_follows_its_paragraph);
    tcase_add_test(tests, neutral_paragraph_follows_the_document);
    tcase_add_test(tests, stray_character_does_not_decide);
    tcase_add_test(tests, nothing_tells_the_script);
    tcase_add_test(tests, sentences_cover_the_text);
    tcase_add_test(tests, addresses_are_verbatim);
    tcase_add_test(tests, punctuation_behind_an_address_is_prose);
    tcase_add_test(tests, what_only_looks_like_an_address);
    tcase_add_test(tests, placeholders_are_verbatim);
    tcase_add_test(tests, what_only_looks_like_a_placeholder);
    tcase_add_test(tests, invalid_bytes_are_refused_with_their_place);
    tcase_add_test(tests, invalid_bytes_are_kept_as_verbatim);
    return fixture_main("document", tests);
}
