/* SPDX-License-Identifier: Apache-2.0 */
/* output.h - standard output, which carries results only. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "message.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

struct output {
    FILE *file;
    int error; /* errno of the first failure; 0 = none */
};

/* Sees to it that descriptors 0 to 2 are taken, so that no file of ours ends up as standard
 * output of a program started without one. */
void output_setup(struct output *output);

/* Whether something written to output->file has failed; output_close() says so. */
bool output_failed(struct output *output);

/* STATUS_ERROR if it failed. */
enum status output_write(struct output *output, const void *bytes, size_t n);
enum status output_flush(struct output *output);

/* Whether `file` is the regular file that standard output goes to. */
bool output_is(const struct stat *file);

/* Flushes and closes. A failure (a full disk) is an error, a closed pipe a silent one. */
enum status output_close(struct output *output);

#endif
