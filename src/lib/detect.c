/* SPDX-License-Identifier: Apache-2.0 */
/* ICU's detector counts a few frequent characters and takes a line of GBK for Big5 as often as not.
 * Here each encoding is asked what the bytes would be as a text: how improbable its characters are
 * together, in nats. The bytes are the same for all, so the sums compare; that they are bytes
 * without a meaning competes, too. ICU tells which other encodings come into question. */
#include "detect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

#include "chars.h"
#include "error.h"

/* In percent. A wrong reading ruins a text without a word, a refusal costs its owner one option.
 * A dozen characters of ordinary prose come out above 99. */
enum { MIN_CONFIDENCE = 95 };

enum {
    SAMPLE = 64 << 10, /* what this much does not tell, more does not either */
    LEAD = 16,         /* ASCII looked at before the first other byte */
    CANDIDATES = 12,
    SHOWN = 3 /* candidates in a message */
};

enum language { CHINESE, JAPANESE, KOREAN, ALPHABET, LANGUAGES };

/* Minus the logarithm of how often a kind occurs in a language, for one character of the kind:
 * half of all Chinese is among some 300 characters of a script, nearly all of the rest among 3500,
 * so each of those costs 6.2 and 9.5. ASCII costs the same everywhere: an English passage says
 * nothing about the encoding of the others. */
static const double costs[LANGUAGES][KINDS] = {
    [CHINESE] = {[KIND_RARE] = 15,
                 [KIND_COMMON] = 9.5,
                 [KIND_FREQUENT] = 6.2,
                 [KIND_MARK] = 4.8,
                 [KIND_WIDE] = 11.5,
                 [KIND_KANA] = 11.5,
                 [KIND_HALF_KANA] = 14,
                 [KIND_HANGUL] = 14,
                 [KIND_ASCII] = 4.5,
                 [KIND_LOWER] = 11.5,
                 [KIND_UPPER] = 11.5,
                 [KIND_LETTER] = 11.5,
                 [KIND_SYMBOL] = 11,
                 [KIND_CONTROL] = 15,
                 [KIND_PRIVATE] = 18,
                 [KIND_NOTHING] = 40},
    [JAPANESE] = {[KIND_RARE] = 14,
                  [KIND_COMMON] = 8.5,
                  [KIND_FREQUENT] = 7.5,
                  [KIND_MARK] = 4.8,
                  [KIND_WIDE] = 10,
                  [KIND_KANA] = 5.1,
                  [KIND_HALF_KANA] = 9,
                  [KIND_HANGUL] = 15,
                  [KIND_ASCII] = 4.5,
                  [KIND_LOWER] = 11.5,
                  [KIND_UPPER] = 11.5,
                  [KIND_LETTER] = 11.5,
                  [KIND_SYMBOL] = 11,
                  [KIND_CONTROL] = 15,
                  [KIND_PRIVATE] = 18,
                  [KIND_NOTHING] = 40},
    [KOREAN] = {[KIND_RARE] = 14,
                [KIND_COMMON] = 11,
                [KIND_FREQUENT] = 10.5,
                [KIND_MARK] = 9.5,
                [KIND_WIDE] = 11,
                [KIND_KANA] = 12,
                [KIND_HALF_KANA] = 15,
                [KIND_HANGUL] = 7.8,
                [KIND_ASCII] = 4.5,
                [KIND_LOWER] = 11.5,
                [KIND_UPPER] = 11.5,
                [KIND_LETTER] = 11.5,
                [KIND_SYMBOL] = 11,
                [KIND_CONTROL] = 15,
                [KIND_PRIVATE] = 18,
                [KIND_NOTHING] = 40},
    [ALPHABET] = {[KIND_RARE] = 15,
                  [KIND_COMMON] = 15,
                  [KIND_FREQUENT] = 15,
                  [KIND_MARK] = 6.5,
                  [KIND_WIDE] = 15,
                  [KIND_KANA] = 15,
                  [KIND_HALF_KANA] = 15,
                  [KIND_HANGUL] = 15,
                  [KIND_ASCII] = 4.5,
                  [KIND_LOWER] = 4.5,
                  [KIND_UPPER] = 6.5,
                  [KIND_LETTER] = 5.5,
                  [KIND_SYMBOL] = 6.5,
                  [KIND_CONTROL] = 15,
                  [KIND_PRIVATE] = 18,
                  [KIND_NOTHING] = 40},
};
/* Accents seldom follow each other, capitals seldom small letters. */
static const double accent_cost = 2.5, capital_cost = 4;
/* Bytes without a meaning: 1 of 256; for ASCII at most the advantage of twenty such bytes. */
static const double byte_cost = 5.55, ascii_cost = 4.5, ascii_gain = 0.5, ascii_gain_most = 10;
/* Characters of a text depend on each other: their sum says half of what it seems to. */
static const double weight = 0.5;
/* Of this program's readers most have Chinese texts; and what ICU's 0 to 100 are worth. */
static const double chinese_bonus = 2, icu_share = 1.0 / 15;

