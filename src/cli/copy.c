/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "copy.h"

#include "pending.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { BLOCK = 65536 };

int copy_bytes(int fd, const void *bytes, size_t n) {
    const char *s = bytes;
    while (n > 0) {
        ssize_t put = write(fd, s, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        s += put;
        n -= (size_t)put;
    }
    return 0;
}

/* The kernel's own sums over the bytes: true of the old ones only. */
static bool is_of_the_bytes(const char *name) {
    return strcmp(name, "security.ima") == 0 || strcmp(name, "security.evm") == 0;
}

static bool may_be_passed_over(const char *name, int error) {
    if (error == ENOTSUP || error == ENODATA)
        return true;
    return (error == EPERM || error == EACCES) &&
           (strncmp(name, "security.", 9) == 0 || strncmp(name, "trusted.", 8) == 0);
}

static int copy_attribute(int to, int from, const char *name, int flags) {
    char *value = NULL;
    ssize_t n = fgetxattr(from, name, NULL, 0);
    if (n >= 0) {
        value = malloc((size_t)n + 1);
        n = value ? fgetxattr(from, name, value, (size_t)n) : -1;
    }
    int result = n >= 0 ? fsetxattr(to, name, value, (size_t)n, flags) : -1;
    int saved = errno;
    free(value);
    errno = saved;
    if (result != 0 &&
        ((flags == XATTR_CREATE && errno == EEXIST) || may_be_passed_over(name, errno)))
        return 0;
    return result;
}

/* The names of all attributes, each with a NUL at its end; the caller frees them. */
static ssize_t list_attributes(int fd, char **names) {
    ssize_t n = flistxattr(fd, NULL, 0);
    *names = NULL;
    if (n <= 0)
        return n < 0 && errno == ENOTSUP ? 0 : n;
    *names = malloc((size_t)n);
    return *names ? flistxattr(fd, *names, (size_t)n) : -1;
}

static int copy_attributes(int to, int from, int flags) {
    char *names = NULL;
    ssize_t n = list_attributes(from, &names);
    int result = n < 0 ? -1 : 0;
    for (const char *name = names; result == 0 && name < names + n; name += strlen(name) + 1) {
        if (!is_of_the_bytes(name))
            result = copy_attribute(to, from, name, flags);
    }
    int saved = errno;
    free(names);
    errno = saved;
    return result;
}

bool copy_is_owned(int fd, const struct stat *from) {
    struct stat now;
    int saved = errno;
    bool is_owned =
        fstat(fd, &now) == 0 && now.st_uid == from->st_uid && now.st_gid == from->st_gid;
    errno = saved;
    return is_owned;
}

static int set_properties(int to, int from, const struct stat *original) {
    /* Before the rest: fchown() clears set-user-id bits and capabilities. */
    if (!copy_is_owned(to, original) && fchown(to, original->st_uid, original->st_gid) != 0)
        return -1;
    /* A list that the directory gives to new files would let in whom the original keeps out. */
    (void)fremovexattr(to, "system.posix_acl_access");
    if (copy_attributes(to, from, 0) != 0)
        return -1;
    /* At the end, as a file that may not be written takes no attributes. */
    return fchmod(to, original->st_mode & 07777);
}

static int open_original(const char *path) {
    return open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

int copy_properties(int to, const char *path, const struct stat *from) {
    int fd = open_original(path);
    int result = fd < 0 ? -1 : set_properties(to, fd, from);
    int saved = errno;
    if (fd >= 0)
        close(fd);
    errno = saved;
    return result;
}

mode_t copy_new_mode(mode_t mode) {
    mode_t mask = umask(0);
    umask(mask);
    return mode & 0777 & ~mask;
}

int copy_missing_attributes(int to, const char *path) {
    int fd = open_original(path);
    int result = fd < 0 ? -1 : copy_attributes(to, fd, XATTR_CREATE);
    int saved = errno;
    if (fd >= 0)
        close(fd);
    errno = saved;
    return result;
}

/* Up to n bytes, fewer at the end of the file only. */
static ssize_t read_block(int fd, char *block, size_t n) {
    size_t have = 0;
    while (have < n) {
        ssize_t got = read(fd, block + have, n - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        have += (size_t)got;
    }
    return (ssize_t)have;
}

static int copy_rest(int to, int from) {
    ssize_t got;
    /* Shares the blocks where the file system can; if it cannot do anything, nothing was copied. */
    while ((got = copy_file_range(from, NULL, to, NULL, (size_t)1 << 30, 0)) > 0) {
    }
    if (got < 0 && (errno == ENOSPC || errno == EIO || errno == EFBIG || errno == EDQUOT))
        return -1;
    char block[BLOCK];
    while ((got = read_block(from, block, sizeof block)) > 0) {
        if (copy_bytes(to, block, (size_t)got) != 0)
            return -1;
    }
    return got < 0 ? -1 : 0;
}

static int is_unchanged(int fd, const struct stat *then) {
    struct stat now;
    if (fstat(fd, &now) != 0)
        return -1;
    if (now.st_size == then->st_size && now.st_mtim.tv_sec == then->st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == then->st_mtim.tv_nsec)
        return 0;
    errno = EAGAIN;
    return -1;
}

int copy_file(int to, const char *path, struct stat *from) {
    int fd = open_original(path);
    if (fd < 0)
        return -1;
    int result = -1;
    if (fstat(fd, from) == 0 && copy_rest(to, fd) == 0 && is_unchanged(fd, from) == 0 &&
        set_properties(to, fd, from) == 0) {
        const struct timespec times[2] = {from->st_atim, from->st_mtim};
        result = futimens(to, times);
    }
    int saved = errno;
    close(fd);
    errno = saved;
    return result;
}

/* Some file systems cannot sync a directory and say EINVAL. */
int copy_sync_directory(const char *path) {
    char *directory = pending_beside(path, ".");
    if (!directory)
        return -1;
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(directory);
    if (fd < 0)
        return errno == EACCES ? 0 : -1;
    int result = fsync(fd) != 0 && errno != EINVAL ? -1 : 0;
    int saved = errno;
    close(fd);
    errno = saved;
    return result;
}

static int compare(int a, int b) {
    char left[BLOCK];
    char right[BLOCK];
    for (;;) {
        ssize_t got = read_block(a, left, sizeof left);
        ssize_t other = read_block(b, right, sizeof right);
        if (got < 0 || got != other || memcmp(left, right, (size_t)got) != 0)
            return 0;
        if (got < BLOCK)
            return 1;
    }
}

int copy_is_same(const char *a, const char *b) {
    int left = open(a, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    int right = open(b, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    int same = left >= 0 && right >= 0 && compare(left, right);
    if (left >= 0)
        close(left);
    if (right >= 0)
        close(right);
    return same;
}
