/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "utf8.h"

/* One spelling of one word, as a source has it. */
struct spelling {
    uint16_t *labels;
    size_t length;
    const char *text;
    size_t size;
    double count;           /* 0: known without a count */
    const char *simplified; /* OpenCC's phrases: how simplified text may spell it; else NULL */
    size_t simplified_size;
    bool phrase;     /* OpenCC's: right whatever the counts say */
    uint32_t source; /* builder_source() */
    uint32_t order;
};

struct collection {
    struct spelling *items;
    size_t count, capacity;
    double total;
};

/* Text that a locale has for a word, and how well it is attested. */
struct candidate {
    struct buffer text;
    double count;
    bool phrase, written;
};
enum { MAX_CANDIDATES = 32 };

/* Characters that are no common words by themselves are counted too often: most of what stands
 * alone is what a wrong cut leaves over (服务器|官). */
enum { FUNCTION_WORD = 8 * COST_UNIT, SINGLE_PENALTY = 3 * COST_UNIT };

/* A spelling this much rarer than the commonest is a slip of the source. */
static const double slip_ratio = 0.02;

static void collect(struct collection *c, const struct builder *b, const char *key, size_t key_size,
                    const struct spelling *spelling) {
    uint16_t labels[IMAGE_MAX_KEY], check[IMAGE_MAX_KEY];
    size_t n = builder_labels(b, key, key_size, labels);
    if (n == 0 || builder_labels(b, spelling->text, spelling->size, check) != n ||
        memcmp(labels, check, n * sizeof *labels) != 0)
        return; /* not in the alphabet, or OpenCC changes more than the script */
    c->items = grow_array(c->items, &c->capacity, c->count + 1, sizeof *c->items);
    struct spelling *s = &c->items[c->count];
    *s = *spelling;
    s->labels = allocate(n * sizeof *labels);
    memcpy(s->labels, labels, n * sizeof *labels);
    s->length = n;
    s->order = (uint32_t)c->count++;
    c->total += s->count;
}

static void read_essay(struct collection *c, struct builder *b, char *text) {
    uint32_t file = builder_add_file(b, "rime-essay/essay.txt");
    size_t line = 0;
    for (char *p = text, *next; *p; p = next) {
        next = p + strcspn(p, "\n");
        if (*next)
            *next++ = '\0';
        line++;
        char *tab = strchr(p, '\t');
        if (!tab)
            continue;
        if (strtod(tab + 1, NULL) == 0)
            continue;
        struct spelling s = {.text = p,
                             .size = (size_t)(tab - p),
                             .count = strtod(tab + 1, NULL),
                             .source = builder_source(file, line)};
        collect(c, b, p, s.size, &s);
    }
}

/* Some keys of STPhrases are not simplified throughout (极爲). */
static bool is_simplified(const struct characters *c, const char *text) {
    for (size_t n; *text; text += n) {
        uint32_t cp = utf8_get((const unsigned char *)text, &n);
        uint16_t id = c->ids[(uint32_t)c->pages[cp >> 8] << 8 | (cp & 0xFF)];
        if (c->chars[id].class == CLASS_TRADITIONAL)
            return false;
    }
    return true;
}

static void read_phrases(struct collection *c, struct builder *b, const struct vocabulary *v) {
    const struct table *t = &v->tables->st_phrases;
    uint32_t file = builder_add_file(b, t->name);
    for (size_t i = 0; i < t->count; i++) {
        const char *simplified =
            is_simplified(v->characters, t->rows[i].key) ? t->rows[i].key : NULL;
        const char *values = t->rows[i].values, *value;
        size_t n;
        while ((value = table_next_value(&values, &n)) != NULL) {
            struct spelling s = {.text = value,
                                 .size = n,
                                 .simplified = simplified,
                                 .simplified_size = strlen(t->rows[i].key),
                                 .phrase = true,
                                 .source = builder_source(file, t->rows[i].line)};
            collect(c, b, t->rows[i].key, strlen(t->rows[i].key), &s);
        }
    }
}

/* TSPhrases' keys are traditional spellings that simplified text keeps in part (乾隆). */
static void read_kept(struct collection *c, struct builder *b, const struct table *t) {
    uint32_t file = builder_add_file(b, t->name);
    for (size_t i = 0; i < t->count; i++) {
        struct spelling s = {.text = t->rows[i].key,
                             .size = strlen(t->rows[i].key),
                             .phrase = true,
                             .source = builder_source(file, t->rows[i].line)};
        collect(c, b, s.text, s.size, &s);
    }
}

