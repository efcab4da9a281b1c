/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns over paths. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../src/cli/glob.h"
#include "fixture.h"

static void yes(const char *pattern, const char *path) {
    ck_assert_ptr_null(glob_wrong(pattern));
    ck_assert_msg(glob_match(pattern, path), "'%s' should match '%s'", pattern, path);
}

static void no(const char *pattern, const char *path) {
    ck_assert_ptr_null(glob_wrong(pattern));
    ck_assert_msg(!glob_match(pattern, path), "'%s' should not match '%s'", pattern, path);
}

START_TEST(a_name_matches_at_any_depth) {
    yes("a.md", "a.md");
    yes("a.md", "x/y/a.md");
    no("a.md", "a.md/x");
    no("a.md", "ba.md");
    no("a.md", "A.md");
    yes("*.md", "x/y/a.md");
    yes("*.md", ".md");
    yes("*.md", ".hidden.md");
    no("*.md", "x.md/y");
    yes("**/a", "a");
    yes("**/a", "x/y/a");
    yes("**/**/a", "a");
    yes("**/**/a", "x/y/a");
    yes("**", "x/y");
}
END_TEST

START_TEST(a_slash_anchors) {
    yes("/a", "a");
    no("/a", "x/a");
    yes("./a", "a");
    no("./a", "x/a");
    yes("x/a", "x/a");
    no("x/a", "y/x/a");
    no("x/a", "x/a/b");
    yes("/*.md", "a.md");
    no("/*.md", "x/a.md");
    yes("x/*", "x/a");
    no("x/*", "x/a/b");
    no("a//b", "a/b");
    yes("a\\/b", "a/b");
}
END_TEST

START_TEST(a_slash_at_the_end_means_a_directory) {
    yes("build/", "build/");
    yes("build/", "x/build/");
    yes("build//", "build/");
    no("build/", "build");
    yes("build", "build/");
    yes("x/build/", "x/build/");
    no("x/build/", "y/x/build/");
    no("/build/", "x/build/");
}
END_TEST

START_TEST(two_stars_cross_directories) {
    yes("a/**/b", "a/b");
    yes("a/**/b", "a/x/b");
    yes("a/**/b", "a/x/y/b");
    no("a/**/b", "x/a/b");
    no("a/**/b", "ab");
    yes("a/**", "a/b");
    yes("a/**", "a/b/c");
    no("a/**", "a");
    no("a/**", "ab/c");
    yes("/**", "a/b");
    yes("**/a/**", "x/a/y");
    no("**/a/**", "x/a");
    yes("**/x/b", "x/b");
    no("**/x/b", "b");
    yes("**/a/*/b/**/c", "1/a/2/a/3/b/c");
    no("a**/b", "a/x/b");
    yes("a**", "abc");
    yes("x/**/", "x/y/");
}
END_TEST

START_TEST(one_character_is_one_character) {
    yes("?.md", "章.md");
    no("?.md", "章节.md");
    yes("第?章.md", "第三章.md");
    yes("第*章.md", "第二十三章.md");
    yes("[一二三].txt", "二.txt");
    yes("[一-龥].txt", "章.txt");
    no("[!一-龥].txt", "章.txt");
    yes("?", "\xFF");
    no("?", "\xE7\xAB");
    yes("??", "\xE7\xAB");
    yes("\xFF*", "\xFF\xFE");
    yes("[\x80-\xFF]", "\xB5");
    yes("*", "a\nb");
    yes("a\nb", "a\nb");
    no("/?", "a/b");
    no("a?b", "a/b");
    no("a[/]b", "a/b");
    no("a[!x]b", "a/b");
}
END_TEST

START_TEST(sets) {
    yes("*.py[cod]", "x.pyc");
    no("*.py[cod]", "x.pyx");
    yes("[a-c]x", "bx");
    no("[c-a]", "b");
    yes("[!a]", "b");
    yes("[^a]", "b");
    yes("[]a]", "]");
    no("[!]a]", "]");
    yes("[a-]", "-");
    yes("[\\]]", "]");
    yes("[\\a-\\c]", "b");
    yes("[[:digit:][:upper:]]x", "7x");
    no("[[:digit:]]", "x");
    yes("[![:space:]]", "x");
    yes("[[:]", ":");
    yes("[[]", "[");
}
END_TEST

START_TEST(escapes) {
    yes("\\*", "*");
    no("\\*", "a");
    yes("\\!a", "!a");
    yes("\\#a", "#a");
    yes("\\\\", "\\");
    yes("a\\ ", "a ");
    yes("*\\.md", "a.md");
    yes("x\\[1]", "x[1]");
}
END_TEST

