/* SPDX-License-Identifier: Apache-2.0 */
/* Walking directories: which files, in which order, and why not the others. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "../../src/cli/bytes.h"
#include "../../src/cli/walk.h"
#include "fixture.h"
#include "tree.h"

/* What was visited and what was left out, a line each. */
struct seen {
    struct bytes files;
    struct bytes skipped;
    size_t count;
    size_t stop_after;
    const char *remove;          /* at the first file */
    struct options_list include; /* for expect_error() */
};

static bool visit(struct walk_file *file, void *user) {
    struct seen *seen = user;
    const char *end = file->path + strlen(file->path) - strlen(file->relative);
    ck_assert_str_eq(end, file->relative);
    ck_assert(S_ISREG(file->stat.st_mode));
    bytes_add_string(&seen->files, file->path);
    bytes_add_string(&seen->files, "\n");
    if (seen->remove)
        ck_assert_int_eq(remove(seen->remove), 0);
    seen->remove = NULL;
    return ++seen->count != seen->stop_after;
}

static void skip(const char *path, enum walk_skip why, void *user) {
    struct seen *seen = user;
    bytes_add_string(&seen->skipped, path);
    bytes_add_string(&seen->skipped, ": ");
    bytes_add_string(&seen->skipped, walk_skip_text(why));
    bytes_add_string(&seen->skipped, "\n");
}

static bool known(const char *name) {
    const char *dot = strrchr(name, '.');
    ck_assert_ptr_null(strchr(name, '/'));
    return dot && (strcmp(dot, ".md") == 0 || strcmp(dot, ".txt") == 0);
}

static enum status walk(struct seen *seen, const char *root, const struct walk_options *options) {
    enum status status = walk_tree(root, options, visit, skip, seen);
    bytes_add(&seen->files, "", 1);
    bytes_add(&seen->skipped, "", 1);
    return status;
}

static void seen_fini(struct seen *seen) {
    bytes_fini(&seen->files);
    bytes_fini(&seen->skipped);
}

/* skipped NULL: whatever. */
static void expect(const char *root, const struct walk_options *options, const char *files,
                   const char *skipped) {
    struct seen seen = {0};
    ck_assert_int_eq(walk(&seen, root, options), STATUS_FINE);
    ck_assert_str_eq(seen.files.data, files);
    if (skipped)
        ck_assert_str_eq(seen.skipped.data, skipped);
    seen_fini(&seen);
    tree_expect_silence();
}

static struct options_list list(const char **items, size_t count) {
    return (struct options_list){items, count};
}

START_TEST(the_order_is_that_of_the_bytes) {
    static const char *const names[] = {"b.md", "a/2.md", "a/10.md", "B.md",      "a.md",
                                        "a-b",  "章.md",  "é.md",    "a/b/c/d.md"};
    struct walk_options options = walk_defaults();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        tree_put(names[i], "");
    expect(".", &options,
           "./B.md\n./a/10.md\n./a/2.md\n./a/b/c/d.md\n./a-b\n./a.md\n./b.md\n./é.md\n./章.md\n",
           "");
}
END_TEST

START_TEST(roots) {
    struct walk_options options = walk_defaults();
    char here[4096], want[5000];
    tree_put("in/x/a.md", "");
    expect("in", &options, "in/x/a.md\n", "");
    expect("in///", &options, "in/x/a.md\n", "");
    expect("in/../in", &options, "in/../in/x/a.md\n", "");
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    strcat(here, "/in");
    snprintf(want, sizeof want, "%s/x/a.md\n", here);
    expect(here, &options, want, "");
    ck_assert_int_eq(symlink("in/x", "link"), 0);
    expect("link/", &options, "link/a.md\n", "");
    tree_put(".config/a.md", "");
    expect(".config", &options, ".config/a.md\n", "");
    tree_put("-/a.md", "");
    expect("-", &options, "-/a.md\n", "");
    tree_directory("empty");
    expect("empty", &options, "", "");
}
END_TEST

