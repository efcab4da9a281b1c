/* SPDX-License-Identifier: Apache-2.0 */
/* Extended attributes and access lists go with a file: into the new one, its backup, what is kept
 * of it and back. */
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "../../src/cli/copy.h"
#include "../../src/cli/replace.h"
#include "../../src/cli/undo.h"
#include "fixture.h"
#include "sandbox.h"

static const char acl[] = "system.posix_acl_access";
static const char default_acl[] = "system.posix_acl_default";

/* As acl(5) has it in the kernel: user::rw-, user:1234:r--, group::---, mask::r--, other::---. */
struct list {
    uint32_t version;
    struct {
        uint16_t tag;
        uint16_t rights;
        uint32_t id;
    } rows[5];
};

static struct list make_list(void) {
    static const uint16_t tags[] = {1, 2, 4, 16, 32};
    static const uint16_t rights[] = {6, 4, 0, 4, 0};
    struct list list = {.version = htole32(2)};
    for (int i = 0; i < 5; i++) {
        list.rows[i].tag = htole16(tags[i]);
        list.rows[i].rights = htole16(rights[i]);
        list.rows[i].id = htole32(tags[i] == 2 ? 1234 : UINT32_MAX);
    }
    return list;
}

/* False where the file system knows no such thing, which ends the test. */
static bool dress(const char *path) {
    const struct list list = make_list();
    static char large[3000];
    memset(large, 'x', sizeof large);
    return setxattr(path, "user.empty", "", 0, 0) == 0 &&
           setxattr(path, "user.nul", "a\0b", 3, 0) == 0 &&
           setxattr(path, "user.large", large, sizeof large, 0) == 0 &&
           setxattr(path, acl, &list, sizeof list, 0) == 0;
}

static void assert_attribute(const char *path, const char *name, const void *want, size_t size) {
    char value[4096];
    ssize_t n = getxattr(path, name, value, sizeof value);
    ck_assert_msg(n == (ssize_t)size, "%s: %s: %zd: %s", path, name, n, strerror(errno));
    ck_assert(memcmp(value, want, size) == 0);
}

static void assert_dressed(const char *path) {
    const struct list list = make_list();
    struct stat now;
    ck_assert_int_eq(stat(path, &now), 0);
    ck_assert_uint_eq(now.st_mode & 07777, 0640); /* the mask is in the group's place */
    assert_attribute(path, "user.empty", "", 0);
    assert_attribute(path, "user.nul", "a\0b", 3);
    assert_attribute(path, acl, &list, sizeof list);
    ck_assert_int_eq(getxattr(path, "user.large", NULL, 0), 3000);
}

static void assert_bare(const char *path) {
    char names[256];
    ssize_t n = listxattr(path, names, sizeof names);
    for (ssize_t i = 0; i < n; i += (ssize_t)strlen(names + i) + 1)
        ck_assert_msg(strncmp(names + i, "security.", 9) == 0, "%s: %s", path, names + i);
}

START_TEST(attributes_go_over_and_back) {
    char run[64];
    sandbox_put("tree/a", "old");
    if (!dress("tree/a"))
        return;
    sandbox_replace_one("tree/a", "new", ".bak", run);
    sandbox_assert_told("");
    sandbox_assert_file("tree/a", "new");
    assert_dressed("tree/a");
    assert_dressed("tree/a.bak");
    ck_assert_int_eq(undo_run(NULL, sandbox_out), STATUS_FINE);
    sandbox_assert_file("tree/a", "old");
    assert_dressed("tree/a");
}
END_TEST

