/* SPDX-License-Identifier: Apache-2.0 */
/* The rules and the cleanup stage: with small rule sets of its own, and with dict/rules. */
#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"

static ivn_error err;

static struct rule_set *set_of(const char *text, const char *house, const char *asked) {
    struct rule_set *s;
    ck_assert_int_eq(rule_set_new(&s, &err), IVN_OK);
    ck_assert_int_eq(rule_set_add(s, "a.rules", RULES_USER, text, strlen(text), &err), IVN_OK);
    ck_assert_int_eq(rule_set_compile(s, "zh-CN", house, asked, &err), IVN_OK);
    return s;
}

static char *read_file(const char *path, size_t *n) {
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "%s", path);
    char *text = malloc(1 << 20);
    ck_assert_ptr_nonnull(text);
    *n = fread(text, 1, (1 << 20) - 1, f);
    text[*n] = '\0';
    fclose(f);
    return text;
}

static const char *source_dir(void) {
    const char *dir = getenv("srcdir");
    return dir ? dir : ".";
}

/* The style of the locale's file, into out. */
static const char *house_style(const char *locale, char *out, size_t size) {
    char path[4096];
    snprintf(path, sizeof path, "%s/dict/locales/%s.conf", source_dir(), locale);
    size_t n;
    char *text = read_file(path, &n), *style = strstr(text, "\nstyle = ");
    ck_assert_ptr_nonnull(style);
    style += strlen("\nstyle = ");
    snprintf(out, size, "%.*s", (int)strcspn(style, "\n"), style);
    free(text);
    return out;
}

