/* SPDX-License-Identifier: Apache-2.0 */
/* What a run replaced is put back, and what somebody has changed since is left. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/cli/undo.h"
#include "fixture.h"
#include "sandbox.h"

/* What has been written to sandbox_out has `part` in it. */
static void assert_out(const char *part) {
    char text[2048];
    rewind(sandbox_out);
    size_t n = fread(text, 1, sizeof text - 1, sandbox_out);
    text[n] = '\0';
    ck_assert_msg(strstr(text, part), "%s", text);
}

START_TEST(undo_puts_the_very_file_back) {
    struct stat before, after;
    char run[64];
    sandbox_put("tree/a\nb", "old");
    const struct timespec times[2] = {{1, 2}, {-3, 4}};
    ck_assert_int_eq(utimensat(AT_FDCWD, "tree/a\nb", times, 0), 0);
    ck_assert_int_eq(chmod("tree/a\nb", 04711), 0);
    stat("tree/a\nb", &before);
    sandbox_replace_one("tree/a\nb", "new", NULL, run);
    sandbox_assert_told("");
    sandbox_assert_file("tree/a\nb", "new");
    stat("tree/a\nb", &after);
    ck_assert_uint_eq(after.st_mode, before.st_mode);
    ck_assert_uint_eq(after.st_nlink, 1);
    ck_assert_int_eq(undo_run(NULL, sandbox_out), STATUS_FINE);
    stat("tree/a\nb", &after);
    sandbox_assert_file("tree/a\nb", "old");
    ck_assert(after.st_ino == before.st_ino && after.st_nlink == 1 &&
              after.st_mode == before.st_mode && after.st_mtim.tv_sec == -3 &&
              after.st_mtim.tv_nsec == 4);
    sandbox_assert_count("tree", 1);
    char text[256];
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    ck_assert_str_eq(text, "ivnorm: --undo: there is no run to undo\n");
    ck_assert_int_eq(sandbox_undo("../../etc", text, sizeof text), STATUS_ERROR);
    ck_assert_str_eq(text, "ivnorm: --undo: no run '../../etc'; --runs lists them\n");
}
END_TEST

START_TEST(what_was_changed_since_is_left) {
    char run[64], text[512], want[512];
    sandbox_put("tree/a", "old");
    sandbox_replace_one("tree/a", "new", NULL, run);
    sandbox_put("tree/a", "mine");
    ck_assert_int_eq(sandbox_undo(run, text, sizeof text), STATUS_ERROR);
    snprintf(want, sizeof want,
             "ivnorm: %s/tree/a: not restored: it has changed since the run; its original is "
             "%s/ivnorm/runs/%s/0\n",
             sandbox_top, sandbox_top, run);
    ck_assert_str_eq(text, want);
    sandbox_assert_file("tree/a", "mine");
    snprintf(want, sizeof want, "ivnorm/runs/%s/0", run);
    sandbox_assert_file(want, "old");
}
END_TEST

/* A later run wrote over what an earlier one had written. */
START_TEST(what_was_left_can_be_undone_later) {
    char first[64], second[64], text[1024], want[512];
    sandbox_put("tree/a", "old");
    sandbox_put("tree/b", "old");
    struct journal *journal = sandbox_open_journal("key");
    struct commit *commit = sandbox_new_commit(journal, NULL);
    snprintf(first, sizeof first, "%s", journal_name(journal));
    sandbox_add(commit, "tree/a", "new");
    sandbox_add(commit, "tree/b", "new");
    commit_flush(commit);
    commit_free(commit);
    ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
    sandbox_replace_one("tree/a", "newer", NULL, second);
    ck_assert_int_eq(sandbox_undo(first, text, sizeof text), STATUS_ERROR);
    sandbox_assert_file("tree/a", "newer");
    sandbox_assert_file("tree/b", "old");
    ck_assert_int_eq(runs_list(sandbox_out), STATUS_FINE);
    assert_out("\tundone in part\t2\tkey\n");
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_FINE);
    ck_assert_str_eq(text, "");
    sandbox_assert_file("tree/a", "new");
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_FINE);
    snprintf(want, sizeof want,
             "ivnorm: %s: not all of it was undone, so it is tried again; to undo another run, "
             "name it (--runs lists them)\n",
             first);
    ck_assert_str_eq(text, want);
    sandbox_assert_file("tree/a", "old");
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    ck_assert_str_eq(text, "ivnorm: --undo: there is no run to undo\n");
}
END_TEST

