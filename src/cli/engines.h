/* SPDX-License-Identifier: Apache-2.0 */
/* engines.h - one engine for all files with the same options, on one lexicon. */
#ifndef CLI_ENGINES_H
#define CLI_ENGINES_H

#include "engine.h"
#include "message.h"
#include "options.h"

#include <stddef.h>

struct engines {
    struct engine lexicon; /* the lexicon alone; the engines borrow it */
    struct engines_entry **entries;
    size_t count;
    size_t capacity;
};

/* Opens the lexicon that the options name. What is wrong has been said. engines_close() in either
 * case. */
enum status engines_open(struct engines *engines, const struct options *options);

/* The engine for these options, made at the first call; valid until engines_close(). `options` may
 * go, the settings behind it stay (config.h). NULL: it cannot be made; what is wrong has been said,
 * once for each setting, or when the engine was first asked for. */
struct engine *engines_get(struct engines *engines, const struct options *options);

void engines_close(struct engines *engines);

#endif