/* What is kept is a copy, and then its file system has lost some of the attributes. */
START_TEST(a_copy_brings_them_back) {
    char state[] = "/dev/shm/ivnorm-test-XXXXXX", kept[128], command[64], run[64];
    if (!mkdtemp(state))
        return;
    setenv("XDG_STATE_HOME", state, 1);
    for (int lost = 0; lost < 2; lost++) {
        sandbox_put("tree/a", "old");
        if (!dress("tree/a"))
            break;
        sandbox_replace_one("tree/a", "new", NULL, run);
        assert_dressed("tree/a");
        snprintf(kept, sizeof kept, "%s/ivnorm/runs/%s/0", state, run);
        if (lost) {
            (void)removexattr(kept, "user.nul");
            (void)removexattr(kept, acl);
            ck_assert_int_eq(chmod(kept, 0640), 0);
        }
        ck_assert_int_eq(undo_run(NULL, sandbox_out), STATUS_FINE);
        sandbox_assert_file("tree/a", "old");
        assert_dressed("tree/a");
    }
    snprintf(command, sizeof command, "rm -rf %s", state);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

/* The directory lets somebody into all new files; the original was none. */
START_TEST(a_list_of_the_directory_is_not_taken_on) {
    const struct list list = make_list();
    char run[64];
    sandbox_put("tree/a", "old");
    if (setxattr("tree", default_acl, &list, sizeof list, 0) != 0)
        return;
    sandbox_replace_one("tree/a", "new", ".bak", run);
    sandbox_assert_told("");
    assert_bare("tree/a");
    assert_bare("tree/a.bak");
}
END_TEST

START_TEST(what_the_sums_of_the_kernel_say_stays_behind) {
    char value[8], run[64];
    sandbox_put("tree/a", "old");
    if (setxattr("tree/a", "security.ivnorm", "x", 1, 0) != 0)
        return;
    (void)setxattr("tree/a", "security.ima", "x", 1, 0);
    sandbox_replace_one("tree/a", "new", NULL, run);
    assert_attribute("tree/a", "security.ivnorm", "x", 1);
    ck_assert_int_lt(getxattr("tree/a", "security.ima", value, sizeof value), 0);
}
END_TEST

START_TEST(an_administrator_s_are_passed_over) {
    sandbox_put("tree/a", "old");
    if (geteuid() != 0 || setxattr("tree/a", "security.ivnorm", "x", 1, 0) != 0 ||
        setxattr("tree/a", "user.ivnorm", "x", 1, 0) != 0)
        return;
    ck_assert_int_eq(chmod(".", 0777), 0);
    ck_assert_int_eq(chown("tree", 1234, 1234), 0);
    ck_assert_int_eq(chown("tree/a", 1234, 1234), 0);
    ck_assert_int_eq(setegid(1234), 0);
    ck_assert_int_eq(seteuid(1234), 0);
    struct commit *commit = sandbox_new_commit(NULL, NULL);
    sandbox_add(commit, "tree/a", "new");
    commit_flush(commit);
    commit_free(commit);
    ck_assert_int_eq(seteuid(0), 0);
    ck_assert_int_eq(setegid(0), 0);
    sandbox_assert_told("");
    sandbox_assert_file("tree/a", "new");
    assert_attribute("tree/a", "user.ivnorm", "x", 1);
}
END_TEST

START_TEST(the_other_way_of_replacing) {
    struct replace replace;
    sandbox_put("tree/a", "old");
    if (!dress("tree/a"))
        return;
    ck_assert_int_eq(replace_begin(&replace, "tree/a", 0600), 0);
    ck_assert_int_eq(replace_write(&replace, "new", 3), 0);
    ck_assert_int_eq(replace_commit(&replace), 0);
    sandbox_assert_file("tree/a", "new");
    assert_dressed("tree/a");
    ck_assert_int_eq(replace_begin(&replace, "tree", 0600), -1);
    ck_assert_int_eq(errno, EISDIR);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("copy");
    tcase_add_checked_fixture(tests, sandbox_enter, sandbox_leave);
    tcase_add_test(tests, attributes_go_over_and_back);
    tcase_add_test(tests, a_copy_brings_them_back);
    tcase_add_test(tests, a_list_of_the_directory_is_not_taken_on);
    tcase_add_test(tests, what_the_sums_of_the_kernel_say_stays_behind);
    tcase_add_test(tests, an_administrator_s_are_passed_over);
    tcase_add_test(tests, the_other_way_of_replacing);
    return fixture_main("copy", tests);
}
