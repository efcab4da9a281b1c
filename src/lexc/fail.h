/* SPDX-License-Identifier: Apache-2.0 */
/* fail.h - the compiler runs once and needs no recovery: what goes wrong ends
 * it, with a message. */
#ifndef LEXC_FAIL_H
#define LEXC_FAIL_H

#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "ivnorm.h"

_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void fail_errno(const char *what); /* WHAT: strerror(errno) */
_Noreturn void fail_error(const ivn_error *err);
void complain(const ivn_error *err); /* prints it and goes on */

/* Zeroed memory; never NULL. */
void *allocate(size_t size);

/* `array`, of *capacity items, moved to where `need` fit; never NULL. */
void *grow_array(void *array, size_t *capacity, size_t need, size_t item_size);

/* A whole file or stream, with a NUL behind its *size bytes; the caller frees it. */
char *read_file(const char *path, size_t *size);
char *read_stream(FILE *stream, const char *name, size_t *size);

/* Waits for a child; its exit status, or -1 if a signal ended it. */
int wait_child(pid_t child);

#endif
