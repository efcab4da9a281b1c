/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "output_path.h"

#include "bytes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Takes the last component off a path of at least `keep` bytes. */
static void go_up(struct bytes *path, size_t keep) {
    while (path->size > keep && path->data[path->size - 1] != '/')
        path->size--;
    if (path->size > keep)
        path->size--;
}

char *output_path_new(const char *directory, const char *name) {
    struct bytes path = {0};
    if (bytes_add_string(&path, directory) != 0)
        goto fail;
    size_t keep = path.size;
    for (const char *s = name; *s;) {
        size_t n = strcspn(s, "/");
        if (n == 2 && memcmp(s, "..", 2) == 0) {
            go_up(&path, keep);
        } else if (n > 0 && !(n == 1 && *s == '.')) {
            if (bytes_add(&path, "/", 1) != 0 || bytes_add(&path, s, n) != 0)
                goto fail;
        }
        s += n + (s[n] == '/');
    }
    if (bytes_add(&path, "", 1) != 0)
        goto fail;
    return path.data;
fail:
    bytes_fini(&path);
    return NULL;
}

int output_path_make(const char *path) {
    char *copy = strdup(path);
    if (!copy)
        return -1;
    int result = 0;
    for (char *slash = strchr(copy + 1, '/'); slash && result == 0;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            result = -1;
        *slash = '/';
    }
    int saved = errno;
    free(copy);
    errno = saved;
    return result;
}
