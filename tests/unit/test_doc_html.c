/* SPDX-License-Identifier: Apache-2.0 */
/* HTML: what of a document is prose, and where edits of it are put. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doc.h"
#include "fixture.h"
#include "prose.h"

static const char object[] = "\xEF\xBF\xBC";

static ivn_prose *read_bytes(const char *format, const char *source, size_t n) {
    ivn_prose *p = NULL;
    ivn_error err = {0};
    ck_assert_msg(ivn_prose_read(&p, format, source, n, NULL, &err) == IVN_OK, "%.60s: %s", source,
                  err.message);
    return p;
}

/* want has @ for U+FFFC. */
static void assert_prose(const char *format, const char *source, const char *want) {
    ivn_prose *p = read_bytes(format, source, strlen(source));
    char expected[1024] = "";
    size_t n, at = 0;
    for (; *want; want++)
        if (*want == '@') {
            memcpy(expected + at, object, 3);
            at += 3;
        } else {
            expected[at++] = *want;
        }
    const char *text = ivn_prose_text(p, &n);
    while (n && text[n - 1] == '\n')
        n--;
    ck_assert_msg(n == at && memcmp(text, expected, n) == 0, "%s\ngives '%.*s'\nnot   '%s'", source,
                  (int)n, text, expected);
    ivn_prose_free(p);
}

/* Converts a document for Taiwan, and what came out once more. */
static void assert_converted(const char *format, const char *source, const char *want) {
    struct converter c;
    ivn_error err = {0};
    converter_open(&c, "zh-TW", IVN_ALL_STAGES, NULL);
    const char *texts[] = {source, want};
    for (size_t i = 0; i < 2; i++) {
        ivn_result *r = NULL;
        size_t n;
        ck_assert_msg(ivn_convert_document(c.context, format, texts[i], strlen(texts[i]), NULL, &r,
                                           &err) == IVN_OK,
                      "%s: %s", texts[i], err.message);
        const char *text = ivn_result_text(r, &n);
        ck_assert_msg(n == strlen(want) && memcmp(text, want, n) == 0,
                      "%s\nbecomes '%.*s'\nnot     '%s'", texts[i], (int)n, text, want);
        ivn_result_free(r);
    }
    converter_close(&c);
}

/* ---- what is prose ---- */

START_TEST(blocks_lines_and_inline_markup) {
    assert_prose("html", "", "");
    assert_prose("html", "甲<b>乙</b>丙", "甲乙丙");
    assert_prose("html", "<p> 甲 \n 乙 </p>\n<div>丙<br> 丁</div>", "甲\n乙\n\n丙\n丁");
    assert_prose("html", "<ul><li>甲<li>乙</ul>丙", "甲\n\n乙\n\n丙");
    assert_prose("html", "甲 <b> 乙</b> <i>丙</i>", "甲  乙 丙");
    assert_prose("html", "甲<!-- 注 -->乙<wbr>丙", "甲乙丙");
    assert_prose("html", "甲<code>x<b>y</b></code>乙<kbd>", "甲@乙@");
    assert_prose("html", "甲<img src=x>乙<svg><text>丙</text></svg>丁", "甲@乙@丁");
}
END_TEST

START_TEST(what_is_no_prose) {
    assert_prose("html", "<script>'甲<p>'</script><style>乙</style><pre>丙</pre>丁", "丁");
    assert_prose("html", "甲<textarea>乙</textarea>丙<iframe>丁</iframe>", "甲@丙@");
    assert_prose("html", "<!--[if IE]><p>甲</p><![endif]--><![if IE]>乙<![endif]>", "乙");
    assert_prose("html", "<div translate=no>甲<p translate=yes>乙</div>", "乙");
    assert_prose("html", "甲<span class='x notranslate'>乙</span>丙", "甲@丙");
    assert_prose("html", "甲<span class='notranslated'>乙</span>丙", "甲乙丙");
}
END_TEST

