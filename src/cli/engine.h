/* SPDX-License-Identifier: Apache-2.0 */
/* engine.h - the library made ready as the options ask: lexicon, profile, context. */
#ifndef CLI_ENGINE_H
#define CLI_ENGINE_H

#include "ivnorm.h"
#include "message.h"
#include "options.h"

#include <pthread.h>

struct engine {
    ivn_lexicon *lexicon;
    ivn_profile *profile;
    ivn_context *context;  /* the main thread's */
    pthread_mutex_t mutex; /* guards what follows */
    ivn_context **spare;   /* given back */
    size_t spare_count;
};

/* Opens the lexicon alone: the one of --lexicon, of $IVNORM_LEXICON, beside the program in its
 * build tree, or the installed one. What is wrong has been said. engine_close() in either case. */
enum status engine_open_lexicon(struct engine *engine, const struct options *options);

/* Makes profile and context, on a lexicon that is in the engine already and may be shared. What is
 * wrong has been said, once for each setting. engine_release() in either case. */
enum status engine_prepare(struct engine *engine, const struct options *options);

/* Frees what engine_prepare() made. */
void engine_release(struct engine *engine);

/* Both. engine_close() in either case. */
enum status engine_open(struct engine *engine, const struct options *options);

/* A context for a thread of the caller's, until it is given back (NULL is fine). NULL: *err tells.
 */
ivn_context *engine_borrow(struct engine *engine, ivn_error *err);
void engine_give_back(struct engine *engine, ivn_context *context);

void engine_close(struct engine *engine);

#endif
