/* SPDX-License-Identifier: Apache-2.0 */
/* No signal leaves anything of what is pending, and no second one that follows upon the first. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/cli/pending.h"
#include "fixture.h"
#include "sandbox.h"

enum { FILES = 300 };

/* In a child: makes the files, says so through the pipe and waits for its end. */
static void work(int ready) {
    static char names[FILES][32];
    pending_setup();
    for (int i = 0; i < FILES; i++) {
        snprintf(names[i], sizeof names[i], "tree/%d", i);
        close(pending_create(names[i]));
    }
    pending_remove(names[7]);
    if (write(ready, "", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

static void kill_with(const int *signals, int count) {
    int ends[2], status = 0;
    char byte;
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        work(ends[1]);
    ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    for (int i = 0; i < count; i++)
        ck_assert_int_eq(kill(child, signals[i]), 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    close(ends[0]);
    close(ends[1]);
    sandbox_assert_count("tree", 1);
    ck_assert_int_eq(unlink("tree/7"), 0);
}

START_TEST(each_signal_removes_the_files) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (int i = 0; i < 4; i++)
        kill_with(&signals[i], 1);
}
END_TEST

/* A terminal that closes sends SIGHUP twice, timeout(1) a signal to the child and to its group. */
START_TEST(so_do_two_in_a_row) {
    static const int same[] = {SIGHUP, SIGHUP, SIGHUP};
    static const int mixed[] = {SIGINT, SIGTERM, SIGINT};
    for (int i = 0; i < 60; i++) {
        kill_with(same, 3);
        kill_with(mixed, 3);
    }
}
END_TEST

/* The same for sure: whoever sees the default while the files are there kills at once. */
START_TEST(the_default_is_not_back_before_the_files_are_gone) {
    struct sigaction now;
    pending_setup();
    ck_assert_int_eq(sigaction(SIGHUP, NULL, &now), 0);
    ck_assert(!(now.sa_flags & (int)SA_RESETHAND) && sigismember(&now.sa_mask, SIGTERM) == 1);
}
END_TEST

START_TEST(what_was_ignored_stays_so) {
    struct sigaction now;
    signal(SIGHUP, SIG_IGN);
    pending_setup();
    ck_assert_int_eq(sigaction(SIGHUP, NULL, &now), 0);
    ck_assert(now.sa_handler == SIG_IGN);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("pending");
    tcase_add_checked_fixture(tests, sandbox_enter, sandbox_leave);
    tcase_add_test(tests, each_signal_removes_the_files);
    tcase_add_test(tests, so_do_two_in_a_row);
    tcase_add_test(tests, the_default_is_not_back_before_the_files_are_gone);
    tcase_add_test(tests, what_was_ignored_stays_so);
    return fixture_main("pending", tests);
}
