/* SPDX-License-Identifier: Apache-2.0 */
#include "damage.h"

#include <stdlib.h>
#include <string.h>

#include "fail.h"

enum {
    MAX_WORD = 4,                   /* characters of a word that may be damaged */
    MAX_WORD_COST = 12 * COST_UNIT, /* rarer words are not worth the risk */
    DAMAGE_COST = 4 * COST_UNIT,    /* damage is rarer than sound text */
    MIN_GAIN = COST_UNIT,           /* what stands there must be this much worse */
    MIN_DOUBT = 3 * COST_UNIT,      /* and so must be the reading with the term as a word */
};

struct key {
    uint16_t labels[IMAGE_MAX_KEY];
    size_t length;
    uint32_t cost; /* of a word */
};

struct term_pair {
    struct key from, to; /* A and B */
    uint32_t source;
};

struct damage {
    struct builder *builder;
    struct term_pair *pairs;
    size_t count, capacity;
    size_t added;
};

struct damage *damage_new(struct builder *b) {
    struct damage *d = allocate(sizeof *d);
    d->builder = b;
    return d;
}

void damage_free(struct damage *d) {
    free(d->pairs);
    free(d);
}

static void add_pair(struct damage *d, struct slice from, struct slice to, uint32_t source) {
    struct term_pair p = {.source = source};
    p.from.length = builder_labels(d->builder, from.text, from.size, p.from.labels);
    p.to.length = builder_labels(d->builder, to.text, to.size, p.to.labels);
    if (p.from.length < 2 || p.to.length < 2 || p.to.length > IMAGE_MAX_KEY / 2 ||
        p.from.length > IMAGE_MAX_KEY / 2 ||
        (p.from.length == p.to.length &&
         memcmp(p.from.labels, p.to.labels, p.to.length * sizeof *p.to.labels) == 0))
        return;
    if (!builder_has_word(d->builder, p.to.labels, p.to.length))
        return; /* a term that the lattice does not know cannot be told from its damage */
    if (builder_kinds(d->builder, p.from.labels, p.from.length) & 1u << CONCEPT_NAME)
        return; /* a name stands beside anything: 葉門外海 is no damage */
    d->pairs = grow_array(d->pairs, &d->capacity, d->count + 1, sizeof *d->pairs);
    d->pairs[d->count++] = p;
}

void damage_add_table(struct damage *d, const struct table *phrases) {
    uint32_t file = builder_add_file(d->builder, phrases->name);
    for (size_t i = 0; i < phrases->count; i++) {
        const char *values = phrases->rows[i].values, *value;
        size_t n;
        while ((value = table_next_value(&values, &n)) != NULL)
            add_pair(d, (struct slice){phrases->rows[i].key, strlen(phrases->rows[i].key)},
                     (struct slice){value, n}, builder_source(file, phrases->rows[i].line));
    }
}

void damage_add_dict(struct damage *d, const struct dict_file *file) {
    struct dict_reader reader = {.text = file->text, .size = file->size, .file = file->file};
    struct dict_row row;
    struct dict_example example;
    ivn_error err;
    uint32_t number = builder_add_file(d->builder, file->file);
    for (enum dict_item item; (item = dict_next(&reader, &row, &example, &err)) != DICT_END;) {
        struct slice cn = row.cells[DICT_CN], tw = row.cells[DICT_TW], from, to, condition;
        if (item == DICT_ROW && dict_next_form(&cn, &from, &condition) &&
            dict_next_form(&tw, &to, &condition))
            add_pair(d, from, to, builder_source(number, row.line));
    }
}

static void join(struct key *out, const uint16_t *a, size_t a_length, const uint16_t *b,
                 size_t b_length) {
    memcpy(out->labels, a, a_length * sizeof *a);
    memcpy(out->labels + a_length, b, b_length * sizeof *b);
    out->length = a_length + b_length;
}

/* `original` was what the author wrote, `damaged` what the converter made of it by replacing the
 * term, which stood in `original` beside the labels `rest`; `cost` is that of the word and what
 * stood beside it. */
