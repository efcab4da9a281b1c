/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int fatal_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
enum { FATAL_SIGNALS = sizeof fatal_signals / sizeof *fatal_signals };

/* For the handler alone, which gets no argument: the temporary file to remove, or NULL. Changed
 * only while the signals are blocked. */
static const char *volatile pending;

static void clean_up(int signal_number) {
    if (pending)
        unlink(pending);
    /* SA_RESETHAND has put the default back: die of the signal, so that the caller sees it. */
    raise(signal_number);
}

void replace_setup(void) {
    struct sigaction action = {.sa_handler = clean_up, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < FATAL_SIGNALS; i++) {
        struct sigaction old;
        /* A signal that nohup or the shell had ignored stays ignored. */
        if (sigaction(fatal_signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(fatal_signals[i], &action, NULL);
    }
}

static void block(sigset_t *old) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < FATAL_SIGNALS; i++)
        sigaddset(&set, fatal_signals[i]);
    sigprocmask(SIG_BLOCK, &set, old);
}

static void unblock(const sigset_t *old) {
    int saved = errno;
    sigprocmask(SIG_SETMASK, old, NULL);
    errno = saved;
}

/* Length of the directory part of path, with its slash; 0 if there is none. */
static size_t directory_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The name does not grow out of the original's, which may be as long as the system allows. */
static char *temporary_name(const char *path) {
    static const char name[] = ".ivnorm-XXXXXX";
    size_t n = directory_length(path);
    char *temporary = malloc(n + sizeof name);
    if (temporary) {
        memcpy(temporary, path, n);
        memcpy(temporary + n, name, sizeof name);
    }
    return temporary;
}

static mode_t current_umask(void) {
    mode_t mask = umask(0);
    umask(mask);
    return mask;
}

int replace_begin(struct replace *replace, const char *path, mode_t mode) {
    memset(replace, 0, sizeof *replace);
    replace->fd = -1;
    replace->path = realpath(path, NULL);
    if (replace->path) {
        if (stat(replace->path, &replace->original) != 0)
            goto fail;
        if (!S_ISREG(replace->original.st_mode)) {
            errno = EINVAL;
            goto fail;
        }
        /* rename() would succeed on a write-protected file, which is hardly what was meant. */
        if (access(replace->path, W_OK) != 0)
            goto fail;
        replace->mode = replace->original.st_mode & 07777;
        replace->keep_owner = 1;
    } else {
        if (errno != ENOENT || !(replace->path = strdup(path)))
            goto fail;
        replace->mode = mode & 0777 & ~current_umask();
    }
    char *name = temporary_name(replace->path);
    if (!name)
        goto fail;
    sigset_t old;
    block(&old);
    replace->fd = mkostemp(name, O_CLOEXEC);
    if (replace->fd >= 0)
        pending = replace->temporary = name;
    unblock(&old);
    if (replace->fd >= 0)
        return 0;
    int saved = errno;
    free(name);
    errno = saved;
fail:
    replace_abort(replace);
    return -1;
}

int replace_write(struct replace *replace, const void *bytes, size_t n) {
    const char *s = bytes;
    while (n > 0) {
        ssize_t put = write(replace->fd, s, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        s += put;
        n -= (size_t)put;
    }
    return 0;
}

static int set_owner_and_mode(const struct replace *replace) {
    struct stat now;
    if (replace->keep_owner) {
        if (fstat(replace->fd, &now) != 0)
            return -1;
        const struct stat *old = &replace->original;
        if ((now.st_uid != old->st_uid || now.st_gid != old->st_gid) &&
            fchown(replace->fd, old->st_uid, old->st_gid) != 0)
            return -1;
    }
    /* After the owner: fchown() clears set-user-id bits. */
    return fchmod(replace->fd, replace->mode);
}

/* The rename must survive a crash too. Some file systems cannot sync a directory and say EINVAL. */
static int sync_directory(const char *path) {
    size_t n = directory_length(path);
    char *directory = n > 0 ? strndup(path, n) : strdup(".");
    if (!directory)
        return -1;
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(directory);
    if (fd < 0)
        return errno == EACCES ? 0 : -1;
    int result = fsync(fd) != 0 && errno != EINVAL ? -1 : 0;
    close(fd);
    return result;
}

int replace_commit(struct replace *replace) {
    if (set_owner_and_mode(replace) != 0 || fsync(replace->fd) != 0)
        goto fail;
    int closed = close(replace->fd);
    replace->fd = -1;
    if (closed != 0)
        goto fail;
    sigset_t old;
    block(&old);
    int renamed = rename(replace->temporary, replace->path);
    if (renamed == 0) {
        pending = NULL;
        free(replace->temporary);
        replace->temporary = NULL;
    }
    unblock(&old);
    if (renamed != 0)
        goto fail;
    /* The new file is in place by now: a failure here is no reason to say that it is not. */
    (void)sync_directory(replace->path);
    replace_abort(replace);
    return 0;
fail:
    replace_abort(replace);
    return -1;
}

void replace_abort(struct replace *replace) {
    int saved = errno;
    if (replace->temporary) {
        sigset_t old;
        block(&old);
        unlink(replace->temporary);
        pending = NULL;
        unblock(&old);
        if (replace->fd >= 0)
            close(replace->fd);
    }
    free(replace->temporary);
    free(replace->path);
    memset(replace, 0, sizeof *replace);
    errno = saved;
}