START_TEST(languages) {
    assert_prose("html", "<html lang=ja><p>甲<p lang=zh-TW>乙<p xml:lang=ZH>丙", "乙\n\n丙");
    assert_prose("html", "甲<i lang=en>Word <b>two</b></i>乙", "甲@@乙");
    assert_prose("html", "<p lang=''>甲<p lang=zha>乙<p lang=yue>丙", "甲\n\n丙");
    assert_prose("html", "<p lang=ko title=甲>乙", "");
}
END_TEST

START_TEST(attributes_are_asides) {
    assert_prose("html", "<p title='甲'>乙<img alt=\"丙 &amp; 丁\">戊", "乙@戊\n\n甲\n\n丙 & 丁");
    assert_prose("html", "<meta name=Keywords content='甲, 乙,,丙'>", "甲\n\n乙\n\n丙");
    assert_prose("html", "<meta property=og:url content=甲><meta property=og:title content=乙>",
                 "乙");
    assert_prose("html", "<input value=甲><input type=RESET value=乙>", "@@\n\n乙");
    assert_prose("html", "<option label=甲 value=乙>丙", "丙\n\n甲");
    assert_prose("html", "<p data-x=甲 class=乙 id=丙 href=丁>", "");
    assert_prose("html", "<p title=' 甲\n 乙 '>", "甲@乙");
    assert_prose("html", "<link rel=stylesheet title=甲><code title=乙>x</code>", "@\n\n乙");
    assert_prose("html", "<ruby>甲<rp>(</rp><rt>乙</rt><rp>)</rp>丙</ruby>", "甲丙\n\n乙");
}
END_TEST

START_TEST(character_references) {
    assert_prose("html", "&#20013;&#x6587;&hellip;&amp;amp;&nbsp;甲", "中文…&amp;@甲");
    assert_prose("html", "AT&T & 甲 &x; &#; &", "AT&T & 甲 &x; &#; &");
    assert_prose("html", "甲&copy 乙&copy2024丙", "甲@ 乙@丙");
    assert_prose("html", "甲\xC2\xA0乙&#0;丙&#x110000;", "甲@乙@丙@");
    assert_prose("html", "1 < 2 甲 <3", "1 < 2 甲 <3");
}
END_TEST

/* ---- documents that are broken ---- */

START_TEST(trees_that_gumbo_builds_otherwise) {
    assert_prose("html", "<table>甲<tr><td>乙</td>丙</tr>丁</table>", "甲\n\n乙\n\n丙\n\n丁");
    assert_prose("html", "<b>甲<p>乙</b>丙</p>", "甲\n\n乙丙");
    assert_prose("html", "甲</p>乙</td>丙</x>丁", "甲\n\n乙\n\n丙丁");
    assert_prose("html", "<p><b title=甲>乙<p>丙", "乙\n\n甲\n\n丙");
    assert_prose("html", "<title>甲<b>乙</title>丙", "甲<b>乙\n\n丙");
    assert_prose("html", "甲<b title='乙", "甲");
    assert_prose("html", "甲<!-- 乙", "甲");
    assert_prose("html", "甲<script>乙", "甲");
    assert_prose("html", "\xEF\xBB\xBF<!doctype html>\r\n<p>甲\r\n乙\r\r丙", "甲\n乙\n丙");
}
END_TEST

START_TEST(nul_bytes) {
    static const char source[] = "\xE7\x94\xB2\0<p\0>\xE4\xB9\x99\0";
    ivn_prose *p = read_bytes("html", source, sizeof source - 1);
    size_t n;
    const char *text = ivn_prose_text(p, &n);
    ck_assert(memmem(text, n, "\xE7\x94\xB2", 3) && memmem(text, n, "\xE4\xB9\x99", 3));
    ck_assert(!memchr(text, '\0', n));
    ivn_prose_free(p);
}
END_TEST

