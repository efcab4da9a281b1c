/* SPDX-License-Identifier: Apache-2.0 */
/* What ignore files leave out. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/cli/ignore.h"
#include "fixture.h"
#include "tree.h"

/* Enters all the directories of `path` from root on and asks; true too if one of them is left
 * out or cannot be entered. */
static bool left_out_in(const char *root, const char *path) {
    struct ignore *ignore = ignore_open(root);
    ck_assert_ptr_nonnull(ignore);
    char relative[512] = "", full[1024];
    bool directory = true, out = !ignore_enter(ignore, root, "");
    size_t entered = 1;
    for (const char *p = path; !out && directory && *p;) {
        size_t n = strcspn(p, "/");
        strcat(relative, *relative ? "/" : "");
        strncat(relative, p, n);
        directory = p[n] == '/';
        p += n + directory;
        out = ignore_match(ignore, relative, directory);
        if (directory && !out) {
            snprintf(full, sizeof full, "%s/%s", root, relative);
            out = !ignore_enter(ignore, full, relative);
            entered++;
        }
    }
    while (entered-- > 0)
        ignore_leave(ignore);
    ignore_close(ignore);
    return out;
}

static void out(const char *path) {
    ck_assert_msg(left_out_in(".", path), "%s is not left out", path);
}

static void in(const char *path) {
    ck_assert_msg(!left_out_in(".", path), "%s is left out", path);
}

START_TEST(lines) {
    tree_put(".gitignore", "\xEF\xBB\xBF*.log\r\n# comment\n\n   \n\\#a\n\\!b\nspace   \nkept\\ \n"
                           "*.{md,txt}\n!keep.log\r\nback\\\\  \n last");
    out("a.log");
    out("x.log");
    in("keep.log");
    in("# comment");
    in("comment");
    out("#a");
    out("!b");
    out("space");
    in("space   ");
    out("kept ");
    in("kept");
    in("a.md");
    out("a.{md,txt}");
    out("back\\");
    out(" last");
    in("last");
    tree_expect_silence();
}
END_TEST

START_TEST(directories_and_anchors) {
    tree_put(".gitignore", "build/\n/top\ndocs/*.md\n**/deep\na/**/z\nwhole/**\n");
    tree_directory("x");
    out("build/");
    in("build");
    out("x/build/");
    out("build/a.md");
    out("top");
    in("x/top");
    out("docs/a.md");
    in("x/docs/a.md");
    in("docs/x/a.md");
    out("x/deep");
    out("a/z");
    out("a/b/c/z");
    in("whole/");
    out("whole/a");
}
END_TEST

START_TEST(the_deepest_and_last_line_wins) {
    tree_put(".gitignore", "*.md\n!b.md\nb.md\n!c.md\n/only/x\n");
    tree_put("sub/.gitignore", "!a.md\nc.md\n/x\n");
    out("a.md");
    out("b.md");
    in("c.md");
    in("sub/a.md");
    out("sub/b.md");
    out("sub/c.md");
    out("sub/x");
    in("sub/sub/x");
    in("x");
    out("only/x");
    in("other/a.txt");
    out("other/a.md");
}
END_TEST

START_TEST(nothing_in_an_ignored_directory_comes_back) {
    tree_put(".gitignore", "out/\n!out/keep.md\n/all/*\n!/all/keep/\n");
    tree_put("out/.gitignore", "!*\n");
    tree_directory("all");
    tree_directory("all/keep");
    out("out/keep.md");
    out("all/a");
    in("all/keep/a");
}
END_TEST

START_TEST(our_own_file_comes_after_git_s) {
    tree_put(".gitignore", "*.md\n*.txt\n");
    tree_put(".ivnormignore", "!a.md\n*.{srt,ass}\n");
    in("a.md");
    out("b.md");
    out("a.srt");
    out("a.txt");
    tree_put("sub/.gitignore", "a.md\n");
    out("sub/a.md");
    out("sub/a.ass");
}
END_TEST

START_TEST(files_above_the_root) {
    tree_put(".gitignore", "never\n");
    tree_put("repo/.gitignore", "*.log\n/docs/zh/a\ndocs/*/b\nzh\nmine\n");
    tree_put("repo/docs/.ivnormignore", "/zh/c\n/d\n!mine\n");
    tree_directory("repo/docs/zh");
    ck_assert(!left_out_in("repo/docs/zh", "x.log")); /* no .git: nothing above counts */
    tree_directory("repo/.git");
    ck_assert(left_out_in("repo/docs/zh", "x.log"));
    ck_assert(left_out_in("repo/docs/zh", "x/y/x.log"));
    ck_assert(left_out_in("repo/docs/zh", "a"));
    ck_assert(left_out_in("repo/docs/zh", "b"));
    ck_assert(left_out_in("repo/docs/zh", "c"));
    ck_assert(!left_out_in("repo/docs/zh", "d"));
    ck_assert(!left_out_in("repo/docs/zh", "mine"));
    ck_assert(!left_out_in("repo/docs/zh", "never")); /* above .git */
    ck_assert(!left_out_in("repo/docs/zh/", "e"));    /* named by the user, though ignored */
    ck_assert(left_out_in("repo", "docs/zh/"));
    ck_assert_int_eq(chdir("repo/docs/zh"), 0);
    out("c");
    ck_assert_int_eq(symlink("repo/docs/zh", "../../../link"), 0);
    ck_assert(left_out_in("../../../link", "c"));
    tree_expect_silence();
}
END_TEST

