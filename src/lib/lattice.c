/* SPDX-License-Identifier: Apache-2.0 */
#include "lattice.h"

#include <stdlib.h>

#include "buffer.h"
#include "spelling.h"

/* One position of a run: the cheapest way to get there. */
struct cell {
    uint32_t cost;
    uint32_t entry;
    uint16_t length; /* of the word that ends here */
    uint16_t layer;
};
enum { UNREACHED = INT32_MAX, AHEAD = 3 };

/* Costs are compared along one run; a run is cut before their sum could overflow. */
enum { MAX_RUN = 0x4000 };

void path_fini(struct path *path) {
    free(path->words);
    free(path->cells);
    *path = (struct path){0};
}

bool path_word_below(struct word_on_path *word, const struct document *d,
                     const struct layers *layers) {
    if (word->layer == 0)
        return false;
    const ivn_lexicon *below = layers->items[--word->layer];
    word->entry = lexicon_find(below, d->labels + word->first, word->length);
    word->flags = below->entries[word->entry].flags;
    return true;
}

/* Letters and digits form tokens that no word may cut. */
static size_t token_length(const struct document *d, size_t at, size_t end) {
    size_t i = at;
    while (i < end && d->classes[i] == CLASS_LATIN)
        i++;
    return i - at;
}

static inline void relax(struct cell *to, uint32_t cost, uint32_t entry, size_t length,
                         size_t layer) {
    if (cost > to->cost || (cost == to->cost && (length != to->length || layer <= to->layer)))
        return;
    to->cost = cost;
    to->entry = entry;
    to->length = (uint16_t)length;
    to->layer = (uint16_t)layer;
}

/* Whether the word of an entry is spelled wrong where it stands. Damage is: its entry is there for
 * that. */
static bool is_misspelt(const struct document *d, const ivn_lexicon *lexicon, uint32_t entry,
                        size_t first, size_t length) {
    const unsigned flags = lexicon->entries[entry].flags & (ENTRY_FORMS | ENTRY_DAMAGE);
    return flags == ENTRY_FORMS && spelling_is_wrong(d, lexicon, entry, first, length);
}

/* What a search for words sees of the document: from one position to the end of the run. */
struct view {
    const struct document *document;
    const uint16_t *labels;
    const uint8_t *classes;
    size_t first; /* the position */
    size_t size;
    size_t step; /* characters that no word may be shorter than: 1, or the token that starts here */
    const struct layers *layers;
    bool strict; /* words that are spelled wrong cost more */
};

/* In traditional text the spelling tells words apart as well: 是只 is hardly 是隻. Damage costs
 * this much, and is still the likelier reading of 誌同道合. */
enum { WRONG_SPELLING_COST = 2 * COST_UNIT };

/* A word of the main lexicon that has a user's key at its start or end, and more than that, should
 * be two words, as builder_compound.c has it for our own keys: this much makes it so, unless the
 * word is far more than its pieces. */
enum { HIDDEN_KEY_COST = 27 * COST_UNIT / 2 };

/* The length of the longest key of a user's lexicon at the labels, up to `length`. */
static size_t longest_key(const ivn_lexicon *user, const uint16_t *labels, size_t length) {
    uint32_t node = TRIE_ROOT;
    size_t longest = 0;
    for (size_t i = 0; i < length && trie_step(user->trie, &node, labels[i]); i++)
        if (trie_value(user->trie[node]))
            longest = i + 1;
    return longest;
}

static bool hides_key(const struct view *v, size_t length) {
    for (size_t l = 1; l < v->layers->count; l++) {
        size_t key = longest_key(v->layers->items[l], v->labels, length);
        if (key > 1)
            return key < length;
        for (size_t i = 1; i + 1 < length; i++)
            if (longest_key(v->layers->items[l], v->labels + i, length - i) == length - i)
                return true;
    }
    return false;
}

