/* SPDX-License-Identifier: Apache-2.0 */
/* Encodings there and back: bytes outside the edits stay, characters that do not fit are named. */
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "source.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static ivn_source *decode(const char *bytes, size_t n, const char *encoding) {
    ivn_source *source = NULL;
    ivn_error err = {0};
    ck_assert_msg(ivn_source_decode(&source, bytes, n, encoding, &err) == IVN_OK, "%s [%s] [%s]",
                  err.message, err.args[0], err.args[1]);
    return source;
}

static void assert_text(const ivn_source *source, const char *encoding, const char *text,
                        size_t n) {
    size_t size = 0;
    const char *got = ivn_source_text(source, &size);
    ck_assert_str_eq(ivn_source_encoding(source), encoding);
    ck_assert_msg(size == n && memcmp(got, text, n) == 0, "%s: %.*s", encoding, (int)size, got);
}

static void assert_decodes(const char *bytes, size_t n, const char *name, const char *encoding,
                           const char *text) {
    ivn_source *source = decode(bytes, n, name);
    assert_text(source, encoding, text, strlen(text));
    ivn_source_free(source);
}

static ivn_error assert_refused(const char *bytes, size_t n, const char *encoding, size_t offset,
                                size_t line, size_t column) {
    ivn_source *source = NULL;
    ivn_error err = {0};
    ck_assert_int_eq(ivn_source_decode(&source, bytes, n, encoding, &err), IVN_ENCODING);
    ck_assert_ptr_null(source);
    ck_assert_uint_eq(err.offset, offset);
    ck_assert_uint_eq(err.line, line);
    ck_assert_uint_eq(err.column, column);
    return err;
}

/* One replacement of the first `from` in the source's text. */
struct change {
    const char *from, *to;
};

/* The new text, with the edit in *edit; the caller's. */
static char *apply(const ivn_source *source, struct change change, ivn_edit *edit, size_t *n) {
    size_t size = 0, length = strlen(change.from);
    const char *text = ivn_source_text(source, &size);
    const char *at = memmem(text, size, change.from, length);
    ck_assert_msg(at != NULL, "no %s", change.from);
    *edit = (ivn_edit){(size_t)(at - text), length, change.to, strlen(change.to), NULL, 0};
    char *out = malloc(size - length + edit->text_length + 1);
    ck_assert_ptr_nonnull(out);
    char *end = mempcpy(out, text, edit->offset);
    end = mempcpy(end, change.to, edit->text_length);
    end = mempcpy(end, at + length, size - edit->offset - length);
    *n = (size_t)(end - out);
    return out;
}

struct run {
    ivn_status status;
    ivn_error err;
    char *bytes; /* the caller's */
    size_t size;
};

static struct run encode(const ivn_source *source, const char *encoding, ivn_unmappable how,
                         struct change change) {
    struct run run = {0};
    ivn_edit edit;
    size_t n = 0;
    void *bytes = NULL;
    char *text = apply(source, change, &edit, &n);
    run.status =
        ivn_source_encode(source, encoding, how, text, n, &edit, 1, &bytes, &run.size, &run.err);
    run.bytes = bytes;
    free(text);
    return run;
}

/* Asserts that the bytes with one change are `want` in encoding `to`. */
static void assert_encodes(const char *bytes, size_t n, const char *from, const char *to,
                           struct change change, const char *want, size_t size) {
    ivn_source *source = decode(bytes, n, from);
    struct run run = encode(source, to, IVN_UNMAPPABLE_ERROR, change);
    ck_assert_msg(run.status == IVN_OK, "%s [%s] [%s]", run.err.message, run.err.args[0],
                  run.err.args[1]);
    ck_assert_msg(run.size == size && memcmp(run.bytes, want, size) == 0, "%zu bytes: %.*s",
                  run.size, (int)run.size, run.bytes);
    free(run.bytes);
    ivn_source_free(source);
}

