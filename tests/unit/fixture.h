/* SPDX-License-Identifier: Apache-2.0 */
/* fixture.h - what the unit tests share: the built lexicon, a converter on it, the main program. */
#ifndef IVN_FIXTURE_H
#define IVN_FIXTURE_H

#include <check.h>

#include "ivnorm.h"

/* Where the built lexicon lies; tests run in the build tree's top folder. */
extern const char fixture_lexicon_path[];

/* Opens the built lexicon; the caller frees it. */
ivn_lexicon *fixture_lexicon(void);

struct converter {
    ivn_lexicon *lexicon;
    ivn_profile *profile;
    ivn_context *context;
};

/* locale NULL: the text's own. tsv NULL: no user dictionary; its name is "my.tsv". */
void converter_open(struct converter *c, const char *locale, unsigned stages, const char *tsv);
void converter_close(struct converter *c);

/* Converts n bytes and asserts I1, I2 and I6; the caller frees the result. */
ivn_result *converter_run(struct converter *c, const char *text, size_t n);

/* Asserts that text becomes want, and that want stays. */
void converter_expect(struct converter *c, const char *text, const char *want);

/* The same for a converter that is made for it. */
void expect_conversion(const char *locale, unsigned stages, const char *text, const char *want);

/* Runs the tests, prints TAP and returns main's status. */
int fixture_main(const char *name, TCase *tests);

#endif
