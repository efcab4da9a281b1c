/* SPDX-License-Identifier: Apache-2.0 */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"

void names_fini(struct names *names) {
    free(names->mentions);
    free(names->persons);
    *names = (struct names){0};
}

/* ---- who is there beyond doubt ---- */

static bool is_certain(const struct evidence *e, size_t layer, uint32_t concept) {
    for (size_t i = 0; i < e->certain_count; i++)
        if (e->certain[i] == ((uint32_t)layer << 24 | concept))
            return true;
    return false;
}

static bool add_certain(struct evidence *e, size_t layer, uint32_t concept) {
    void *items = e->certain;
    if (is_certain(e, layer, concept))
        return true;
    if (!array_grow(&items, &e->certain_capacity, e->certain_count + 1, sizeof *e->certain))
        return false;
    e->certain = items;
    e->certain[e->certain_count++] = (uint32_t)layer << 24 | concept;
    return true;
}

enum verdict names_ask(const struct place *place, const struct image_ref *ref) {
    enum verdict verdict = gate_ask_ref(place, ref);
    if (verdict != GATE_CLOSED || !place->lexicon->concepts[ref->concept].person ||
        !is_certain(place->evidence, place->layer, ref->concept))
        return verdict;
    struct place near = *place;
    near.near = true;
    return gate_ask_ref(&near, ref);
}

/* One person whom a word may name. */
struct candidate {
    struct place place;
    const struct image_ref *ref;
};
typedef bool candidate_fn(void *user, const struct candidate *candidate);

/* Calls fn for every person whom any word of the path may name, until it returns false. */
static bool each_candidate(const struct reading *r, const struct evidence *evidence,
                           candidate_fn *fn, void *user) {
    const struct sentence *sentence = r->document->sentences;
    for (size_t i = 0; i < r->path->count; i++) {
        struct word_on_path w = r->path->words[i];
        if (w.layer == 0 && !(w.flags & ENTRY_PERSON))
            continue;
        while (sentence->last <= w.first)
            sentence++;
        do {
            if (!(w.flags & ENTRY_PERSON))
                continue;
            const ivn_lexicon *l = r->layers->items[w.layer];
            struct payload payload;
            lexicon_payload(l, &l->entries[w.entry], &payload);
            for (unsigned k = 0; k < payload.ref_count; k++) {
                const struct candidate candidate = {.place = {.document = r->document,
                                                              .evidence = evidence,
                                                              .sentence = sentence,
                                                              .main = r->layers->items[0],
                                                              .lexicon = l,
                                                              .layer = w.layer,
                                                              .target = r->target,
                                                              .first = w.first,
                                                              .last = (size_t)w.first + w.length},
                                                    .ref = &payload.refs[k]};
                if (l->concepts[payload.refs[k].concept].person && !fn(user, &candidate))
                    return false;
            }
        } while (path_word_below(&w, r->document, r->layers));
    }
    return true;
}

static bool settle_candidate(void *user, const struct candidate *c) {
    struct evidence *e = user;
    const ivn_lexicon *l = c->place.lexicon;
    if (c->ref->condition == 0 && l->concepts[c->ref->concept].condition == 0)
        return true;
    return gate_ask_ref(&c->place, c->ref) != GATE_OPEN ||
           add_certain(e, c->place.layer, c->ref->concept);
}

bool names_settle(struct evidence *evidence, const struct reading *reading) {
    return each_candidate(reading, evidence, settle_candidate, evidence);
}

/* ---- mentions ---- */

static int compare_persons(const void *x, const void *y) {
    const struct person *a = x, *b = y;
    int order = strcmp(a->name, b->name);
    return order ? order : b->layer - a->layer;
}

static bool list_persons(struct names *names, const struct layers *layers) {
    for (size_t layer = 0; layer < layers->count; layer++) {
        const ivn_lexicon *l = layers->items[layer];
        void *items = names->persons;
        if (!array_grow(&items, &names->person_capacity, names->person_count + l->concept_count,
                        sizeof *names->persons))
            return false;
        names->persons = items;
        for (uint32_t i = 0; i < l->concept_count; i++)
            if (l->concepts[i].person)
                names->persons[names->person_count++] =
                    (struct person){.name = lexicon_string(l, l->concepts[i].person),
                                    .concept = i,
                                    .layer = (uint8_t)layer};
    }
    if (names->person_count)
        qsort(names->persons, names->person_count, sizeof *names->persons, compare_persons);
    return true;
}

