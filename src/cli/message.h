/* SPDX-License-Identifier: Apache-2.0 */
/* message.h - everything the program says on standard error, and its exit status.
 *
 * A message is `ivnorm: FILE:LINE:COLUMN: what happened; what to do`: lower-case start, no full
 * stop, one sentence per msgid. Whatever a caller puts into it is masked (mask.h). */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include "ivnorm.h"

#include <libintl.h>
#include <stdio.h>

#define _(text)  gettext(text)
#define N_(text) text

/* Exit status. The worst of all files wins. */
enum status {
    STATUS_FINE = 0,
    STATUS_CHANGES = 1, /* --check: something would change */
    STATUS_ERROR = 2
};

enum status status_worst(enum status a, enum status b);

/* Says "ivnorm: ", then the format filled in; returns STATUS_ERROR. The format is translated by
 * the caller. */
enum status message_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for what is no error. */
void message_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Puts a line that will be replaced at the end of the terminal, or takes it away (NULL). Messages
 * are put above it. */
void message_status(const char *line);

/* `SUBJECT: what: strerror(error)`, for failed system calls. */
enum status message_errno(const char *subject, const char *what, int error);

/* The library's error about `name`, at err's line and column if they are known. An error about a
 * dictionary or a rule file names that file instead. */
enum status message_library(const char *name, const ivn_error *err);

/* Prints what the library found in a file, as `FILE:LINE:COLUMN: what`: a result, not an error. */
void message_finding(FILE *out, const ivn_error *finding);

/* What people call the document: "-" is standard input. */
const char *message_name(const char *name);

#endif