static uint32_t price(const struct view *v, const ivn_lexicon *lexicon, uint32_t entry,
                      size_t length) {
    const struct image_entry *e = &lexicon->entries[entry];
    uint32_t cost = e->cost;
    if (v->strict && is_misspelt(v->document, lexicon, entry, v->first, length))
        cost += WRONG_SPELLING_COST;
    if (length > 2 && lexicon == v->layers->items[0] && !(e->flags & ENTRY_REFS) &&
        hides_key(v, length))
        cost += HIDDEN_KEY_COST;
    return cost;
}

/* All words of one lexicon that start where the view does, whose cell is *from. Returns whether one
 * is a single step (a character or a token), which makes the fallback needless. */
static inline bool relax_words(struct cell *from, const struct view *v, const ivn_lexicon *lexicon,
                               size_t layer) {
    const trie_unit *trie = lexicon->trie;
    const struct image_entry *entries = lexicon->entries;
    const uint16_t *labels = v->labels;
    const uint8_t *classes = v->classes;
    const size_t size = v->size, step = v->step;
    const bool plain = !v->strict && v->layers->count == 1;
    const uint32_t cost = from->cost;
    uint32_t node = TRIE_ROOT;
    bool single = false;
    for (size_t i = 0; i < size && trie_step(trie, &node, labels[i]); i++) {
        uint32_t entry = trie_value(trie[node]);
        size_t length = i + 1;
        if (entry == 0 || length < step ||
            (classes[i] == CLASS_LATIN && classes[length] == CLASS_LATIN))
            continue;
        relax(from + length,
              cost + (plain ? entries[entry].cost : price(v, lexicon, entry, length)), entry,
              length, layer);
        single |= length == step;
    }
    return single;
}

/* Puts the pieces of a compound at the end of the path. */
static size_t expand(struct word_on_path *out, const struct document *d, const ivn_lexicon *lexicon,
                     const struct word_on_path *word) {
    struct payload payload;
    lexicon_payload(lexicon, &lexicon->entries[word->entry], &payload);
    const uint8_t *pieces = payload_pieces(&payload);
    uint32_t at = word->first;
    for (unsigned i = 0; i < payload.piece_count; at += pieces[i++]) {
        uint32_t entry = lexicon_find(lexicon, d->labels + at, pieces[i]);
        out[i] = (struct word_on_path){.first = at,
                                       .length = pieces[i],
                                       .layer = word->layer,
                                       .flags = lexicon->entries[entry].flags,
                                       .entry = entry};
    }
    return payload.piece_count;
}

/* Words of two characters and more start with a step that misses the cache: ask for it early. */
static void prefetch(const ivn_lexicon *lexicon, const uint16_t *labels) {
    const trie_unit *trie = lexicon->trie;
    uint32_t child = trie_base(trie[TRIE_ROOT]) + labels[0];
    __builtin_prefetch(&trie[trie_base(trie[child]) + labels[1]]);
}

static bool append_path(struct path *path, const struct document *d, const struct layers *layers,
                        size_t run, size_t end) {
    struct cell *cells = path->cells;
    void *items = path->words;
    /* Turn the chain around: each cell gets the step that leads on from it. */
    uint32_t next = 0;
    for (size_t at = end - run; at > 0;) {
        size_t from = at - cells[at].length;
        cells[at].cost = next;
        next = (uint32_t)at;
        at = from;
    }
    if (!array_grow(&items, &path->capacity, path->count + (end - run), sizeof *path->words))
        return false;
    path->words = items;
    for (uint32_t at = next; at > 0; at = cells[at].cost) {
        const struct cell *c = &cells[at];
        const ivn_lexicon *lexicon = layers->items[c->layer];
        const struct word_on_path word = {.first = (uint32_t)(run + at - c->length),
                                          .length = c->length,
                                          .layer = (uint8_t)c->layer,
                                          .flags = lexicon->entries[c->entry].flags,
                                          .entry = c->entry};
        if (word.flags & ENTRY_COMPOUND)
            path->count += expand(path->words + path->count, d, lexicon, &word);
        else
            path->words[path->count++] = word;
    }
    return true;
}

