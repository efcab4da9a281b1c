/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int bytes_reserve(struct bytes *bytes, size_t more) {
    if (bytes->capacity - bytes->size >= more)
        return 0;
    if (more > SIZE_MAX / 2 - bytes->size) {
        errno = ENOMEM;
        return -1;
    }
    size_t capacity = bytes->size + more;
    if (capacity < bytes->capacity + bytes->capacity / 2)
        capacity = bytes->capacity + bytes->capacity / 2;
    if (capacity < 256)
        capacity = 256;
    char *data = realloc(bytes->data, capacity);
    if (!data)
        return -1;
    bytes->data = data;
    bytes->capacity = capacity;
    return 0;
}

int bytes_add(struct bytes *bytes, const void *data, size_t n) {
    if (n == 0)
        return 0;
    if (bytes_reserve(bytes, n) != 0)
        return -1;
    memcpy(bytes->data + bytes->size, data, n);
    bytes->size += n;
    return 0;
}

int bytes_add_string(struct bytes *bytes, const char *text) {
    return bytes_add(bytes, text, strlen(text));
}

int bytes_read(struct bytes *bytes, int fd) {
    for (;;) {
        /* Room for one byte more than is known tells the end without another allocation. */
        if (bytes->size == bytes->capacity && bytes_reserve(bytes, 65536) != 0)
            return -1;
        ssize_t got = read(fd, bytes->data + bytes->size, bytes->capacity - bytes->size);
        if (got == 0)
            return 0;
        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0)
            bytes->size += (size_t)got;
    }
}

int bytes_read_file(struct bytes *bytes, const char *path) {
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int result = bytes_read(bytes, fd);
    int saved = errno;
    if (fd != STDIN_FILENO)
        close(fd);
    errno = saved;
    return result;
}

void bytes_fini(struct bytes *bytes) {
    free(bytes->data);
    memset(bytes, 0, sizeof *bytes);
}