START_TEST(utf8_is_not_copied) {
    static const char text[] = "\xEF\xBB\xBF軟體\0\r\n";
    ivn_source *source = decode(text, sizeof text - 1, NULL);
    size_t n = 0;
    ck_assert_ptr_eq(ivn_source_text(source, &n), text);
    ck_assert_uint_eq(n, sizeof text - 1);
    ck_assert_str_eq(ivn_source_encoding(source), "UTF-8");
    ivn_source_free(source);
    assert_encodes(BYTES(text), "utf8", NULL, (struct change){"軟體", "软件"},
                   BYTES("\xEF\xBB\xBF软件\0\r\n"));
}
END_TEST

START_TEST(empty_and_plain_are_utf8) {
    assert_decodes(NULL, 0, NULL, "UTF-8", "");
    assert_decodes(BYTES("plain\n"), NULL, "UTF-8", "plain\n");
    assert_decodes("", 0, "gb18030", "GB18030", "");
    assert_decodes(BYTES("\xFF\xFE"), NULL, "UTF-16LE", "");
    ivn_source_free(NULL);
}
END_TEST

START_TEST(damaged_utf8_is_not_another_encoding) {
    ivn_error err = assert_refused(BYTES("第一行\n第二\xB5行\n第三行\n"), NULL, 16, 2, 3);
    ck_assert_str_eq(err.args[0], "B5");
    assert_refused(BYTES("他們在公園裡走\xE8\xB5"), NULL, 21, 1, 8);
    assert_refused(BYTES("caf\xC3\xA9 d\xC3\xA9j\xC3\xA0 \xC3\xAAtre \xE9!"), NULL, 19, 1, 16);
    assert_refused(BYTES("\xEF\xBB\xBF軟\xFF"), NULL, 6, 1, 2);
    assert_refused(BYTES("a\xB5"), "UTF-8", 1, 1, 2);
}
END_TEST

START_TEST(names_are_those_people_use) {
    assert_decodes(BYTES("\xC8\xED"), "gbk", "GBK", "软");
    assert_decodes(BYTES("\xC8\xED"), "CP936", "GBK", "软");
    assert_decodes(BYTES("\xC8\xED"), "gb2312", "GB2312", "软");
    assert_decodes(BYTES("\xC8\xED"), "gb_18030", "GB18030", "软");
    assert_decodes(BYTES("\xB3\x6E"), "BIG5", "Big5", "軟");
    assert_decodes(BYTES("\xB3\x6E"), "big5-hkscs", "Big5-HKSCS", "軟");
    assert_decodes(BYTES("caf\xE9 \x80"), "cp1252", "windows-1252", "café €");
    assert_decodes(BYTES("\x82\xA0"), "sjis", "Shift_JIS", "あ");
    assert_decodes(BYTES("\xB0\xA1"), "euc-kr", "EUC-KR", "가");
}
END_TEST

START_TEST(unknown_and_stateful_names_are_refused) {
    static const char *const names[] = {
        "",      "no-such", "../../etc/passwd", "hz",    "iso-2022-jp",      "ISO-2022-CN",
        "UTF-7", "SCSU",    "bocu-1",           "gbk\n", "UTF-16,version=1", "ibm-930",
        "cesu-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ivn_error err = assert_refused(BYTES("\xC8\xED"), names[i], 0, 0, 0);
        ck_assert_str_eq(err.args[0], names[i]);
    }
    char name[1000];
    memset(name, 'a', sizeof name);
    name[sizeof name - 1] = '\0';
    assert_refused(BYTES("\xC8\xED"), name, 0, 0, 0);
}
END_TEST

