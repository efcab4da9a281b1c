/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_convert.c - any bytes through ivn_convert(), for every target, in its own style and in
 * another one that the bytes choose: the edits are sorted, disjoint and give the text, and a second
 * run changes nothing. Then as a document of a format that the bytes choose. */
#include "fuzz_convert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ivnorm.h"

/* NULL: text that keeps its own script. */
static const char *const targets[] = {"zh-CN", "zh-TW", "zh-HK", NULL};
enum { TARGET_COUNT = sizeof targets / sizeof *targets };

/* Every combination of quotes and spacing, and the rest of the choices among them. */
static const char *const styles[] = {
    "",
    "quotes=corner spacing=insert dash=⸺",
    "quotes=corner spacing=strip ellipsis=⋯⋯",
    "quotes=corner spacing=keep brackets=half",
    "quotes=curly spacing=insert digits=full",
    "quotes=curly spacing=strip indent=two",
    "quotes=curly spacing=keep ellipsis=... range=-",
    "quotes=straight spacing=insert brackets=half",
    "quotes=straight spacing=strip indent=strip",
    "quotes=straight spacing=keep dash=keep name-dot=．",
    "quotes=keep spacing=insert han-spacing=all",
    "quotes=keep spacing=strip brackets=keep digits=keep",
    "quotes=keep spacing=keep lenticular=all",
    "+punct +title +space +width",
};
enum { STYLE_COUNT = sizeof styles / sizeof *styles };

struct converter {
    const char *target;
    ivn_profile *strict_profile;
    ivn_context *strict;
    ivn_profile *lenient_profile; /* passes invalid bytes through */
    ivn_context *lenient;
};

static void die(const char *target, const char *what) {
    fprintf(stderr, "fuzz_convert: %s: %s\n", target ? target : "no target", what);
    abort();
}

static void open_context(ivn_profile **profile, ivn_context **context, const ivn_lexicon *lexicon,
                         const char *target, const char *style, int keep) {
    ivn_error err;
    if (ivn_profile_new(profile, lexicon, target, &err) != IVN_OK ||
        ivn_profile_set_style(*profile, style, &err) != IVN_OK)
        die(target, err.message);
    ivn_profile_keep_invalid(*profile, keep);
    ivn_profile_set_reports(*profile, 1);
    if (ivn_context_new(context, *profile, &err) != IVN_OK)
        die(target, err.message);
}

/* Opened when first needed and kept: libFuzzer calls the entry millions of times and has no closing
 * one. */
static const struct converter *get_converter(size_t target, size_t style) {
    static struct converter all[TARGET_COUNT][STYLE_COUNT];
    static ivn_lexicon *lexicon;
    struct converter *c = &all[target][style];
    const char *path = getenv("IVNORM_LEXICON");
    ivn_error err;
    if (!lexicon && ivn_lexicon_open(&lexicon, path ? path : "dict/ivnorm.lex", &err) != IVN_OK)
        die("lexicon", err.message);
    if (!c->strict) {
        c->target = targets[target];
        open_context(&c->strict_profile, &c->strict, lexicon, c->target, styles[style], 0);
        open_context(&c->lenient_profile, &c->lenient, lexicon, c->target, styles[style], 1);
    }
    return c;
}

/* I1, I2: the edits, applied by hand, are the text. */
static void check_edits(const char *target, const char *source, size_t n, ivn_result *result) {
    size_t count = 0;
    size_t size = 0;
    const char *text = ivn_result_text(result, &size);
    const ivn_edit *edits = ivn_result_edits(result, &count);
    size_t from = 0;
    size_t to = 0;
    for (size_t i = 0; i < count; i++) {
        const ivn_edit *e = &edits[i];
        if (e->offset < from || e->length > n || e->offset > n - e->length)
            die(target, "edits are not sorted, disjoint and inside the text");
        size_t kept = e->offset - from;
        if (kept > size - to || memcmp(source + from, text + to, kept) != 0)
            die(target, "text outside the edits changed");
        to += kept;
        if (e->text_length > size - to || memcmp(e->text, text + to, e->text_length) != 0)
            die(target, "an edit's text is not in the result");
        if (e->reason_count == 0)
            die(target, "an edit without a reason");
        to += e->text_length;
        from = e->offset + e->length;
    }
    if (n - from != size - to || memcmp(source + from, text + to, n - from) != 0)
        die(target, "text behind the last edit changed");
}

/* Suggestions are sorted and disjoint as well. */
static void check_suggestions(const char *target, size_t n, ivn_result *result) {
    size_t count = 0;
    size_t from = 0;
    const ivn_edit *suggestions = ivn_result_suggestions(result, &count);
    for (size_t i = 0; i < count; i++) {
        const ivn_edit *s = &suggestions[i];
        if (s->offset < from || s->length > n || s->offset > n - s->length)
            die(target, "suggestions are not sorted, disjoint and inside the text");
        from = s->offset + s->length;
    }
}

/* I5: what came out stays as it is. */
static void check_stable(const char *target, ivn_context *context, ivn_result *first) {
    size_t n = 0;
    size_t again = 0;
    const char *text = ivn_result_text(first, &n);
    ivn_result *second = NULL;
    ivn_error err;
    if (ivn_convert(context, text, n, &second, &err) != IVN_OK)
        die(target, err.message);
    const char *text2 = ivn_result_text(second, &again);
    if (again != n || memcmp(text, text2, n) != 0)
        die(target, "a second run changes the text");
    ivn_result_free(second);
}

static void try(const struct converter *c, const char *source, size_t size) {
    ivn_error err;
    ivn_result *result = NULL;
    ivn_status status = ivn_convert(c->strict, source, size, &result, &err);
    if (status == IVN_OK) {
        check_edits(c->target, source, size, result);
        check_suggestions(c->target, size, result);
        check_stable(c->target, c->strict, result);
    } else if (status == IVN_ENCODING && err.offset < size) {
        if (ivn_convert(c->lenient, source, size, &result, &err) != IVN_OK)
            die(c->target, err.message);
        check_edits(c->target, source, size, result);
        check_suggestions(c->target, size, result);
    } else {
        die(c->target, err.message);
    }
    ivn_result_free(result);
}

/* As a document of some format: what comes out is still one, and nothing else is promised of bytes
 * that nobody wrote. */
static void try_document(const struct converter *c, size_t number, const char *source,
                         size_t size) {
    size_t count = 0;
    ivn_error err;
    ivn_result *result = NULL;
    while (ivn_format_name(count))
        count++;
    const char *format = ivn_format_name(number % count);
    ivn_status status = ivn_convert_document(c->lenient, format, source, size, NULL, &result, &err);
    if (status != IVN_OK) {
        if (status != IVN_SYNTAX && status != IVN_LIMIT && status != IVN_ENCODING)
            die(c->target, err.message);
        return;
    }
    check_edits(c->target, source, size, result);
    ivn_result_free(result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *source = size ? (const char *)data : "";
    size_t sum = size;
    for (size_t i = 0; i < size; i++)
        sum = sum * 31 + data[i];
    for (size_t i = 0; i < TARGET_COUNT; i++) {
        try(get_converter(i, 0), source, size);
        try(get_converter(i, 1 + sum % (STYLE_COUNT - 1)), source, size);
        try_document(get_converter(i, 0), sum + i, source, size);
    }
    return 0;
}
