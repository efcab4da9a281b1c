/* SPDX-License-Identifier: Apache-2.0 */
#include "decode.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include "error.h"
#include "utf8.h"

enum { UNITS = 4096, BAD_BYTES = 16 };

struct decoder {
    ivn_source *source;
    UConverter *converter;
    size_t text, bytes; /* where the unit that is being read begins */
    bool open;          /* there is one */
    UChar high;         /* a surrogate that waits for its other half, or 0 */
};

static bool is_stateless(UConverterType type) {
    return type == UCNV_SBCS || type == UCNV_DBCS || type == UCNV_MBCS || type == UCNV_LATIN_1 ||
           type == UCNV_US_ASCII;
}

enum decode_found decode_find_table(const char *name, char canonical[ENCODING_NAME_SIZE]) {
    UErrorCode code = U_ZERO_ERROR;
    enum decode_found found = DECODE_UNKNOWN;
    /* Other names ICU would look for as files. */
    if (ucnv_countAliases(name, &code) == 0 || U_FAILURE(code))
        return DECODE_UNKNOWN;
    UConverter *converter = ucnv_open(name, &code);
    if (U_FAILURE(code))
        return DECODE_UNKNOWN;
    found = is_stateless(ucnv_getType(converter)) ? DECODE_STATELESS : DECODE_STATEFUL;
    ucnv_close(converter);
    const char *standard = ucnv_getStandardName(name, "MIME", &code);
    if (!standard)
        standard = ucnv_getStandardName(name, "IANA", &code);
    if (U_FAILURE(code) || !standard)
        standard = name;
    if (strlen(standard) >= ENCODING_NAME_SIZE)
        return DECODE_UNKNOWN;
    memcpy(canonical, standard, strlen(standard) + 1);
    return found;
}

static bool add_character(ivn_source *s, uint32_t cp) {
    if (!buffer_reserve(&s->copy, 4))
        return false;
    s->copy.size += utf8_encode(cp, s->copy.data + s->copy.size);
    return true;
}

/* Ends the unit that is being read: the next one, or nothing, begins at byte `at`. */
static bool close_unit(struct decoder *d, size_t at) {
    ivn_source *s = d->source;
    bool ok =
        !d->open || source_add_unit(s, d->text, s->copy.size - d->text, d->bytes, at - d->bytes);
    d->open = false;
    return ok;
}

/* Takes over what ICU has decoded. offsets[i]: the place from `base` of the sequence that units[i]
 * comes from; less than 0 if that was in the piece before. */
static bool take(struct decoder *d, size_t base, const UChar *units, const int32_t *offsets,
                 size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t at = offsets[i] < 0 ? d->bytes : base + (size_t)offsets[i];
        if (d->open && at != d->bytes && !close_unit(d, at))
            return false;
        if (!d->open) {
            d->open = true;
            d->text = d->source->copy.size;
            d->bytes = at;
        }
        UChar unit = units[i];
        if (U16_IS_LEAD(unit)) {
            d->high = unit;
            continue;
        }
        uint32_t cp = U16_IS_TRAIL(unit) ? (uint32_t)U16_GET_SUPPLEMENTARY(d->high, unit) : unit;
        if (!add_character(d->source, cp))
            return false;
    }
    return true;
}

static ivn_status refuse(const struct decoder *d, size_t at, ivn_error *err) {
    static const char digits[] = "0123456789ABCDEF";
    char bad[BAD_BYTES];
    char hex[5 * BAD_BYTES + 1];
    int8_t length = BAD_BYTES;
    size_t k = 0;
    UErrorCode code = U_ZERO_ERROR;
    const ivn_source *s = d->source;
    ucnv_getInvalidChars(d->converter, bad, &length, &code);
    if (U_FAILURE(code) || length < 0)
        length = 0;
    for (int8_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bad[i];
        const char part[] = {' ', '0', 'x', digits[byte >> 4], digits[byte & 15]};
        memcpy(hex + k, part + (i == 0), sizeof part - (i == 0));
        k += sizeof part - (i == 0);
    }
    hex[k] = '\0';
    error_set(err, IVN_ENCODING,
              N_("%s is not valid %s; repair it, or name the encoding with --from-encoding"), hex,
              s->encoding.name, NULL);
    error_find_place(err, s->copy.data, s->copy.size);
    if (err)
        err->offset = at - (size_t)length;
    return IVN_ENCODING;
}

static ivn_status run(struct decoder *d, size_t start, ivn_error *err) {
    ivn_source *s = d->source;
    const char *p = s->bytes + start, *end = s->bytes + s->size;
    UChar units[UNITS];
    int32_t offsets[UNITS];
    UErrorCode code;
    do {
        size_t base = (size_t)(p - s->bytes);
        UChar *to = units;
        code = U_ZERO_ERROR;
        ucnv_toUnicode(d->converter, &to, units + UNITS, &p, end, offsets, true, &code);
        if (!take(d, base, units, offsets, (size_t)(to - units)))
            return error_memory(err);
        if (s->copy.size > SOURCE_LIMIT)
            return error_set(err, IVN_LIMIT, N_("the text is larger than 1 GiB; split it"), NULL,
                             NULL, NULL);
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return error_memory(err);
    if (U_FAILURE(code))
        return refuse(d, (size_t)(p - s->bytes), err);
    return close_unit(d, s->size) ? IVN_OK : error_memory(err);
}

ivn_status decode_run(ivn_source *source, size_t start, ivn_error *err) {
    struct decoder d = {.source = source};
    UErrorCode code = U_ZERO_ERROR;
    d.converter = ucnv_open(source->encoding.name, &code);
    if (U_SUCCESS(code))
        ucnv_setToUCallBack(d.converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    ivn_status status =
        U_SUCCESS(code) ? run(&d, start, err)
                        : error_set(err, IVN_ENCODING, N_("ICU cannot read the encoding '%s': %s"),
                                    source->encoding.name, u_errorName(code), NULL);
    if (U_SUCCESS(code) || d.converter)
        ucnv_close(d.converter);
    return status;
}
