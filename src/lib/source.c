/* SPDX-License-Identifier: Apache-2.0 */
#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "detect.h"
#include "error.h"
#include "utf8.h"

static const struct {
    enum encoding_kind kind;
    size_t length;
    const char *bytes;
} marks[] = {
    {ENCODING_UTF8, 3, "\xEF\xBB\xBF"},
    {ENCODING_UTF32LE, 4, "\xFF\xFE\0\0"}, /* before UTF-16LE, which it begins with */
    {ENCODING_UTF32BE, 4, "\0\0\xFE\xFF"},
    {ENCODING_UTF16LE, 2, "\xFF\xFE"},
    {ENCODING_UTF16BE, 2, "\xFE\xFF"},
};

/* The length of the byte order mark, and whose it is in *kind; 0: there is none. */
static size_t find_mark(const char *bytes, size_t n, enum encoding_kind *kind) {
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (n >= marks[i].length && memcmp(bytes, marks[i].bytes, marks[i].length) == 0 &&
            (marks[i].length < 4 || n % 4 == 0)) {
            *kind = marks[i].kind;
            return marks[i].length;
        }
    return 0;
}

/* Whether the bytes are UTF-8 with some damage. In GBK and Big5, too, one character in five happens
 * to be a sequence of UTF-8, but nearly always one of two bytes. */
static bool is_nearly_utf8(const char *bytes, size_t n) {
    const unsigned char *p = (const unsigned char *)bytes;
    size_t pairs = 0, others = 0, bad = 0;
    for (size_t i = 0, length; i < n; i += length) {
        uint32_t cp;
        length = utf8_decode(p + i, n - i, &cp);
        pairs += length == 2;
        others += length > 2;
        bad += length == 0;
        length += length == 0;
    }
    return 3 * others + pairs / 2 >= 2 * bad;
}

static ivn_status find_encoding(ivn_source *s, ivn_error *err) {
    s->valid = utf8_valid(s->bytes, s->size);
    if (s->valid == s->size || is_nearly_utf8(s->bytes, s->size)) {
        s->encoding = encoding_of(ENCODING_UTF8);
        return IVN_OK;
    }
    struct declaration d = declaration_find(s->bytes, s->size);
    if (d.length) {
        ivn_status status = encoding_find(&s->encoding, s->bytes + d.offset, d.length, err);
        encoding_widen(&s->encoding);
        /* What can be read like ASCII is not UTF-16, whatever it says. */
        if (status != IVN_OK || s->encoding.kind == ENCODING_UTF8 ||
            s->encoding.kind == ENCODING_OTHER)
            return status;
    }
    return detect_encoding(&s->encoding, s->bytes, s->size, err);
}

/* A byte order mark must not contradict a name. */
static ivn_status check_mark(ivn_source *s, enum encoding_kind kind, ivn_error *err) {
    struct encoding marked = encoding_of(kind);
    if (s->encoding.kind == kind || s->encoding.kind == encoding_family(kind)) {
        s->encoding = marked;
        return IVN_OK;
    }
    return error_set(err, IVN_ENCODING,
                     N_("the byte order mark is that of %s; the encoding cannot be %s"),
                     marked.name, s->encoding.name, NULL);
}

/* Settles the encoding; *start: how many bytes are the mark and no text. */
static ivn_status settle(ivn_source *s, const char *encoding, size_t *start, ivn_error *err) {
    ivn_status status = IVN_OK;
    enum encoding_kind marked;
    size_t mark = find_mark(s->bytes, s->size, &marked);
    if (encoding)
        status = encoding_find(&s->encoding, encoding, strlen(encoding), err);
    else if (mark)
        s->encoding = encoding_of(marked);
    else
        status = find_encoding(s, err);
    if (status == IVN_OK && mark)
        status = check_mark(s, marked, err);
    /* RFC 2781, 4.3: without a mark big-endian is meant; where that makes no text, it was not. */
    if (status == IVN_OK && s->encoding.kind == ENCODING_UTF16)
        status =
            detect_order(&s->encoding, ENCODING_UTF16BE, ENCODING_UTF16LE, s->bytes, s->size, err);
    if (status == IVN_OK && s->encoding.kind == ENCODING_UTF32)
        status =
            detect_order(&s->encoding, ENCODING_UTF32BE, ENCODING_UTF32LE, s->bytes, s->size, err);
    s->mark = mark && s->encoding.kind != ENCODING_UTF8;
    *start = s->mark ? mark : 0;
    return status;
}

