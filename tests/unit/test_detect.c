/* SPDX-License-Identifier: Apache-2.0 */
/* Encodings that nothing tells of: short and long texts, told right or refused, never wrong. */
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "source.h"

static const char *const simplified[] = {
    "今天天气很好，我们去公园走走吧。",
    "请把软件升级到最新版本，然后重新启动计算机。",
    "他说这件事情要等到明天才能决定，谁也没有办法。",
    "北京、上海、广州、深圳、成都、重庆、武汉、西安",
    "数据库里的记录已经全部导出，一共三千二百条。",
    "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。",
    "欢迎光临本店，请出示您的会员卡。",
    "服务器的内存不够用了，需要增加到六十四千兆字节。",
    "警察在现场发现了几枚指纹，正在进一步调查。",
    "第一章 总则\n第一条 为了保护民事主体的合法权益，制定本法。\n",
    "妈妈做的红烧肉是全世界最好吃的菜，没有之一！",
    "股票市场今日大幅下跌，投资者纷纷抛售手中的股份。",
    "鲁迅原名周树人，浙江绍兴人，是中国现代文学的奠基人之一。",
    "把鸡蛋打散，加盐少许，入油锅翻炒片刻，起锅装盘。",
    "version 2.1 修复了若干问题：打印时崩溃、窗口闪烁、字体模糊。\r\n",
    "地球绕着太阳转，月亮绕着地球转，这是小学生都知道的常识。",
    "您好，我想预订下周五晚上六点的位子，一共八个人。",
    "该病毒通过空气飞沫传播，潜伏期一般为三至七天，症状包括发热、咳嗽和乏力。",
    "孔子曰：“学而时习之，不亦说乎？有朋自远方来，不亦乐乎？”",
    "本合同一式两份，甲乙双方各执一份，自签字盖章之日起生效。",
};

static const char *const traditional[] = {
    "今天天氣很好，我們去公園走走吧。",
    "請把軟體升級到最新版本，然後重新啟動電腦。",
    "他說這件事情要等到明天才能決定，誰也沒有辦法。",
    "臺北、高雄、臺中、臺南、新竹、花蓮、屏東、宜蘭",
    "資料庫裡的紀錄已經全部匯出，一共三千二百筆。",
    "春眠不覺曉，處處聞啼鳥。夜來風雨聲，花落知多少。",
    "歡迎光臨本店，請出示您的會員卡。",
    "伺服器的記憶體不夠用了，需要增加到六十四位元組。",
    "警察在現場發現了幾枚指紋，正在進一步調查。",
    "第一章 總則\n第一條 為了保護人民的合法權益，制定本法。\n",
    "媽媽做的紅燒肉是全世界最好吃的菜，沒有之一！",
    "股票市場今日大幅下跌，投資人紛紛拋售手中的股份。",
    "魯迅原名周樹人，浙江紹興人，是中國現代文學的奠基人之一。",
    "把雞蛋打散，加鹽少許，入油鍋翻炒片刻，起鍋裝盤。",
    "version 2.1 修正了若干問題：列印時當機、視窗閃爍、字型模糊。\r\n",
    "地球繞著太陽轉，月亮繞著地球轉，這是小學生都知道的常識。",
    "您好，我想預訂下週五晚上六點的位子，一共八個人。",
    "該病毒透過空氣飛沫傳播，潛伏期一般為三至七天，症狀包括發燒、咳嗽和無力。",
    "孔子曰：「學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？」",
    "本合約一式兩份，甲乙雙方各執一份，自簽字蓋章之日起生效。",
};
enum {
    SIMPLIFIED = sizeof simplified / sizeof *simplified,
    TRADITIONAL = sizeof traditional / sizeof *traditional
};

struct bytes {
    char *data;
    size_t size;
};

/* The text in an encoding; data is the caller's. */
static struct bytes encode(const char *text, size_t n, const char *encoding) {
    ivn_source *source = NULL;
    ivn_error err = {0};
    void *data = NULL;
    struct bytes out = {0};
    ck_assert_int_eq(ivn_source_decode(&source, text, n, "utf-8", &err), IVN_OK);
    ck_assert_msg(ivn_source_encode(source, encoding, IVN_UNMAPPABLE_ERROR, text, n, NULL, 0, &data,
                                    &out.size, &err) == IVN_OK,
                  "%s: %s", encoding, err.args[1]);
    ivn_source_free(source);
    out.data = data;
    return out;
}

