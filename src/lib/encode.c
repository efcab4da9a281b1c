/* SPDX-License-Identifier: Apache-2.0 */
#include "source.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>

#include "error.h"
#include "unmappable.h"
#include "utf8.h"

enum { UNITS = 1024, ENTITY_SIZE = sizeof "&#x10FFFF;", MARK_SIZE = 3, OWN_EDITS = 2 };

struct encoder {
    UConverter *converter; /* NULL: UTF-8 */
    ivn_unmappable how;
    struct unmappable unmappable;
    struct buffer out;
};

/* What is to be written, and how. */
struct order {
    const ivn_source *source;
    struct encoding to;
    struct encoding named; /* what a declaration says of it */
    ivn_unmappable how;
    bool own;  /* bytes outside the edits are kept */
    bool mark; /* a byte order mark is put in front */
    const ivn_edit *edits;
    size_t count;
};

static int32_t make_entity(UChar entity[ENTITY_SIZE], uint32_t cp) {
    static const char digits[] = "0123456789ABCDEF";
    int32_t k = 0;
    entity[k++] = '&';
    entity[k++] = '#';
    entity[k++] = 'x';
    for (int shift = 20; shift >= 0; shift -= 4)
        if (k > 3 || cp >> shift || shift == 0)
            entity[k++] = (UChar)digits[cp >> shift & 15];
    entity[k++] = ';';
    return k;
}

/* ICU's own callbacks would leave out what need not be seen, such as U+200D. */
static void U_CALLCONV replace(const void *context, UConverterFromUnicodeArgs *args,
                               const UChar *units, int32_t length, UChar32 cp,
                               UConverterCallbackReason reason, UErrorCode *code) {
    struct encoder *e = (struct encoder *)context;
    UChar text[ENTITY_SIZE] = {'?'};
    const UChar *from = text;
    int32_t n = 1;
    (void)units;
    (void)length;
    if (reason > UCNV_IRREGULAR)
        return;
    *code = U_ZERO_ERROR;
    if (e->how == IVN_UNMAPPABLE_ERROR || e->how == IVN_UNMAPPABLE_UTF8) {
        unmappable_add(&e->unmappable, (uint32_t)cp);
        return;
    }
    if (e->how == IVN_UNMAPPABLE_ENTITY)
        n = make_entity(text, (uint32_t)cp);
    ucnv_cbFromUWriteUChars(args, &from, text + n, 0, code);
}

static ivn_status open_encoder(struct encoder *e, const struct order *order, ivn_error *err) {
    UErrorCode code = U_ZERO_ERROR;
    *e = (struct encoder){.how = order->how};
    if (order->to.kind == ENCODING_UTF8)
        return IVN_OK;
    UConverter *converter = ucnv_open(order->to.name, &code);
    if (U_SUCCESS(code)) {
        e->converter = converter;
        ucnv_setFallback(converter, false);
        ucnv_setFromUCallBack(converter, replace, e, NULL, NULL, &code);
    }
    return U_SUCCESS(code)
               ? IVN_OK
               : error_set(err, IVN_ENCODING, N_("ICU cannot write the encoding '%s': %s"),
                           order->to.name, u_errorName(code), NULL);
}

static void close_encoder(struct encoder *e) {
    if (e->converter)
        ucnv_close(e->converter);
    buffer_fini(&e->out);
}