static struct rule_set *shipped_set(const char *locale) {
    struct rule_set *s;
    char pattern[4096], house[256];
    glob_t files;
    ck_assert_int_eq(rule_set_new(&s, &err), IVN_OK);
    snprintf(pattern, sizeof pattern, "%s/dict/rules/*.rules", source_dir());
    ck_assert_int_eq(glob(pattern, 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        size_t n;
        char *text = read_file(files.gl_pathv[i], &n);
        ck_assert_msg(rule_set_add(s, files.gl_pathv[i], RULES_SHIPPED, text, n, &err) == IVN_OK,
                      "%s:%zu: %s (%s)", err.file, err.line, err.message, err.args[0]);
        free(text);
    }
    globfree(&files);
    ck_assert_msg(
        rule_set_compile(s, locale, house_style(locale, house, sizeof house), NULL, &err) == IVN_OK,
        "%s:%zu: %s (%s, %s)", err.file, err.line, err.message, err.args[0], err.args[1]);
    return s;
}

/* The cleaned text, NUL-terminated; the caller's. */
static char *clean(const struct rule_set *s, const char *text, size_t n,
                   const struct span_list *verbatim, size_t *edits, size_t *size) {
    struct cleanup *c;
    struct edit_list list = {0};
    struct buffer out = {0};
    ck_assert_int_eq(cleanup_new(&c, s, &err), IVN_OK);
    ck_assert_int_eq(cleanup_run(c, text, n, verbatim, CLEANUP_PLAIN, &list, &err), IVN_OK);
    ck_assert(edit_list_valid(&list, n));
    ck_assert(edit_apply(&list, text, n, &out));
    *edits = list.count;
    *size = out.size;
    ck_assert(buffer_append(&out, "", 1));
    edit_list_fini(&list);
    cleanup_free(c);
    return out.data;
}

static void assert_clean(const struct rule_set *s, const char *text, const char *want) {
    size_t edits, n;
    char *got = clean(s, text, strlen(text), NULL, &edits, &n);
    ck_assert_str_eq(got, want);
    free(got);
}

static void assert_refused(const char *text, size_t line, size_t column, const char *message) {
    struct rule_set *s;
    ck_assert_int_eq(rule_set_new(&s, &err), IVN_OK);
    ivn_status status = rule_set_add(s, "my.rules", RULES_USER, text, strlen(text), &err);
    if (status == IVN_OK)
        status = rule_set_compile(s, "zh-CN", NULL, NULL, &err);
    ck_assert_int_eq(status, IVN_SYNTAX);
    ck_assert_str_eq(err.file, "my.rules");
    ck_assert_uint_eq(err.line, line);
    ck_assert_uint_eq(err.column, column);
    char full[1024];
    snprintf(full, sizeof full, "%s|%s|%s|%s", err.message, err.args[0], err.args[1], err.args[2]);
    ck_assert_msg(strstr(full, message) != NULL, "%s", full);
    rule_set_free(s);
}

/* ---- rules ---- */

START_TEST(errors_name_their_place) {
    assert_refused("rule: a.b\nmatch: x[{{h}}\nclass: h = a\n", 3, 8, "a class inside");
    assert_refused("class: h = 中文\n\nrule: a.b\nmatch: (?<=x)[{{h}}\n", 4, 20,
                   "missing terminating ]");
    assert_refused("rule: a.b\nmatch: {{nothing}}\n", 2, 8, "is no class");
    assert_refused("class: c = {{d}}\nclass: d = {{c}}\n\nrule: a.b\nmatch: {{c}}\n", 5, 8,
                   "uses itself");
    assert_refused("\n\nrule: AB\n", 3, 7, "is not a rule id");
    assert_refused("rule: a.b\nwhy: because\n", 1, 1, "has no 'match'");
    assert_refused("rule: a.b\nmatch: x\nbad: x\n\n", 4, 1, "without its 'good'");
    assert_refused("rule: a.b\nmatch: x\nwith: $1\n", 2, 0, "no such group");
    assert_refused("rule: a.b\nmatch: x\nwith@zh-XX: y\n", 3, 6, "unknown target");
    assert_refused("rule: a.b\nmatch: x\n\nrule: a.b\n", 4, 7, "twice");
    assert_refused("rule: a.b\nmatch: x\ncolour: red\n", 3, 9, "unknown field");
    assert_refused("nonsense\n", 1, 1, "field: value");
}
END_TEST

START_TEST(later_file_replaces_rule_in_its_place) {
    struct rule_set *s;
    const char *one = "rule: a.x\nmatch: x\nwith: 1\nlines: any\n\nrule: a.y\nmatch: y\nwith: 2\n";
    const char *two = "rule: a.x\nmatch: x\nwith: 3\nlines: any\n";
    ck_assert_int_eq(rule_set_new(&s, &err), IVN_OK);
    ck_assert_int_eq(rule_set_add(s, "a.rules", RULES_USER, one, strlen(one), &err), IVN_OK);
    ck_assert_int_eq(rule_set_add(s, "b.rules", RULES_USER, two, strlen(two), &err), IVN_OK);
    ck_assert_int_eq(rule_set_compile(s, "zh-TW", NULL, NULL, &err), IVN_OK);
    ivn_rule rule;
    ck_assert(rule_set_get(s, 0, &rule));
    ck_assert_str_eq(rule.id, "a.x");
    ck_assert_str_eq(rule.file, "b.rules");
    ck_assert(rule.enabled);
    ck_assert(!rule_set_get(s, 2, &rule));
    assert_clean(s, "x中", "3中");
    rule_set_free(s);
}
END_TEST

START_TEST(switches_and_targets) {
    const char *text =
        "rule: a.x\nmatch: x\nwith: 1\n\nrule: a.y\nmatch: y\nwith: 2\ndefault: off\n"
        "\nrule: b.z\nmatch: z\nwith: 3\nin: zh-TW\n";
    struct rule_set *s = set_of(text, NULL, NULL);
    assert_clean(s, "中xyz", "中1yz");
    rule_set_free(s);
    s = set_of(text, "+a.y", "-a.x");
    assert_clean(s, "中xyz", "中x2z");
    rule_set_free(s);
    s = set_of(text, "+a", NULL);
    assert_clean(s, "中xyz", "中12z");
    rule_set_free(s);
    ck_assert_int_eq(rule_set_new(&s, &err), IVN_OK);
    ck_assert_int_eq(rule_set_compile(s, "zh-CN", NULL, "+a.nothing", &err), IVN_SYNTAX);
    ck_assert_int_eq(rule_set_compile(s, "zh-XX", NULL, NULL, &err), IVN_LOCALE);
    rule_set_free(s);
}
END_TEST

START_TEST(replacement_leaves_groups_alone) {
    struct rule_set *s = set_of("rule: a.b\nmatch: <([^<>]*)>\nwith: [$1]\n", NULL, NULL);
    struct cleanup *c;
    struct edit_list list = {0};
    const char *text = "中<文>字";
    ck_assert_int_eq(cleanup_new(&c, s, &err), IVN_OK);
    ck_assert_int_eq(cleanup_run(c, text, strlen(text), NULL, CLEANUP_PLAIN, &list, &err), IVN_OK);
    ck_assert_uint_eq(list.count, 2);
    ck_assert_uint_eq(list.items[0].offset, 3);
    ck_assert_uint_eq(list.items[0].length, 1);
    ck_assert_uint_eq(list.items[1].offset, 7);
    ck_assert_uint_eq(list.items[0].reason, reason_make(REASON_RULE, 0));
    edit_list_fini(&list);
    cleanup_free(c);
    rule_set_free(s);
}
END_TEST

START_TEST(failing_example_is_named) {
    struct rule_set *s = set_of("rule: a.b\nmatch: x\nwith: y\nbad: 中x\ngood: 中z\n", NULL, NULL);
    ck_assert_int_eq(rule_set_test(s, (struct rule_filter){0}, &err), IVN_CONFLICT);
    ck_assert_str_eq(err.file, "a.rules");
    ck_assert_uint_eq(err.line, 4);
    ck_assert_str_eq(err.args[2], "中y");
    rule_set_free(s);
}
END_TEST

START_TEST(match_limit_is_an_error) {
    struct rule_set *s = set_of("rule: a.b\nmatch: (a+)+(a+)+(a+)+b\nwith: y\n", NULL, NULL);
    struct cleanup *c;
    struct edit_list list = {0};
    const char *text = "中aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac";
    ck_assert_int_eq(cleanup_new(&c, s, &err), IVN_OK);
    const char *with_b = "中aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac b";
    ck_assert_int_eq(cleanup_run(c, text, strlen(text), NULL, CLEANUP_PLAIN, &list, &err), IVN_OK);
    ck_assert_int_eq(cleanup_run(c, with_b, strlen(with_b), NULL, CLEANUP_PLAIN, &list, &err),
                     IVN_LIMIT);
    ck_assert_str_eq(err.file, "a.rules");
    ck_assert_uint_eq(err.line, 2);
    ck_assert_uint_eq(list.count, 0);
    edit_list_fini(&list);
    cleanup_free(c);
    rule_set_free(s);
}
END_TEST

START_TEST(line_that_does_not_settle_stays) {
    static const char text[] = "rule: a.b\nmatch: x\nwith: xx\n";
    struct rule_set *s;
    ck_assert_int_eq(rule_set_new(&s, &err), IVN_OK);
    ck_assert_int_eq(rule_set_add(s, "a.rules", RULES_SHIPPED, text, strlen(text), &err), IVN_OK);
    ck_assert_int_eq(rule_set_compile(s, "zh-CN", NULL, NULL, &err), IVN_OK);
    assert_clean(s, "中x", "中x");
    rule_set_free(s);
}
END_TEST

START_TEST(users_rules_must_end) {
    static const char *const endless[] = {
        "rule: a.b\nmatch: x\nwith: xx\n", "rule: a.b\nmatch: 甲\nwith: 乙甲\n",
        "rule: a.b\nmatch: 甲\nwith: 乙\n\nrule: a.c\nmatch: 乙\nwith: 甲\n",
        "rule: a.b\nmatch: (a+)+b\nwith: c\nlines: any\n"};
    for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
        struct rule_set *s = set_of(endless[i], NULL, NULL);
        ck_assert_int_eq(rule_set_probe(s, &err), IVN_LIMIT);
        ck_assert_str_eq(err.args[0], "a.b");
        ck_assert_str_eq(err.file, "a.rules");
        ck_assert_uint_ge(err.line, 1);
        rule_set_free(s);
    }
    struct rule_set *s = set_of("rule: a.b\nmatch: (?<!x)x(?!x)\nwith: xx\n", NULL, NULL);
    ck_assert_int_eq(rule_set_probe(s, &err), IVN_OK);
    rule_set_free(s);
}
END_TEST

