/* SPDX-License-Identifier: Apache-2.0 */
/* commit.h - writing many files, each as a whole or not at all, and a group of them for the price
 * of one wait for the disk: their temporary files are written, one syncfs() makes all of them
 * durable, then they are renamed into place. A kill or a power cut at any moment leaves each file
 * old or new. With a journal the run can be gone on with and undone. Main thread only: it shares
 * the table of pending.h with the signal handlers. */
#ifndef CLI_COMMIT_H
#define CLI_COMMIT_H

#include "journal.h"

#include <stddef.h>
#include <sys/stat.h>

struct commit;

struct commit_options {
    struct journal *journal; /* borrowed; NULL: none is kept */
    const char *backup;      /* suffix of a copy of each original; NULL: none is made */

    /* Called once for each file, at the latest by commit_flush(), in any order: `path` as it was
     * given, `why` NULL if it is in place, else a translated reason, and the original is unchanged.
     */
    void (*tell)(void *arg, const char *path, const char *why);
    void *arg;
};

/* The options are copied. -1 with errno. */
int commit_new(struct commit **out, const struct commit_options *options);

/* Replaces the file at `path`, symbolic links followed, which must still be `as_read` (device,
 * inode, size, time of change), by n bytes; mode, owner, access list and extended attributes
 * are kept. Where as_read is the lstat() of a link, that is refused. The bytes are in the temporary
 * file when it returns, and need not be kept. */
void commit_add(struct commit *commit, const char *path, const struct stat *as_read,
                const void *bytes, size_t n);

/* Makes a new file with this mode, less the umask. Its directory must exist; it must not. */
void commit_create(struct commit *commit, const char *path, mode_t mode, const void *bytes,
                   size_t n);

/* Makes the directories that lead to `path`, so that an undo removes them. -1 with errno. */
int commit_directories(struct commit *commit, const char *path);

/* Puts in place what is not yet, and waits until it is durable. */
void commit_flush(struct commit *commit);

/* Deletes the temporary files of what was not flushed, without a word. NULL is fine. */
void commit_free(struct commit *commit);

#endif
