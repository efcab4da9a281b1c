/* SPDX-License-Identifier: Apache-2.0 */
#include "examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "lexicon.h"

static ivn_result *convert(const ivn_lexicon *lexicon, const char *locale, const char *text,
                           size_t n) {
    ivn_error err;
    ivn_profile *profile;
    ivn_context *context;
    ivn_result *result;
    if (ivn_profile_new(&profile, lexicon, locale, &err) != IVN_OK)
        fail_error(&err);
    ivn_profile_set_stages(profile, IVN_SCRIPT | IVN_TERMS);
    if (ivn_context_new(&context, profile, &err) != IVN_OK ||
        ivn_convert(context, text, n, &result, &err) != IVN_OK)
        fail_error(&err);
    ivn_context_free(context);
    ivn_profile_free(profile);
    return result;
}

static size_t run(const ivn_lexicon *lexicon, const char *file, const struct dict_example *e) {
    char locale[16] = "";
    if (e->locale.size < sizeof locale)
        memcpy(locale, e->locale.text, e->locale.size);
    size_t n, n2;
    ivn_result *first = convert(lexicon, locale, e->input.text, e->input.size);
    const char *text = ivn_result_text(first, &n);
    ivn_result *second = convert(lexicon, locale, text, n);
    const char *again = ivn_result_text(second, &n2);
    size_t failures = 0;
    if (n != e->expected.size || memcmp(text, e->expected.text, n) != 0) {
        fprintf(stderr, "%s:%zu: %.*s became\n    %.*s, expected\n    %.*s\n", file, e->line,
                (int)e->input.size, e->input.text, (int)n, text, (int)e->expected.size,
                e->expected.text);
        failures++;
    } else if (n != n2 || memcmp(text, again, n) != 0) {
        fprintf(stderr, "%s:%zu: a second run makes of\n    %.*s\n    %.*s\n", file, e->line,
                (int)n, text, (int)n2, again);
        failures++;
    }
    ivn_result_free(first);
    ivn_result_free(second);
    return failures;
}

size_t examples_run(const ivn_lexicon *lexicon, const char *file, const char *text, size_t n) {
    struct dict_reader reader = {.text = text, .size = n, .file = file};
    struct dict_row row;
    struct dict_example example;
    ivn_error err;
    size_t failures = 0;
    for (;;) {
        enum dict_item item = dict_next(&reader, &row, &example, &err);
        if (item == DICT_ERROR)
            fail_error(&err);
        if (item == DICT_END)
            return failures;
        if (item == DICT_EXAMPLE)
            failures += run(lexicon, file, &example);
    }
}