static int compare(const void *x, const void *y) {
    const struct spelling *a = x, *b = y;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    int order = memcmp(a->labels, b->labels, a->length * sizeof *a->labels);
    if (order)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static size_t add_candidate(struct candidate *all, size_t n, const struct vocabulary *v,
                            const struct locale_conf *locale, enum style style,
                            const struct spelling *s) {
    struct buffer text = {0};
    if (!locale->traditional && style != STYLE_WRITTEN && s->simplified) {
        if (!buffer_append(&text, s->simplified, s->simplified_size))
            fail("out of memory");
    } else {
        characters_render(v->tables, locale, style, s->text, s->size, &text);
    }
    size_t i = 0;
    while (i < n &&
           (all[i].text.size != text.size || memcmp(all[i].text.data, text.data, text.size) != 0))
        i++;
    if (i == n) {
        if (n == MAX_CANDIDATES) {
            buffer_fini(&text);
            return n;
        }
        all[n++] = (struct candidate){.text = text};
    } else {
        buffer_fini(&text);
    }
    all[i].count += s->count;
    all[i].phrase |= s->phrase;
    all[i].written |= style == STYLE_WRITTEN;
    return n;
}

/* The written candidate to put first: the best counted; without counts, the earliest. */
static size_t choose(const struct candidate *all, size_t n) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++)
        if (all[i].written && (best == SIZE_MAX || all[i].count > all[best].count))
            best = i;
    return best;
}

struct form_list {
    struct builder_form items[MAX_CANDIDATES * 2];
    struct buffer texts[MAX_CANDIDATES * 2];
    size_t count;
};

static void add_form(struct form_list *forms, const struct candidate *c, size_t locale,
                     bool first) {
    size_t f = 0;
    while (f < forms->count && (forms->texts[f].size != c->text.size ||
                                memcmp(forms->texts[f].data, c->text.data, c->text.size) != 0))
        f++;
    if (f == forms->count) {
        if (f == MAX_CANDIDATES * 2)
            return;
        if (!buffer_append(&forms->texts[f], c->text.data, c->text.size))
            fail("out of memory");
        forms->items[f] =
            (struct builder_form){.text = forms->texts[f].data, .length = forms->texts[f].size};
        forms->count++;
    }
    forms->items[f].accepted |= (uint8_t)(1u << locale);
    if (first)
        forms->items[f].first |= (uint8_t)(1u << locale);
}

/* The forms of one word, from all its spellings. Returns the source of the one written first. */
static uint32_t make_forms(const struct vocabulary *v, const struct spelling *spellings, size_t n,
                           struct form_list *forms) {
    uint32_t source = spellings[0].source;
    for (size_t l = 0; l < v->locale_count; l++) {
        struct candidate all[MAX_CANDIDATES];
        size_t count = 0;
        for (size_t i = 0; i < n; i++) {
            for (enum style style = 0; style < STYLES; style++)
                count = add_candidate(all, count, v, &v->locales[l], style, &spellings[i]);
        }
        size_t first = choose(all, count);
        for (size_t i = 0; i < count; i++) {
            if (i == first || all[i].phrase ||
                (all[i].count > 0 && all[i].count >= slip_ratio * all[first].count))
                add_form(forms, &all[i], l, i == first);
            buffer_fini(&all[i].text);
        }
    }
    for (size_t i = 1; i < n; i++)
        if (spellings[i].count > spellings[0].count)
            source = spellings[i].source;
    return source;
}

static void add_word(struct builder *b, const struct vocabulary *v, const struct spelling *s,
                     size_t n, double total, bool counted) {
    double count = 0;
    bool ambiguous = false;
    for (size_t i = 0; i < n; i++)
        count += s[i].count;
    for (size_t i = 0; i < s->length; i++)
        ambiguous |= v->characters->ambiguous[s->labels[i]];
    if ((count > 0) != counted || (!ambiguous && !counted))
        return; /* a word without a count whose characters are sure teaches nothing */
    struct form_list forms = {0};
    uint32_t source = s->source;
    if (ambiguous && s->length > 1)
        source = make_forms(v, s, n, &forms);
    uint32_t cost = BUILDER_BY_SPLIT;
    if (counted)
        cost = (uint32_t)lrint(-log(count / total) * COST_UNIT);
    if (counted && s->length == 1 && cost > FUNCTION_WORD)
        cost += SINGLE_PENALTY;
    builder_add_word(b, s->labels, s->length, cost, source, forms.items, forms.count, 0);
    for (size_t i = 0; i < forms.count; i++)
        buffer_fini(&forms.texts[i]);
}

void words_add(struct builder *b, const struct vocabulary *v) {
    struct collection c = {0};
    size_t size;
    char *essay = read_file(v->essay, &size);
    read_essay(&c, b, essay);
    read_phrases(&c, b, v);
    read_kept(&c, b, &v->tables->ts_phrases);
    qsort(c.items, c.count, sizeof *c.items, compare);
    for (int counted = 1; counted >= 0; counted--) /* counts first: they price the rest */
        for (size_t i = 0, end; i < c.count; i = end) {
            end = i + 1;
            while (end < c.count && c.items[end].length == c.items[i].length &&
                   memcmp(c.items[end].labels, c.items[i].labels,
                          c.items[i].length * sizeof *c.items[i].labels) == 0)
                end++;
            add_word(b, v, &c.items[i], end - i, c.total, counted);
        }
    for (size_t i = 0; i < c.count; i++)
        free(c.items[i].labels);
    free(c.items);
    free(essay);
}
