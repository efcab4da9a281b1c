/* SPDX-License-Identifier: Apache-2.0 */
/* The journal of a run: its lines, what a killed run leaves, and what the next one does with it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/cli/run.h"
#include "../../src/cli/undo.h"
#include "fixture.h"
#include "sandbox.h"

START_TEST(a_line_holds_any_path) {
    static const char path[] = "/a\nb\tc\\d\x01\x7f\xff\xfe 软件 \\x41";
    struct record wrote = {.kind = RECORD_READY,
                           .number = UINT64_MAX,
                           .before = {1, 2, -3, 4},
                           .after = {UINT64_MAX, 0, INT64_MIN, 999999999},
                           .hash = 7,
                           .text = (char *)path};
    struct record read;
    struct bytes line = {0};
    ck_assert_int_eq(record_write(&line, &wrote), 0);
    ck_assert_ptr_eq(memchr(line.data, '\n', line.size), line.data + line.size - 1);
    ck_assert_int_eq(record_parse(&read, line.data, line.size - 1), 0);
    ck_assert_str_eq(read.text, path);
    ck_assert_uint_eq(read.number, UINT64_MAX);
    ck_assert(record_mark_equal(&read.before, &wrote.before));
    ck_assert(record_mark_equal(&read.after, &wrote.after));
    free(read.text);
    for (size_t i = 0; i < line.size - 1; i++) {
        char good = line.data[i];
        line.data[i] = (char)(good ^ 1);
        ck_assert_int_eq(record_parse(&read, line.data, line.size - 1), -1);
        line.data[i] = '\0';
        ck_assert_int_eq(record_parse(&read, line.data, line.size - 1), -1);
        line.data[i] = good;
        ck_assert_int_eq(record_parse(&read, line.data, i), -1);
    }
    ck_assert_int_eq(record_parse(&read, "", 0), -1);
    bytes_fini(&line);
}
END_TEST

START_TEST(a_file_changed_since_it_was_read_is_refused) {
    struct stat as_read;
    struct journal *journal = sandbox_open_journal("key");
    struct commit *commit = sandbox_new_commit(journal, NULL);
    sandbox_put("tree/a", "old");
    sandbox_put("tree/b", "old");
    sandbox_put("tree/gone", "old");
    stat("tree/a", &as_read);
    sandbox_put("tree/a", "longer");
    commit_add(commit, "tree/a", &as_read, "new", 3);
    sandbox_add(commit, "tree/b", "new");
    sandbox_add(commit, "tree/gone", "new");
    sandbox_put("tree/b", "even longer");
    unlink("tree/gone");
    commit_flush(commit);
    commit_free(commit);
    ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
    sandbox_assert_told(
        "tree/a:it has changed since it was read;tree/b:it has changed since it was read;"
        "tree/gone:No such file or directory;");
    sandbox_assert_file("tree/a", "longer");
    sandbox_assert_file("tree/b", "even longer");
    sandbox_assert_count("tree", 2);
    sandbox_assert_count("ivnorm/runs", 0);
}
END_TEST

/* In a child, which is killed when it has handed over its files: `flush` says how many of them. */
static void run_killed(const char *key, int files, int flushed) {
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        struct journal *journal = sandbox_open_journal(key);
        struct commit *commit = sandbox_new_commit(journal, NULL);
        for (int i = 0; i < files; i++) {
            char name[32];
            snprintf(name, sizeof name, "tree/%d", i);
            sandbox_add(commit, name, "new");
            if (i + 1 == flushed)
                commit_flush(commit);
        }
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
}

START_TEST(a_killed_run_is_gone_on_with) {
    struct stat now;
    char text[64];
    sandbox_put("tree/0", "old0");
    sandbox_put("tree/1", "old1");
    sandbox_put("tree/2", "old2");
    run_killed("key", 3, 2);
    sandbox_assert_count("tree", 4); /* one temporary file */
    struct journal *other = sandbox_open_journal("another key");
    ck_assert(!journal_is_resumed(other));
    sandbox_assert_count("tree", 3);
    ck_assert_int_eq(journal_close(other, true), STATUS_FINE);
    struct journal *journal = sandbox_open_journal("key");
    ck_assert(journal_is_resumed(journal));
    stat("tree/0", &now);
    ck_assert(journal_is_done(journal, "tree/0", &now));
    ck_assert(!journal_is_done(journal, "tree/2", &now));
    stat("tree/2", &now);
    ck_assert(!journal_is_done(journal, "tree/2", &now));
    /* At work: nobody else may go on with it, or undo it. */
    pid_t child = fork();
    if (child == 0) {
        struct journal *second = sandbox_open_journal("key");
        enum status undone = sandbox_undo(journal_name(journal), text, sizeof text);
        _exit(journal_is_resumed(second) || undone != STATUS_ERROR || !strstr(text, "at work"));
    }
    int status = 1;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    struct commit *commit = sandbox_new_commit(journal, NULL);
    sandbox_add(commit, "tree/2", "new");
    commit_flush(commit);
    commit_free(commit);
    ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
    ck_assert_int_eq(undo_run(NULL, sandbox_out), STATUS_FINE);
    sandbox_assert_file("tree/0", "old0");
    sandbox_assert_file("tree/1", "old1");
    sandbox_assert_file("tree/2", "old2");
    sandbox_assert_count("tree", 3);
}
END_TEST

