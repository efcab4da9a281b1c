/* SPDX-License-Identifier: Apache-2.0 */
/* Configuration files: settings, which files count, engines that are shared. */
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/cli/config.h"
#include "../../src/cli/config_file.h"
#include "../../src/cli/engines.h"
#include "../../src/cli/nearest.h"
#include "fixture.h"

/* A directory to work in, which is the working directory; messages go to its file `err`. */
static char work[PATH_MAX];
static char lexicon[PATH_MAX + 16];

static int delete (const char *path, const struct stat *st, int kind, struct FTW *walk) {
    (void)st, (void)kind, (void)walk;
    return remove(path);
}

static void enter(void) {
    char here[PATH_MAX], template[] = "/tmp/ivnorm-config-XXXXXX";
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    snprintf(lexicon, sizeof lexicon, "--lexicon=%s", realpath(fixture_lexicon_path, work));
    ck_assert_ptr_nonnull(mkdtemp(template));
    ck_assert_int_eq(chdir(template), 0);
    ck_assert_ptr_nonnull(getcwd(work, sizeof work));
    ck_assert_int_eq(setenv("XDG_CONFIG_HOME", work, 1), 0);
    ck_assert_int_eq(mkdir("ivnorm", 0777), 0);
    ck_assert_ptr_nonnull(freopen("err", "w+", stderr));
}