START_TEST(xhtml) {
    assert_prose("html", "<?xml version='1.0'?><title/><script src='x'/><p>甲<a id='x'/>乙",
                 "甲乙");
    assert_prose("html", "<?xml?><p>甲<![CDATA[乙<p>]]>丙<?x 丁>?>戊", "甲@丙@戊");
    assert_prose("html", "<p>甲<?php if (1 > 0) echo '<p>' ?>乙", "甲@乙");
}
END_TEST

static char *repeat(const char *part, size_t times) {
    const size_t n = strlen(part);
    char *text = malloc(n * times + 1);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * n, part, n);
    text[n * times] = '\0';
    return text;
}

/* No stack grows with the depth, and no time with its square. */
START_TEST(huge_documents) {
    static const char *const parts[] = {"<div>甲", "<b>",       "<ul><li>",   "<table><tr><td>",
                                        "<svg>",   "<ruby>",    "<!--",       "<",
                                        "&",       "<table>甲", "<p title='", "<p a"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *text = repeat(parts[i], 100000);
        ivn_prose_free(read_bytes("html", text, strlen(text)));
        free(text);
    }
}
END_TEST

/* Formatting that is left open is opened again in each paragraph, with all its attributes. */
START_TEST(too_much_memory_is_an_error) {
    enum { TAGS = 8, ATTRIBUTES = 200, PARAGRAPHS = 5000, ROOM = 200000 };
    char *text = malloc(ROOM);
    size_t n = 0;
    ivn_prose *p = NULL;
    ivn_error err = {0};
    ck_assert_ptr_nonnull(text);
    n += (size_t)sprintf(text + n, "<p>");
    for (int i = 0; i < TAGS; i++) {
        n += (size_t)sprintf(text + n, "<b");
        for (int k = 0; k < ATTRIBUTES; k++)
            n += (size_t)sprintf(text + n, " a%d", k + i);
        n += (size_t)sprintf(text + n, ">");
    }
    for (int i = 0; i < PARAGRAPHS; i++)
        n += (size_t)sprintf(text + n, "<p>x");
    ck_assert_uint_lt(n, ROOM);
    ck_assert_int_eq(ivn_prose_read(&p, "html", text, n, NULL, &err), IVN_LIMIT);
    ck_assert_ptr_null(p);
    free(text);
}
END_TEST

/* ---- edits ---- */

START_TEST(edits_keep_the_markup) {
    assert_converted("html", "<p>这个软<em>件</em>真的很好", "<p>這個軟<em>體</em>真的很好");
    assert_converted("html", "<a href=\"软件\" title=\"软件\">软件</a>",
                     "<a href=\"软件\" title=\"軟體\">軟體</a>");
    assert_converted("html", "我们<b>软件</b>,他们<i>的</i>.", "我們<b>軟體</b>，他們<i>的</i>。");
    assert_converted("html", "软件<i>，</i> <i>软件</i>", "軟體<i>，</i><i>軟體</i>");
    assert_converted("html", "<td>\xC2\xA0</td><td>&nbsp;</td> <p>软件",
                     "<td>\xC2\xA0</td><td>&nbsp;</td> <p>軟體");
    assert_converted("html", "No <b>Chinese</b>  at &lt;all&gt; , &c",
                     "No <b>Chinese</b>  at &lt;all&gt; , &c");
}
END_TEST

START_TEST(references_are_written_as_before) {
    assert_converted("html", "&#36719;&#20214;", "&#36575;&#39636;");
    assert_converted("html", "&#x8f6f;&#X4EF6;", "&#x8edf;&#x9AD4;");
    assert_converted("html", "<p>他说&ldquo;软件&rdquo; &amp; <b>好</b>",
                     "<p>他說「軟體」 &amp; <b>好</b>");
}
END_TEST

START_TEST(directives) {
    assert_converted("html", "<!-- ivnorm:off --><p>软件</p><!-- ivnorm:on --><p>软件</p>",
                     "<!-- ivnorm:off --><p>软件</p><!-- ivnorm:on --><p>軟體</p>");
}
END_TEST

