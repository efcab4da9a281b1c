/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "pending.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PENDING_MAX = 512 };

static const int fatal_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
enum { FATAL_SIGNALS = sizeof fatal_signals / sizeof *fatal_signals };

/* For the handler alone, which gets no argument: the files to remove; a row may be NULL. Changed
 * only while the signals are blocked. */
static const char *volatile names[PENDING_MAX];
static volatile size_t used; /* rows from here on are NULL */

static void clean_up(int signal_number) {
    for (size_t i = 0; i < used; i++) {
        if (names[i])
            unlink(names[i]);
    }
    /* Die of the signal, so that the caller sees it. Not by SA_RESETHAND: the second of two signals
     * would find the default before any file is removed. */
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

void pending_setup(void) {
    struct sigaction action = {.sa_handler = clean_up};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < FATAL_SIGNALS; i++)
        sigaddset(&action.sa_mask, fatal_signals[i]);
    for (int i = 0; i < FATAL_SIGNALS; i++) {
        struct sigaction old;
        /* A signal that nohup or the shell had ignored stays ignored. */
        if (sigaction(fatal_signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(fatal_signals[i], &action, NULL);
    }
}

void pending_block(sigset_t *old) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < FATAL_SIGNALS; i++)
        sigaddset(&set, fatal_signals[i]);
    sigprocmask(SIG_BLOCK, &set, old);
}

void pending_unblock(const sigset_t *old) {
    int saved = errno;
    sigprocmask(SIG_SETMASK, old, NULL);
    errno = saved;
}

int pending_add(const char *name) {
    size_t i = 0;
    while (i < used && names[i])
        i++;
    if (i == PENDING_MAX) {
        errno = ENFILE;
        return -1;
    }
    names[i] = name;
    if (i == used)
        used = i + 1;
    return 0;
}

void pending_remove(const char *name) {
    if (!name)
        return;
    for (size_t i = 0; i < used; i++) {
        if (names[i] == name)
            names[i] = NULL;
    }
    while (used > 0 && !names[used - 1])
        used--;
}

/* Adds the file that was just made, or removes it. */
static int add_created(const char *name, int fd) {
    if (fd < 0 || pending_add(name) == 0)
        return fd;
    int saved = errno;
    unlink(name);
    close(fd);
    errno = saved;
    return -1;
}

int pending_create(const char *name) {
    sigset_t old;
    pending_block(&old);
    int fd = add_created(name, open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    pending_unblock(&old);
    return fd;
}

int pending_create_unique(char *name) {
    sigset_t old;
    pending_block(&old);
    int fd = add_created(name, mkostemp(name, O_CLOEXEC));
    pending_unblock(&old);
    return fd;
}

void pending_delete(const char *name) {
    int saved = errno;
    sigset_t old;
    pending_block(&old);
    unlink(name);
    pending_remove(name);
    pending_unblock(&old);
    errno = saved;
}

static int rename_fresh(const char *from, const char *to) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    /* A file system that does not know the flag. */
    struct stat there;
    if (lstat(to, &there) == 0) {
        errno = EEXIST;
        return -1;
    }
    return errno == ENOENT ? rename(from, to) : -1;
}

int pending_rename(const char *name, const char *to, int fresh) {
    sigset_t old;
    pending_block(&old);
    int result = fresh ? rename_fresh(name, to) : rename(name, to);
    if (result == 0)
        pending_remove(name);
    pending_unblock(&old);
    return result;
}

char *pending_beside(const char *path, const char *name) {
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) + 1 : 0;
    size_t size = strlen(name) + 1;
    char *beside = malloc(n + size);
    if (beside) {
        memcpy(beside, path, n);
        memcpy(beside + n, name, size);
    }
    return beside;
}