static const char styles[] = "style: mark = ！ ! keep\nwhy: a mark\n\n"
                             "rule: a.mark\nmatch: [！!]\nwith: {{mark}}\n\n"
                             "rule: a.only\nonly: mark=keep\nmatch: x\nwith: y\n\n"
                             "rule: a.limited\nmatch: z\nwith@mark=!: 1\nwith: 2\n";

START_TEST(styles_choose_replacements_and_rules) {
    struct rule_set *s = set_of(styles, NULL, NULL);
    assert_clean(s, "中!xz", "中！x2");
    rule_set_free(s);
    s = set_of(styles, "mark=!", NULL);
    assert_clean(s, "中！xz", "中!x1");
    rule_set_free(s);
    s = set_of(styles, "mark=!", "mark=keep");
    assert_clean(s, "中！!xz", "中！!y2");
    ivn_rule rule;
    ck_assert(rule_set_get(s, 0, &rule));
    ck_assert(!rule.enabled);
    ck_assert_int_eq(rule.cause, IVN_BY_STYLE);
    ck_assert_str_eq(rule.style, "mark");
    ck_assert_str_eq(rule.value, "keep");
    ivn_style style;
    ck_assert(rule_set_get_style(s, 0, &style));
    ck_assert_str_eq(style.value, "keep");
    ck_assert_str_eq(style.values, "！ ! keep");
    ck_assert_int_eq(style.cause, IVN_BY_CALLER);
    ck_assert(!rule_set_get_style(s, 1, &style));
    rule_set_free(s);
}
END_TEST