START_TEST(invalid_sequences_have_a_place) {
    ivn_error err = assert_refused(BYTES("\xC8\xED\xBC\xFE\n\xC8\xED\x81 \xBC"), "gbk", 7, 2, 2);
    ck_assert_str_eq(err.args[0], "0x81");
    ck_assert_str_eq(err.args[1], "GBK");
    err = assert_refused(BYTES("\xB3\x6E\xC5"), "big5", 2, 1, 2);
    ck_assert_str_eq(err.args[0], "0xC5");
    err = assert_refused(BYTES("\xC8\xED\x81\x30\x81"), "gb18030", 2, 1, 2);
    ck_assert_str_eq(err.args[0], "0x81 0x30 0x81");
    assert_refused(BYTES("\x2D\x4E\x00"), "UTF-16LE", 2, 1, 2);
    assert_refused(BYTES("\x2D\x4E\x00\xD8\x2D\x4E"), "UTF-16LE", 2, 1, 2);
    assert_refused(BYTES("\x4E\x2D\xDC\x00"), "UTF-16BE", 2, 1, 2);
    assert_refused(BYTES("\x2D\x4E\0\0\0\0\x11\0"), "UTF-32LE", 4, 1, 2);
    assert_refused(BYTES("\xDC\x9B"), "gb2312", 0, 1, 1);
}
END_TEST

START_TEST(marks_tell) {
    assert_decodes(BYTES("\xFF\xFE\x2D\x4E"), NULL, "UTF-16LE", "中");
    assert_decodes(BYTES("\xFE\xFF\x4E\x2D"), NULL, "UTF-16BE", "中");
    assert_decodes(BYTES("\xFF\xFE\0\0\x2D\x4E\0\0"), NULL, "UTF-32LE", "中");
    assert_decodes(BYTES("\0\0\xFE\xFF\0\0\x4E\x2D"), NULL, "UTF-32BE", "中");
    assert_decodes(BYTES("\xFF\xFE\x2D\x4E"), "utf-16", "UTF-16LE", "中");
    assert_decodes(BYTES("\xFF\xFE\x2D\x4E"), "utf-16le", "UTF-16LE", "中");
    assert_decodes(BYTES("\xFE\xFF\x4E\x2D\xFE\xFF"), "utf-16", "UTF-16BE", "中\xEF\xBB\xBF");
    ivn_error err = assert_refused(BYTES("\xFF\xFE\x2D\x4E"), "utf-16be", 0, 0, 0);
    ck_assert_str_eq(err.args[0], "UTF-16LE");
    assert_refused(BYTES("\xEF\xBB\xBF\xE4\xB8\xAD"), "gbk", 0, 0, 0);
    assert_refused(BYTES("\xEF\xBB\xBF\xE4\xB8\xAD"), "utf-32", 0, 0, 0);
}
END_TEST

START_TEST(byte_order_is_found) {
    assert_decodes(BYTES("\x4E\x2D\x65\x87\xFF\x0C"), "utf-16", "UTF-16BE", "中文，");
    assert_decodes(BYTES("\x2D\x4E\x87\x65\x0C\xFF"), "utf-16", "UTF-16LE", "中文，");
    assert_decodes(BYTES("\x2D\x4E\0\0\x87\x65\0\0"), "utf-32", "UTF-32LE", "中文");
    assert_decodes(BYTES("\0\0\x4E\x2D\0\0\x65\x87"), "utf-32", "UTF-32BE", "中文");
}
END_TEST

START_TEST(declarations_tell) {
    assert_decodes(BYTES("<meta charset=\"gb2312\">\xC8\xED\xDC\x9B"), NULL, "GB18030",
                   "<meta charset=\"gb2312\">软軟");
    assert_decodes(BYTES("<!-- <meta charset=big5> --><META Charset = 'GBK'>\xC8\xED"), NULL,
                   "GB18030", "<!-- <meta charset=big5> --><META Charset = 'GBK'>软");
    assert_decodes(BYTES("<meta http-equiv=Content-Type content=\"text/html; charset=big5\">\xB3n"),
                   NULL, "Big5-HKSCS",
                   "<meta http-equiv=Content-Type content=\"text/html; charset=big5\">軟");
    assert_decodes(BYTES("<?xml version=\"1.0\" encoding='Big5'?>\xB3n"), NULL, "Big5-HKSCS",
                   "<?xml version=\"1.0\" encoding='Big5'?>軟");
    assert_decodes(BYTES("<meta charset=iso-8859-1>\xE9\x80"), NULL, "windows-1252",
                   "<meta charset=iso-8859-1>é€");
    assert_decodes(BYTES("<meta charset=gbk>軟體"), NULL, "UTF-8", "<meta charset=gbk>軟體");
    assert_refused(BYTES("<meta charset=utf-8>\n\xB3n"), NULL, 21, 2, 1);
    assert_refused(BYTES("<meta charset=hz-gb-2312>\n\xB3n"), NULL, 0, 0, 0);
    assert_refused(BYTES("<meta charset=../../x>\n\xB3n"), NULL, 0, 0, 0);
}
END_TEST

