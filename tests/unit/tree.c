/* SPDX-License-Identifier: Apache-2.0 */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <check.h>

static char place[64];
static int home = -1, error_was = -1;
static FILE *said;

void tree_open(void) {
    strcpy(place, "/tmp/ivnorm-tree.XXXXXX");
    home = open(".", O_RDONLY | O_DIRECTORY);
    ck_assert_ptr_nonnull(mkdtemp(place));
    ck_assert_int_eq(chdir(place), 0);
    said = tmpfile();
    ck_assert_ptr_nonnull(said);
    fflush(stderr);
    error_was = dup(STDERR_FILENO);
    ck_assert_int_eq(dup2(fileno(said), STDERR_FILENO), STDERR_FILENO);
}

static int remove_one(const char *path, const struct stat *found, int kind, struct FTW *where) {
    (void)found;
    (void)kind;
    (void)where;
    return remove(path);
}

/* nftw() does not get into what may not be read. */
static int allow_one(const char *path, const struct stat *found, int kind, struct FTW *where) {
    (void)where;
    if (kind == FTW_D || kind == FTW_DNR)
        chmod(path, found->st_mode | 0700);
    return 0;
}

void tree_close(void) {
    fflush(stderr);
    dup2(error_was, STDERR_FILENO);
    close(error_was);
    fclose(said);
    ck_assert_int_eq(fchdir(home), 0);
    close(home);
    ck_assert_int_eq(seteuid(getuid()), 0);
    nftw(place, allow_one, 16, FTW_PHYS);
    nftw(place, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void make_parents(const char *path) {
    char *copy = strdup(path);
    ck_assert_ptr_nonnull(copy);
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        ck_assert(mkdir(copy, 0777) == 0 || errno == EEXIST);
        *slash = '/';
    }
    free(copy);
}

void tree_write(const char *path, const void *text, size_t n) {
    make_parents(path);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, n, file), n);
    ck_assert_int_eq(fclose(file), 0);
}

void tree_put(const char *path, const char *text) {
    tree_write(path, text, strlen(text));
}

void tree_directory(const char *path) {
    make_parents(path);
    ck_assert_int_eq(mkdir(path, 0777), 0);
}

char *tree_said(void) {
    fflush(stderr);
    off_t n = lseek(STDERR_FILENO, 0, SEEK_END);
    char *text = calloc(1, (size_t)n + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_int_eq(pread(STDERR_FILENO, text, (size_t)n, 0), n);
    ck_assert_int_eq(ftruncate(STDERR_FILENO, 0), 0);
    lseek(STDERR_FILENO, 0, SEEK_SET);
    return text;
}

void tree_expect_silence(void) {
    char *text = tree_said();
    ck_assert_str_eq(text, "");
    free(text);
}

void tree_expect_said(const char *part) {
    char *text = tree_said();
    ck_assert_msg(strstr(text, part) != NULL, "'%s' is not in '%s'", part, text);
    free(text);
}

void tree_drop_rights(void) {
    enum { NOBODY = 65534 };
    if (geteuid() != 0)
        return;
    ck_assert_int_eq(chown(place, NOBODY, NOBODY), 0);
    ck_assert_int_eq(seteuid(NOBODY), 0);
}
