/* SPDX-License-Identifier: Apache-2.0 */
/* Why a file is not written, and how a run is kept on another file system than its files. */
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/cli/pending.h"
#include "../../src/cli/undo.h"
#include "fixture.h"
#include "sandbox.h"

/* These two take the place of the C library's, to see what is waited for and when. */
static int syncs;
static bool die_while_copying;

int fsync(int fd) {
    syncs++;
    return (int)syscall(SYS_fsync, fd);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t n,
                        unsigned flags) {
    if (die_while_copying) {
        raise(SIGTERM);
        _exit(99); /* it was blocked */
    }
    return syscall(SYS_copy_file_range, from, from_at, to, to_at, n, flags);
}

/* A directory on another file system for the journals; false: there is none. */
static bool move_state(char *state) {
    struct stat here, there;
    if (!mkdtemp(state))
        return false;
    setenv("XDG_STATE_HOME", state, 1);
    return stat(".", &here) == 0 && stat(state, &there) == 0 && here.st_dev != there.st_dev;
}

static void remove_state(const char *state) {
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", state);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(copies_cost_one_wait_a_group) {
    char state[] = "/dev/shm/ivnorm-test-XXXXXX", name[32];
    if (move_state(state)) {
        struct journal *journal = sandbox_open_journal("key");
        struct commit *commit = sandbox_new_commit(journal, NULL);
        for (int i = 0; i < 100; i++) {
            snprintf(name, sizeof name, "tree/%d", i);
            sandbox_put(name, "old");
            sandbox_add(commit, name, "new");
        }
        syncs = 0;
        commit_flush(commit);
        commit_free(commit);
        ck_assert_int_lt(syncs, 10);
        ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
        sandbox_assert_file("tree/99", "new");
        ck_assert_int_eq(undo_run(NULL, sandbox_out), STATUS_FINE);
        sandbox_assert_file("tree/0", "old");
        sandbox_assert_file("tree/99", "old");
        sandbox_assert_count("tree", 100);
    }
    remove_state(state);
}
END_TEST

/* A large original takes long to copy, and nobody wants to wait for that after ^C. */
START_TEST(a_signal_ends_a_copy) {
    char state[] = "/dev/shm/ivnorm-test-XXXXXX", kept[128];
    int status = 0;
    sandbox_put("tree/a", "old");
    if (move_state(state)) {
        pid_t child = fork();
        if (child == 0) {
            pending_setup();
            struct journal *journal = sandbox_open_journal("key");
            struct commit *commit = sandbox_new_commit(journal, NULL);
            sandbox_add(commit, "tree/a", "new");
            die_while_copying = true;
            commit_flush(commit);
            _exit(98);
        }
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM, "%d", status);
        sandbox_assert_file("tree/a", "old");
        sandbox_assert_count("tree", 1);
        struct journal *journal = sandbox_open_journal("key");
        snprintf(kept, sizeof kept, "%s/ivnorm/runs/%s", state, journal_name(journal));
        sandbox_assert_count(kept, 1);
        ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
    }
    remove_state(state);
}
END_TEST

START_TEST(what_is_no_file_is_told) {
    struct stat now;
    struct commit *commit = sandbox_new_commit(NULL, NULL);
    sandbox_put("victim", "old");
    ck_assert_int_eq(symlink("../victim", "tree/link"), 0);
    ck_assert_int_eq(symlink("nothing", "tree/dangling"), 0);
    ck_assert_int_eq(mkdir("tree/directory", 0777), 0);
    ck_assert_int_eq(mkfifo("tree/fifo", 0600), 0);
    static const char *const names[] = {"tree/link", "tree/dangling", "tree/directory",
                                        "tree/fifo"};
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(lstat(names[i], &now), 0);
        commit_add(commit, names[i], &now, "new", 3);
    }
    commit_flush(commit);
    commit_free(commit);
    sandbox_assert_told("tree/link:it is a symbolic link; remove it first;"
                        "tree/dangling:it is a symbolic link; remove it first;"
                        "tree/directory:it is a directory;tree/fifo:it is not a regular file;");
    sandbox_assert_file("victim", "old");
    sandbox_assert_count("tree", 4);
}
END_TEST