/* 十 and ═ have two forms each, which stay; the new text has the usual one. */
START_TEST(second_forms_stay) {
    static const char bytes[] = "\xA2\xCC\xB3\x6E\xA4\x51\xA1\xC3\xF9\xF9\xA2\xA4\xF9\xFE\xA2\xCE";
    static const char *const names[] = {"big5", "big5-hkscs"};
    for (size_t i = 0; i < 2; i++) {
        assert_encodes(BYTES(bytes), names[i], NULL, (struct change){"軟", "十═"},
                       BYTES("\xA2\xCC\xA4\x51\xF9\xF9\xA4\x51\xA1\xC3\xF9\xF9\xA2\xA4\xF9\xFE"
                             "\xA2\xCE"));
        assert_encodes(BYTES(bytes), names[i], names[i], (struct change){"軟", ""},
                       BYTES("\xA2\xCC\xA4\x51\xA1\xC3\xF9\xF9\xA2\xA4\xF9\xFE\xA2\xCE"));
    }
    assert_encodes(BYTES(bytes), "big5", "utf-8", (struct change){"軟", ""}, BYTES("十十￣══▓卅"));
}
END_TEST

START_TEST(each_encoding_keeps_what_is_not_edited) {
    const struct change soft = {"软", "软件"};
    assert_encodes(BYTES("a\xC8\xED\r\n\0b"), "gbk", NULL, soft, BYTES("a\xC8\xED\xBC\xFE\r\n\0b"));
    assert_encodes(BYTES("a\xC8\xED"), "gb2312", NULL, soft, BYTES("a\xC8\xED\xBC\xFE"));
    /* four bytes: U+20000 and U+1F600; also the byte order mark of GB18030 */
    assert_encodes(BYTES("\x84\x31\x95\x33\x95\x32\x82\x36\xC8\xED\x94\x39\xFC\x36"), "gb18030",
                   NULL, (struct change){"软", "😀软"},
                   BYTES("\x84\x31\x95\x33\x95\x32\x82\x36\x94\x39\xFC\x36\xC8\xED\x94\x39\xFC"
                         "\x36"));
    assert_encodes(BYTES("\xFF\xFE\x3D\xD8\x00\xDE\x6F\x8F\x0A\0"), NULL, NULL, soft,
                   BYTES("\xFF\xFE\x3D\xD8\x00\xDE\x6F\x8F\xF6\x4E\x0A\0"));
    assert_encodes(BYTES("\xD8\x3D\xDE\x00\x8F\x6F"), "utf-16be", NULL, (struct change){"软", "😀"},
                   BYTES("\xD8\x3D\xDE\x00\xD8\x3D\xDE\x00"));
    assert_encodes(BYTES("\0\0\xFE\xFF\0\x01\xF6\x00\0\0\x8F\x6F"), NULL, NULL,
                   (struct change){"软", "a"}, BYTES("\0\0\xFE\xFF\0\x01\xF6\x00\0\0\0a"));
    assert_encodes(BYTES("caf\xE9 \x93x\x94"), "windows-1252", NULL, (struct change){"x", "ü"},
                   BYTES("caf\xE9 \x93\xFC\x94"));
    assert_encodes(BYTES("\x82\xA0\x8A\xBF"), "shift_jis", NULL, (struct change){"漢", "い"},
                   BYTES("\x82\xA0\x82\xA2"));
}
END_TEST

