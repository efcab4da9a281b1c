/* SPDX-License-Identifier: Apache-2.0 */
/* tally.h - what became of the files of a batch, in numbers. */
#ifndef CLI_TALLY_H
#define CLI_TALLY_H

#include "ivnorm.h"
#include "message.h"

#include <stdbool.h>
#include <stddef.h>

/* How often something was met. */
struct tally_count {
    char *name;
    size_t count;
};

struct tally_counts {
    struct tally_count *items;
    size_t count;
};

struct tally {
    size_t changed, unchanged, failed;
    size_t resumed;              /* done by the part of the run before a kill */
    struct tally_counts skipped; /* by reason: a msgid */
    struct tally_counts rules;   /* changes, by rule or group of rules */
};

/* Without memory something is left out of the numbers. */
void tally_skip(struct tally *tally, const char *why);
void tally_edits(struct tally *tally, const ivn_edit *edits, size_t count);

/* Says it on standard error. `would`: nothing was written. */
void tally_say(const struct tally *tally, bool would);

void tally_fini(struct tally *tally);

#endif
