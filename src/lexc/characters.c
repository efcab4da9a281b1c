/* SPDX-License-Identifier: Apache-2.0 */
#include "characters.h"

#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "utf8.h"

enum { CODE_POINTS = 0x110000, PAGES = CODE_POINTS >> 8 };

/* The first value of a table for a character, or 0. */
static uint32_t first_value(const struct table *t, uint32_t cp) {
    char key[4];
    size_t n = utf8_encode(cp, key);
    const struct table_row *row = table_find(t, key, n);
    return row ? utf8_get((const unsigned char *)row->values, &n) : 0;
}

/* The simplified character for a traditional one; where OpenCC keeps it by default (覆 藉 瞭), the
 * one that it becomes in phrases. 0 if the table has none. */
static uint32_t simplify(const struct table *t, uint32_t cp) {
    char key[4];
    size_t n = utf8_encode(cp, key);
    const struct table_row *row = table_find(t, key, n);
    if (!row)
        return 0;
    const char *values = row->values, *value;
    uint32_t simplified = cp;
    while (simplified == cp && (value = table_next_value(&values, &n)) != NULL)
        simplified = utf8_get((const unsigned char *)value, &n);
    return simplified;
}

static bool has_key(const struct table *t, uint32_t cp) {
    return first_value(t, cp) != 0;
}

static bool is_latin(uint32_t cp) {
    uint32_t c = cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFEE0 : cp;
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_name_dot(uint32_t cp) {
    return cp == 0xB7 || cp == 0x2022 || cp == 0x2027 || cp == 0x30FB;
}

/* A mark that a title or a product's name may have inside, folded to ASCII; 0 if cp is none. Those
 * that stand between any two words of running text (，。、 and spaces) are not: they end the runs
 * that the lattice works on. */
static uint32_t fold_mark(uint32_t cp) {
    static const char marks[] = "!?:-&+'";
    uint32_t c = cp == 0x2019 ? '\'' : cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFEE0 : cp;
    return c && c < 0x80 && strchr(marks, (int)c) ? c : 0;
}

static void add_table(bool *present, const struct table *t) {
    for (size_t i = 0; i < t->count; i++) {
        size_t length;
        present[utf8_get((const unsigned char *)t->rows[i].key, &length)] = true;
        const char *values = t->rows[i].values, *value;
        while ((value = table_next_value(&values, &length)) != NULL)
            present[utf8_get((const unsigned char *)value, &length)] = true;
    }
}

static void add_pairs(bool *present, const struct pairs *pairs) {
    for (size_t i = 0; i < pairs->count; i++)
        present[pairs->items[i].from] = present[pairs->items[i].to] = true;
}

static bool *collect(const struct opencc_tables *t, const struct locale_conf *locales, size_t n) {
    bool *present = allocate(CODE_POINTS * sizeof *present);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++)
        present[cp] = is_latin(cp) || is_name_dot(cp) || fold_mark(cp) || cp == 0x3007 ||
                      (cp >= 0x3400 && cp <= 0x4DBF) || (cp >= 0x4E00 && cp <= 0x9FFF);
    add_table(present, &t->st_characters);
    add_table(present, &t->ts_characters);
    add_table(present, &t->tw_variants_rev);
    add_table(present, &t->hk_variants_rev);
    for (size_t i = 0; i < n; i++) {
        add_pairs(present, &locales[i].glyph);
        add_pairs(present, &locales[i].convert);
        add_pairs(present, &locales[i].soft);
        add_pairs(present, &locales[i].either);
    }
    return present;
}