/* The walk fails, says so and visits these files. */
static void expect_error(struct seen seen, const char *root, const char *files, const char *said) {
    struct walk_options options = walk_defaults();
    options.include = seen.include;
    ck_assert_int_eq(walk(&seen, root, &options), STATUS_ERROR);
    ck_assert_str_eq(seen.files.data, files);
    tree_expect_said(said);
    seen_fini(&seen);
}

static void refuse(const char *root, const char *said) {
    expect_error((struct seen){0}, root, "", said);
}

START_TEST(what_is_no_root) {
    tree_put("file", "");
    ck_assert_int_eq(symlink("nothing", "dangling"), 0);
    refuse("nowhere", "nowhere: cannot open: No such file");
    refuse("", ": cannot open: No such file");
    refuse("file", "file: cannot open: Not a directory");
    refuse("dangling", "dangling: cannot open: No such file");
}
END_TEST

START_TEST(types_and_patterns) {
    static const char *txt[] = {"*.{txt,srt}"}, *docs[] = {"docs/", "x.bin"}, *out[] = {"docs/b*"};
    struct walk_options options = walk_defaults();
    options.known = known;
    tree_put("a.md", "");
    tree_put("a.srt", "");
    tree_put("docs/a.txt", "");
    tree_put("docs/b/c.md", "");
    tree_put("docs/x.png", "");
    tree_put("x.bin", "");
    expect(".", &options, "./a.md\n./docs/a.txt\n./docs/b/c.md\n",
           "./a.srt: not of a known type\n./docs/x.png: not of a known type\n"
           "./x.bin: not of a known type\n");
    options.include = list(txt, 1);
    expect(".", &options, "./a.srt\n./docs/a.txt\n",
           "./a.md: not included\n./docs/b/c.md: not included\n./docs/x.png: not included\n"
           "./x.bin: not included\n");
    options.include = list(docs, 2);
    expect(".", &options, "./docs/a.txt\n./docs/b/c.md\n./x.bin\n",
           "./a.md: not included\n./a.srt: not included\n./docs/x.png: not of a known type\n");
    options.exclude = list(out, 1);
    expect(".", &options, "./docs/a.txt\n./x.bin\n", NULL);
    options.include = list(NULL, 0);
    expect(".", &options, "./a.md\n./docs/a.txt\n",
           "./a.srt: not of a known type\n./docs/b: excluded\n"
           "./docs/x.png: not of a known type\n./x.bin: not of a known type\n");
    expect("docs", &options, "docs/a.txt\ndocs/b/c.md\n", "docs/x.png: not of a known type\n");
}
END_TEST

START_TEST(patterns_that_are_none) {
    static const char *bad[] = {"*.md", "["};
    tree_put("a.md", "");
    expect_error((struct seen){.include = list(bad, 2)}, ".", "",
                 "--include=[: not a pattern: a '['");
}
END_TEST

START_TEST(hidden_and_our_own) {
    static const char *all[] = {"**"};
    struct walk_options options = walk_defaults();
    tree_put(".a.md", "");
    tree_put(".d/a.md", "");
    tree_put(".git/refs/heads/x.md", "");
    tree_put("s/.git", "gitdir: x\n");
    tree_put("s/.svn/x.md", "");
    tree_put("s/.ivnorm-AbCdEf", "");
    tree_put("s/.ivnormignore", "");
    tree_put("s/x.md", "");
    const char *skipped =
        "./.a.md: hidden\n./.d: hidden\n./.git: belongs to version control\n"
        "./s/.git: belongs to version control\n"
        "./s/.ivnorm-AbCdEf: a temporary file of this program (remove it if no run is at work)\n"
        "./s/.ivnormignore: hidden\n./s/.svn: belongs to version control\n";
    expect(".", &options, "./s/x.md\n", skipped);
    options.include = list(all, 1);
    expect(".", &options, "./s/x.md\n", skipped);
    options.include = list(NULL, 0);
    options.hidden = true;
    expect(".", &options, "./.a.md\n./.d/a.md\n./s/.ivnormignore\n./s/x.md\n", NULL);
}
END_TEST