static void assert_style_refused(const char *asked, const char *argument) {
    struct rule_set *s;
    ck_assert_int_eq(rule_set_new(&s, &err), IVN_OK);
    ck_assert_int_eq(rule_set_add(s, "a.rules", RULES_USER, styles, strlen(styles), &err), IVN_OK);
    ck_assert_int_eq(rule_set_compile(s, "zh-CN", NULL, asked, &err), IVN_SYNTAX);
    ck_assert_str_eq(err.args[0], argument);
    rule_set_free(s);
}

START_TEST(unknown_styles_are_refused) {
    assert_style_refused("mark=? mark=!", "mark=?");
    assert_style_refused("mark=! colour=red", "colour=red");
    assert_style_refused("+a.mark -a.nothing", "a.nothing");
    assert_style_refused("nonsense", "nonsense");
    assert_refused("style: a\n", 1, 8, "a style is written");
    assert_refused("style: a = b\n\nstyle: a = c\n", 3, 8, "defined already");
    assert_refused("rule: a.b\nonly: c=d\nmatch: x\n", 1, 0, "no such style");
    assert_refused("rule: a.b\nmatch: x\nwith: {{c}}\n", 2, 0, "is no style");
}
END_TEST

/* ---- reports ---- */

/* What is reported, each as "OFFSET+LENGTH:PROPOSAL ", into out. */
static void report(const struct rule_set *s, const char *text, char *out, size_t size) {
    struct cleanup *c;
    struct edit_list list = {0};
    size_t n = 0;
    out[0] = '\0';
    ck_assert_int_eq(cleanup_new(&c, s, &err), IVN_OK);
    ck_assert_int_eq(cleanup_report(c, text, strlen(text), NULL, CLEANUP_PLAIN, &list, &err),
                     IVN_OK);
    ck_assert(edit_list_valid(&list, strlen(text)));
    for (size_t i = 0; i < list.count; i++)
        n += (size_t)snprintf(out + n, size - n, "%u+%u:%.*s ", list.items[i].offset,
                              list.items[i].length, (int)list.items[i].text_length,
                              list.pool.data + list.items[i].text);
    edit_list_fini(&list);
    cleanup_free(c);
}

static void assert_report(const struct rule_set *s, const char *text, const char *want) {
    char got[1024];
    report(s, text, got, sizeof got);
    ck_assert_str_eq(got, want);
}

START_TEST(reports_change_nothing) {
    struct rule_set *s = set_of("rule: a.b\naction: report\nmatch: x(y)\nwith: $1\n\n"
                                "rule: a.c\naction: report\nmatch: z\n\n"
                                "rule: a.d\naction: protect\nmatch: <[^>]*>\n",
                                NULL, NULL);
    assert_clean(s, "中xyz", "中xyz");
    assert_report(s, "中xyz", "3+2:y 5+1:z ");
    assert_report(s, "<z>\n中<xyz>文z", "15+1:z ");
    rule_set_free(s);
}
END_TEST

