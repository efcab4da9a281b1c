/* SPDX-License-Identifier: Apache-2.0 */
#include "sandbox.h"

#include "../../src/cli/undo.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char sandbox_top[32] = "/tmp/ivnorm-test-XXXXXX";
static char told[1024];
size_t sandbox_placed;
FILE *sandbox_out;

void sandbox_enter(void) {
    strcpy(sandbox_top, "/tmp/ivnorm-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(sandbox_top));
    ck_assert_int_eq(chdir(sandbox_top), 0);
    ck_assert_int_eq(mkdir("tree", 0777), 0);
    setenv("XDG_STATE_HOME", sandbox_top, 1);
    told[0] = '\0';
    sandbox_placed = 0;
    sandbox_out = fopen("out", "w+");
}

void sandbox_leave(void) {
    char command[128];
    fclose(sandbox_out);
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", sandbox_top, sandbox_top);
    ck_assert_int_eq(system(command), 0);
}

void sandbox_put(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

void sandbox_assert_file(const char *path, const char *text) {
    struct bytes bytes = {0};
    ck_assert_msg(bytes_read_file(&bytes, path) == 0, "%s: %s", path, strerror(errno));
    ck_assert_msg(bytes.size == strlen(text) && memcmp(bytes.data, text, bytes.size) == 0,
                  "%s: %.*s, not %s", path, (int)bytes.size, bytes.data, text);
    bytes_fini(&bytes);
}

void sandbox_assert_count(const char *path, size_t count) {
    DIR *directory = opendir(path);
    size_t n = 0;
    while (readdir(directory))
        n++;
    closedir(directory);
    ck_assert_uint_eq(n - 2, count);
}

static void hear(void *arg, const char *path, const char *why) {
    (void)arg;
    size_t n = strlen(told);
    if (why)
        snprintf(told + n, sizeof told - n, "%s:%s;", path, why);
    else
        sandbox_placed++;
}

struct journal *sandbox_open_journal(const char *key) {
    struct journal *journal = NULL;
    ck_assert_int_eq(journal_open(&journal, key), STATUS_FINE);
    return journal;
}

struct commit *sandbox_new_commit(struct journal *journal, const char *backup) {
    struct commit *commit = NULL;
    const struct commit_options options = {journal, backup, hear, NULL};
    ck_assert_int_eq(commit_new(&commit, &options), 0);
    return commit;
}

void sandbox_add(struct commit *commit, const char *path, const char *text) {
    struct stat now;
    ck_assert_int_eq(stat(path, &now), 0);
    commit_add(commit, path, &now, text, strlen(text));
}

/* A whole run over one file; its name is put into `name`. */
void sandbox_replace_one(const char *path, const char *text, const char *backup, char name[64]) {
    struct journal *journal = sandbox_open_journal("key");
    struct commit *commit = sandbox_new_commit(journal, backup);
    snprintf(name, 64, "%s", journal_name(journal));
    sandbox_add(commit, path, text);
    commit_flush(commit);
    commit_free(commit);
    ck_assert_int_eq(journal_close(journal, true), STATUS_FINE);
}

void sandbox_assert_told(const char *want) {
    ck_assert_str_eq(told, want);
}

enum status sandbox_undo(const char *run, char *text, size_t size) {
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    int fd = open("err", O_RDWR | O_CREAT | O_TRUNC, 0600);
    dup2(fd, STDERR_FILENO);
    enum status status = undo_run(run, sandbox_out);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    ssize_t n = pread(fd, text, size - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    close(fd);
    return status;
}
