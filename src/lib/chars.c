/* SPDX-License-Identifier: Apache-2.0 */
#include "chars.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#include "utf8.h"

enum { HAN_FIRST = 0x4E00, HAN_LAST = 0x9FFF, HAN_COUNT = HAN_LAST - HAN_FIRST + 1 };

/* The most frequent characters of Chinese by rime-essay's counts, in both scripts. */
static const char frequent[] =
    "的不一是人有了大我來在上個中出子下好你會國去到這學生要地天過就可為時發小多以用自行家心沒得能"
    "縣麼說成和看區市開機工水動無分還後法作回業面對日起那之都公電性理事點年文他高也本新經道方頭們"
    "於三主合力化山手長體定同進現金著打如明想老情海前期外然加實西氣意安重車全而通平風數者名部花關"
    "物很所相裡門口民當東間產場利內網呵十度正馬什二女應兩知話美信光最比路入斯流問白品管兒表哈臺南"
    "色克務給特其萬資吧做身樣交只書量拉員線教爾別計報真代等種空城果四目制政器幾神單月見位保價太次"
    "第五件北愛收接義放式世先司格結里科提字原建活走將商再解運清感死眼基語德火反處變傳聲記程石言題"
    "軍從戰術快師因調號設樂少州帶難紅轉服費節己常系片把向各直裝吃展百與江論總些華音邊非球病圖千強"
    "已立統陽但她更林来个会国这学过为时发没县么说区开机动无还后业对电点经头们于长体进现着实气车风"
    "数关门当东间产场内网马应两话问儿台务给万资样书员线尔别计报种几单见价爱义结将运语处变传声记题"
    "军从战术师调号设乐带难红转费节装与论总华边图强统阳";

void chars_fini(struct chars *chars) {
    free(chars->han);
    chars->han = NULL;
}

/* Gives `kind` to the characters of rows first to last of a two-byte table, bytes A1 to FE and, of
 * Big5, 40 to 7E. */
static bool mark_rows(struct chars *chars, const char *table, int first, int last, int least,
                      enum char_kind kind) {
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(table, &code);
    if (U_FAILURE(code))
        return false;
    for (int lead = first; lead <= last; lead++)
        for (int trail = least; trail <= 0xFE; trail++) {
            const char bytes[] = {(char)lead, (char)trail};
            UChar unit[4];
            code = U_ZERO_ERROR;
            int32_t n = trail > 0x7E && trail < 0xA1
                            ? 0
                            : ucnv_toUChars(converter, unit, 4, bytes, sizeof bytes, &code);
            if (n == 1 && unit[0] >= HAN_FIRST && unit[0] <= HAN_LAST)
                chars->han[unit[0] - HAN_FIRST] = (uint8_t)kind;
        }
    ucnv_close(converter);
    return true;
}

/* The first levels of GB2312 and of Big5 are the 3755 and 5401 characters that ordinary texts are
 * written with. */
bool chars_init(struct chars *chars) {
    chars->han = calloc(HAN_COUNT, 1);
    if (!chars->han || !mark_rows(chars, "GB2312", 0xB0, 0xD7, 0xA1, KIND_COMMON) ||
        !mark_rows(chars, "Big5", 0xA4, 0xC6, 0x40, KIND_COMMON)) {
        chars_fini(chars);
        return false;
    }
    const unsigned char *p = (const unsigned char *)frequent;
    for (size_t length; *p; p += length)
        chars->han[utf8_get(p, &length) - HAN_FIRST] = KIND_FREQUENT;
    return true;
}

static bool is_mark(uint32_t c) {
    static const UChar marks[] = {0x00B7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2027,
                                  0x3000, 0x3001, 0x3002, 0x300A, 0x300B, 0x300C, 0x300D, 0xFF01,
                                  0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == c)
            return true;
    return false;
}

static enum char_kind kind_by_category(uint32_t c) {
    switch (u_charType((UChar32)c)) {
    case U_UNASSIGNED:
    case U_SURROGATE:
        return KIND_NOTHING;
    case U_PRIVATE_USE_CHAR:
        return KIND_PRIVATE;
    case U_CONTROL_CHAR:
        return KIND_CONTROL;
    case U_LOWERCASE_LETTER:
        return KIND_LOWER;
    case U_UPPERCASE_LETTER:
        return KIND_UPPER;
    case U_OTHER_LETTER:
    case U_MODIFIER_LETTER:
        return KIND_LETTER;
    default:
        return KIND_SYMBOL;
    }
}

enum char_kind chars_kind(const struct chars *chars, uint32_t c) {
    if (c >= HAN_FIRST && c <= HAN_LAST)
        return (enum char_kind)chars->han[c - HAN_FIRST];
    if ((c >= 0x20 && c < 0x7F) || (c >= '\t' && c <= '\r'))
        return KIND_ASCII;
    if (c == 0)
        return KIND_NOTHING;
    if (is_mark(c))
        return KIND_MARK;
    if ((c >= 0x3400 && c < HAN_FIRST) || c >= 0x20000)
        return c < 0x40000 ? KIND_RARE : KIND_NOTHING;
    if (c >= 0x3040 && c <= 0x30FF)
        return KIND_KANA;
    if (c >= 0xFF61 && c <= 0xFF9F)
        return KIND_HALF_KANA;
    if (c >= 0xAC00 && c <= 0xD7A3)
        return KIND_HANGUL;
    if ((c >= 0x2190 && c <= 0x27BF) || (c >= 0x3000 && c <= 0x33FF) ||
        (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF5E))
        return KIND_WIDE;
    return kind_by_category(c);
}
