/* SPDX-License-Identifier: Apache-2.0 */
/* replace.h - writing a file as a whole or not at all: a temporary file beside it takes the text,
 * is flushed to the disk and renamed over it. Until then the original is untouched; a fatal signal
 * removes the temporary file (pending.h). */
#ifndef CLI_REPLACE_H
#define CLI_REPLACE_H

#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

struct replace {
    char *path;      /* the file itself, symbolic links followed */
    char *temporary; /* NULL while nothing is begun */
    int fd;
    mode_t mode;
    int keep_owner;
    struct stat original;
};

/* Opens the temporary file. A file that exists at `path` lends its mode, owner and attributes;
 * otherwise the new file gets `mode`, less the umask. -1 with errno, nothing left behind. */
int replace_begin(struct replace *replace, const char *path, mode_t mode);

/* -1 with errno; go on to replace_abort(). */
int replace_write(struct replace *replace, const void *bytes, size_t n);

/* Makes the text the file's. On -1 with errno the original is unchanged and the temporary file
 * gone. */
int replace_commit(struct replace *replace);

/* Removes the temporary file; fine after a commit and on a zeroed struct. Keeps errno. */
void replace_abort(struct replace *replace);

#endif
