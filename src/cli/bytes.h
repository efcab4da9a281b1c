/* SPDX-License-Identifier: Apache-2.0 */
/* bytes.h - a growable run of bytes. */
#ifndef CLI_BYTES_H
#define CLI_BYTES_H

#include <stddef.h>

struct bytes {
    char *data;
    size_t size;
    size_t capacity;
};

/* All of these return 0, or -1 with errno = ENOMEM. A zeroed struct is an empty one. */
int bytes_reserve(struct bytes *bytes, size_t more);
int bytes_add(struct bytes *bytes, const void *data, size_t n);
int bytes_add_string(struct bytes *bytes, const char *text);

/* Reads all that is left of an open file. -1 with errno. */
int bytes_read(struct bytes *bytes, int fd);

/* Reads all of a file, or standard input for "-". -1 with errno. */
int bytes_read_file(struct bytes *bytes, const char *path);

void bytes_fini(struct bytes *bytes);

#endif