/* Asserts that the bytes are told as `encoding`, with the text as it was, or, if they may be,
 * refused. Returns whether they were told. */
static bool assert_told(struct bytes bytes, const char *encoding, const char *text, size_t n,
                        bool may_be_refused) {
    ivn_source *source = NULL;
    ivn_error err = {0};
    size_t size = 0;
    if (ivn_source_decode(&source, bytes.data, bytes.size, NULL, &err) != IVN_OK) {
        ck_assert_msg(may_be_refused, "%.*s as %s: %s [%s]", (int)n, text, encoding, err.message,
                      err.args[0]);
        ck_assert_int_eq(err.status, IVN_ENCODING);
        ck_assert_ptr_null(source);
        return false;
    }
    const char *got = ivn_source_text(source, &size);
    ck_assert_msg(strcmp(ivn_source_encoding(source), encoding) == 0,
                  "%.*s as %s: told as %s: %.*s", (int)n, text, encoding,
                  ivn_source_encoding(source), (int)size, got);
    ck_assert_uint_eq(size, n);
    ck_assert_int_eq(memcmp(got, text, n), 0);
    ivn_source_free(source);
    return true;
}

static void check_all(const char *const *texts, size_t count, const char *encoding) {
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(texts[i]);
        struct bytes bytes = encode(texts[i], n, encoding);
        assert_told(bytes, encoding, texts[i], n, false);
        free(bytes.data);
    }
}

START_TEST(a_line_is_told) {
    check_all(simplified, SIMPLIFIED, "GB18030");
    check_all(traditional, TRADITIONAL, "GB18030");
    check_all(traditional, TRADITIONAL, "Big5");
    check_all(simplified, SIMPLIFIED, "UTF-16LE");
    check_all(traditional, TRADITIONAL, "UTF-16BE");
    check_all(traditional, TRADITIONAL, "UTF-32LE");
    check_all(simplified, SIMPLIFIED, "UTF-32BE");
}
END_TEST

/* The end of `characters` characters from p on, or NULL. */
static const char *skip(const char *p, size_t characters) {
    for (; characters > 0 && *p; characters--)
        do
            p++;
        while (((unsigned char)*p & 0xC0) == 0x80);
    return characters ? NULL : p;
}

/* Every stretch of so many characters; returns the share that is told, in percent. */
static size_t check_stretches(const char *const *texts, size_t count, const char *encoding,
                              size_t characters) {
    size_t told = 0, all = 0;
    for (size_t i = 0; i < count; i++) {
        const char *end;
        for (const char *p = texts[i]; (end = skip(p, characters)); p = skip(p, 1)) {
            struct bytes bytes = encode(p, (size_t)(end - p), encoding);
            ivn_source *s = NULL;
            /* What happens to be UTF-8 is UTF-8. */
            bool utf8 = ivn_source_decode(&s, bytes.data, bytes.size, "utf-8", NULL) == IVN_OK;
            ivn_source_free(s);
            if (!utf8) {
                all++;
                told += assert_told(bytes, encoding, p, (size_t)(end - p), true);
            }
            free(bytes.data);
        }
    }
    return told * 100 / all;
}

START_TEST(no_stretch_is_told_wrong) {
    for (size_t n = 4; n <= 12; n += 2) {
        size_t least = n >= 12 ? 97 : n >= 8 ? 85 : 60;
        ck_assert_uint_ge(check_stretches(simplified, SIMPLIFIED, "GB18030", n), least);
        ck_assert_uint_ge(check_stretches(traditional, TRADITIONAL, "GB18030", n), least);
        ck_assert_uint_ge(check_stretches(traditional, TRADITIONAL, "Big5", n), least);
    }
}
END_TEST

START_TEST(a_long_text_is_told) {
    struct buffer text = {0};
    for (size_t i = 0; text.size < 300000; i++) {
        const char *line = traditional[i % TRADITIONAL];
        ck_assert(buffer_append(&text, line, strlen(line)));
        ck_assert(buffer_append(&text, "\n", 1));
    }
    static const char *const encodings[] = {"GB18030", "Big5", "UTF-16LE", "UTF-16BE"};
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        struct bytes bytes = encode(text.data, text.size, encodings[i]);
        assert_told(bytes, encodings[i], text.data, text.size, false);
        free(bytes.data);
    }
    buffer_fini(&text);
}
END_TEST