static void leave(void) {
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(nftw(work, delete, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void write_bytes(const char *name, const char *text, size_t n) {
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, n, file), n);
    ck_assert_int_eq(fclose(file), 0);
}

static void write_text(const char *name, const char *text) {
    write_bytes(name, text, strlen(text));
}

static void make_directory(const char *name) {
    ck_assert_int_eq(mkdir(name, 0777), 0);
}

/* How many messages there were; the text of the last one is in `last`. */
static size_t count_messages(char *last, size_t size) {
    FILE *file = fopen("err", "r");
    size_t count = 0;
    fflush(stderr);
    ck_assert_ptr_nonnull(file);
    while (fgets(last, (int)size, file))
        count++;
    fclose(file);
    return count;
}

/* Options as typed: `argument` is one of them, or NULL. */
static void type(struct options *typed, const char *argument) {
    static char program[] = "ivnorm";
    static char copy[PATH_MAX + 16];
    char *argv[] = {program, argument ? copy : NULL, NULL};
    snprintf(copy, sizeof copy, "%s", argument ? argument : "");
    optind = 0;
    ck_assert_int_eq(options_parse(typed, argument ? 2 : 1, argv), STATUS_FINE);
}

/* The target in force for a file; "" = none, "!" = an error. */
static void assert_target(struct config *config, const char *path, const char *want) {
    struct options resolved;
    enum status status = config_for(config, path, &resolved);
    const char *got = status != STATUS_FINE ? "!" : resolved.to ? resolved.to : "";
    ck_assert_msg(strcmp(got, want) == 0, "%s: '%s', not '%s'", path, got, want);
    options_fini(&resolved);
}

START_TEST(the_nearest_name) {
    struct nearest n;
    nearest_init(&n, "tp", 2);
    nearest_offer(&n, "only");
    ck_assert_ptr_null(n.best);
    nearest_offer(&n, "to");
    nearest_offer(&n, "tq");
    ck_assert_str_eq(n.best, "to");
    nearest_init(&n, "", 0);
    nearest_offer(&n, "to");
    ck_assert_ptr_null(n.best);
    char huge[100000];
    memset(huge, 'a', sizeof huge);
    nearest_init(&n, huge, sizeof huge);
    nearest_offer(&n, "aaaa");
    ck_assert_ptr_null(n.best);
}
END_TEST

START_TEST(settings_replace_and_add_up) {
    struct setting a = {.record = 2, .name = "to", .value = "a"};
    struct setting b = {.record = 1, .name = "dict", .value = "b"};
    struct setting c = {.record = 1, .name = "dict", .value = "c"};
    struct setting d = {.record = 2, .name = "to", .value = "d"};
    struct setting none = {.record = 1, .name = "dict", .value = "", .reset = true};
    struct settings list = {0}, other = {0};
    ck_assert(settings_equal(&list, &other));
    ck_assert_int_eq(settings_put(&list, &a, false), 0);
    ck_assert_int_eq(settings_put(&list, &b, true), 0);
    ck_assert_int_eq(settings_put(&list, &c, true), 0);
    ck_assert_int_eq(settings_put(&list, &d, false), 0);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_ptr_eq(list.items[0], &b);
    ck_assert_ptr_eq(list.items[2], &d);
    ck_assert_ptr_eq(settings_find(&list, "dict", NULL), &c);
    ck_assert_ptr_eq(settings_find(&list, "dict", b.value), &b);
    ck_assert_ptr_null(settings_find(&list, "names", NULL));
    ck_assert_int_eq(settings_put(&list, &none, true), 0);
    ck_assert_uint_eq(list.count, 2);
    struct setting same = d;
    char spelt[] = "d";
    same.value = spelt;
    ck_assert_int_eq(settings_put(&other, &same, false), 0);
    ck_assert_msg(settings_equal(&list, &other), "a reset sets nothing");
    ck_assert(!settings_same(&list, &other));
    ck_assert(setting_blame(&a));
    ck_assert(!setting_blame(&a));
    settings_fini(&list);
    settings_fini(&other);
}
END_TEST

START_TEST(inner_files_win) {
    struct options typed;
    enter();
    make_directory("a");
    make_directory("a/b");
    write_text("ivnorm/config", "to = zh-HK\n");
    type(&typed, NULL);
    struct config *config = config_new(&typed);
    assert_target(config, "a/b/x.md", "zh-HK");
    config_free(config);
    write_text(".ivnorm.conf", "to = zh-TW\n");
    write_text("a/b/.ivnorm.conf", "to = zh-CN\n");
    config = config_new(&typed);
    assert_target(config, "a/b/x.md", "zh-CN");
    assert_target(config, "a//./b/x.md", "zh-CN");
    assert_target(config, "a/b/../x.md", "zh-TW");
    assert_target(config, "none/../x.md", "zh-HK");
    assert_target(config, "none/x.md", "zh-TW");
    assert_target(config, "/x.md", "zh-HK");
    assert_target(config, "/", "zh-HK");
    assert_target(config, "..", "zh-HK");
    assert_target(config, "-", "zh-TW");
    assert_target(config, "", "zh-HK");
    config_free(config);
    options_fini(&typed);
    type(&typed, "--no-config");
    config = config_new(&typed);
    assert_target(config, "a/b/x.md", "");
    config_free(config);
    options_fini(&typed);
    type(&typed, "--to=zh-SG");
    config = config_new(&typed);
    assert_target(config, "a/b/x.md", "zh-SG");
    config_free(config);
    options_fini(&typed);
    leave();
}
END_TEST

START_TEST(sections_match_below_their_file) {
    struct options typed;
    enter();
    make_directory("a");
    make_directory("a/[x]\n\xFF");
    write_text("ivnorm/config", "[*.user]\nto = zh-CN\n[tmp/**/a/*.tmp]\nto = zh-MO\n");
    write_text("a/.ivnorm.conf", "[b/*.md]\nto = zh-TW\n[*.{txt,html}]\nto = zh-HK\n"
                                 "[ /c.* ]\nto = zh-CN\n[c.txt]\nto=\n");
    type(&typed, NULL);
    struct config *config = config_new(&typed);
    assert_target(config, "a/b/x.md", "zh-TW");
    assert_target(config, "a/x.md", "");
    assert_target(config, "a/b/c/x.md", "");
    assert_target(config, "b/x.md", "");
    assert_target(config, "a/b/c/x.html", "zh-HK");
    assert_target(config, "a/c.md", "zh-CN");
    assert_target(config, "a/b/c.md", "zh-TW");
    assert_target(config, "a/d/c.md", "");
    assert_target(config, "a/c.txt", "");
    assert_target(config, "a/[x]\n\xFF/\xFF.txt", "zh-HK");
    assert_target(config, "x.user", "zh-CN");
    assert_target(config, "a/x.tmp", "zh-MO");
    config_free(config);
    options_fini(&typed);
    leave();
}
END_TEST

START_TEST(a_mistake_is_told_once) {
    struct options typed;
    char last[4096];
    enter();
    make_directory("a");
    make_directory("a/b");
    write_text("a/.ivnorm.conf", "to = zh-TW\n\nstile = +x\n");
    type(&typed, NULL);
    struct config *config = config_new(&typed);
    assert_target(config, "a/b/x.md", "!");
    assert_target(config, "a/b/y.md", "!");
    assert_target(config, "a/y.md", "!");
    assert_target(config, "y.md", "");
    ck_assert_uint_eq(count_messages(last, sizeof last), 1);
    ck_assert_ptr_nonnull(
        strstr(last, "a/.ivnorm.conf:3: unknown key 'stile'; did you mean 'style'?"));
    config_free(config);
    options_fini(&typed);
    leave();
}
END_TEST

/* What is no configuration is refused, in whichever way it is none. */
START_TEST(odd_files) {
    static const struct {
        const char *text;
        size_t n;
        enum status want;
    } files[] = {
        {"", 0, STATUS_FINE},
        {"\n\n\r\n \t\n", 7, STATUS_FINE},
        {"\xEF\xBB\xBF", 3, STATUS_FINE},
        {"# a\n;b\n  # c", 12, STATUS_FINE},
        {"to=zh-TW", 8, STATUS_FINE},
        {"to=zh-TW\r", 9, STATUS_FINE},
        {"invalid=keep\n  error\n", 21, STATUS_ERROR},
        {"\0", 1, STATUS_ERROR},
        {"to = zh-TW\0\n", 12, STATUS_ERROR},
        {"=", 1, STATUS_ERROR},
        {"to", 2, STATUS_ERROR},
        {"[", 1, STATUS_ERROR},
        {"[]", 2, STATUS_ERROR},
        {"[[]", 3, STATUS_ERROR},
        {"[a]b", 4, STATUS_ERROR},
        {"[a] # b", 7, STATUS_FINE},
        {"\xFF\xFE=\xFF", 4, STATUS_ERROR},
        {"only=,", 6, STATUS_ERROR},
        {"only=", 5, STATUS_FINE},
        {"root=", 5, STATUS_ERROR},
        {"root=ON", 7, STATUS_FINE},
    };
    enter();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct config_file *file = NULL;
        write_bytes("x.conf", files[i].text, files[i].n);
        ck_assert_int_eq(config_file_load(&file, "x.conf", false), 0);
        ck_assert_ptr_nonnull(file);
        ck_assert_msg(file->status == files[i].want, "'%s'", files[i].text);
        config_file_free(file);
    }
    struct config_file *none = NULL;
    ck_assert_int_eq(config_file_load(&none, "none.conf", false), 0);
    ck_assert_ptr_null(none);
    ck_assert_int_eq(config_file_load(&none, "x.conf/none.conf", false), 0);
    ck_assert_ptr_null(none);
    leave();
}
END_TEST