START_TEST(other_encodings_are_written_anew) {
    const struct change none = {"軟", "軟"};
    assert_encodes(BYTES("\xB3\x6E\n"), "big5", "gbk", none, BYTES("\xDC\x9B\n"));
    assert_encodes(BYTES("\xB3\x6E\n"), "big5", "utf-8", none, BYTES("軟\n"));
    assert_encodes(BYTES("\xB3\x6E"), "big5", "utf-16", none, BYTES("\xFF\xFE\xDF\x8E"));
    assert_encodes(BYTES("\xB3\x6E"), "big5", "utf-16be", none, BYTES("\x8E\xDF"));
    assert_encodes(BYTES("\xB3\x6E"), "big5", "utf-32", none, BYTES("\xFF\xFE\0\0\xDF\x8E\0\0"));
    assert_encodes(BYTES("\xFF\xFE\xDF\x8E"), NULL, "utf-16be", none, BYTES("\xFE\xFF\x8E\xDF"));
    assert_encodes(BYTES("\x8E\xDF"), "utf-16be", "utf-16", none, BYTES("\xFE\xFF\x8E\xDF"));
    assert_encodes(BYTES("\xFF\xFE\xDF\x8E"), NULL, "utf-16", none, BYTES("\xFF\xFE\xDF\x8E"));
    assert_encodes(BYTES("\xFF\xFE\xDF\x8E"), NULL, "utf-8", none, BYTES("軟"));
    assert_encodes(BYTES("\xEF\xBB\xBF軟"), NULL, "big5", none, BYTES("\xB3\x6E"));
    assert_encodes(BYTES("\xEF\xBB\xBF軟"), NULL, "utf-16", none, BYTES("\xFF\xFE\xDF\x8E"));
    assert_encodes(BYTES("\xEF\xBB\xBF軟"), NULL, "utf-16le", none, BYTES("\xFF\xFE\xDF\x8E"));
}
END_TEST

START_TEST(declarations_follow) {
    const struct change none = {"軟", "軟"};
    assert_encodes(BYTES("<meta charset=\"big5\">\xB3\x6E"), NULL, "utf-8", none,
                   BYTES("<meta charset=\"UTF-8\">軟"));
    assert_encodes(BYTES("<?xml encoding='big5'?>\xB3\x6E"), "big5", "gb18030", none,
                   BYTES("<?xml encoding='GB18030'?>\xDC\x9B"));
    assert_encodes(BYTES("<meta charset=utf-8>軟"), NULL, "gbk", none,
                   BYTES("<meta charset=GBK>\xDC\x9B"));
    /* another encoding than the one it is in */
    assert_encodes(BYTES("<meta charset=gbk>軟"), NULL, "big5", none,
                   BYTES("<meta charset=gbk>\xB3\x6E"));
    assert_encodes(BYTES("<meta charset=big5>\xB3\x6E"), NULL, NULL, none,
                   BYTES("<meta charset=big5>\xB3\x6E"));
    /* an edit has been there first */
    assert_encodes(BYTES("<meta charset=big5>\xB3\x6E"), NULL, "utf-8",
                   (struct change){"big5", "x"}, BYTES("<meta charset=x>軟"));
    assert_encodes(BYTES("<meta charset=big5>\xB3\x6E"), NULL, "utf-8",
                   (struct change){"=big5", "=b"}, BYTES("<meta charset=b>軟"));
}
END_TEST

