/* SPDX-License-Identifier: Apache-2.0 */
#include "icu_names.h"

#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "fail.h"

enum { NAME_SIZE = 256 };

static void display_name(const ULocaleDisplayNames *names, const char *region,
                         char out[NAME_SIZE]) {
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[NAME_SIZE];
    int32_t n = uldn_regionDisplayName(names, region, wide, NAME_SIZE, &status);
    u_strToUTF8(out, NAME_SIZE, NULL, wide, n, &status);
    if (U_FAILURE(status))
        fail("ICU: no name for region %s: %s", region, u_errorName(status));
}

static void append(struct buffer *out, const char *text) {
    if (!buffer_append(out, text, strlen(text)))
        fail("out of memory");
}

void icu_names_write(struct buffer *out) {
    UErrorCode status = U_ZERO_ERROR;
    ULocaleDisplayNames *cn = uldn_open("zh_Hans", ULDN_STANDARD_NAMES, &status);
    ULocaleDisplayNames *tw = uldn_open("zh_Hant", ULDN_STANDARD_NAMES, &status);
    if (U_FAILURE(status))
        fail("ICU: %s", u_errorName(status));
    append(out, "zh-CN\tzh-TW\n");
    for (const char *const *region = uloc_getISOCountries(); *region; region++) {
        char simplified[NAME_SIZE], traditional[NAME_SIZE];
        display_name(cn, *region, simplified);
        display_name(tw, *region, traditional);
        /* Special administrative regions come with their country's name: nobody writes that. */
        if (strstr(simplified, "\xE8\xA1\x8C\xE6\x94\xBF\xE5\x8C\xBA"))
            continue;
        append(out, simplified);
        append(out, "\t");
        append(out, traditional);
        append(out, "\n");
    }
    uldn_close(cn);
    uldn_close(tw);
}