START_TEST(an_original_that_is_left_is_not_pruned) {
    char run[64], other[64], text[512], kept[128];
    sandbox_put("tree/a", "old");
    sandbox_put("tree/b", "old");
    sandbox_replace_one("tree/a", "new", NULL, run);
    sandbox_put("tree/a", "mine");
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    for (int i = 0; i < 55; i++)
        sandbox_replace_one("tree/b", i % 2 ? "one" : "two", NULL, other);
    snprintf(kept, sizeof kept, "ivnorm/runs/%s/0", run);
    sandbox_assert_file(kept, "old");
    sandbox_assert_count("ivnorm/runs", 51);
    /* Its owner has done with it. */
    ck_assert_int_eq(unlink(kept), 0);
    sandbox_replace_one("tree/b", "last", NULL, other);
    sandbox_assert_count("ivnorm/runs", 50);
}
END_TEST

/* Nothing more can be done with it, so that it is not in the way of an older run. */
START_TEST(a_run_without_its_originals_is_not_offered_again) {
    char first[64], second[64], text[512], kept[128];
    sandbox_put("tree/a", "old");
    sandbox_put("tree/b", "old");
    sandbox_replace_one("tree/a", "new", NULL, first);
    sandbox_replace_one("tree/b", "new", NULL, second);
    snprintf(kept, sizeof kept, "ivnorm/runs/%s/0", second);
    ck_assert_int_eq(unlink(kept), 0);
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    ck_assert_ptr_nonnull(strstr(text, "its original is not in the run's directory"));
    sandbox_assert_file("tree/b", "new");
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_FINE);
    sandbox_assert_file("tree/a", "old");
}
END_TEST

START_TEST(the_backup_of_what_is_left_stays) {
    char run[64], text[512];
    sandbox_put("tree/a", "old");
    sandbox_replace_one("tree/a", "new", ".bak", run);
    ck_assert_int_eq(rename("tree/a", "tree/aside"), 0);
    sandbox_put("tree/a", "mine");
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    sandbox_assert_file("tree/a", "mine");
    sandbox_assert_file("tree/a.bak", "old");
    ck_assert_int_eq(rename("tree/aside", "tree/a"), 0);
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_FINE);
    sandbox_assert_file("tree/a", "old");
    sandbox_assert_count("tree", 1);
}
END_TEST

START_TEST(a_deleted_file_comes_back) {
    char run[64], text[512];
    ck_assert_int_eq(mkdir("tree/d", 0777), 0);
    sandbox_put("tree/d/a", "old");
    sandbox_replace_one("tree/d/a", "new", NULL, run);
    ck_assert_int_eq(unlink("tree/d/a"), 0);
    ck_assert_int_eq(rmdir("tree/d"), 0);
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    ck_assert_ptr_nonnull(strstr(text, "/d/a: not restored: it is gone, and its directory too; "
                                       "its original is "));
    sandbox_put("tree/d", "a file in its directory's place");
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    ck_assert_ptr_nonnull(strstr(text, "it is gone, and its directory too"));
    ck_assert_int_eq(unlink("tree/d"), 0);
    ck_assert_int_eq(mkdir("tree/d", 0777), 0);
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_FINE);
    sandbox_assert_file("tree/d/a", "old");
    sandbox_assert_count("tree/d", 1);
}
END_TEST