START_TEST(a_worktree_has_a_file_called_git) {
    tree_put("repo/.git", "gitdir: elsewhere\n");
    tree_put("repo/.gitignore", "a\n");
    tree_directory("repo/docs");
    ck_assert(left_out_in("repo/docs", "a"));
    ck_assert(left_out_in("repo", "a"));
}
END_TEST

START_TEST(lines_that_are_no_pattern) {
    tree_put(".gitignore", "ok\n[\na\\\n!\n/\nalso\n");
    struct ignore *ignore = ignore_open(".");
    ck_assert(ignore_enter(ignore, ".", ""));
    ck_assert_int_eq(ignore_status(ignore), STATUS_ERROR);
    ck_assert(ignore_match(ignore, "ok", false));
    ck_assert(ignore_match(ignore, "also", false));
    ck_assert(!ignore_match(ignore, "[", false));
    ignore_leave(ignore);
    ck_assert(!ignore_match(ignore, "ok", false));
    ignore_close(ignore);
    char *said = tree_said();
    ck_assert_ptr_nonnull(strstr(said, "./.gitignore:2: not a pattern: a '['"));
    ck_assert_ptr_nonnull(strstr(said, "./.gitignore:3: not a pattern: nothing follows"));
    ck_assert_ptr_nonnull(strstr(said, "./.gitignore:4: not a pattern: it names nothing"));
    ck_assert_ptr_nonnull(strstr(said, "./.gitignore:5: not a pattern: it names nothing"));
    free(said);
}
END_TEST

START_TEST(files_that_cannot_be_read) {
    tree_write("a/.gitignore", "\xFF\xFE*\0.\0", 6);
    out("a/x");
    tree_expect_said("./a/.gitignore: has NUL bytes");
    tree_drop_rights();
    tree_put("b/.ivnormignore", "x\n");
    ck_assert_int_eq(chmod("b/.ivnormignore", 0), 0);
    out("b/y");
    tree_expect_said("./b/.ivnormignore: cannot read, so its directory is left out: Permission");
    in("c");
    tree_expect_silence();
}
END_TEST

START_TEST(an_unreadable_file_above_stops_everything) {
    tree_drop_rights();
    tree_directory("repo");
    tree_directory("repo/.git");
    tree_put("repo/.gitignore", "x\n");
    tree_directory("repo/docs");
    ck_assert_int_eq(chmod("repo/.gitignore", 0), 0);
    ck_assert_ptr_null(ignore_open("repo/docs"));
    tree_expect_said("repo/.gitignore: cannot read");
    ck_assert_ptr_null(ignore_open("nowhere"));
    tree_expect_said("nowhere: cannot open: No such file");
}
END_TEST

START_TEST(odd_files) {
    ck_assert_int_eq(mkfifo(".gitignore", 0600), 0); /* must not be waited for */
    tree_directory(".ivnormignore");
    in("x");
    ck_assert_int_eq(symlink("nothing", "dangling"), 0);
    tree_put("empty/.gitignore", "");
    in("empty/x");
    tree_put("rules", "x\n");
    tree_directory("linked");
    ck_assert_int_eq(symlink("../rules", "linked/.ivnormignore"), 0);
    out("linked/x");
    tree_put("cr/.gitignore", "\r\n\n\r");
    in("cr/x");
    tree_put("byte/.gitignore", "\xB5*\n第?章\n");
    out("byte/\xB5x");
    out("byte/第三章");
    tree_expect_silence();
}
END_TEST

START_TEST(a_huge_file_is_refused) {
    tree_put(".gitignore", "x\n");
    ck_assert_int_eq(truncate(".gitignore", (off_t)1 << 40), 0);
    out("y");
    tree_expect_said("./.gitignore: cannot read, so its directory is left out: File too large");
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("ignore");
    tcase_add_checked_fixture(tests, tree_open, tree_close);
    tcase_add_test(tests, lines);
    tcase_add_test(tests, directories_and_anchors);
    tcase_add_test(tests, the_deepest_and_last_line_wins);
    tcase_add_test(tests, nothing_in_an_ignored_directory_comes_back);
    tcase_add_test(tests, our_own_file_comes_after_git_s);
    tcase_add_test(tests, files_above_the_root);
    tcase_add_test(tests, a_worktree_has_a_file_called_git);
    tcase_add_test(tests, lines_that_are_no_pattern);
    tcase_add_test(tests, files_that_cannot_be_read);
    tcase_add_test(tests, an_unreadable_file_above_stops_everything);
    tcase_add_test(tests, odd_files);
    tcase_add_test(tests, a_huge_file_is_refused);
    return fixture_main("ignore", tests);
}