START_TEST(what_a_kill_at_the_start_leaves_goes) {
    char run[64];
    sandbox_put("tree/a", "old");
    sandbox_replace_one("tree/a", "new", NULL, run);
    ck_assert_int_eq(mkdir("ivnorm/runs/20200101-000000-1", 0700), 0);
    ck_assert_int_eq(mkdir("ivnorm/runs/20200101-000000-2", 0700), 0);
    sandbox_put("ivnorm/runs/20200101-000000-2/journal", "");
    ck_assert_int_eq(mkdir("ivnorm/runs/20200101-000000-3", 0700), 0);
    sandbox_put("ivnorm/runs/20200101-000000-3/journal", "run 15");
    ck_assert_int_eq(mkdir("ivnorm/runs/20200101-000000-4~", 0700), 0);
    sandbox_put("ivnorm/runs/20200101-000000-4~/0", "old");
    sandbox_put("ivnorm/runs/note", "not a run");
    ck_assert_int_eq(journal_close(sandbox_open_journal("key"), true), STATUS_FINE);
    sandbox_assert_count("ivnorm/runs", 2);
}
END_TEST

START_TEST(a_full_disk_leaves_the_original) {
    struct journal *journal = sandbox_open_journal("key");
    struct commit *commit = sandbox_new_commit(journal, NULL);
    struct rlimit old, small = {.rlim_cur = 4000};
    static char large[8000];
    sandbox_put("tree/a", "old");
    sandbox_put("tree/b", "old");
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    struct stat now;
    stat("tree/a", &now);
    commit_add(commit, "tree/a", &now, large, sizeof large);
    sandbox_add(commit, "tree/b", "new");
    /* The journal can take no more either. */
    small.rlim_cur = 100;
    setrlimit(RLIMIT_FSIZE, &small);
    commit_flush(commit);
    setrlimit(RLIMIT_FSIZE, &old);
    commit_free(commit);
    ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
    sandbox_assert_told("tree/a:File too large;tree/b:File too large;");
    sandbox_assert_file("tree/a", "old");
    sandbox_assert_file("tree/b", "old");
    sandbox_assert_count("tree", 2);
    sandbox_assert_count("ivnorm/runs", 0);
}
END_TEST

START_TEST(old_runs_go) {
    char run[64];
    sandbox_put("tree/a", "old");
    for (int i = 0; i < 55; i++)
        sandbox_replace_one("tree/a", i % 2 ? "one" : "two", NULL, run);
    sandbox_assert_count("ivnorm/runs", 50);
    ck_assert_int_eq(runs_list(sandbox_out), STATUS_FINE);
    char line[256];
    rewind(sandbox_out);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, sandbox_out));
    ck_assert_int_eq(strncmp(line, run, strlen(run)), 0);
    ck_assert_ptr_nonnull(strstr(line, "\tfinished\t1\tkey\n"));
}
END_TEST

START_TEST(without_a_journal) {
    struct commit *commit = sandbox_new_commit(NULL, ".orig");
    char name[32];
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "tree/%d", i);
        sandbox_put(name, "old");
        sandbox_add(commit, name, "new");
    }
    commit_flush(commit);
    sandbox_put("tree/late", "old");
    sandbox_add(commit, "tree/late", "new");
    commit_free(commit);
    sandbox_assert_told("");
    ck_assert_uint_eq(sandbox_placed, 300);
    sandbox_assert_file("tree/0", "new");
    sandbox_assert_file("tree/299.orig", "old");
    sandbox_assert_file("tree/late", "old");
    sandbox_assert_count("tree", 601);
    sandbox_put("state", "");
    setenv("XDG_STATE_HOME", "/proc/none", 1);
    struct journal *journal = NULL;
    ck_assert_int_eq(journal_open(&journal, "key"), STATUS_ERROR);
    ck_assert_ptr_null(journal);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("journal");
    tcase_add_checked_fixture(tests, sandbox_enter, sandbox_leave);
    tcase_add_test(tests, a_line_holds_any_path);
    tcase_add_test(tests, a_file_changed_since_it_was_read_is_refused);
    tcase_add_test(tests, a_killed_run_is_gone_on_with);
    tcase_add_test(tests, what_a_kill_at_the_start_leaves_goes);
    tcase_add_test(tests, a_full_disk_leaves_the_original);
    tcase_add_test(tests, old_runs_go);
    tcase_add_test(tests, without_a_journal);
    return fixture_main("journal", tests);
}