/* Writes units; `flush`: the text ends here. false: no memory. */
static bool put_units(struct encoder *e, const UChar *from, const UChar *end, bool flush) {
    char bytes[4 * UNITS];
    UErrorCode code;
    do {
        char *to = bytes;
        code = U_ZERO_ERROR;
        ucnv_fromUnicode(e->converter, &to, bytes + sizeof bytes, &from, end, NULL, flush, &code);
        if (!buffer_append(&e->out, bytes, (size_t)(to - bytes)))
            return false;
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    return U_SUCCESS(code);
}

/* Encodes n bytes of valid UTF-8. false: no memory. */
static bool put(struct encoder *e, const char *text, size_t n) {
    const unsigned char *p = (const unsigned char *)text;
    UChar units[UNITS];
    if (!e->converter)
        return buffer_append(&e->out, text, n);
    for (size_t i = 0; i < n;) {
        size_t k = 0, length;
        for (; i < n && k + 2 <= UNITS; i += length) {
            uint32_t cp = utf8_get(p + i, &length);
            if (cp > 0xFFFF)
                units[k++] = U16_LEAD(cp);
            units[k++] = (UChar)(cp > 0xFFFF ? U16_TRAIL(cp) : cp);
        }
        if (!put_units(e, units, units + k, i == n))
            return false;
    }
    return true;
}

/* Writes what lies outside the edits: bytes as they were. An edit may cut a sequence that stands
 * for two characters; what is left of it is encoded. */
static bool put_kept(struct encoder *e, const struct order *order, size_t *run, size_t from,
                     size_t to) {
    const ivn_source *s = order->source;
    size_t first, last, begin = from, end = to;
    if (!order->own)
        return put(e, s->text + from, to - from);
    *run = source_find(s, *run, &begin, &end, &first, &last);
    if (begin >= end)
        return put(e, s->text + from, to - from);
    return put(e, s->text + from, begin - from) &&
           buffer_append(&e->out, s->bytes + first, last - first) &&
           put(e, s->text + end, to - end);
}

static bool put_mark(struct encoder *e, const struct order *order) {
    static const char mark[MARK_SIZE + 1] = "\xEF\xBB\xBF";
    return !order->mark || put(e, mark, MARK_SIZE);
}

static bool put_all(struct encoder *e, const struct order *order) {
    size_t at = 0, run = 0;
    bool ok = buffer_reserve(&e->out, order->source->size + 1) && put_mark(e, order);
    for (size_t i = 0; ok && i < order->count; i++) {
        const ivn_edit *edit = &order->edits[i];
        ok = put_kept(e, order, &run, at, edit->offset) && put(e, edit->text, edit->text_length);
        at = edit->offset + edit->length;
    }
    return ok && put_kept(e, order, &run, at, order->source->text_size);
}

/* Inserts an edit of our own, unless one of the others touches the place. */
static void add_edit(ivn_edit *edits, size_t *count, ivn_edit own) {
    size_t i = 0;
    for (; i < *count && edits[i].offset <= own.offset; i++)
        if (edits[i].offset + edits[i].length > own.offset)
            return;
    if (i < *count && edits[i].offset < own.offset + own.length)
        return;
    memmove(edits + i + 1, edits + i, (*count - i) * sizeof *edits);
    edits[i] = own;
    ++*count;
}

/* Whether the document declares the encoding it is in. */
static bool declares_own(const ivn_source *s) {
    struct encoding declared, own = s->encoding;
    const struct declaration *d = &s->declaration;
    if (!d->length || encoding_find(&declared, s->text + d->offset, d->length, NULL) != IVN_OK)
        return false;
    encoding_widen(&declared);
    encoding_widen(&own);
    return encoding_same(&declared, &own) || declared.kind == encoding_family(own.kind);
}

/* Settles byte order and mark, whether the source's bytes can stay, and adds to the edits what the
 * new encoding needs. */
static void settle(struct order *order, ivn_edit *edits) {
    const ivn_source *s = order->source;
    const enum encoding_kind wanted = order->to.kind;
    const enum encoding_kind family = encoding_family(wanted);
    const bool marked = utf8_mark(s->text, s->text_size) > 0;
    const bool plain = wanted == ENCODING_UTF16 || wanted == ENCODING_UTF32;
    order->mark = s->mark && family != wanted;
    if (plain) {
        bool kept = encoding_family(s->encoding.kind) == wanted;
        order->to = encoding_of(kept                       ? s->encoding.kind
                                : wanted == ENCODING_UTF16 ? ENCODING_UTF16LE
                                                           : ENCODING_UTF32LE);
        order->mark = true;
    }
    order->own = encoding_same(&order->to, &s->encoding);
    if (order->own)
        return;
    order->mark = order->mark && !marked;
    order->named = order->mark ? encoding_of(family) : order->to;
    if (!encoding_is_unicode(&order->to) && marked)
        add_edit(edits, &order->count, (ivn_edit){.length = MARK_SIZE, .text = ""});
    if (declares_own(s))
        add_edit(edits, &order->count,
                 (ivn_edit){.offset = s->declaration.offset,
                            .length = s->declaration.length,
                            .text = order->named.name,
                            .text_length = strlen(order->named.name)});
}

/* Whether the edits are sorted, disjoint and between characters, and make the text. */
static bool fits(const ivn_source *s, const char *text, size_t n, const ivn_edit *edits,
                 size_t count) {
    size_t at = 0, done = 0;
    for (size_t i = 0; i <= count; i++) {
        size_t to = i < count ? edits[i].offset : s->text_size;
        if (to < at || to > s->text_size || (to < s->text_size && utf8_continues(s->text[to])) ||
            to - at > n - done || (to > at && memcmp(s->text + at, text + done, to - at) != 0))
            return false;
        done += to - at;
        if (i == count)
            break;
        const ivn_edit *e = &edits[i];
        if (e->length > s->text_size - to || e->text_length > n - done ||
            utf8_valid(e->text, e->text_length) != e->text_length ||
            (e->text_length && memcmp(e->text, text + done, e->text_length) != 0))
            return false;
        done += e->text_length;
        at = to + e->length;
    }
    return done == n;
}

/* Writes as ordered into *out, or collects what does not fit in *unmappable. */
static ivn_status write_order(const struct order *order, struct buffer *out,
                              struct unmappable *unmappable, ivn_error *err) {
    struct encoder e;
    ivn_status status = open_encoder(&e, order, err);
    if (status == IVN_OK && !put_all(&e, order))
        status = error_memory(err);
    *unmappable = e.unmappable;
    if (status == IVN_OK && e.unmappable.count == 0) {
        *out = e.out;
        e.out = (struct buffer){0};
    }
    close_encoder(&e);
    return status;
}

ivn_status ivn_source_encode(const ivn_source *source, const char *encoding, ivn_unmappable how,
                             const char *text, size_t n, const ivn_edit *edits, size_t count,
                             void **bytes, size_t *size, ivn_error *err) {
    struct order order = {.source = source, .to = source->encoding, .how = how};
    struct unmappable unmappable = {.count = 0};
    struct buffer out = {0};
    ivn_edit *own = NULL;
    ivn_status status = IVN_OK;
    if (!fits(source, text, n, edits, count))
        return error_set(err, IVN_INTERNAL, N_("the edits do not make the text"), NULL, NULL, NULL);
    if (encoding)
        status = encoding_find(&order.to, encoding, strlen(encoding), err);
    if (status != IVN_OK)
        return status;
    if (count > SIZE_MAX / sizeof *own - OWN_EDITS ||
        !(own = malloc((count + OWN_EDITS) * sizeof *own)))
        return error_memory(err);
    for (bool again = true; again;) {
        if (count)
            memcpy(own, edits, count * sizeof *own);
        order.edits = own;
        order.count = count;
        settle(&order, own);
        status = write_order(&order, &out, &unmappable, err);
        again = status == IVN_OK && unmappable.count > 0 && how == IVN_UNMAPPABLE_UTF8;
        if (again)
            order.to = encoding_of(ENCODING_UTF8);
    }
    if (status == IVN_OK && unmappable.count > 0)
        status = unmappable_refuse(&unmappable, order.to.name, source->text, source->text_size,
                                   edits, count, err);
    free(own);
    if (status != IVN_OK)
        return status;
    *bytes = out.data;
    *size = out.size;
    return IVN_OK;
}
