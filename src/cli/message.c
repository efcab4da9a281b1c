/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "message.h"

#include "bytes.h"
#include "mask.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum status status_worst(enum status a, enum status b) {
    return a > b ? a : b;
}

/* Whether the terminal shows a line that messages must not run into. */
static bool has_status;

void message_status(const char *line) {
    flockfile(stderr);
    if (has_status)
        fputs("\r\033[K", stderr);
    has_status = line != NULL;
    if (line)
        fputs(line, stderr);
    fflush(stderr);
    funlockfile(stderr);
}

static void say(const char *text, size_t n) {
    flockfile(stderr);
    if (has_status)
        message_status(NULL);
    fputs(PACKAGE ": ", stderr);
    mask_write(stderr, text, n);
    putc('\n', stderr);
    funlockfile(stderr);
}

static void say_filled(const char *format, va_list args) {
    char small[1024];
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    char *large = n >= (int)sizeof small ? malloc((size_t)n + 1) : NULL;
    if (large) {
        vsnprintf(large, (size_t)n + 1, format, again);
        say(large, (size_t)n);
        free(large);
    } else if (n >= 0) {
        say(small, (size_t)n < sizeof small ? (size_t)n : sizeof small - 1);
    }
    va_end(again);
}

enum status message_error(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say_filled(format, args);
    va_end(args);
    return STATUS_ERROR;
}

void message_note(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say_filled(format, args);
    va_end(args);
}

enum status message_errno(const char *subject, const char *what, int error) {
    return message_error("%s: %s: %s", subject, what, strerror(error));
}

/* Fills %s and %1$s of a translated library message in. Not printf(): a faulty catalogue may spoil
 * a message but must not read memory that is not there. */
static int fill(struct bytes *to, const char *format, const ivn_error *err) {
    size_t next = 0;
    for (const char *s = format; *s; s++) {
        if (*s != '%') {
            if (bytes_add(to, s, 1) != 0)
                return -1;
        } else if (s[1] == '%') {
            if (bytes_add(to, ++s, 1) != 0)
                return -1;
        } else {
            size_t index = next++;
            if (s[1] >= '1' && s[1] <= '9' && s[2] == '$') {
                index = (size_t)(s[1] - '1');
                s += 2;
            }
            if (s[1] == 's')
                s++;
            if (index < IVN_ERROR_ARGS && bytes_add_string(to, err->args[index]) != 0)
                return -1;
        }
    }
    return bytes_add(to, "", 1);
}

enum status message_library(const char *name, const ivn_error *err) {
    struct bytes text = {0};
    const char *translated = err->message && *err->message ? gettext(err->message) : "";
    const char *what = fill(&text, translated, err) == 0 ? text.data : translated;
    const char *file = err->file[0] ? err->file : message_name(name);
    if (err->line == 0)
        message_error("%s: %s", file, what);
    else if (err->column == 0)
        message_error("%s:%zu: %s", file, err->line, what);
    else
        message_error("%s:%zu:%zu: %s", file, err->line, err->column, what);
    bytes_fini(&text);
    return STATUS_ERROR;
}

void message_finding(FILE *out, const ivn_error *finding) {
    struct bytes text = {0};
    const char *translated = gettext(finding->message);
    const char *what = fill(&text, translated, finding) == 0 ? text.data : translated;
    mask_write(out, finding->file, strlen(finding->file));
    fprintf(out, ":%zu:%zu: ", finding->line, finding->column);
    mask_write(out, what, strlen(what));
    putc('\n', out);
    bytes_fini(&text);
}

const char *message_name(const char *name) {
    return strcmp(name, "-") == 0 ? _("standard input") : name;
}
