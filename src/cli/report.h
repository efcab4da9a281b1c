/* SPDX-License-Identifier: Apache-2.0 */
/* report.h - what the options ask to be told of one document, instead of or beside its new text:
 * a diff, an explanation, the names in it, whether it would change. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "article.h"
#include "diff.h"
#include "ivnorm.h"
#include "message.h"
#include "names_report.h"
#include "options.h"
#include "output.h"
#include "place.h"

struct report {
    const struct options *options;
    struct output *output;
    const char *name;
    struct place place; /* where the next window begins */
    struct diff diff;
    struct names_report names;
    bool changed;                /* by any window so far */
    size_t changes, suggestions; /* counted for --suggestions */
};

/* All arguments are borrowed. */
void report_init(struct report *report, const struct options *options, struct output *output,
                 const char *name);
void report_fini(struct report *report);

/* Whether a report takes the place of the text on standard output. */
bool report_is_wanted(const struct options *options);

/* Takes the next window of the document, n bytes of UTF-8, and what became of it. */
enum status report_window(struct report *report, const char *text, size_t n, ivn_result *result);

/* Takes a document that was converted as a whole. */
enum status report_article(struct report *report, const struct article *article);

/* The end of the document. STATUS_CHANGES: --check has found some. */
enum status report_finish(struct report *report);

#endif
