/* SPDX-License-Identifier: Apache-2.0 */
#include "unicode_check.h"

#include <stdio.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "fail.h"
#include "utf8.h"

enum { ROOM = 32 };

/* What ICU makes of a character, as UTF-8; returns its length. */
static size_t normalise(const UNormalizer2 *form, UChar32 c, char out[ROOM]) {
    UErrorCode status = U_ZERO_ERROR;
    UChar source[2], result[ROOM];
    int32_t length, n;
    u_strFromUTF32(source, 2, &length, &c, 1, &status);
    length = unorm2_normalize(form, source, length, result, ROOM, &status);
    u_strToUTF8(out, ROOM, &n, result, length, &status);
    if (U_FAILURE(status))
        fail("ICU: U+%04X: %s", (unsigned)c, u_errorName(status));
    return (size_t)n;
}

/* The cleanup of the character between two Han, without those; returns its length. */
static size_t clean(ivn_context *context, UChar32 c, char out[ROOM]) {
    static const char han[] = "\xE6\x96\x87";
    enum { HAN = sizeof han - 1 };
    char text[ROOM];
    ivn_result *result;
    ivn_error err;
    memcpy(text, han, HAN);
    size_t n = HAN + utf8_encode((uint32_t)c, text + HAN);
    memcpy(text + n, han, HAN);
    if (ivn_convert(context, text, n + HAN, &result, &err) != IVN_OK)
        fail_error(&err);
    const char *cleaned = ivn_result_text(result, &n);
    n = n >= 2 * HAN && n <= 2 * HAN + ROOM ? n - 2 * HAN : 0;
    memcpy(out, cleaned + HAN, n);
    ivn_result_free(result);
    return n;
}

static size_t check_range(ivn_context *context, const UNormalizer2 *form, UChar32 first,
                          UChar32 last) {
    size_t failures = 0;
    for (UChar32 c = first; c <= last; c++) {
        char wanted[ROOM], got[ROOM];
        size_t n = normalise(form, c, wanted), m = clean(context, c, got);
        if (n == m && memcmp(wanted, got, n) == 0)
            continue;
        fprintf(stderr, "dict/rules/char.rules: U+%04X becomes %.*s; ICU has %.*s\n", (unsigned)c,
                (int)m, got, (int)n, wanted);
        failures++;
    }
    return failures;
}

size_t unicode_check(const ivn_lexicon *lexicon) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
    ivn_profile *profile;
    ivn_context *context;
    ivn_error err;
    if (U_FAILURE(status))
        fail("ICU: %s", u_errorName(status));
    if (ivn_profile_new(&profile, lexicon, ivn_lexicon_locale(lexicon, 0), &err) != IVN_OK)
        fail_error(&err);
    ivn_profile_set_stages(profile, IVN_CLEANUP);
    if (ivn_context_new(&context, profile, &err) != IVN_OK)
        fail_error(&err);
    size_t failures = check_range(context, nfc, 0xF900, 0xFAFF) +
                      check_range(context, nfc, 0x2F800, 0x2FA1F) +
                      check_range(context, nfkc, 0x2F00, 0x2FD5);
    ivn_context_free(context);
    ivn_profile_free(profile);
    return failures;
}
