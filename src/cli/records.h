/* SPDX-License-Identifier: Apache-2.0 */
/* records.h - lines that are documents of their own, as in JSON Lines: exactly one line of output
 * for each line of input, whatever the lines beside it, so that a corpus may be cut anywhere
 * between them (parallel --pipe, Hadoop Streaming, Spark's pipe). A line that cannot be converted
 * is told and comes out as it is. */
#ifndef CLI_RECORDS_H
#define CLI_RECORDS_H

#include "engine.h"
#include "message.h"
#include "options.h"
#include "output.h"
#include "window.h"

/* Whether the lines of the file `name` are to be taken so. */
bool records_are_wanted(const struct options *options, const char *name);

/* Whether a line has nothing to convert. */
bool records_is_blank(const char *line, size_t n);

/* Converts the window of n bytes, and all that follow, to the output. */
enum status records_convert(struct window *window, const char *text, size_t n,
                            const struct options *options, struct engine *engine,
                            struct output *output, const char *name);

/* What a line could not be converted for; line counts from 0. */
struct record_failure {
    size_t line;
    ivn_error err;
};

/* Converts each line of n bytes of whole lines into *made; *failures is an array of struct
 * record_failure. IVN_OK, or IVN_NO_MEMORY. */
ivn_status records_window(ivn_context *context, const struct options *options, const char *name,
                          const char *text, size_t n, struct bytes *made, struct bytes *failures);

/* Tells the failures of the lines that follow the first `lines` ones of the file `name`. */
enum status records_say_failures(const struct bytes *failures, const char *name, size_t lines);

#endif
