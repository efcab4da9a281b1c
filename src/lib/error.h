/* SPDX-License-Identifier: Apache-2.0 */
/* error.h - filling in an ivn_error. Messages are constants, marked N_() and translated by the
 * program; arguments are copied, cut at a code point where they are too long. */
#ifndef IVN_ERROR_H
#define IVN_ERROR_H

#include "ivnorm.h"

#define N_(text) text

/* Sets status and message with up to three string arguments (NULL ends them); place is cleared.
 * err may be NULL. Returns status. */
ivn_status error_set(ivn_error *err, ivn_status status, const char *message, const char *a,
                     const char *b, const char *c);

/* Copies n bytes of text as an argument; what is too long is cut between characters. */
void error_copy(char to[IVN_ERROR_ARG_SIZE], const char *from, size_t n);

/* Adds the place: file may be NULL (the input text); line and column count from 1, 0 = unknown. */
void error_place(ivn_error *err, const char *file, size_t line, size_t column);

/* Adds the offset, the line and the column of a place in the input text. */
void error_find_place(ivn_error *err, const char *text, size_t offset);
/* Byte `at` of the text, which is UTF-8 up to there, is not. Returns IVN_ENCODING. */
ivn_status error_utf8(ivn_error *err, const char *text, size_t at);

/* The usual one. */
ivn_status error_memory(ivn_error *err);

#endif
