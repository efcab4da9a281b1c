/* SPDX-License-Identifier: Apache-2.0 */
/* batch.h - many files, or one that is replaced: found, converted by several threads, and written
 * or reported on in the order in which they were found, whatever their number.
 *
 *     main thread    find ─► prepare ─┐                       ┌─► deliver ─► commit, reports, tally
 *     threads                         └─► open ─► convert ────┘
 */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "config.h"
#include "message.h"
#include "options.h"
#include "output.h"

/* Whether the arguments are a batch: files are to be replaced or written elsewhere, or a directory
 * is reported on. */
bool batch_is_wanted(const struct options *typed);

/* Converts all files that the options name. Everything has been said. */
enum status batch_run(const struct options *typed, struct config *config, struct output *output);

#endif