START_TEST(characters_that_do_not_fit_are_listed) {
    static const char bytes[] = "x\n\xC8\xED\n\xC8\xEDy\nz";
    ivn_source *source = decode(bytes, sizeof bytes - 1, "gb2312");
    struct run run =
        encode(source, NULL, IVN_UNMAPPABLE_ERROR, (struct change){"软y\n", "軟體軟y\n軟😀"});
    ck_assert_int_eq(run.status, IVN_ENCODING);
    ck_assert_str_eq(run.err.args[0], "GB2312");
    ck_assert_str_eq(run.err.args[1], "軟 (U+8EDF): 3; 體 (U+9AD4): 3; 😀 (U+1F600): 3");
    ck_assert_uint_eq(run.err.line, 3);
    ck_assert_uint_eq(run.err.column, 1);
    run = encode(source, NULL, IVN_UNMAPPABLE_ENTITY, (struct change){"软y", "軟😀"});
    ck_assert_int_eq(run.status, IVN_OK);
    ck_assert_ptr_nonnull(memmem(run.bytes, run.size, "\n&#x8EDF;&#x1F600;\nz", 20));
    free(run.bytes);
    run = encode(source, "big5", IVN_UNMAPPABLE_REPLACE, (struct change){"y", "\xE2\x80\x8D"});
    ck_assert_int_eq(run.status, IVN_OK);
    ck_assert(run.size == 8 && memcmp(run.bytes, "x\n?\n??\nz", 8) == 0);
    free(run.bytes);
    ivn_source_free(source);
}
END_TEST

START_TEST(long_lists_are_cut) {
    struct buffer text = {0};
    for (int i = 0; i < 2000; i++) {
        char utf8[] = {(char)0xE4, (char)(0xB8 + i / 500), (char)(0x80 + i % 64), '\n'};
        ck_assert(buffer_append(&text, utf8, sizeof utf8));
    }
    ck_assert(buffer_append(&text, "軟", 3));
    ivn_source *source = decode(text.data, text.size, NULL);
    struct run run =
        encode(source, "windows-1252", IVN_UNMAPPABLE_ERROR, (struct change){"軟", ""});
    ck_assert_int_eq(run.status, IVN_ENCODING);
    size_t n = strlen(run.err.args[1]);
    ck_assert_uint_lt(n, IVN_ERROR_ARG_SIZE);
    ck_assert_str_eq(run.err.args[1] + n - 3, "…");
    ck_assert_ptr_nonnull(strstr(run.err.args[1], "一 (U+4E00): 1, 65, 129, 193, …; "));
    ivn_source_free(source);
    buffer_fini(&text);
}
END_TEST

START_TEST(utf8_is_the_way_out) {
    ivn_source *source = decode(BYTES("<meta charset=gb2312>\xC8\xED!"), NULL);
    struct run run = encode(source, "gb2312", IVN_UNMAPPABLE_UTF8, (struct change){"软", "軟"});
    ck_assert_int_eq(run.status, IVN_OK);
    ck_assert_uint_eq(run.size, 24);
    ck_assert_mem_eq(run.bytes, "<meta charset=UTF-8>軟!", run.size);
    free(run.bytes);
    run = encode(source, "gb2312", IVN_UNMAPPABLE_UTF8, (struct change){"!", "?"});
    ck_assert_uint_eq(run.size, 24);
    ck_assert_mem_eq(run.bytes, "<meta charset=GB2312>\xC8\xED?", run.size);
    free(run.bytes);
    ivn_source_free(source);
}
END_TEST