static ivn_status load(ivn_source *s, size_t start, ivn_error *err) {
    if (s->encoding.kind != ENCODING_UTF8) {
        ivn_status status = decode_run(s, start, err);
        s->text = s->copy.data ? s->copy.data : "";
        s->text_size = s->copy.size;
        return status;
    }
    if (s->valid == 0)
        s->valid = utf8_valid(s->bytes, s->size);
    s->text = s->bytes;
    s->text_size = s->size;
    return s->valid == s->size ? IVN_OK : error_utf8(err, s->bytes, s->valid);
}

ivn_status ivn_source_decode(ivn_source **out, const void *bytes, size_t n, const char *encoding,
                             ivn_error *err) {
    if (n > SOURCE_LIMIT)
        return error_set(err, IVN_LIMIT, N_("the text is larger than 1 GiB; split it"), NULL, NULL,
                         NULL);
    ivn_source *s = calloc(1, sizeof *s);
    if (!s)
        return error_memory(err);
    s->bytes = n ? bytes : "";
    s->size = n;
    size_t start = 0;
    ivn_status status = settle(s, encoding, &start, err);
    if (status == IVN_OK)
        status = load(s, start, err);
    if (status != IVN_OK) {
        ivn_source_free(s);
        return status;
    }
    s->declaration = declaration_find(s->text, s->text_size);
    *out = s;
    return IVN_OK;
}

void ivn_source_free(ivn_source *s) {
    if (!s)
        return;
    buffer_fini(&s->copy);
    free(s->runs);
    free(s);
}

const char *ivn_source_text(const ivn_source *s, size_t *n) {
    *n = s->text_size;
    return s->text;
}

const char *ivn_source_encoding(const ivn_source *s) {
    return s->encoding.name;
}

bool source_add_unit(ivn_source *s, size_t text, size_t text_length, size_t bytes, size_t length) {
    const struct source_run *last = s->run_count ? &s->runs[s->run_count - 1] : NULL;
    if (last && last->text_unit == text_length && last->bytes_unit == length)
        return true;
    void *items = s->runs;
    if (!array_grow(&items, &s->run_capacity, s->run_count + 1, sizeof *s->runs))
        return false;
    s->runs = items;
    s->runs[s->run_count++] = (struct source_run){.text = (uint32_t)text,
                                                  .bytes = (uint32_t)bytes,
                                                  .text_unit = (uint8_t)text_length,
                                                  .bytes_unit = (uint8_t)length};
    return true;
}

/* The run that holds byte `at` of the text, from run `next` on. */
static size_t run_at(const ivn_source *s, size_t next, size_t at) {
    while (next + 1 < s->run_count && s->runs[next + 1].text <= at)
        next++;
    return next;
}

size_t source_find(const ivn_source *s, size_t next, size_t *from, size_t *to, size_t *first,
                   size_t *last) {
    *first = *from;
    *last = *to;
    if (!s->run_count)
        return next;
    next = run_at(s, next, *from);
    const struct source_run *run = &s->runs[next];
    size_t units = (*from - run->text + run->text_unit - 1) / run->text_unit;
    *from = run->text + units * run->text_unit;
    *first = run->bytes + units * run->bytes_unit;
    next = run_at(s, next, *to);
    run = &s->runs[next];
    units = (*to - run->text) / run->text_unit;
    *to = run->text + units * run->text_unit;
    *last = run->bytes + units * run->bytes_unit;
    return next;
}

int ivn_is_utf8(const void *bytes, size_t n) {
    return utf8_valid(bytes, n) == n;
}
