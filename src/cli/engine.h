/* SPDX-License-Identifier: Apache-2.0 */
/* engine.h - the library made ready as the options ask: lexicon, profile, context. */
#ifndef CLI_ENGINE_H
#define CLI_ENGINE_H

#include "ivnorm.h"
#include "message.h"
#include "options.h"

struct engine {
    ivn_lexicon *lexicon;
    ivn_profile *profile;
    ivn_context *context;
};

/* Opens the lexicon alone: the one of --lexicon, of $IVNORM_LEXICON, beside the program in its
 * build tree, or the installed one. What is wrong has been said. engine_close() in either case. */
enum status engine_open_lexicon(struct engine *engine, const struct options *options);

/* Everything. */
enum status engine_open(struct engine *engine, const struct options *options);

void engine_close(struct engine *engine);

#endif