struct candidate {
    struct encoding encoding;
    enum language language;
    int icu; /* ICU's confidence, 0 to 100 */
    double cost;
    bool clean;        /* it has neither errors nor private characters */
    double confidence; /* in percent */
};

struct detector {
    const char *bytes;
    size_t n;
    struct chars chars;
    UChar *units; /* room for SAMPLE */
    struct candidate items[CANDIDATES];
    size_t count;
};

/* What the context adds to a letter's cost. */
static double context_cost(UChar32 c, enum char_kind kind, UChar32 before) {
    double cost = 0;
    if (kind != KIND_LOWER && kind != KIND_UPPER)
        return 0;
    if (c < 0x250 && before >= 0x80)
        cost += accent_cost;
    if (kind == KIND_UPPER && u_islower(before))
        cost += capital_cost;
    return cost;
}

/* Decodes the sample as the candidate has it and adds up the costs. Something invalid makes them
 * infinite; what is cut off at the end does not count. */
static void weigh(struct detector *d, struct candidate *c) {
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(c->encoding.name, &code);
    c->cost = INFINITY;
    c->clean = false;
    if (U_FAILURE(code))
        return;
    const char *p = d->bytes;
    UChar *to = d->units;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    ucnv_toUnicode(converter, &to, d->units + SAMPLE, &p, d->bytes + d->n, NULL, false, &code);
    ucnv_close(converter);
    if (U_FAILURE(code))
        return;
    c->cost = 0;
    c->clean = true;
    UChar32 cp, before = 0;
    for (int32_t i = 0, n = (int32_t)(to - d->units); i < n; before = cp) {
        UChar unit = d->units[i++];
        cp = unit;
        if (U16_IS_LEAD(unit) && i < n && U16_IS_TRAIL(d->units[i]))
            cp = U16_GET_SUPPLEMENTARY(unit, d->units[i++]);
        enum char_kind kind = chars_kind(&d->chars, (uint32_t)cp);
        c->cost += costs[c->language][kind] + context_cost(cp, kind, before);
        c->clean = c->clean && kind != KIND_PRIVATE && kind != KIND_NOTHING;
    }
}

/* What the bytes cost if they mean nothing. */
static double weigh_bytes(const struct detector *d) {
    double cost = 0, gain = 0;
    for (size_t i = 0; i < d->n; i++) {
        unsigned char byte = (unsigned char)d->bytes[i];
        bool ascii = (byte >= 0x20 && byte < 0x7F) || (byte >= '\t' && byte <= '\r');
        cost += ascii ? ascii_cost : byte_cost;
        gain += ascii ? ascii_gain : 0;
    }
    return cost + (gain < ascii_gain_most ? gain : ascii_gain_most);
}

static struct candidate *add(struct detector *d, const char *name, enum language language) {
    if (d->count == CANDIDATES)
        return NULL;
    struct candidate *c = &d->items[d->count];
    *c = (struct candidate){.language = language};
    if (encoding_find(&c->encoding, name, strlen(name), NULL) != IVN_OK)
        return NULL;
    d->count++;
    return c;
}

static enum language language_of(const char *name) {
    return strncmp(name, "EUC-KR", 6) == 0                                     ? KOREAN
           : strncmp(name, "EUC-JP", 6) == 0 || strcmp(name, "Shift_JIS") == 0 ? JAPANESE
                                                                               : ALPHABET;
}

/* Adds one of ICU's findings. Of alphabets only the first: ICU tells them by the frequency of
 * letters, which is not looked at here, and most agree on most of them. */
static void add_match(struct detector *d, const char *name, int confidence, bool *alphabet) {
    for (size_t i = 0; i < d->count; i++)
        if (strcmp(d->items[i].encoding.name, name) == 0) {
            d->items[i].icu = confidence;
            return;
        }
    enum language language = language_of(name);
    bool unicode = strncmp(name, "UTF-", 4) == 0;
    if (unicode || strncmp(name, "IBM", 3) == 0 || (language == ALPHABET && *alphabet))
        return;
    struct candidate *c = add(d, name, language);
    if (!c)
        return;
    encoding_widen(&c->encoding);
    c->icu = confidence;
    *alphabet = *alphabet || language == ALPHABET;
}

static void ask_icu(struct detector *d) {
    UErrorCode code = U_ZERO_ERROR;
    UCharsetDetector *icu = ucsdet_open(&code);
    int32_t found = 0;
    bool alphabet = false;
    ucsdet_setText(icu, d->bytes, (int32_t)d->n, &code);
    const UCharsetMatch **matches = ucsdet_detectAll(icu, &found, &code);
    for (int32_t i = 0; U_SUCCESS(code) && i < found; i++) {
        const char *name = ucsdet_getName(matches[i], &code);
        int32_t confidence = ucsdet_getConfidence(matches[i], &code);
        if (U_SUCCESS(code))
            add_match(d, name, confidence, &alphabet);
    }
    ucsdet_close(icu);
}