/* The simplified character that stands for cp and all its variants. */
static uint32_t fold(const struct opencc_tables *t, uint32_t cp) {
    if (is_name_dot(cp))
        return 0xB7;
    if (fold_mark(cp))
        return fold_mark(cp);
    if (is_latin(cp)) {
        uint32_t c = cp > 0x7F ? cp - 0xFEE0 : cp;
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    for (int round = 0; round < 3; round++) {
        if (has_key(&t->st_characters, cp) && !has_key(&t->ts_characters, cp))
            return cp;
        uint32_t standard = first_value(&t->tw_variants_rev, cp);
        if (!standard)
            standard = first_value(&t->hk_variants_rev, cp);
        if (!standard)
            standard = cp;
        uint32_t simplified = simplify(&t->ts_characters, standard);
        if (!simplified)
            simplified = standard;
        if (simplified == cp)
            break;
        cp = simplified;
    }
    return cp;
}

struct use {
    uint32_t cp;
    double count;
};

static int compare_uses(const void *x, const void *y) {
    const struct use *a = x, *b = y;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return a->cp < b->cp ? -1 : a->cp > b->cp;
}

/* How often each character occurs, as it stands and folded. */
static void count_uses(double *counts, const char *essay, const struct opencc_tables *tables) {
    size_t size;
    char *text = read_file(essay, &size);
    for (char *p = text, *end; *p; p = *end ? end + 1 : end) {
        end = p + strcspn(p, "\n");
        char *tab = memchr(p, '\t', (size_t)(end - p));
        double count = tab ? strtod(tab + 1, NULL) : 0;
        for (size_t n; count > 0 && p < tab; p += n) {
            uint32_t cp = utf8_get((const unsigned char *)p, &n), folded = fold(tables, cp);
            counts[cp] += count;
            if (folded != cp)
                counts[folded] += count;
        }
    }
    free(text);
}

static void number(struct characters *c, const bool *present, const struct opencc_tables *tables,
                   const char *essay) {
    size_t page_count = 1; /* page 0 is all zeros: no characters */
    size_t count = 0;
    double *counts = allocate(CODE_POINTS * sizeof *counts);
    struct use *uses = allocate(UINT16_MAX * sizeof *uses);
    count_uses(counts, essay, tables);
    c->pages = allocate(PAGES * sizeof *c->pages);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++)
        if (present[cp]) {
            if (count + 1 >= UINT16_MAX)
                fail("too many characters for 16-bit ids");
            uses[count++] = (struct use){cp, counts[cp]};
            if (!c->pages[cp >> 8])
                c->pages[cp >> 8] = (uint16_t)page_count++;
        }
    qsort(uses, count, sizeof *uses, compare_uses);
    c->ids = allocate(page_count * 256 * sizeof *c->ids);
    c->chars = allocate((count + 1) * sizeof *c->chars);
    c->code_points = allocate((count + 1) * sizeof *c->code_points);
    for (size_t id = 1; id <= count; id++) {
        uint32_t cp = uses[id - 1].cp;
        char bytes[4] = {0};
        utf8_encode(cp, bytes);
        c->ids[(uint32_t)c->pages[cp >> 8] << 8 | (cp & 0xFF)] = (uint16_t)id;
        c->code_points[id] = cp;
        for (int k = 0; k < 4; k++)
            c->chars[id].utf8 |= (uint32_t)(unsigned char)bytes[k] << 8 * k;
    }
    free(uses);
    free(counts);
    count++; /* id 0 */
    c->alphabet = (struct alphabet){.pages = c->pages,
                                    .ids = c->ids,
                                    .chars = c->chars,
                                    .page_count = page_count,
                                    .char_count = count};
}

static uint16_t id_of(const struct characters *c, uint32_t cp) {
    return c->ids[(uint32_t)c->pages[cp >> 8] << 8 | (cp & 0xFF)];
}

static uint32_t write_traditional(const struct locale_conf *l, uint32_t cp) {
    return pairs_map(&l->soft, pairs_map(&l->glyph, cp));
}

static uint32_t respell(const struct locale_conf *l, enum style style, uint32_t cp) {
    switch (style) {
    case STYLE_WRITTEN:
        return write_traditional(l, cp);
    case STYLE_SOFT_BACK:
        return pairs_map_back(&l->soft, pairs_map(&l->glyph, cp));
    case STYLE_EITHER:
        return pairs_map(&l->either, pairs_map(&l->glyph, cp));
    default:
        return pairs_map(&l->glyph, cp);
    }
}

/* Simplified only: no traditional-script locale writes it for anything. */
static bool is_simplified_only(const struct opencc_tables *t, const struct locale_conf *locales,
                               size_t locale_count, uint32_t cp) {
    char key[4];
    size_t n = utf8_encode(cp, key);
    const struct table_row *row = table_find(&t->st_characters, key, n);
    if (!row || (has_key(&t->ts_characters, cp) && simplify(&t->ts_characters, cp) != cp))
        return false;
    const char *values = row->values, *value;
    while ((value = table_next_value(&values, &n)) != NULL) {
        uint32_t traditional = utf8_get((const unsigned char *)value, &n);
        if (traditional == cp)
            return false;
        for (size_t l = 0; l < locale_count; l++)
            for (enum style style = 0; locales[l].traditional && style < STYLES; style++)
                if (respell(&locales[l], style, traditional) == cp)
                    return false;
    }
    return true;
}

static enum char_class classify(const struct opencc_tables *t, const struct locale_conf *locales,
                                size_t locale_count, uint32_t cp) {
    if (is_latin(cp))
        return CLASS_LATIN;
    if (is_name_dot(cp))
        return CLASS_JOINER;
    if (fold_mark(cp))
        return CLASS_MARK;
    if (is_simplified_only(t, locales, locale_count, cp))
        return CLASS_SIMPLIFIED;
    uint32_t simplified = first_value(&t->ts_characters, cp);
    if (simplified && simplified != cp)
        return CLASS_TRADITIONAL;
    return CLASS_NEUTRAL;
}