START_TEST(lone_marks_are_looked_for_in_other_lines) {
    struct rule_set *s = shipped_set("zh-CN");
    assert_report(s, "他说：“走。", "9+3:“ ");
    assert_report(s, "他说：“走。\n\n“走吧。”", "");
    assert_report(s, "他说：“走。\n下雨了。\n快走。”", "");
    assert_report(s, "（一）甲\n二）乙\n丙）丁\n好人）", "39+3:） ");
    assert_report(s, "见《边城。\n好", "3+3:《 ");
    rule_set_free(s);
}
END_TEST

/* ---- the stage ---- */

START_TEST(verbatim_is_one_latin_word) {
    struct rule_set *s = shipped_set("zh-TW");
    const char *text = "先看\xFF,\xFE,甲";
    struct span span = {.offset = 6, .length = 3};
    struct span_list verbatim = {.items = &span, .count = 1, .capacity = 1};
    size_t edits, n;
    char *got = clean(s, text, strlen(text), &verbatim, &edits, &n);
    ck_assert_str_eq(got, "先看\xFF,\xFE，甲");
    free(got);

    const char *lines = "甲,\x80\n\x80,乙,\n丙,丁";
    struct span across[] = {{4, 3}};
    verbatim = (struct span_list){.items = across, .count = 1, .capacity = 1};
    got = clean(s, lines, strlen(lines), &verbatim, &edits, &n);
    ck_assert_str_eq(got, "甲，\x80\n\x80，乙，\n丙，丁");
    ck_assert_uint_eq(edits, 4);
    free(got);
    rule_set_free(s);
}
END_TEST

START_TEST(shipped_examples_hold) {
    static const char *const locales[] = {"zh-CN", "zh-TW", "zh-HK"};
    for (size_t i = 0; i < 3; i++) {
        struct rule_set *s = shipped_set(locales[i]);
        ck_assert_msg(rule_set_test(s, (struct rule_filter){0}, &err) == IVN_OK,
                      "%s: %s:%zu: %s: %s: %s", locales[i], err.file, err.line, err.args[0],
                      err.args[1], err.args[2]);
        rule_set_free(s);
    }
}
END_TEST

static size_t unescape(char *text) {
    char *out = text;
    for (char *at = text; *at; at++) {
        if (*at != '\\') {
            *out++ = *at;
            continue;
        }
        at++;
        if (*at == 'u') { /* the table needs \u{0} only */
            *out++ = (char)strtol(at + 2, &at, 16);
            continue;
        }
        *out++ = *at == 'n' ? '\n' : *at == 'r' ? '\r' : *at == 't' ? '\t' : *at;
    }
    return (size_t)(out - text);
}

START_TEST(data_table) {
    static const char *const locales[] = {"zh-CN", "zh-TW", "zh-HK"};
    struct rule_set *sets[3];
    for (size_t i = 0; i < 3; i++)
        sets[i] = shipped_set(locales[i]);
    char path[4096];
    size_t n;
    snprintf(path, sizeof path, "%s/tests/data/cleanup.tsv", source_dir());
    char *table = read_file(path, &n);
    for (char *line = table, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        char *input = strchr(line, '\t');
        if (line[0] == '#' || !input || strncmp(line, "target\t", 7) == 0)
            continue;
        *input++ = '\0';
        char *want = strchr(input, '\t');
        ck_assert_ptr_nonnull(want);
        *want++ = '\0';
        *strchr(want, '\t') = '\0';
        if (strcmp(want, "=") == 0)
            want = input;
        size_t which = 0;
        while (strncmp(locales[which], line, strlen(locales[which])) != 0)
            which++;
        size_t input_size = unescape(input), edits, size, again;
        size_t want_size = want == input ? input_size : unescape(want);
        char *got = clean(sets[which], input, input_size, NULL, &edits, &size);
        ck_assert_msg(size == want_size && memcmp(got, want, size) == 0, "%s: got %s, want %s",
                      line, got, want);
        char *second = clean(sets[which], got, size, NULL, &edits, &again);
        ck_assert_msg(edits == 0, "%s is not stable", got);
        free(second);
        free(got);
    }
    free(table);
    for (size_t i = 0; i < 3; i++)
        rule_set_free(sets[i]);
}
END_TEST