/* Somebody else's files, which anybody may write. */
START_TEST(an_owner_that_cannot_be_kept_is_told) {
    sandbox_put("tree/owner", "old");
    sandbox_put("tree/group", "old");
    if (geteuid() != 0)
        return;
    ck_assert_int_eq(chmod(".", 0777), 0);
    ck_assert_int_eq(chmod("tree", 0777), 0);
    ck_assert_int_eq(chmod("tree/owner", 0666), 0);
    ck_assert_int_eq(chown("tree/group", 1234, 4321), 0);
    ck_assert_int_eq(setgroups(0, NULL), 0);
    ck_assert_int_eq(setegid(1234), 0);
    ck_assert_int_eq(seteuid(1234), 0);
    struct commit *commit = sandbox_new_commit(NULL, NULL);
    sandbox_add(commit, "tree/owner", "new");
    sandbox_add(commit, "tree/group", "new");
    commit_free(commit);
    commit = sandbox_new_commit(NULL, ".bak");
    sandbox_add(commit, "tree/owner", "new");
    commit_free(commit);
    ck_assert_int_eq(seteuid(0), 0);
    ck_assert_int_eq(setegid(0), 0);
    sandbox_assert_told(
        "tree/owner:its owner cannot be kept (run as its owner, or use --output);"
        "tree/group:its group cannot be kept (run as a member of it, or use --output);"
        "tree/owner:cannot make its backup: its owner cannot be kept (run as its owner, or use "
        "--output);");
    sandbox_assert_file("tree/owner", "old");
    sandbox_assert_count("tree", 2);
}
END_TEST

/* For a run that keeps no journal: links of one that was killed make files look shared. */
START_TEST(tidying_without_a_journal) {
    struct stat now, directory;
    char kept[128];
    sandbox_put("tree/a", "old");
    journal_tidy(); /* no state directory yet */
    ck_assert(!journal_find(&directory));
    sandbox_assert_count(".", 2);
    pid_t child = fork();
    if (child == 0) {
        size_t number = 0;
        struct journal *journal = sandbox_open_journal("key");
        snprintf(kept, sizeof kept, "%s/tree/a", sandbox_top);
        journal_begin(journal, RECORD_REPLACE, kept, &number);
        stat("tree/a", &now);
        sandbox_put("tree/b", "new");
        char temporary[128];
        snprintf(temporary, sizeof temporary, "tree/.ivnorm-%s-%zu", journal_name(journal), number);
        rename("tree/b", temporary);
        journal_link(journal_kept(journal, number), kept, &now);
        kill(getpid(), SIGKILL);
    }
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    stat("tree/a", &now);
    ck_assert_uint_eq(now.st_nlink, 2);
    sandbox_assert_count("tree", 2);
    journal_tidy();
    stat("tree/a", &now);
    ck_assert_uint_eq(now.st_nlink, 1);
    sandbox_assert_count("tree", 1);
    sandbox_assert_file("tree/a", "old");
    ck_assert(journal_find(&directory) && S_ISDIR(directory.st_mode));
}
END_TEST

/* Calls journal_open(), which is to fail, and reads what it says. */
static void assert_refused(const char *want) {
    char text[512];
    struct journal *journal = NULL;
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    FILE *err = fopen("err", "w+");
    dup2(fileno(err), STDERR_FILENO);
    enum status status = journal_open(&journal, "key");
    dup2(saved, STDERR_FILENO);
    close(saved);
    rewind(err);
    size_t n = fread(text, 1, sizeof text - 1, err);
    text[n] = '\0';
    fclose(err);
    ck_assert_int_eq(status, STATUS_ERROR);
    ck_assert_ptr_null(journal);
    ck_assert_str_eq(text, want);
}

START_TEST(a_home_is_not_made) {
    char home[64], want[256];
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    static const char nowhere[] = "ivnorm: HOME names no directory, so there is no place for the "
                                  "journal; set it, or use --no-journal to go on without\n";
    assert_refused(nowhere);
    setenv("HOME", "tree", 1);
    assert_refused(nowhere);
    snprintf(home, sizeof home, "%s/none/x", sandbox_top);
    setenv("HOME", home, 1);
    snprintf(want, sizeof want,
             "ivnorm: %s/.local/state/ivnorm/runs: cannot keep the journal there: No such file or "
             "directory; use --no-journal to go on without\n",
             home);
    assert_refused(want);
    ck_assert_int_ne(access("none", F_OK), 0);
    snprintf(home, sizeof home, "%s/tree", sandbox_top);
    setenv("HOME", home, 1);
    ck_assert_int_eq(journal_close(sandbox_open_journal("key"), true), STATUS_FINE);
    sandbox_assert_count("tree/.local/state/ivnorm", 1);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("commit");
    tcase_add_checked_fixture(tests, sandbox_enter, sandbox_leave);
    tcase_add_test(tests, copies_cost_one_wait_a_group);
    tcase_add_test(tests, a_signal_ends_a_copy);
    tcase_add_test(tests, what_is_no_file_is_told);
    tcase_add_test(tests, an_owner_that_cannot_be_kept_is_told);
    tcase_add_test(tests, tidying_without_a_journal);
    tcase_add_test(tests, a_home_is_not_made);
    return fixture_main("commit", tests);
}
