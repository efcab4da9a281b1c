/* SPDX-License-Identifier: Apache-2.0 */
#include "encoding.h"

#include <string.h>

#include "decode.h"
#include "error.h"

static const char *const unicode_names[] = {
    [ENCODING_UTF8] = "UTF-8",       [ENCODING_UTF16] = "UTF-16", [ENCODING_UTF16LE] = "UTF-16LE",
    [ENCODING_UTF16BE] = "UTF-16BE", [ENCODING_UTF32] = "UTF-32", [ENCODING_UTF32LE] = "UTF-32LE",
    [ENCODING_UTF32BE] = "UTF-32BE",
};

/* Found without ICU, which would load its tables, and with the meaning people give to them. */
static const struct {
    const char *alias; /* small letters and digits only */
    const char *name;
    enum encoding_kind kind;
} aliases[] = {
    {"utf8", "UTF-8", ENCODING_UTF8},
    {"utf16", "UTF-16", ENCODING_UTF16},
    {"utf16le", "UTF-16LE", ENCODING_UTF16LE},
    {"utf16be", "UTF-16BE", ENCODING_UTF16BE},
    {"utf32", "UTF-32", ENCODING_UTF32},
    {"utf32le", "UTF-32LE", ENCODING_UTF32LE},
    {"utf32be", "UTF-32BE", ENCODING_UTF32BE},
    {"gb18030", "GB18030", ENCODING_OTHER},
    {"gbk", "GBK", ENCODING_OTHER},
    {"xgbk", "GBK", ENCODING_OTHER},
    {"cp936", "GBK", ENCODING_OTHER},
    {"ms936", "GBK", ENCODING_OTHER},
    {"windows936", "GBK", ENCODING_OTHER},
    {"gb2312", "GB2312", ENCODING_OTHER},
    {"gb231280", "GB2312", ENCODING_OTHER},
    {"euccn", "GB2312", ENCODING_OTHER},
    {"big5", "Big5", ENCODING_OTHER},
    {"cnbig5", "Big5", ENCODING_OTHER},
    {"cp950", "Big5", ENCODING_OTHER},
    {"windows950", "Big5", ENCODING_OTHER},
    {"big5hkscs", "Big5-HKSCS", ENCODING_OTHER},
    {"hkscs", "Big5-HKSCS", ENCODING_OTHER},
};

/* What the WHATWG's encoding standard reads under a narrower name. */
static const struct {
    const char *declared;
    const char *name;
} wider[] = {
    {"GB2312", "GB18030"},          {"GBK", "GB18030"},           {"Big5", "Big5-HKSCS"},
    {"ISO-8859-1", "windows-1252"}, {"US-ASCII", "windows-1252"}, {"ISO-8859-9", "windows-1254"},
};

/* Copies the name without punctuation, in small letters. A name with anything that is in no name of
 * an encoding becomes "": it may come from a hostile document and must not reach a file system. */
static void fold(char key[ENCODING_NAME_SIZE], const char *name, size_t n) {
    size_t k = 0;
    key[0] = '\0';
    if (n >= ENCODING_NAME_SIZE)
        return;
    for (size_t i = 0; i < n; i++) {
        char c = name[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            key[k++] = c;
        else if (c == '\0' || !strchr("-_.:+ ", c))
            k = n = 0;
    }
    key[k] = '\0';
}

static void set(struct encoding *e, enum encoding_kind kind, const char *name) {
    *e = (struct encoding){.kind = kind};
    memcpy(e->name, name, strlen(name) + 1);
}

struct encoding encoding_of(enum encoding_kind kind) {
    struct encoding e;
    set(&e, kind, unicode_names[kind]);
    return e;
}

ivn_status encoding_find(struct encoding *out, const char *name, size_t n, ivn_error *err) {
    char key[ENCODING_NAME_SIZE];
    char given[IVN_ERROR_ARG_SIZE];
    fold(key, name, n);
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i].alias, key) == 0) {
            set(out, aliases[i].kind, aliases[i].name);
            return IVN_OK;
        }
    error_copy(given, name, n);
    *out = (struct encoding){.kind = ENCODING_OTHER};
    switch (key[0] ? decode_find_table(given, out->name) : DECODE_UNKNOWN) {
    case DECODE_STATELESS:
        return IVN_OK;
    case DECODE_STATEFUL:
        return error_set(err, IVN_ENCODING,
                         N_("the encoding '%s' has shift states; convert the text to UTF-8 first"),
                         given, NULL, NULL);
    default:
        return error_set(err, IVN_ENCODING,
                         N_("unknown encoding '%s'; use one such as UTF-8, GB18030, GBK, Big5, "
                            "Big5-HKSCS or UTF-16"),
                         given, NULL, NULL);
    }
}

void encoding_widen(struct encoding *e) {
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++)
        if (strcmp(wider[i].declared, e->name) == 0) {
            set(e, ENCODING_OTHER, wider[i].name);
            return;
        }
}

bool encoding_same(const struct encoding *a, const struct encoding *b) {
    return a->kind == b->kind && strcmp(a->name, b->name) == 0;
}