START_TEST(edits_must_make_the_text) {
    ivn_source *source = decode(BYTES("\xB3\x6E\xB3\x6E"), "big5");
    static const struct {
        size_t offset, length;
        const char *text, *all;
    } cases[] = {{0, 3, "x", "y軟"},   {0, 9, "x", "x"}, {1, 2, "x", "x軟"},
                 {7, 0, "x", "軟軟x"}, {0, 3, "x", "x"}, {0, 3, "\xFF", "\xFF軟"},
                 {3, 0, "", "軟"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ivn_edit edit = {
            cases[i].offset, cases[i].length, cases[i].text, strlen(cases[i].text), NULL, 0};
        ivn_error err = {0};
        void *bytes = NULL;
        size_t size = 0;
        ck_assert_int_eq(ivn_source_encode(source, NULL, IVN_UNMAPPABLE_ERROR, cases[i].all,
                                           strlen(cases[i].all), &edit, 1, &bytes, &size, &err),
                         IVN_INTERNAL);
        ck_assert_ptr_null(bytes);
    }
    ivn_source_free(source);
}
END_TEST

/* Runs of all kinds, over more than one of ICU's pieces, with an edit at every tenth character. */
START_TEST(many_edits_in_a_long_text) {
    static const char *const names[] = {"gb18030", "big5", "utf-16le", "utf-32be"};
    static const char *const pieces[] = {"軟體", "a", "，", "\r\n", "電腦 abc", "十"};
    struct buffer text = {0}, want = {0};
    ivn_edit *edits = calloc(20000, sizeof *edits);
    size_t count = 0;
    ck_assert_ptr_nonnull(edits);
    for (size_t i = 0; i < 100000; i++) {
        const char *piece = pieces[i * i % 7 % 6];
        size_t n = strlen(piece);
        if (i % 10 == 3) {
            edits[count++] = (ivn_edit){text.size, i % 20 == 3 ? n : 0, "裡b", 4, NULL, 0};
            ck_assert(buffer_append(&want, "裡b", 4));
        }
        ck_assert(buffer_append(&text, piece, n));
        if (i % 20 != 3)
            ck_assert(buffer_append(&want, piece, n));
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ivn_error err = {0};
        void *bytes = NULL, *back = NULL;
        size_t n = 0, size = 0;
        ivn_source *utf8 = decode(text.data, text.size, NULL);
        ck_assert_int_eq(ivn_source_encode(utf8, names[i], IVN_UNMAPPABLE_ERROR, text.data,
                                           text.size, NULL, 0, &bytes, &n, &err),
                         IVN_OK);
        ivn_source *source = decode(bytes, n, names[i]);
        ck_assert_int_eq(ivn_source_encode(source, NULL, IVN_UNMAPPABLE_ERROR, want.data, want.size,
                                           edits, count, &back, &size, &err),
                         IVN_OK);
        ivn_source *again = decode(back, size, names[i]);
        assert_text(again, ivn_source_encoding(source), want.data, want.size);
        ivn_source_free(again);
        ivn_source_free(source);
        ivn_source_free(utf8);
        free(bytes);
        free(back);
    }
    free(edits);
    buffer_fini(&text);
    buffer_fini(&want);
}
END_TEST

START_TEST(huge_is_refused) {
    ivn_source *source = NULL;
    ivn_error err = {0};
    ck_assert_int_eq(ivn_source_decode(&source, "", ((size_t)1 << 30) + 1, NULL, &err), IVN_LIMIT);
    ck_assert_ptr_null(source);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("encoding");
    tcase_add_test(tests, utf8_is_not_copied);
    tcase_add_test(tests, empty_and_plain_are_utf8);
    tcase_add_test(tests, damaged_utf8_is_not_another_encoding);
    tcase_add_test(tests, names_are_those_people_use);
    tcase_add_test(tests, unknown_and_stateful_names_are_refused);
    tcase_add_test(tests, invalid_sequences_have_a_place);
    tcase_add_test(tests, marks_tell);
    tcase_add_test(tests, byte_order_is_found);
    tcase_add_test(tests, declarations_tell);
    tcase_add_test(tests, second_forms_stay);
    tcase_add_test(tests, each_encoding_keeps_what_is_not_edited);
    tcase_add_test(tests, other_encodings_are_written_anew);
    tcase_add_test(tests, declarations_follow);
    tcase_add_test(tests, characters_that_do_not_fit_are_listed);
    tcase_add_test(tests, long_lists_are_cut);
    tcase_add_test(tests, utf8_is_the_way_out);
    tcase_add_test(tests, edits_must_make_the_text);
    tcase_add_test(tests, many_edits_in_a_long_text);
    tcase_add_test(tests, huge_is_refused);
    return fixture_main("encoding", tests);
}