static uint32_t draw(uint32_t *state, uint32_t below) {
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

/* Pieces that rules are about, thrown together: edits stay valid, leave verbatim alone, and a
 * second run has nothing left to do. */
START_TEST(random_text_is_stable) {
    static const char *const pieces[] = {"中",       "文",
                                         "的",       "与",
                                         "三",       "馬",
                                         "a",        "Word",
                                         "1",        "23",
                                         " ",        "  ",
                                         ",",        ".",
                                         "...",      ":",
                                         ";",        "!",
                                         "?",        "(",
                                         ")",        "（",
                                         "）",       "\"",
                                         "'",        "“",
                                         "”",        "‘",
                                         "’",        "「",
                                         "」",       "『",
                                         "』",       "，",
                                         "。",       "、",
                                         "：",       "……",
                                         "—",        "--",
                                         "·",        "~",
                                         "【",       "】",
                                         "《",       "》",
                                         "<b>",      "</b>",
                                         "`",        "http://a.b/c",
                                         "x@y.zz",   "*",
                                         "**",       "\t",
                                         "\r\n",     "\n",
                                         "%",        "\xe3\x80\x80",
                                         "\xc2\xa0", "１",
                                         "Ａ",       "％",
                                         "|",        "- ",
                                         "Q:",       "<<",
                                         ">>",       "\xe2\x80\x8b",
                                         "…",        "。。",
                                         "！！！！", "=",
                                         "{",        "}"};
    static const char *const locales[] = {"zh-CN", "zh-TW", "zh-HK"};
    for (size_t l = 0; l < 3; l++) {
        struct rule_set *s = shipped_set(locales[l]);
        for (uint32_t seed = 0; seed < 4000; seed++) {
            uint32_t state = seed * 7 + (uint32_t)l;
            struct buffer text = {0};
            struct span span = {0};
            uint32_t count = 1 + draw(&state, 24);
            for (uint32_t i = 0; i < count; i++) {
                const char *piece = pieces[draw(&state, sizeof pieces / sizeof *pieces)];
                if (seed % 4 == 0 && i == count / 2)
                    span = (struct span){(uint32_t)text.size, (uint32_t)strlen(piece)};
                ck_assert(buffer_append(&text, piece, strlen(piece)));
            }
            struct span_list verbatim = {.items = &span, .count = span.length > 0, .capacity = 1};
            size_t edits, n, again;
            char *once = clean(s, text.data, text.size, &verbatim, &edits, &n);
            if (span.length == 0) {
                char *twice = clean(s, once, n, NULL, &edits, &again);
                ck_assert_msg(edits == 0, "%s seed %u: [%.*s] -> [%s] -> [%s]", locales[l], seed,
                              (int)text.size, text.data, once, twice);
                free(twice);
            }
            free(once);
            buffer_fini(&text);
        }
        rule_set_free(s);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("cleanup");
    TCase *tests = tcase_create("cleanup");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, errors_name_their_place);
    tcase_add_test(tests, later_file_replaces_rule_in_its_place);
    tcase_add_test(tests, switches_and_targets);
    tcase_add_test(tests, replacement_leaves_groups_alone);
    tcase_add_test(tests, failing_example_is_named);
    tcase_add_test(tests, match_limit_is_an_error);
    tcase_add_test(tests, line_that_does_not_settle_stays);
    tcase_add_test(tests, users_rules_must_end);
    tcase_add_test(tests, styles_choose_replacements_and_rules);
    tcase_add_test(tests, unknown_styles_are_refused);
    tcase_add_test(tests, reports_change_nothing);
    tcase_add_test(tests, lone_marks_are_looked_for_in_other_lines);
    tcase_add_test(tests, verbatim_is_one_latin_word);
    tcase_add_test(tests, shipped_examples_hold);
    tcase_add_test(tests, data_table);
    tcase_add_test(tests, random_text_is_stable);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
