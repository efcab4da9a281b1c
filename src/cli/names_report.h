/* SPDX-License-Identifier: Apache-2.0 */
/* names_report.h - --names=report: who is named in a document, in which forms, and how often. */
#ifndef CLI_NAMES_REPORT_H
#define CLI_NAMES_REPORT_H

#include "ivnorm.h"
#include "place.h"

#include <stdio.h>

/* A form of a name, and where the document has it first. */
struct names_form {
    char *text;
    size_t length;
    size_t count;
    struct place place;
};

struct names_person {
    const char *name; /* borrowed from the library, as is: */
    const char *written;
    struct names_form *forms;
    size_t form_count;
};

/* Of one document. */
struct names_report {
    struct names_person *persons; /* in the order of their first mention */
    size_t count;
};

/* Adds the mentions of a window, which begins at `place` of the document. 0, or -1 with errno. */
int names_report_add(struct names_report *report, struct place place, const char *text,
                     const ivn_mention *mentions, size_t count);

/* Prints a line for each person. */
void names_report_write(const struct names_report *report, FILE *out, const char *name);

void names_report_fini(struct names_report *report);

#endif
