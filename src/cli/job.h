/* SPDX-License-Identifier: Apache-2.0 */
/* job.h - one document's way through the program: opened, read window by window, converted, and
 * given to whoever asked: standard output, a file, a diff, an explanation. */
#ifndef CLI_JOB_H
#define CLI_JOB_H

#include "engine.h"
#include "message.h"
#include "options.h"
#include "output.h"

/* Converts the file `name` ("-" = standard input) as the options say. Errors have been said; they
 * concern this file only, unless output_failed(). */
enum status job_run(const struct options *options, const struct engine *engine,
                    struct output *output, const char *name);

#endif