/* What a one-character word becomes: from text of the other script, and from the locale's own. */
static void map_single(const struct opencc_tables *t, const struct locale_conf *l, uint32_t cp,
                       enum char_class class, uint32_t *convert, uint32_t *glyph) {
    *convert = *glyph = cp;
    if (class >= CLASS_LATIN)
        return;
    if (!l->traditional) {
        uint32_t simplified = first_value(&t->ts_characters, cp);
        if (class == CLASS_TRADITIONAL)
            *convert = *glyph = simplified;
        *convert = pairs_map(&l->convert, *convert);
        *glyph = pairs_map(&l->glyph, *glyph);
        return;
    }
    uint32_t traditional = class == CLASS_TRADITIONAL ? 0 : first_value(&t->st_characters, cp);
    *convert = traditional ? write_traditional(l, traditional) : pairs_map(&l->glyph, cp);
    *convert = pairs_map(&l->convert, *convert);
    *glyph = class == CLASS_SIMPLIFIED ? *convert : pairs_map(&l->glyph, cp);
}

/* The row of OpenCC's tables that says what becomes of a character. */
static void find_sources(struct characters *c, struct builder *b, const struct opencc_tables *t) {
    const struct table *const tables[] = {&t->st_characters, &t->ts_characters};
    c->sources = allocate(c->alphabet.char_count * sizeof *c->sources);
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        uint32_t file = builder_add_file(b, tables[k]->name);
        for (size_t id = 1; id < c->alphabet.char_count; id++) {
            char key[4];
            size_t n = utf8_encode(c->code_points[id], key);
            const struct table_row *row = table_find(tables[k], key, n);
            if (row && !c->sources[id])
                c->sources[id] = builder_source(file, row->line);
        }
    }
    c->alphabet.sources = c->sources;
}

static void find_ambiguous(struct characters *c) {
    uint8_t *members = allocate(c->alphabet.char_count);
    c->ambiguous = allocate(c->alphabet.char_count * sizeof *c->ambiguous);
    for (size_t id = 1; id < c->alphabet.char_count; id++)
        if (c->chars[id].class != CLASS_SIMPLIFIED) {
            uint16_t label = c->chars[id].label;
            c->ambiguous[label] = members[label];
            members[label] = 1;
        }
    free(members);
}

void characters_init(struct characters *c, struct builder *b, const struct opencc_tables *tables,
                     const char *essay, const struct locale_conf *locales, size_t locale_count) {
    *c = (struct characters){0};
    bool *present = collect(tables, locales, locale_count);
    number(c, present, tables, essay);
    free(present);
    size_t count = c->alphabet.char_count;
    c->convert = allocate(locale_count * count * sizeof *c->convert);
    c->glyph = allocate(locale_count * count * sizeof *c->glyph);
    for (uint16_t id = 1; id < count; id++) {
        uint32_t cp = c->code_points[id];
        enum char_class class = classify(tables, locales, locale_count, cp);
        c->chars[id].class = (uint8_t) class;
        c->chars[id].label = id_of(c, fold(tables, cp));
        for (size_t l = 0; l < locale_count; l++) {
            uint32_t convert, glyph;
            map_single(tables, &locales[l], cp, class, &convert, &glyph);
            c->convert[l * count + id] = id_of(c, convert);
            c->glyph[l * count + id] = id_of(c, glyph);
        }
    }
    c->alphabet.convert = c->convert;
    c->alphabet.glyph = c->glyph;
    find_ambiguous(c);
    find_sources(c, b, tables);
}

void characters_fini(struct characters *c) {
    free(c->pages);
    free(c->ids);
    free(c->chars);
    free(c->convert);
    free(c->glyph);
    free(c->code_points);
    free(c->ambiguous);
    free(c->sources);
}

static void append(struct buffer *out, const void *bytes, size_t n) {
    if (!buffer_append(out, bytes, n))
        fail("out of memory");
}

/* The longest of OpenCC's phrases that the text begins with (乾坤, 反覆), in simplified characters:
 * its length, or 0. */
static size_t render_phrase(const struct opencc_tables *tables, const char *text, size_t n,
                            struct buffer *out) {
    for (size_t length = n; length > 0; length--) {
        if (length < n && utf8_continues(text[length]))
            continue;
        const struct table_row *row = table_find(&tables->ts_phrases, text, length);
        if (!row)
            continue;
        const char *values = row->values;
        size_t size;
        const char *value = table_next_value(&values, &size);
        append(out, value, size);
        return length;
    }
    return 0;
}

void characters_render(const struct opencc_tables *tables, const struct locale_conf *locale,
                       enum style style, const char *text, size_t n, struct buffer *out) {
    for (size_t i = 0, length; i < n; i += length) {
        length = locale->traditional ? 0 : render_phrase(tables, text + i, n - i, out);
        if (length)
            continue;
        uint32_t cp = utf8_get((const unsigned char *)text + i, &length);
        if (locale->traditional) {
            cp = respell(locale, style, cp);
        } else {
            uint32_t simplified = first_value(&tables->ts_characters, cp);
            cp = simplified ? simplified : cp;
        }
        char bytes[4];
        append(out, bytes, utf8_encode(cp, bytes));
    }
}