START_TEST(directories_of_the_program) {
    static const char *all[] = {"**"};
    struct walk_options options = walk_defaults();
    struct stat own, output;
    tree_put("d/state/runs/1/0", "");
    tree_put("d/state/a.md", "");
    tree_put("d/new/a.md", "");
    tree_put("d/a.md", "");
    ck_assert_int_eq(symlink("d/new", "output"), 0);
    ck_assert_int_eq(stat("d/state/runs", &own), 0);
    ck_assert_int_eq(stat("output", &output), 0);
    options.include = list(all, 1);
    options.own = &own;
    options.output = &output;
    expect("d", &options, "d/a.md\nd/state/a.md\n",
           "d/new: the output directory\n"
           "d/state/runs: a directory of this program's own\n");
    expect("d/state/runs", &options, "", "d/state/runs: a directory of this program's own\n");
    expect("d/new", &options, "d/new/a.md\n", "");
}
END_TEST

START_TEST(ignored) {
    static const char *included[] = {"build/*", "*.log"};
    struct walk_options options = walk_defaults();
    tree_put(".gitignore", "build/\n*.log\n!/sub/*.log\n");
    tree_put("build/a.md", "");
    tree_put("build/.gitignore", "!*\n");
    tree_put("sub/.ivnormignore", "b.log\n");
    tree_put("sub/a.log", "");
    tree_put("sub/b.log", "");
    tree_put("sub/sub/a.log", "");
    tree_put("after/b.log", "");
    tree_put("sub2/b.txt", "");
    expect(".", &options, "./sub/a.log\n./sub2/b.txt\n",
           "./.gitignore: hidden\n./after/b.log: ignored by a .gitignore or .ivnormignore\n"
           "./build: ignored by a .gitignore or .ivnormignore\n"
           "./sub/.ivnormignore: hidden\n"
           "./sub/b.log: ignored by a .gitignore or .ivnormignore\n"
           "./sub/sub/a.log: ignored by a .gitignore or .ivnormignore\n");
    expect("sub", &options, "sub/a.log\nsub/sub/a.log\n", NULL); /* no .git above */
    tree_directory(".git");
    expect("sub", &options, "sub/a.log\n", NULL);
    expect("build", &options, "build/a.md\n", NULL);
    options.include = list(included, 2);
    expect(".", &options, "./sub/a.log\n", NULL);
    options.include = list(NULL, 0);
    options.ignore_files = false;
    expect(".", &options,
           "./after/b.log\n./build/a.md\n./sub/a.log\n./sub/b.log\n./sub/sub/a.log\n"
           "./sub2/b.txt\n",
           NULL);
}
END_TEST

START_TEST(rules_of_a_directory_end_with_it) {
    struct walk_options options = walk_defaults();
    tree_put("a/.gitignore", "x.md\n");
    tree_put("a/skip/.gitignore", "*\n");
    tree_put("a/.hidden/.gitignore", "*\n");
    tree_put("a/x.md", "");
    tree_put("b/x.md", "");
    tree_put("x.md", "");
    expect(".", &options, "./b/x.md\n./x.md\n", NULL);
}
END_TEST

START_TEST(links) {
    struct walk_options options = walk_defaults();
    tree_put("out/x.md", "");
    tree_put("in-else/x.md", "");
    tree_put("in/d/a.md", "");
    ck_assert_int_eq(symlink("d/a.md", "in/inside.md"), 0);
    ck_assert_int_eq(symlink("../out/x.md", "in/outside.md"), 0);
    ck_assert_int_eq(symlink("../in-else/x.md", "in/beside.md"), 0);
    ck_assert_int_eq(symlink("d", "in/e"), 0);
    ck_assert_int_eq(symlink("..", "in/up"), 0);
    ck_assert_int_eq(symlink("nothing", "in/dangling.md"), 0);
    ck_assert_int_eq(symlink("loop.md", "in/loop.md"), 0);
    ck_assert_int_eq(symlink("/dev/null", "in/null.md"), 0);
    expect("in", &options, "in/d/a.md\n",
           "in/beside.md: a symbolic link out of the directory\n"
           "in/dangling.md: a symbolic link to what cannot be found\n"
           "in/e: a symbolic link to a directory\n"
           "in/inside.md: a symbolic link to a file of the same directory tree\n"
           "in/loop.md: a symbolic link to what cannot be found\n"
           "in/null.md: not a regular file\n"
           "in/outside.md: a symbolic link out of the directory\n"
           "in/up: a symbolic link to a directory\n");
}
END_TEST