START_TEST(a_long_key_is_cut) {
    struct bytes key = {0};
    bytes_add_string(&key, "--in-place --to=zh-TW");
    for (int i = 0; i < 1000; i++)
        bytes_add_string(&key, " /t/a b");
    bytes_add(&key, "", 1);
    sandbox_put("tree/a", "old");
    struct journal *journal = sandbox_open_journal(key.data);
    struct commit *commit = sandbox_new_commit(journal, NULL);
    sandbox_add(commit, "tree/a", "new");
    commit_flush(commit);
    commit_free(commit);
    ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
    ck_assert_int_eq(runs_list(sandbox_out), STATUS_FINE);
    assert_out("\t--in-place --to=zh-TW /t/a b /t/a b /t/a b /t/a b /t/a b ... and 995 more\n");
    bytes_fini(&key);
}
END_TEST

START_TEST(without_a_home) {
    char text[256];
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    ck_assert_str_eq(text,
                     "ivnorm: HOME names no directory, so the runs cannot be found; set it\n");
    ck_assert_int_eq(runs_list(sandbox_out), STATUS_ERROR);
    struct stat found;
    ck_assert(!journal_find(&found));
}
END_TEST

/* Where no link can be made the original is kept as a copy. */
START_TEST(a_copy_has_all_but_the_inode) {
    char state[] = "/dev/shm/ivnorm-test-XXXXXX", command[64], run[64];
    struct stat before, after;
    if (!mkdtemp(state))
        return;
    setenv("XDG_STATE_HOME", state, 1);
    sandbox_put("tree/a", "old");
    const struct timespec times[2] = {{1, 2}, {3, 4}};
    ck_assert_int_eq(chmod("tree/a", 02750), 0);
    ck_assert_int_eq(utimensat(AT_FDCWD, "tree/a", times, 0), 0);
    stat("tree/a", &before);
    sandbox_replace_one("tree/a", "new", NULL, run);
    sandbox_assert_file("tree/a", "new");
    ck_assert_int_eq(undo_run(run, sandbox_out), STATUS_FINE);
    sandbox_assert_file("tree/a", "old");
    stat("tree/a", &after);
    ck_assert(after.st_mode == before.st_mode && after.st_uid == before.st_uid &&
              after.st_mtim.tv_sec == 3 && after.st_mtim.tv_nsec == 4);
    sandbox_assert_count("tree", 1);
    snprintf(command, sizeof command, "rm -rf %s", state);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

/* Same inode, size and time, other bytes. */
START_TEST(a_change_that_hides_is_seen) {
    char run[64], text[512];
    struct stat now;
    sandbox_put("tree/a", "old");
    sandbox_replace_one("tree/a", "new", NULL, run);
    stat("tree/a", &now);
    int fd = open("tree/a", O_WRONLY);
    ck_assert_int_eq(write(fd, "hid", 3), 3);
    const struct timespec times[2] = {now.st_atim, now.st_mtim};
    futimens(fd, times);
    close(fd);
    ck_assert_int_eq(sandbox_undo(NULL, text, sizeof text), STATUS_ERROR);
    sandbox_assert_file("tree/a", "hid");
}
END_TEST

START_TEST(created_files_and_directories_go) {
    struct journal *journal = sandbox_open_journal("key");
    struct commit *commit = sandbox_new_commit(journal, ".bak");
    ck_assert_int_eq(commit_directories(commit, "tree/x/y/a"), 0);
    commit_create(commit, "tree/x/y/a", 0640, "new", 3);
    commit_create(commit, "tree/x/y/empty", 0600, "", 0);
    sandbox_put("tree/there", "old");
    commit_create(commit, "tree/there", 0640, "new", 3);
    commit_create(commit, "tree/none/a", 0640, "new", 3);
    commit_flush(commit);
    commit_free(commit);
    ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
    sandbox_assert_told("tree/there:File exists;tree/none/a:No such file or directory;");
    ck_assert_uint_eq(sandbox_placed, 2);
    sandbox_assert_file("tree/x/y/a", "new");
    sandbox_assert_file("tree/there", "old");
    sandbox_put("tree/x/mine", "mine");
    ck_assert_int_eq(undo_run(NULL, sandbox_out), STATUS_FINE);
    ck_assert_int_ne(access("tree/x/y", F_OK), 0);
    sandbox_assert_file("tree/x/mine", "mine");
}
END_TEST

START_TEST(a_backup_is_never_overwritten) {
    struct stat before, after;
    char run[64];
    sandbox_put("tree/a", "old");
    sandbox_put("tree/b", "old");
    sandbox_put("tree/b.orig", "older");
    stat("tree/a", &before);
    sandbox_replace_one("tree/a", "new", ".orig", run);
    sandbox_assert_file("tree/a.orig", "old");
    stat("tree/a.orig", &after);
    ck_assert(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec && after.st_nlink == 1);
    sandbox_replace_one("tree/b", "new", ".orig", run);
    sandbox_assert_told("tree/b:cannot make its backup: there is one already; remove it, or choose "
                        "another suffix;");
    sandbox_assert_file("tree/b", "old");
    sandbox_assert_file("tree/b.orig", "older");
    ck_assert_int_eq(undo_run(NULL, sandbox_out), STATUS_FINE);
    sandbox_assert_file("tree/a", "old");
    sandbox_assert_count("tree", 3);
}
END_TEST

/* One byte of the journal is wrong, and its last line is cut short. False: there is no such byte.
 */
static bool undo_damaged(const char *run, size_t at) {
    char path[128], kept[128], text[2048];
    struct bytes whole = {0};
    snprintf(path, sizeof path, "ivnorm/runs/%s/journal", run);
    snprintf(kept, sizeof kept, "ivnorm/runs/%s/0", run);
    ck_assert_int_eq(bytes_read_file(&whole, path), 0);
    /* Without the last LF its line is what a kill leaves, and no damage. */
    bool is_inside = at + 1 < whole.size;
    if (is_inside) {
        whole.data[at] ^= 0x15;
        ck_assert_int_eq(bytes_add_string(&whole, "done 0\tcut sh"), 0);
        FILE *file = fopen(path, "w");
        fwrite(whole.data, 1, whole.size, file);
        fclose(file);
        ck_assert_int_eq(sandbox_undo(run, text, sizeof text), STATUS_ERROR);
        ck_assert_ptr_nonnull(strstr(text, "/journal:"));
        /* Restored, or left with its original kept. */
        bool is_kept = access(kept, F_OK) == 0;
        sandbox_assert_file(is_kept ? kept : "tree/a", "old");
        sandbox_assert_file("tree/a", is_kept ? "new" : "old");
    }
    bytes_fini(&whole);
    return is_inside;
}

START_TEST(a_damaged_journal_harms_nobody) {
    char run[64];
    bool is_inside = true;
    for (size_t at = 0; is_inside; at += 5) {
        sandbox_put("tree/a", "old");
        sandbox_replace_one("tree/a", "new", NULL, run);
        is_inside = undo_damaged(run, at);
    }
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("undo");
    tcase_add_checked_fixture(tests, sandbox_enter, sandbox_leave);
    tcase_add_test(tests, undo_puts_the_very_file_back);
    tcase_add_test(tests, what_was_changed_since_is_left);
    tcase_add_test(tests, what_was_left_can_be_undone_later);
    tcase_add_test(tests, an_original_that_is_left_is_not_pruned);
    tcase_add_test(tests, a_run_without_its_originals_is_not_offered_again);
    tcase_add_test(tests, the_backup_of_what_is_left_stays);
    tcase_add_test(tests, a_deleted_file_comes_back);
    tcase_add_test(tests, a_long_key_is_cut);
    tcase_add_test(tests, without_a_home);
    tcase_add_test(tests, a_copy_has_all_but_the_inode);
    tcase_add_test(tests, a_change_that_hides_is_seen);
    tcase_add_test(tests, created_files_and_directories_go);
    tcase_add_test(tests, a_backup_is_never_overwritten);
    tcase_add_test(tests, a_damaged_journal_harms_nobody);
    return fixture_main("undo", tests);
}