START_TEST(braces) {
    yes("*.{md,html}", "x/a.html");
    no("*.{md,html}", "a.txt");
    yes("{docs,src}/**/*.md", "src/a.md");
    yes("{docs/**,src}/*.md", "docs/a.md");
    yes("{docs/**,src}/*.md", "docs/x/a.md");
    no("{docs/**,src}/*.md", "src/x/a.md");
    yes("a{b,{c,d}}e", "ade");
    yes("{,x}a", "a");
    yes("{,x}a", "xa");
    yes("{a}", "{a}");
    yes("{{name}}", "{{name}}");
    yes("{a,b", "{a,b");
    yes("{a,{b,c}", "{a,c");
    yes("a}{b", "a}{b");
    yes("\\{a,b}", "{a,b}");
    yes("{a\\,b,c}", "a,b");
    yes("{[a,b],c}", ",");
    yes("{a/,b}", "b");
    no("{a/,b}", "a");
    yes("%s{%n,%d}", "%s%d");
}
END_TEST

START_TEST(braces_may_be_plain) {
    const char *wrong = NULL;
    struct glob *glob = glob_new("*.{md,html}", false, &wrong);
    struct glob_subject with = glob_subject("a.md", false);
    struct glob_subject plain = glob_subject("x/a.{md,html}", false);
    ck_assert_ptr_nonnull(glob);
    ck_assert_ptr_null(wrong);
    ck_assert(!glob_test(glob, &with));
    ck_assert(glob_test(glob, &plain));
    glob_free(glob);
    glob_free(NULL);
}
END_TEST

static void bad(const char *pattern, const char *why) {
    const char *wrong = glob_wrong(pattern);
    ck_assert_ptr_nonnull(wrong);
    ck_assert_msg(strstr(wrong, why) != NULL, "'%s': %s", pattern, wrong);
    ck_assert(!glob_match(pattern, pattern));
    ck_assert(!glob_match(pattern, "a"));
}

START_TEST(what_is_no_pattern) {
    bad("", "nothing");
    bad("/", "nothing");
    bad("[", "'['");
    bad("a[b", "'['");
    bad("[]", "'['");
    bad("[!]", "'['");
    bad("[a-", "'['");
    bad("[a\\", "'['");
    bad("[[:nothing:]]", "class");
    bad("a\\", "backslash");
    bad("{a,[}", "'['");
    ck_assert(!glob_match("*", ""));
    ck_assert(!glob_match("*", "/"));
}
END_TEST

START_TEST(too_much_is_refused) {
    char *text = malloc(1000001);
    ck_assert_ptr_nonnull(text);
    memset(text, 'a', 1000000);
    text[1000000] = '\0';
    bad(text, "4096");
    memset(text, '{', 4096);
    text[4096] = '\0';
    yes(text, text);
    text[0] = '\0';
    for (int i = 0; i < 8; i++)
        strcat(text, "{a,b}");
    yes(text, "abababab");
    strcat(text, "{a,b}");
    bad(text, "256");
    for (int i = 0; i < 100; i++)
        strcat(text, "{a,b}");
    bad(text, "256");
    free(text);
}
END_TEST

/* Each would take years if every star were tried at every place. */
START_TEST(no_explosion) {
    char pattern[4000] = "", path[4000] = "";
    clock_t start = clock();
    no("*a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac");
    for (int i = 0; i < 400; i++) {
        strcat(pattern, "**/a*/");
        strcat(path, "ab/a/");
    }
    strcat(pattern, "b");
    no(pattern, path);
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    pattern[0] = '\0';
    for (int i = 0; i < 1000; i++)
        strcat(pattern, "*a");
    strcat(pattern, "b");
    no(pattern, path);
    ck_assert_msg(clock() - start < 2 * CLOCKS_PER_SEC, "too slow");
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("glob");
    tcase_add_test(tests, a_name_matches_at_any_depth);
    tcase_add_test(tests, a_slash_anchors);
    tcase_add_test(tests, a_slash_at_the_end_means_a_directory);
    tcase_add_test(tests, two_stars_cross_directories);
    tcase_add_test(tests, one_character_is_one_character);
    tcase_add_test(tests, sets);
    tcase_add_test(tests, escapes);
    tcase_add_test(tests, braces);
    tcase_add_test(tests, braces_may_be_plain);
    tcase_add_test(tests, what_is_no_pattern);
    tcase_add_test(tests, too_much_is_refused);
    tcase_add_test(tests, no_explosion);
    return fixture_main("glob", tests);
}