START_TEST(names_are_relative_to_their_file) {
    struct options typed, resolved;
    enter();
    make_directory("a");
    write_text("a/mine.json", "{}");
    write_text("a/.ivnorm.conf", "dict = x.tsv\ndict = /y.tsv\nrules = -\nopencc = mine.json\n");
    write_text(".ivnorm.conf", "dict = -\nopencc = s2twp\n");
    type(&typed, "--dict=z.tsv");
    struct config *config = config_new(&typed);
    ck_assert_int_eq(config_for(config, "a/x.md", &resolved), STATUS_FINE);
    static const char *const want[] = {"./-", "a/x.tsv", "/y.tsv", "z.tsv"};
    ck_assert_uint_eq(resolved.dictionaries.count, 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_eq(resolved.dictionaries.items[i], want[i]);
    ck_assert_str_eq(resolved.rules.items[0], "a/-");
    ck_assert_str_eq(resolved.opencc, "a/mine.json");
    const struct setting *setting =
        options_setting(&resolved, "dict", resolved.dictionaries.items[2]);
    ck_assert_str_eq(setting->file, "a/.ivnorm.conf");
    ck_assert_uint_eq(setting->line, 2);
    ck_assert_uint_eq(setting->column, 8);
    options_fini(&resolved);
    ck_assert_int_eq(config_for_directory(config, ".", &resolved), STATUS_FINE);
    ck_assert_str_eq(resolved.opencc, "s2twp");
    options_fini(&resolved);
    config_free(config);
    options_fini(&typed);
    leave();
}
END_TEST

static const struct engine *engine_for(struct engines *engines, struct config *config,
                                       const char *path) {
    struct options resolved;
    const struct engine *engine = NULL;
    if (config_for(config, path, &resolved) == STATUS_FINE)
        engine = engines_get(engines, &resolved);
    options_fini(&resolved);
    return engine;
}

START_TEST(engines_are_shared) {
    struct options typed;
    struct engines engines;
    char last[4096];
    enter();
    make_directory("a");
    make_directory("b");
    make_directory("c");
    write_text("a/.ivnorm.conf", "# the same by other words\nonly = terms\nto = zh-TW\n");
    write_text("b/.ivnorm.conf", "to = zh-TW\ndict = none.tsv\ndict =\nonly = terms\n");
    write_text("c/.ivnorm.conf", "to = zh-XX\n[*.md]\nonly = terms\n");
    type(&typed, lexicon);
    struct config *config = config_new(&typed);
    ck_assert_int_eq(engines_open(&engines, &typed), STATUS_FINE);
    const struct engine *a = engine_for(&engines, config, "a/x");
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_eq(a, engine_for(&engines, config, "b/x"));
    const struct engine *other = engine_for(&engines, config, "x");
    ck_assert_ptr_nonnull(other);
    ck_assert_ptr_ne(other, a);
    ck_assert_ptr_eq(other->lexicon, a->lexicon);
    for (int i = 0; i < 3; i++) {
        ck_assert_ptr_null(engine_for(&engines, config, "c/x.md"));
        ck_assert_ptr_null(engine_for(&engines, config, "c/x.txt"));
    }
    ck_assert_uint_eq(count_messages(last, sizeof last), 1);
    ck_assert_ptr_nonnull(strstr(last, "c/.ivnorm.conf:1:6: to = zh-XX: unknown target; use one"));
    ck_assert_ptr_eq(a, engine_for(&engines, config, "a/y"));
    engines_close(&engines);
    config_free(config);
    options_fini(&typed);
    leave();
}
END_TEST

START_TEST(a_working_directory_that_is_gone) {
    struct options typed;
    enter();
    make_directory("gone");
    ck_assert_int_eq(chdir("gone"), 0);
    ck_assert_int_eq(rmdir("../gone"), 0);
    write_text("../ivnorm/config", "to = zh-HK\n");
    type(&typed, NULL);
    struct config *config = config_new(&typed);
    assert_target(config, "x.md", "zh-HK");
    assert_target(config, "-", "zh-HK");
    config_free(config);
    options_fini(&typed);
    leave();
}
END_TEST

START_TEST(a_path_of_many_directories) {
    enum { DEPTH = 3000 };
    static char path[2 * DEPTH + 8];
    struct options typed;
    enter();
    write_text(".ivnorm.conf", "to = zh-TW\n");
    for (size_t i = 0; i < DEPTH; i++)
        memcpy(path + 2 * i, "d/", 2);
    memcpy(path + 2 * DEPTH, "x.md", 5);
    type(&typed, NULL);
    struct config *config = config_new(&typed);
    assert_target(config, path, "zh-TW");
    config_free(config);
    options_fini(&typed);
    leave();
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("config");
    tcase_add_test(tests, the_nearest_name);
    tcase_add_test(tests, settings_replace_and_add_up);
    tcase_add_test(tests, inner_files_win);
    tcase_add_test(tests, sections_match_below_their_file);
    tcase_add_test(tests, a_mistake_is_told_once);
    tcase_add_test(tests, odd_files);
    tcase_add_test(tests, names_are_relative_to_their_file);
    tcase_add_test(tests, engines_are_shared);
    tcase_add_test(tests, a_working_directory_that_is_gone);
    tcase_add_test(tests, a_path_of_many_directories);
    return fixture_main("config", tests);
}