/* Big5 is called by that name unless it takes the characters of Hong Kong to read it. */
static void choose_big5(struct detector *d, struct candidate *big5) {
    struct candidate wide = *big5;
    encoding_widen(&wide.encoding);
    if (big5->clean)
        return;
    weigh(d, &wide);
    if (wide.cost < big5->cost)
        *big5 = wide;
}

static void find_candidates(struct detector *d) {
    add(d, "GB18030", CHINESE);
    struct candidate *big5 = add(d, "Big5", CHINESE);
    if (d->n >= 4) {
        add(d, "UTF-16LE", CHINESE);
        add(d, "UTF-16BE", CHINESE);
        add(d, "UTF-32LE", CHINESE);
        add(d, "UTF-32BE", CHINESE);
    }
    ask_icu(d);
    for (size_t i = 0; i < d->count; i++)
        weigh(d, &d->items[i]);
    choose_big5(d, big5);
}

/* Turns costs into shares of a hundred, with meaningless bytes as one more candidate. */
static void compare(struct detector *d) {
    double least = weigh_bytes(d);
    for (size_t i = 0; i < d->count; i++) {
        struct candidate *c = &d->items[i];
        c->cost -= (c->language == CHINESE ? chinese_bonus : 0) + c->icu * icu_share;
        least = fmin(least, c->cost);
    }
    double sum = exp(weight * (least - weigh_bytes(d)));
    for (size_t i = 0; i < d->count; i++)
        sum += exp(weight * (least - d->items[i].cost));
    for (size_t i = 0; i < d->count; i++)
        d->items[i].confidence = 100 * exp(weight * (least - d->items[i].cost)) / sum;
}

static int by_confidence(const void *a, const void *b) {
    double x = ((const struct candidate *)a)->confidence;
    double y = ((const struct candidate *)b)->confidence;
    return (x < y) - (x > y);
}

static bool append(struct buffer *b, const char *text) {
    return buffer_append(b, text, strlen(text));
}

/* "GB18030 (60 %), Big5 (38 %)" */
static bool list(const struct detector *d, struct buffer *b) {
    char digits[DECIMAL_SIZE];
    for (size_t i = 0; i < d->count && i < SHOWN && d->items[i].confidence >= 1; i++)
        if ((i > 0 && !append(b, ", ")) || !append(b, d->items[i].encoding.name) ||
            !append(b, " (") || !append(b, decimal(digits, (size_t)d->items[i].confidence)) ||
            !append(b, " %)"))
            return false;
    return buffer_append(b, "", 1);
}

static ivn_status refuse(const struct detector *d, ivn_error *err) {
    struct buffer names = {0};
    ivn_status status;
    if (!list(d, &names))
        status = error_memory(err);
    else if (!names.data[0])
        status = error_set(err, IVN_ENCODING,
                           N_("this is text in no known encoding; if it is text, name the encoding "
                              "with --from-encoding"),
                           NULL, NULL, NULL);
    else
        status = error_set(err, IVN_ENCODING,
                           N_("cannot tell the encoding; the likeliest are %s; name it with "
                              "--from-encoding"),
                           names.data, NULL, NULL);
    buffer_fini(&names);
    return status;
}

/* From shortly before the first byte that is not ASCII text, at a multiple of four for UTF-32. */
static void take_sample(struct detector *d, const char *bytes, size_t n) {
    size_t start = 0;
    while (start < n && (unsigned char)bytes[start] < 0x80 && bytes[start] != '\0')
        start++;
    start = start > LEAD ? (start - LEAD) & ~(size_t)3 : 0;
    d->bytes = bytes + start;
    d->n = n - start < SAMPLE ? n - start : SAMPLE;
}

static void fini(struct detector *d) {
    chars_fini(&d->chars);
    free(d->units);
}

static bool init(struct detector *d, const char *bytes, size_t n) {
    *d = (struct detector){.units = malloc(SAMPLE * sizeof(UChar))};
    take_sample(d, bytes, n);
    if (d->units && chars_init(&d->chars))
        return true;
    fini(d);
    return false;
}

ivn_status detect_encoding(struct encoding *out, const char *bytes, size_t n, ivn_error *err) {
    struct detector d;
    if (!init(&d, bytes, n))
        return error_memory(err);
    find_candidates(&d);
    compare(&d);
    qsort(d.items, d.count, sizeof *d.items, by_confidence);
    ivn_status status = IVN_OK;
    if (d.items[0].confidence >= MIN_CONFIDENCE)
        *out = d.items[0].encoding;
    else
        status = refuse(&d, err);
    fini(&d);
    return status;
}

ivn_status detect_order(struct encoding *out, enum encoding_kind first, enum encoding_kind second,
                        const char *bytes, size_t n, ivn_error *err) {
    struct detector d;
    if (!init(&d, bytes, n))
        return error_memory(err);
    struct candidate a = {.encoding = encoding_of(first)};
    struct candidate b = {.encoding = encoding_of(second)};
    weigh(&d, &a);
    weigh(&d, &b);
    *out = b.cost < a.cost ? b.encoding : a.encoding;
    fini(&d);
    return IVN_OK;
}