START_TEST(special_files) {
    struct walk_options options = walk_defaults();
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "socket.md"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&name, sizeof name), 0);
    ck_assert_int_eq(mkfifo("fifo.md", 0600), 0);
    tree_put("a.md", "");
    expect(".", &options, "./a.md\n",
           "./fifo.md: not a regular file\n./socket.md: not a regular file\n");
    close(fd);
}
END_TEST

START_TEST(hard_links) {
    struct walk_options options = walk_defaults();
    tree_put("a.md", "");
    tree_put("c.md", "");
    ck_assert_int_eq(link("a.md", "b.md"), 0);
    expect(".", &options, "./a.md\n./b.md\n./c.md\n", "");
    options.refuse_hard_links = true;
    expect(".", &options, "./c.md\n",
           "./a.md: has other hard links\n./b.md: has other hard links\n");
}
END_TEST

START_TEST(odd_names) {
    struct walk_options options = walk_defaults();
    char name[256] = "", want[600];
    tree_put("new\nline/a\nb.md", "");
    tree_put("\xB5/\xFF.md", "");
    tree_put(" /*.md", "");
    tree_put("%s.md", "");
    memset(name, 'x', 252);
    strcat(name, ".md");
    tree_put(name, "");
    snprintf(want, sizeof want, "./ /*.md\n./%%s.md\n./new\nline/a\nb.md\n./%s\n./\xB5/\xFF.md\n",
             name);
    options.known = known;
    expect(".", &options, want, "");
}
END_TEST

START_TEST(what_cannot_be_read_does_not_stop_the_walk) {
    struct walk_options options = walk_defaults();
    struct seen seen = {0};
    tree_drop_rights();
    tree_put("a.md", "");
    tree_put("dark/a.md", "");
    tree_put("list/a.md", "");
    tree_put("rules/.gitignore", "b.md\n");
    tree_put("rules/b.md", "");
    tree_put("z.md", "");
    ck_assert_int_eq(chmod("dark", 0), 0);
    ck_assert_int_eq(chmod("list", 0400), 0);
    ck_assert_int_eq(chmod("rules/.gitignore", 0), 0);
    ck_assert_int_eq(walk(&seen, ".", &options), STATUS_ERROR);
    ck_assert_str_eq(seen.files.data, "./a.md\n./z.md\n");
    ck_assert_str_eq(seen.skipped.data, "./dark: failed\n./list: failed\n./rules: failed\n");
    char *said = tree_said();
    ck_assert_ptr_nonnull(strstr(said, "./dark: cannot open: Permission denied\n"));
    ck_assert_ptr_nonnull(strstr(said, "./list: cannot open: Permission denied\n"));
    ck_assert_ptr_nonnull(strstr(said, "./rules/.gitignore: cannot read, so"));
    free(said);
    seen_fini(&seen);
}
END_TEST

START_TEST(what_vanishes_does_not_stop_the_walk) {
    tree_put("a.md", "");
    tree_directory("gone");
    tree_put("z.md", "");
    expect_error((struct seen){.remove = "gone"}, ".", "./a.md\n./z.md\n",
                 "./gone: cannot open: No such file");
}
END_TEST

START_TEST(a_bad_line_does_not_stop_the_walk) {
    tree_put("sub/.gitignore", "[\nb.md\n");
    tree_put("sub/a.md", "");
    tree_put("sub/b.md", "");
    expect_error((struct seen){0}, ".", "./sub/a.md\n", "./sub/.gitignore:1: not a pattern");
}
END_TEST

