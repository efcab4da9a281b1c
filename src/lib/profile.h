/* SPDX-License-Identifier: Apache-2.0 */
/* profile.h - what a caller asked for; and the scratch memory of one thread that does it. */
#ifndef IVN_PROFILE_H
#define IVN_PROFILE_H

#include <stdatomic.h>

#include "because.h"
#include "cleanup.h"
#include "document.h"
#include "evidence.h"
#include "excerpt.h"
#include "ivnorm.h"
#include "lattice.h"
#include "names.h"
#include "opencc.h"
#include "rules.h"

/* A rule file as it was given. */
struct rule_text {
    char *name;
    char *text;
    size_t size;
};

struct ivn_profile {
    struct layers layers; /* [0] is the caller's lexicon, the others are ours */
    int locale;           /* -1: the text's own */
    unsigned stages;
    bool keep_invalid;
    bool reports;
    ivn_names names;
    struct rule_text *rule_texts;
    size_t rule_text_count;
    size_t rule_text_capacity;
    char *opencc;        /* configuration, or NULL */
    char *style;         /* words, or NULL */
    atomic_uint *tested; /* bit per locale whose user rules have been tested by some context */
};

struct ivn_context {
    const ivn_profile *profile;
    struct rule_set *rules[IMAGE_MAX_LOCALES]; /* made when a document first needs them */
    struct cleanup *cleanup[IMAGE_MAX_LOCALES];
    struct opencc *opencc;
    struct document document;
    struct document part; /* of the document, for a second look */
    struct excerpt excerpt;
    struct span_list sealed; /* what the cleanup must not look into */
    struct path path;
    struct evidence evidence;
    struct names names;
    struct because because; /* of the document that is converted */
};

/* Compiles the lexicon's and the profile's rules for a locale, in its own style and what is asked
 * for (as rule_set_compile() takes it). The set is the caller's. IVN_SYNTAX, IVN_NO_MEMORY. */
ivn_status profile_make_rules(const ivn_profile *profile, unsigned locale, const char *asked,
                              struct rule_set **out, ivn_error *err);

/* The locale that rules and spelling follow for the document that is loaded. */
unsigned context_locale(const ivn_context *context);

/* Makes the rules of a locale ready. IVN_SYNTAX, IVN_CONFLICT, IVN_NO_MEMORY. */
ivn_status context_load_rules(ivn_context *context, unsigned locale, ivn_error *err);

#endif