/* The first person whose name is not before `name`, of which the first n bytes count. */
static size_t find_person(const struct names *names, const char *name, size_t n) {
    size_t low = 0, high = names->person_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strncmp(names->persons[middle].name, name, n) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool add_mention(struct names *names, const struct mention *m) {
    void *items = names->mentions;
    if (!array_grow(&items, &names->capacity, names->count + 1, sizeof *names->mentions))
        return false;
    names->mentions = items;
    names->mentions[names->count++] = *m;
    return true;
}

/* The first person whose gate is open is the one whom the word names. */
static bool note_candidate(void *user, const struct candidate *c) {
    struct names *names = user;
    const struct place *p = &c->place;
    if ((names->count && names->mentions[names->count - 1].first == p->first) ||
        names_ask(p, c->ref) != GATE_OPEN)
        return true;
    const char *name = lexicon_string(p->lexicon, p->lexicon->concepts[c->ref->concept].person);
    return add_mention(
        names, &(struct mention){.first = (uint32_t)p->first,
                                 .last = (uint32_t)p->last,
                                 .person = (uint32_t)find_person(names, name, strlen(name) + 1),
                                 .concept = c->ref->concept,
                                 .layer = (uint8_t)p->layer});
}

/* Where the n bytes at character `at` end, as a character. */
static size_t end_of(const struct document *d, size_t at, size_t n) {
    size_t end = at;
    while (end < d->count && d->offsets[end] < d->offsets[at] + n)
        end++;
    return end;
}

/* The person with the longest name that stands at character `at`, whole, and where it ends;
 * person_count if there is none. */
static size_t person_at(const struct names *names, const struct document *d, size_t at,
                        size_t *last) {
    enum { ENOUGH = 3 }; /* bytes that few names have in common */
    const char *text = d->text + d->offsets[at];
    size_t rest = d->size - d->offsets[at], longest = 0, best = names->person_count;
    if (rest < ENOUGH)
        return best;
    for (size_t i = find_person(names, text, ENOUGH);
         i < names->person_count && strncmp(names->persons[i].name, text, ENOUGH) == 0; i++) {
        size_t n = strlen(names->persons[i].name);
        if (n <= longest || n > rest || memcmp(names->persons[i].name, text, n) != 0)
            continue;
        size_t end = end_of(d, at, n);
        if (d->classes[end] == CLASS_LATIN)
            continue;
        best = i;
        longest = n;
        *last = end;
    }
    return best;
}

/* Names in Latin letters, which the lattice knows nothing of. */
static bool find_latin(struct names *names, const struct document *d) {
    for (size_t at = 0, last = 0; at < d->count; at++) {
        char letter = d->text[d->offsets[at]];
        if (d->labels[at] == 0 || letter < 'A' || letter > 'Z' ||
            (at > 0 && d->classes[at - 1] == CLASS_LATIN))
            continue;
        size_t person = person_at(names, d, at, &last);
        if (person == names->person_count)
            continue;
        if (!add_mention(names, &(struct mention){.first = (uint32_t)at,
                                                  .last = (uint32_t)last,
                                                  .person = (uint32_t)person,
                                                  .concept = names->persons[person].concept,
                                                  .layer = names->persons[person].layer,
                                                  .latin = true}))
            return false;
        at = last - 1;
    }
    return true;
}

static int compare_mentions(const void *x, const void *y) {
    const struct mention *a = x, *b = y;
    return a->first < b->first ? -1 : a->first > b->first;
}

bool names_find(struct names *names, const struct reading *r, const struct evidence *evidence) {
    names->count = 0;
    if (names->person_count == 0 && !list_persons(names, r->layers))
        return false;
    if (!each_candidate(r, evidence, note_candidate, names) || !find_latin(names, r->document))
        return false;
    if (names->count)
        qsort(names->mentions, names->count, sizeof *names->mentions, compare_mentions);
    return true;
}

/* ---- one name throughout ---- */

const char *names_cell(const struct names *names, const struct reading *r,
                       const struct mention *m) {
    const struct person *p = &names->persons[m->person];
    const ivn_lexicon *l = r->layers->items[p->layer];
    return lexicon_string(l, l->concepts[p->concept].cells[r->target]);
}

/* How a person is to be named in the document. */
struct choice {
    size_t counts[8]; /* how often each form of the target's stands there; more have no count */
    bool chinese;     /* there is a mention in Chinese */
};

/* The form of a cell ("a|b") at `index`; false past the last. */
static bool get_form(const char *cell, size_t index, const char **form, size_t *n) {
    while (lexicon_next_form(&cell, form, n))
        if (index-- == 0)
            return true;
    return false;
}

static void count_mention(struct choice *choice, const char *cell, const char *text, size_t size) {
    const char *form;
    choice->chinese = true;
    for (size_t k = 0, n; k < sizeof choice->counts / sizeof *choice->counts; k++)
        if (get_form(cell, k, &form, &n) && n == size && memcmp(form, text, n) == 0)
            choice->counts[k]++;
}

/* The one of the target's forms that the document has most often; the first of equals, and the
 * target's first if it has none. */
static const char *choose(const struct choice *choice, const char *cell, size_t *n) {
    size_t best = 0;
    const char *form = cell;
    for (size_t k = 1; k < sizeof choice->counts / sizeof *choice->counts; k++)
        if (choice->counts[k] > choice->counts[best])
            best = k;
    if (!get_form(cell, best, &form, n))
        *n = 0;
    return form;
}

static const char *mention_text(const struct document *d, const struct mention *m, size_t *n) {
    *n = d->offsets[m->last] - d->offsets[m->first];
    return d->text + d->offsets[m->first];
}

/* What opens an explanation. */
static const char brackets[] = "(（[【";

/* The nearest character in front of `at` that is no space; d->count if there is none. */
static size_t before(const struct document *d, size_t at) {
    while (at > 0 && document_has(d, at - 1, " "))
        at--;
    return at > 0 ? at - 1 : d->count;
}

static size_t behind(const struct document *d, size_t at) {
    while (document_has(d, at, " "))
        at++;
    return at;
}

/* A name in Latin letters stands by itself in Chinese text: not in brackets, where it explains the
 * Chinese one, nor in a stretch of a foreign language. */
static bool stands_alone(const struct document *d, const struct mention *m) {
    size_t left = before(d, m->first), right = behind(d, m->last);
    return d->classes[left] != CLASS_LATIN && d->classes[right] != CLASS_LATIN &&
           !document_has(d, left, brackets);
}

/* The name is a whole one, or the last part of one: Altman of Sam Altman. */
static bool is_part_of(const char *part, const char *whole) {
    size_t n = strlen(part), m = strlen(whole);
    return m >= n && strcmp(whole + m - n, part) == 0 && (m == n || whole[m - n - 1] == ' ');
}

/* Whether the reader is told the Latin name elsewhere: by a mention in Latin letters that stays, or
 * with an earlier mention of the whole name. */
static bool is_told(const struct names *names, const struct document *d, size_t index) {
    const char *name = names->persons[names->mentions[index].person].name;
    for (size_t i = 0; i < names->count; i++) {
        const struct mention *m = &names->mentions[i];
        if ((i < index || (m->latin && !stands_alone(d, m))) &&
            is_part_of(name, names->persons[m->person].name))
            return true;
    }
    return false;
}

/* The mention whose name a mention in Latin letters is to have: of the same person in Chinese, or
 * else of somebody whom the document names by a part of that name only (Sam Altman, 奧特曼). NULL
 * if there is none. */
static const struct mention *chinese_for(const struct names *names, const struct choice *choices,
                                         const struct mention *latin) {
    const char *name = names->persons[latin->person].name;
    if (choices[latin->person].chinese)
        return latin;
    for (size_t i = 0; i < names->count; i++) {
        const struct mention *m = &names->mentions[i];
        if (!m->latin && is_part_of(names->persons[m->person].name, name))
            return m;
    }
    return NULL;
}

/* A part of a longer name, or one that is explained already, gets no Latin name behind it. */
static bool has_room(const struct document *d, const struct mention *m) {
    return !document_has(d, behind(d, m->last), brackets) &&
           (m->first == 0 || d->classes[m->first - 1] != CLASS_JOINER) &&
           d->classes[m->last] != CLASS_JOINER;
}

static bool unify_mention(const struct mention *m, const struct document *d, const char *form,
                          size_t n, const char *latin, struct edit_list *edits) {
    struct buffer with = {0};
    size_t size;
    const char *text = mention_text(d, m, &size);
    if (!latin && n == size && memcmp(form, text, n) == 0)
        return true;
    bool ok =
        buffer_append(&with, form, n) &&
        (!latin || (buffer_append(&with, "（", 3) && buffer_append(&with, latin, strlen(latin)) &&
                    buffer_append(&with, "）", 3))) &&
        edit_add(edits, d->offsets[m->first], size, with.data, with.size,
                 reason_make(REASON_TERM, (uint32_t)m->layer << 24 | m->concept));
    buffer_fini(&with);
    return ok;
}

bool names_unify(const struct names *names, const struct reading *r, bool annotate,
                 struct edit_list *edits) {
    const struct document *d = r->document;
    struct choice *choices = calloc(names->person_count + 1, sizeof *choices);
    bool ok = choices != NULL;
    size_t n;
    for (size_t i = 0; ok && i < names->count; i++) {
        const struct mention *m = &names->mentions[i];
        const char *text = mention_text(d, m, &n);
        if (!m->latin)
            count_mention(&choices[m->person], names_cell(names, r, m), text, n);
    }
    for (size_t i = 0; ok && i < names->count; i++) {
        const struct mention *m = &names->mentions[i];
        const struct mention *as = m->latin ? chinese_for(names, choices, m) : m;
        if (!as || (m->latin && !stands_alone(d, m)))
            continue;
        const char *form = choose(&choices[as->person], names_cell(names, r, as), &n);
        if (n == 0)
            continue;
        bool tell = annotate && !m->latin && !is_told(names, d, i) && has_room(d, m);
        ok = unify_mention(m, d, form, n, tell ? names->persons[m->person].name : NULL, edits);
    }
    free(choices);
    return ok;
}
