/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void output_setup(struct output *output) {
    for (int fd = 0; fd <= 2; fd++) {
        /* The wrong direction, so that reading or writing still fails. */
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
    }
    output->file = stdout;
    output->error = 0;
}

bool output_failed(struct output *output) {
    if (output->error == 0 && ferror(output->file))
        output->error = errno ? errno : EIO;
    return output->error != 0;
}

enum status output_write(struct output *output, const void *bytes, size_t n) {
    fwrite(bytes, 1, n, output->file);
    return output_failed(output) ? STATUS_ERROR : STATUS_FINE;
}

enum status output_flush(struct output *output) {
    fflush(output->file);
    return output_failed(output) ? STATUS_ERROR : STATUS_FINE;
}

bool output_is(const struct stat *file) {
    struct stat out;
    return S_ISREG(file->st_mode) && fstat(STDOUT_FILENO, &out) == 0 &&
           out.st_dev == file->st_dev && out.st_ino == file->st_ino;
}

enum status output_close(struct output *output) {
    output_failed(output);
    if (fclose(output->file) != 0 && output->error == 0)
        output->error = errno;
    if (output->error == 0)
        return STATUS_FINE;
    if (output->error == EPIPE)
        return STATUS_ERROR;
    return message_errno(_("standard output"), _("cannot write"), output->error);
}