static void assert_written(uint8_t kind, uint8_t style, const char *text, const char *want) {
    const struct prose_piece piece = {.kind = kind, .style = style};
    struct buffer out = {0};
    ck_assert(doc_html_write(NULL, &piece, text, strlen(text), &out));
    ck_assert_msg(out.size == strlen(want) && memcmp(out.data, want, out.size) == 0,
                  "%s: '%.*s', not '%s'", text, (int)out.size, out.data, want);
    buffer_fini(&out);
}

/* The styles are those of html_private.h: text, "…", '…', bare; 4 decimal, 8 hexadecimal. */
START_TEST(text_is_written_for_its_place) {
    assert_written(PROSE_TEXT, 32, "甲&<>\"'", "甲&amp;&lt;&gt;\"'");
    assert_written(PROSE_TEXT, 33, "甲\"'&", "甲&quot;'&amp;");
    assert_written(PROSE_TEXT, 34, "\"'", "\"&#39;");
    assert_written(PROSE_TEXT, 35, "甲 =`\"'\n", "甲&#32;&#61;&#96;&quot;&#39;&#10;");
    assert_written(PROSE_CHARACTER, 32 + 4, "中a", "&#20013;a");
    assert_written(PROSE_CHARACTER, 32 + 8, "軟<", "&#x8EDF;&lt;");
    assert_written(PROSE_CHARACTER, 32 + 8 + 16, "軟", "&#x8edf;");
    assert_written(PROSE_CHARACTER, 32, "……", "……");
}
END_TEST

/* ---- in Markdown ---- */

START_TEST(html_in_markdown) {
    assert_prose("markdown", "甲<b title='丙'>乙</b><br>丁<!-- x -->戊", "甲乙\n丁戊\n\n丙");
    assert_prose("markdown", "甲<kbd>乙</kbd>丙<img alt=丁>戊", "甲@丙@戊\n\n丁");
    assert_prose("markdown", "<div>\n<p>甲</p><td>乙\n</div>\n\n丙", "甲\n\n乙\n\n丙");
    assert_converted("markdown", "<div>软件 &amp; 网络</div>\n\n我们<b>*软件*</b>.\n",
                     "<div>軟體 &amp; 網路</div>\n\n我們<b>*軟體*</b>。\n");
}
END_TEST

START_TEST(looks) {
    static const char *const yes[] = {"<!DOCTYPE html>", " \n<!-- x --><HTML>", "<html lang=x>",
                                      "\xEF\xBB\xBF<?xml version='1.0'?>\n<!doctype  HTML PUBLIC"};
    static const char *const no[] = {"", "<", "<!--", "<htmlx>", "<!doctype svg>", "html", "<p>"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_msg(doc_html_is(yes[i], strlen(yes[i])), "%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_msg(!doc_html_is(no[i], strlen(no[i])), "%s", no[i]);
    ck_assert_str_eq(ivn_format_of_file("a/B.XHTML"), "html");
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("doc_html");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, blocks_lines_and_inline_markup);
    tcase_add_test(tests, what_is_no_prose);
    tcase_add_test(tests, languages);
    tcase_add_test(tests, attributes_are_asides);
    tcase_add_test(tests, character_references);
    tcase_add_test(tests, trees_that_gumbo_builds_otherwise);
    tcase_add_test(tests, nul_bytes);
    tcase_add_test(tests, xhtml);
    tcase_add_test(tests, huge_documents);
    tcase_add_test(tests, too_much_memory_is_an_error);
    tcase_add_test(tests, edits_keep_the_markup);
    tcase_add_test(tests, references_are_written_as_before);
    tcase_add_test(tests, directives);
    tcase_add_test(tests, text_is_written_for_its_place);
    tcase_add_test(tests, html_in_markdown);
    tcase_add_test(tests, looks);
    return fixture_main("doc_html", tests);
}
