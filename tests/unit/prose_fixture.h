/* SPDX-License-Identifier: Apache-2.0 */
/* prose_fixture.h - what the tests of document formats share. Sizes are bytes. */
#ifndef IVN_PROSE_FIXTURE_H
#define IVN_PROSE_FIXTURE_H

#include "fixture.h"

/* Asserts what the prose of a document is. chosen: NULL, or which part is asked for. */
void expect_prose_of(const char *format, const char *source, const char *chosen, const char *want);
void expect_prose(const char *format, const char *source, const char *want);

/* Asserts that the document becomes `want`, that its edits say so, and that `want` stays. */
void expect_document_of(struct converter *c, const char *format, const char *source,
                        const char *chosen, const char *want);
void expect_document(struct converter *c, const char *format, const char *source, const char *want);

/* Asserts that the document is refused with IVN_SYNTAX at that place. */
void expect_refusal(const char *format, const char *source, size_t n, size_t line, size_t column);

/* Asserts what a format writes for n bytes of text in the place of a piece with that style. */
void expect_written(const char *format, unsigned style, const char *text, size_t n,
                    const char *want);

/* Converts every beginning of the document, and the document with each byte replaced in turn:
 * whatever comes out is stable. */
void expect_robustness(struct converter *c, const char *format, const char *source, size_t n);

#endif