/* Chinese far behind a lot of ASCII, and little of it. */
START_TEST(ascii_in_front_does_not_matter) {
    struct buffer text = {0};
    for (int i = 0; i < 20000; i++)
        ck_assert(buffer_append(&text, "int main(void);\n", 16));
    ck_assert(buffer_append(&text, traditional[1], strlen(traditional[1])));
    static const char *const encodings[] = {"GB18030", "Big5"};
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        struct bytes bytes = encode(text.data, text.size, encodings[i]);
        assert_told(bytes, encodings[i], text.data, text.size, false);
        free(bytes.data);
    }
    buffer_fini(&text);
}
END_TEST

START_TEST(hong_kong_needs_its_own_big5) {
    static const char text[] = "佢哋喺嗰度食嘢，你哋唔好阻住人哋，快啲返屋企瞓覺啦。";
    struct bytes bytes = encode(text, sizeof text - 1, "Big5-HKSCS");
    assert_told(bytes, "Big5-HKSCS", text, sizeof text - 1, false);
    free(bytes.data);
}
END_TEST

START_TEST(other_languages_are_not_chinese) {
    static const struct {
        const char *text, *encoding;
    } cases[] = {
        {"L’été dernier, nous avons passé trois semaines à la plage, près de Biarritz.",
         "windows-1252"},
        {"Die Straße führt über den Fluß und dann in die schöne Altstadt von Würzburg.",
         "windows-1252"},
        {"El niño comió una manzana y después salió a jugar con su compañero español.",
         "windows-1252"},
        {"Don’t say “no” before you’ve tried it – it’s only a café.", "windows-1252"},
        {"吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。", "Shift_JIS"},
        {"吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。", "EUC-JP"},
        {"동해물과 백두산이 마르고 닳도록 하느님이 보우하사 우리나라 만세.", "EUC-KR"},
        {"Все счастливые семьи похожи друг на друга, каждая несчастлива по-своему.",
         "windows-1251"},
        {"Все счастливые семьи похожи друг на друга, каждая несчастлива по-своему.", "KOI8-R"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = strlen(cases[i].text);
        struct bytes bytes = encode(cases[i].text, n, cases[i].encoding);
        assert_told(bytes, cases[i].encoding, cases[i].text, n, false);
        free(bytes.data);
    }
}
END_TEST

static void assert_refused(const char *bytes, size_t n) {
    ivn_source *source = NULL;
    ivn_error err = {0};
    ivn_status status = ivn_source_decode(&source, bytes, n, NULL, &err);
    ck_assert_msg(status == IVN_ENCODING, "told as %s", source ? ivn_source_encoding(source) : "");
    ck_assert_ptr_null(source);
    ck_assert_ptr_nonnull(err.message);
}

START_TEST(binaries_are_refused) {
    char bytes[4096];
    uint32_t state = 1;
    for (size_t i = 0; i < sizeof bytes; i++) {
        state = state * 1664525 + 1013904223;
        bytes[i] = (char)(state >> 24);
    }
    for (size_t n = 16; n <= sizeof bytes; n *= 2)
        assert_refused(bytes, n);
    for (size_t i = 0; i < sizeof bytes; i++) /* records with many NULs */
        if (i % 8 > 2)
            bytes[i] = '\0';
    for (size_t n = 32; n <= sizeof bytes; n *= 2)
        assert_refused(bytes, n);
    static const char png[] =
        "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0\x08\x02\0\0\0\x9B\xC8";
    assert_refused(png, sizeof png - 1);
    static const char elf[] = "\x7F"
                              "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\xC0\x5F\0\0\0\0"
                              "\0\0@\0\0\0\0\0\0\0\xF8\xD2\x10\0\0\0\0\0\0\0\0\0@\0008\0\r\0@\0";
    assert_refused(elf, sizeof elf - 1);
}
END_TEST

START_TEST(candidates_are_named) {
    ivn_source *source = NULL;
    ivn_error err = {0};
    ck_assert_int_eq(ivn_source_decode(&source, "\xC4\xE3", 2, NULL, &err), IVN_ENCODING);
    ck_assert_ptr_nonnull(strstr(err.args[0], " %)"));
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("detect");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_line_is_told);
    tcase_add_test(tests, no_stretch_is_told_wrong);
    tcase_add_test(tests, a_long_text_is_told);
    tcase_add_test(tests, ascii_in_front_does_not_matter);
    tcase_add_test(tests, hong_kong_needs_its_own_big5);
    tcase_add_test(tests, other_languages_are_not_chinese);
    tcase_add_test(tests, binaries_are_refused);
    tcase_add_test(tests, candidates_are_named);
    return fixture_main("detect", tests);
}
