/* SPDX-License-Identifier: Apache-2.0 */
/* job.h - one document to standard output, or to the reports that stand there instead. Plain text
 * in UTF-8 flows through in windows, however long it is; everything else is read as a whole
 * (article.h). */
#ifndef CLI_JOB_H
#define CLI_JOB_H

#include "engine.h"
#include "message.h"
#include "options.h"
#include "output.h"

/* Converts the file `name` ("-" = standard input) as the options say. Errors have been said; they
 * concern this file only, unless output_failed(). */
enum status job_run(const struct options *options, struct engine *engine, struct output *output,
                    const char *name);

#endif
