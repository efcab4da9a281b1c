/* SPDX-License-Identifier: Apache-2.0 */
#include "prose_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "prose.h"

void expect_prose_of(const char *format, const char *source, const char *chosen, const char *want) {
    ivn_prose *prose = NULL;
    ivn_error err = {0};
    size_t size;
    ck_assert_msg(ivn_prose_read(&prose, format, source, strlen(source), chosen, &err) == IVN_OK,
                  "%s: %s at %zu:%zu", source, err.message, err.line, err.column);
    const char *got = ivn_prose_text(prose, &size);
    ck_assert_msg(size == strlen(want) && memcmp(got, want, size) == 0,
                  "%s: prose is <%.*s>, wanted <%s>", source, (int)size, got, want);
    ivn_prose_free(prose);
}

void expect_prose(const char *format, const char *source, const char *want) {
    expect_prose_of(format, source, NULL, want);
}

static ivn_result *convert(struct converter *c, const char *format, const char *source, size_t n,
                           const char *chosen) {
    ivn_result *result = NULL;
    ivn_error err = {0};
    ck_assert_msg(ivn_convert_document(c->context, format, source, n, chosen, &result, &err) ==
                      IVN_OK,
                  "%s: %s at %zu:%zu", source, err.message, err.line, err.column);
    return result;
}

/* The edits, done by hand, give the text. */
static void check_edits(ivn_result *result, const char *source, size_t n) {
    size_t count, size, from = 0, to = 0;
    const ivn_edit *edits = ivn_result_edits(result, &count);
    const char *text = ivn_result_text(result, &size);
    for (size_t i = 0; i < count; i++) {
        const ivn_edit *e = &edits[i];
        ck_assert_uint_ge(e->offset, from);
        ck_assert_uint_le(e->offset + e->length, n);
        ck_assert_uint_ge(e->reason_count, 1);
        const size_t kept = e->offset - from;
        ck_assert_uint_le(to + kept + e->text_length, size);
        ck_assert(memcmp(source + from, text + to, kept) == 0);
        ck_assert(memcmp(e->text, text + to + kept, e->text_length) == 0);
        to += kept + e->text_length;
        from = e->offset + e->length;
    }
    ck_assert_uint_eq(size - to, n - from);
    ck_assert(n == from || memcmp(source + from, text + to, n - from) == 0);
}

static void expect_text(struct converter *c, const char *format, const char *source, size_t n,
                        const char *chosen, const char *want, size_t want_size) {
    size_t size;
    ivn_result *result = convert(c, format, source, n, chosen);
    const char *got = ivn_result_text(result, &size);
    ck_assert_msg(size == want_size && (size == 0 || memcmp(got, want, size) == 0),
                  "<%s> became <%.*s>, wanted <%s>", source, (int)size, got, want);
    check_edits(result, source, n);
    ivn_result_free(result);
}

void expect_document_of(struct converter *c, const char *format, const char *source,
                        const char *chosen, const char *want) {
    expect_text(c, format, source, strlen(source), chosen, want, strlen(want));
    expect_text(c, format, want, strlen(want), chosen, want, strlen(want));
}

void expect_document(struct converter *c, const char *format, const char *source,
                     const char *want) {
    expect_document_of(c, format, source, NULL, want);
}

void expect_refusal(const char *format, const char *source, size_t n, size_t line, size_t column) {
    ivn_prose *prose = NULL;
    ivn_error err = {0};
    ck_assert_msg(ivn_prose_read(&prose, format, source, n, NULL, &err) == IVN_SYNTAX,
                  "%s: not refused", source);
    ck_assert_msg(err.line == line && err.column == column, "%s: refused at %zu:%zu: %s", source,
                  err.line, err.column, err.message);
}

void expect_written(const char *format, unsigned style, const char *text, size_t n,
                    const char *want) {
    const struct format *f = format_find(format);
    const ivn_prose prose = {.format = f};
    const struct prose_piece piece = {.style = (uint8_t)style};
    struct buffer out = {0};
    ck_assert(f->write(&prose, &piece, text, n, &out));
    ck_assert_msg(out.size == strlen(want) && memcmp(out.data, want, out.size) == 0,
                  "%s: wrote <%.*s>, wanted <%s>", format, (int)out.size, out.data, want);
    buffer_fini(&out);
}

/* What comes out of a document that is one stays when it goes in once more. */
static void check_stable(struct converter *c, const char *format, const char *source, size_t n) {
    ivn_result *once = NULL;
    ivn_error err = {0};
    size_t size;
    ivn_status status = ivn_convert_document(c->context, format, source, n, NULL, &once, &err);
    ck_assert_msg(status == IVN_OK || status == IVN_SYNTAX || status == IVN_ENCODING, "%s: %s",
                  source, err.message);
    if (status != IVN_OK)
        return;
    const char *text = ivn_result_text(once, &size);
    expect_text(c, format, text, size, NULL, text, size);
    ivn_result_free(once);
}

void expect_robustness(struct converter *c, const char *format, const char *source, size_t n) {
    static const char nasty[] = "\0\n\r\"\\{}<>[],:&-1 x\xFF";
    char *copy = malloc(n + 1);
    ck_assert_ptr_nonnull(copy);
    for (size_t i = 0; i <= n; i++) {
        memcpy(copy, source, n);
        check_stable(c, format, copy, i);
        if (i == n)
            break;
        copy[i] = nasty[i % (sizeof nasty - 1)];
        check_stable(c, format, copy, n);
    }
    free(copy);
}
