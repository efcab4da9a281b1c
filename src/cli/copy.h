/* SPDX-License-Identifier: Apache-2.0 */
/* copy.h - the content of a file, its owner, mode, times and extended attributes (access lists are
 * some of them), put into another one. */
#ifndef CLI_COPY_H
#define CLI_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* Writes all of the bytes. -1 with errno. */
int copy_bytes(int fd, const void *bytes, size_t n);

/* Gives the new file `to` the owner, the mode and the attributes of the file at `path`, which is no
 * symbolic link; `from` is its stat(). What a file system does not know, and what only an
 * administrator may set, is passed over. -1 with errno; EPERM: see copy_is_owned(). */
int copy_properties(int to, const char *path, const struct stat *from);

/* The permissions of a new file that is made with this mode: it, less the umask. */
mode_t copy_new_mode(mode_t mode);

/* Gives the file `to` those attributes of the file at `path` that it lacks. -1 with errno. */
int copy_missing_attributes(int to, const char *path);

/* Whether the open file has the owner and the group of `from`. Keeps errno. */
bool copy_is_owned(int fd, const struct stat *from);

/* Puts all of the file `path` into the new file `to`: bytes, owner, mode, attributes and both
 * times; *from is the file that was read, as it was. -1 with errno; EAGAIN: it changed meanwhile.
 */
int copy_file(int to, const char *path, struct stat *from);

/* Makes a rename in the directory of `path` durable. -1 with errno. */
int copy_sync_directory(const char *path);

/* Whether both files exist and have the same bytes. */
int copy_is_same(const char *a, const char *b);

#endif