static bool keep_first(struct walk_file *file, void *user) {
    char **kept = user;
    *kept = file->path;
    file->path = NULL;
    return false;
}

START_TEST(the_visitor_may_stop_and_keep) {
    struct walk_options options = walk_defaults();
    struct seen seen = {.stop_after = 2};
    char *kept = NULL;
    tree_put("a/a.md", "");
    tree_put("b.md", "");
    tree_put("c.md", "");
    ck_assert_int_eq(walk(&seen, ".", &options), STATUS_FINE);
    ck_assert_str_eq(seen.files.data, "./a/a.md\n./b.md\n");
    ck_assert_int_eq(walk_tree(".", &options, keep_first, NULL, &kept), STATUS_FINE);
    ck_assert_str_eq(kept, "./a/a.md");
    free(kept);
    seen_fini(&seen);
    tree_expect_silence();
}
END_TEST

/* Deeper than a path may be long: told, not fatal, and no recursion. */
START_TEST(very_deep) {
    char name[201];
    memset(name, 'd', 200);
    name[200] = '\0';
    tree_put("z.md", "");
    for (int i = 0; i < 30; i++) {
        ck_assert_int_eq(mkdir(name, 0777), 0);
        ck_assert_int_eq(chdir(name), 0);
    }
    for (int i = 0; i < 30; i++)
        ck_assert_int_eq(chdir(".."), 0);
    expect_error((struct seen){0}, ".", "./z.md\n", "File name too long");
    for (int i = 0; i < 29; i++)
        ck_assert_int_eq(chdir(name), 0);
    for (int i = 0; i < 29; i++) {
        ck_assert_int_eq(rmdir(name), 0);
        ck_assert_int_eq(chdir(".."), 0);
    }
}
END_TEST

START_TEST(many_files_are_quick) {
    struct walk_options options = walk_defaults();
    struct seen seen = {0};
    struct bytes rules = {0};
    char name[64];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "*.e%d\n/dir%d/x*y\nname%d\n**/n*o%d/\n", i, i, i, i);
        bytes_add_string(&rules, name);
    }
    tree_write(".gitignore", rules.data, rules.size);
    for (int i = 0; i < 10000; i++) {
        snprintf(name, sizeof name, "dir%d/file-of-a-name-%d.md", i / 100, i);
        tree_put(name, "");
    }
    clock_t start = clock();
    options.known = known;
    ck_assert_int_eq(walk(&seen, ".", &options), STATUS_FINE);
    double took = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_uint_eq(seen.count, 10000);
    /* Some 0.03 where it was written; but the tests may run under a sanitizer. */
    ck_assert_msg(took < 2, "%g s", took);
    bytes_fini(&rules);
    seen_fini(&seen);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("walk");
    tcase_add_checked_fixture(tests, tree_open, tree_close);
    tcase_add_test(tests, the_order_is_that_of_the_bytes);
    tcase_add_test(tests, roots);
    tcase_add_test(tests, what_is_no_root);
    tcase_add_test(tests, types_and_patterns);
    tcase_add_test(tests, patterns_that_are_none);
    tcase_add_test(tests, hidden_and_our_own);
    tcase_add_test(tests, directories_of_the_program);
    tcase_add_test(tests, ignored);
    tcase_add_test(tests, rules_of_a_directory_end_with_it);
    tcase_add_test(tests, links);
    tcase_add_test(tests, special_files);
    tcase_add_test(tests, hard_links);
    tcase_add_test(tests, odd_names);
    tcase_add_test(tests, what_cannot_be_read_does_not_stop_the_walk);
    tcase_add_test(tests, what_vanishes_does_not_stop_the_walk);
    tcase_add_test(tests, a_bad_line_does_not_stop_the_walk);
    tcase_add_test(tests, the_visitor_may_stop_and_keep);
    tcase_add_test(tests, very_deep);
    tcase_add_test(tests, many_files_are_quick);
    return fixture_main("walk", tests);
}