static void add_damage(struct damage *d, const struct term_pair *pair, const struct key *original,
                       const struct key *damaged, uint32_t word_cost, const uint16_t *rest,
                       size_t rest_length) {
    struct builder *b = d->builder;
    if (builder_has_word(b, damaged->labels, damaged->length))
        return;
    struct buffer text[IMAGE_MAX_LOCALES] = {{0}};
    uint32_t right = builder_split(b, original->labels, original->length, text);
    uint32_t as_term = builder_split(b, pair->from.labels, pair->from.length, NULL) +
                       builder_split(b, rest, rest_length, NULL);
    uint32_t as_it_stands = builder_split(b, damaged->labels, damaged->length, NULL);
    uint32_t cost = right + DAMAGE_COST;
    struct builder_form forms[IMAGE_MAX_LOCALES];
    for (unsigned l = 0; l < IMAGE_MAX_LOCALES; l++)
        forms[l] = (struct builder_form){
            .text = text[l].data, .length = text[l].size, .first = (uint8_t)(1u << l)};
    uint32_t beside_term = builder_split(b, pair->to.labels, pair->to.length, NULL) +
                           builder_split(b, rest, rest_length, NULL);
    bool cut = right == word_cost; /* the original is no longer word with the term inside */
    bool seen =
        as_it_stands == beside_term; /* what stands there reads as the term and a leftover */
    if (cut && seen && right + MIN_DOUBT < as_term && cost + MIN_GAIN < as_it_stands) {
        builder_add_word(b, damaged->labels, damaged->length, cost, pair->source, forms,
                         IMAGE_MAX_LOCALES, ENTRY_DAMAGE);
        d->added++;
    }
    for (unsigned l = 0; l < IMAGE_MAX_LOCALES; l++)
        buffer_fini(&text[l]);
}

/* W ends with A's first character: W+rest(A) became W's head + B. Words that share more than one
 * character with a term are mostly built of the same parts, and then nothing was cut. */
static void overlap_end(struct damage *d, const struct term_pair *p, const struct key *w) {
    struct key original, damaged;
    size_t head = w->length - 1;
    if (w->labels[head] != p->from.labels[0])
        return;
    join(&original, w->labels, w->length, p->from.labels + 1, p->from.length - 1);
    join(&damaged, w->labels, head, p->to.labels, p->to.length);
    uint32_t cost =
        w->cost + builder_split(d->builder, p->from.labels + 1, p->from.length - 1, NULL);
    add_damage(d, p, &original, &damaged, cost, w->labels, head);
}

/* W starts with A's last character: head(A)+W became B + W's rest. */
static void overlap_start(struct damage *d, const struct term_pair *p, const struct key *w) {
    struct key original, damaged;
    size_t head = p->from.length - 1;
    if (w->labels[0] != p->from.labels[head])
        return;
    join(&original, p->from.labels, head, w->labels, w->length);
    join(&damaged, p->to.labels, p->to.length, w->labels + 1, w->length - 1);
    uint32_t cost = w->cost + builder_split(d->builder, p->from.labels, head, NULL);
    add_damage(d, p, &original, &damaged, cost, w->labels + 1, w->length - 1);
}

size_t damage_generate(struct damage *d) {
    const uint16_t *labels;
    size_t n;
    uint32_t cost;
    struct key *words = NULL;
    size_t word_count = 0, capacity = 0;
    for (size_t i = 0; builder_get_word(d->builder, i, &labels, &n, &cost); i++) {
        if (n < 2 || n > MAX_WORD || cost > MAX_WORD_COST)
            continue;
        words = grow_array(words, &capacity, word_count + 1, sizeof *words);
        memcpy(words[word_count].labels, labels, n * sizeof *labels);
        words[word_count].cost = cost;
        words[word_count++].length = n;
    }
    for (size_t i = 0; i < d->count; i++)
        for (size_t w = 0; w < word_count; w++) {
            overlap_end(d, &d->pairs[i], &words[w]);
            overlap_start(d, &d->pairs[i], &words[w]);
        }
    free(words);
    return d->added;
}