/* Finds the cheapest way to every position of the run. */
static void fill_cells(struct cell *cells, const struct document *d, const struct layers *layers,
                       size_t run, size_t end, bool strict) {
    size_t size = end - run;
    cells[0] = (struct cell){0};
    for (size_t i = 1; i <= size; i++)
        cells[i].cost = UNREACHED;
    for (size_t i = 0; i < size; i++) {
        if (cells[i].cost == UNREACHED)
            continue;
        struct view view = {
            d, d->labels + run + i, d->classes + run + i, run + i, size - i, 1, layers, strict};
        if (view.classes[0] == CLASS_LATIN)
            view.step = token_length(d, run + i, end);
        if (i + AHEAD + 1 < size)
            prefetch(layers->items[0], view.labels + AHEAD);
        bool single = relax_words(&cells[i], &view, layers->items[0], 0);
        for (size_t l = 1; l < layers->count; l++)
            single |= relax_words(&cells[i], &view, layers->items[l], l);
        uint32_t fallback = view.classes[0] >= CLASS_LATIN ? COST_TOKEN : COST_UNKNOWN;
        if (!single)
            relax(&cells[i + view.step], cells[i].cost + fallback, 0, view.step, 0);
    }
}

/* Whether a word on the cheapest path is spelled wrong. */
static bool has_wrong_spelling(const struct cell *cells, const struct document *d,
                               const struct layers *layers, size_t run, size_t end) {
    for (size_t at = end - run; at > 0; at -= cells[at].length) {
        const struct cell *c = &cells[at];
        if (is_misspelt(d, layers->items[c->layer], c->entry, run + at - c->length, c->length))
            return true;
    }
    return false;
}

static bool cut_run(struct path *path, const struct document *d, const struct layers *layers,
                    size_t run, size_t end, bool traditional) {
    void *cells = path->cells;
    if (!array_grow(&cells, &path->cell_capacity, end - run + 1, sizeof *path->cells))
        return false;
    path->cells = cells;
    fill_cells(path->cells, d, layers, run, end, false);
    if (traditional && has_wrong_spelling(path->cells, d, layers, run, end))
        fill_cells(path->cells, d, layers, run, end, true); /* rare, so it may be slow */
    return append_path(path, d, layers, run, end);
}

bool lattice_cut(struct path *path, const struct document *d, const struct layers *layers) {
    const struct sentence *sentence = d->sentences;
    path->count = 0;
    for (size_t at = 0; at < d->count;) {
        if (d->labels[at] == 0) {
            at++;
            continue;
        }
        size_t run = at;
        while (at < d->count && d->labels[at] != 0 && at - run < MAX_RUN)
            at++;
        while (sentence->last <= run)
            sentence++;
        if (!cut_run(path, d, layers, run, at, sentence->script != SCRIPT_SIMPLIFIED))
            return false;
    }
    return true;
}

bool lattice_crosses(const struct layers *layers, const uint16_t *labels, size_t n, size_t left,
                     size_t right) {
    struct cell cells[LATTICE_MAX_WINDOW + 1];
    uint16_t copy[LATTICE_MAX_WINDOW + 1];
    uint8_t classes[LATTICE_MAX_WINDOW + 1];
    for (size_t i = 0; i < n; i++) {
        copy[i] = labels[i];
        classes[i] = layers->items[0]->chars[labels[i]].class;
    }
    copy[n] = 0;
    classes[n] = CLASS_NEUTRAL;
    const struct document d = {.labels = copy, .classes = classes};
    fill_cells(cells, &d, layers, 0, n, false);
    for (size_t at = n, from; at > 0; at = from) {
        from = at - cells[at].length;
        if ((from < left && at > left) || (from < right && at > right))
            return true;
    }
    return false;
}
