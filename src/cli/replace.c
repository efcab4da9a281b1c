/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "replace.h"

#include "copy.h"
#include "pending.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int replace_begin(struct replace *replace, const char *path, mode_t mode) {
    memset(replace, 0, sizeof *replace);
    replace->fd = -1;
    replace->path = realpath(path, NULL);
    if (replace->path) {
        if (stat(replace->path, &replace->original) != 0)
            goto fail;
        if (!S_ISREG(replace->original.st_mode)) {
            errno = S_ISDIR(replace->original.st_mode) ? EISDIR : EINVAL;
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
        replace->mode = copy_new_mode(mode);
    }
    /* The name does not grow out of the original's, which may be as long as the system allows. */
    char *name = pending_beside(replace->path, ".ivnorm-XXXXXX");
    if (!name)
        goto fail;
    replace->fd = pending_create_unique(name);
    if (replace->fd >= 0) {
        replace->temporary = name;
        return 0;
    }
    int saved = errno;
    free(name);
    errno = saved;
fail:
    replace_abort(replace);
    return -1;
}

int replace_write(struct replace *replace, const void *bytes, size_t n) {
    return copy_bytes(replace->fd, bytes, n);
}

static int set_owner_and_mode(const struct replace *replace) {
    return replace->keep_owner ? copy_properties(replace->fd, replace->path, &replace->original)
                               : fchmod(replace->fd, replace->mode);
}

int replace_commit(struct replace *replace) {
    if (set_owner_and_mode(replace) != 0 || fsync(replace->fd) != 0)
        goto fail;
    int closed = close(replace->fd);
    replace->fd = -1;
    if (closed != 0)
        goto fail;
    if (pending_rename(replace->temporary, replace->path, 0) != 0)
        goto fail;
    free(replace->temporary);
    replace->temporary = NULL;
    /* The new file is in place by now: a failure here is no reason to say that it is not. */
    (void)copy_sync_directory(replace->path);
    replace_abort(replace);
    return 0;
fail:
    replace_abort(replace);
    return -1;
}

void replace_abort(struct replace *replace) {
    int saved = errno;
    if (replace->temporary) {
        pending_delete(replace->temporary);
        if (replace->fd >= 0)
            close(replace->fd);
    }
    free(replace->temporary);
    free(replace->path);
    memset(replace, 0, sizeof *replace);
    errno = saved;
}
