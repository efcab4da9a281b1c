/* SPDX-License-Identifier: Apache-2.0 */
/* From dictionary rows to concepts, keys and evidence. */
#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "builder_p.h"
#include "condition.h"
#include "error.h"
#include "utf8.h"

static const char *const column_locales[] = {"zh-CN", "zh-TW", "zh-HK"};
enum { CELLS = 3 };

/* The row being added. */
struct addition {
    const struct dict_file *file;
    const struct dict_row *row;
    uint32_t file_number;
    uint32_t concept;
    int subject; /* of the file, or -1 */
    int locales[CELLS];
};

int builder_subject(const struct builder *b, const char *name, size_t n) {
    for (size_t i = 0; i < b->subjects.count; i++) {
        const char *subject = builder_get_string(b, b->subjects.items[i]);
        if (strlen(subject) == n && memcmp(subject, name, n) == 0)
            return (int)i;
    }
    return -1;
}

int builder_locale(const struct builder *b, const char *name, size_t n) {
    for (size_t i = 0; i < b->locales.count; i++) {
        const char *locale = builder_get_string(b, b->locales.items[i].name);
        if (strlen(locale) == n && memcmp(locale, name, n) == 0)
            return (int)i;
    }
    return -1;
}

uint16_t builder_evidence(struct builder *b, const char *word, size_t n) {
    uint16_t labels[IMAGE_MAX_KEY];
    size_t count = builder_labels(b, word, n, labels);
    if (count == 0)
        return 0;
    struct word *w = builder_word(b, labels, count, PHRASE_BONUS);
    if (!w)
        return 0;
    for (uint32_t e = w->evidence; e; e = b->evidence.items[e].next)
        if (!(b->evidence.items[e].value & EVIDENCE_SUBJECT))
            return b->evidence.items[e].value;
    if (b->doc_words.count >= EVIDENCE_MAX_DOC || !vector_room(b, &b->doc_words))
        return 0;
    const uint16_t number = (uint16_t)b->doc_words.count;
    b->doc_words.items[b->doc_words.count++] = builder_string(b, word, n);
    builder_add_evidence(b, w, number);
    return number;
}

static ivn_status fail(const struct addition *a, enum dict_column column, ivn_status status,
                       const char *message, struct slice what, ivn_error *err) {
    slice_error(err, status, message, what);
    error_place(err, a->file->file, a->row->line, a->row->columns[column]);
    return status;
}

static bool is_safe(const struct builder *b, const struct image_ref *ref) {
    return ref->condition == 0 && b->concepts.items[ref->concept].condition == 0;
}

/* Another safe row of the same kind that has the key already. */
static const struct image_concept *find_rival(const struct builder *b, const struct word *w,
                                              uint32_t concept) {
    for (uint32_t r = w->refs; r; r = b->refs.items[r].next) {
        const struct image_ref *ref = &b->refs.items[r].ref;
        if (ref->concept != concept && is_safe(b, ref) &&
            (b->concepts.items[ref->concept].kind == CONCEPT_SCRIPT) ==
                (b->concepts.items[concept].kind == CONCEPT_SCRIPT))
            return &b->concepts.items[ref->concept];
    }
    return NULL;
}

static ivn_status conflict(const struct builder *b, const struct addition *a,
                           enum dict_column column, struct slice form,
                           const struct image_concept *rival, ivn_error *err) {
    char key[IVN_ERROR_ARG_SIZE], place[IVN_ERROR_ARG_SIZE];
    size_t n = form.size < sizeof key - 1 ? form.size : sizeof key - 1;
    memcpy(key, form.text, n);
    key[n] = '\0';
    const char *file = builder_get_string(b, b->files.items[rival->file_line >> 24]);
    size_t used = strlen(file) < sizeof place - 12 ? strlen(file) : sizeof place - 12;
    memcpy(place, file, used);
    place[used++] = ':';
    char digits[DECIMAL_SIZE];
    strcpy(place + used, decimal(digits, rival->file_line & 0xFFFFFF));
    error_set(
        err, IVN_CONFLICT,
        N_("'%s' is already a key of '%s' (%s); remove one of the two or give it a condition"), key,
        builder_get_string(b, rival->rule), place);
    error_place(err, a->file->file, a->row->line, a->row->columns[column]);
    return IVN_CONFLICT;
}

/* Makes `form` a key of the row's concept; `cells` are the locales (bits) that write it, 0 for an
 * alias. */
static ivn_status add_key(struct builder *b, const struct addition *a, enum dict_column column,
                          struct slice form, struct slice condition, unsigned cells,
                          ivn_error *err) {
    uint16_t labels[IMAGE_MAX_KEY];
    size_t n = builder_labels(b, form.text, form.size, labels);
    if (n == 0)
        return fail(a, column, IVN_SYNTAX,
                    N_("'%s' cannot be looked up: use Han characters, letters, digits, name "
                       "dots and ! ? : - & + ', at most 64"),
                    form, err);
    struct image_ref ref = {.concept = a->concept, .cells = cells};
    ivn_status status = condition_compile(b, condition, &ref.condition, err);
    if (status != IVN_OK) {
        error_place(err, a->file->file, a->row->line, a->row->columns[column]);
        return status;
    }
    struct word *w = builder_word(b, labels, n, KEY_BONUS);
    if (!w)
        return error_memory(err);
    for (uint32_t r = w->refs; r; r = b->refs.items[r].next) {
        struct image_ref *known = &b->refs.items[r].ref;
        if (known->concept == a->concept && known->condition == ref.condition) {
            known->cells |= ref.cells;
            return IVN_OK;
        }
    }
    const struct image_concept *rival = find_rival(b, w, a->concept);
    if (rival && is_safe(b, &ref))
        return conflict(b, a, column, form, rival, err);
    builder_add_ref(b, w, &ref);
    if (b->concepts.items[a->concept].person)
        w->flags |= ENTRY_PERSON;
    if (w->source == 0)
        w->source = b->concepts.items[a->concept].file_line;
    if (a->subject >= 0 && is_safe(b, &ref))
        builder_add_evidence(b, w, (uint16_t)(EVIDENCE_SUBJECT | a->subject));
    return IVN_OK;
}

/* The cell as it is stored: forms without their conditions, joined by '|'. */
static uint32_t store_cell(struct builder *b, struct slice cell) {
    struct buffer joined = {0};
    struct slice form, condition;
    while (dict_next_form(&cell, &form, &condition))
        if ((joined.size && !buffer_append(&joined, "|", 1)) ||
            !buffer_append(&joined, form.text, form.size))
            b->failed = true;
    uint32_t ref = builder_string(b, joined.data, joined.size);
    buffer_fini(&joined);
    return ref;
}

/* A split is made from folded labels: gives its letters, digits and marks back as the form has
 * them. Both have the same characters in the same places. */
static void restore_latin(struct builder *b, struct slice form, struct buffer *text) {
    struct buffer out = {0};
    for (size_t i = 0, k = 0, n, m; i < form.size && k < text->size; i += n, k += m) {
        uint32_t cp = utf8_get((const unsigned char *)form.text + i, &n);
        utf8_get((const unsigned char *)text->data + k, &m);
        uint16_t id = b->alphabet.ids[(uint32_t)b->alphabet.pages[cp >> 8] << 8 | (cp & 0xFF)];
        bool own = b->alphabet.chars[id].class >= CLASS_LATIN;
        if (!buffer_append(&out, own ? form.text + i : text->data + k, own ? n : m))
            b->failed = true;
    }
    buffer_fini(text);
    *text = out;
}

/* An empty cell is written as the zh-CN form in the locale's script. */
static uint32_t derive_cell(struct builder *b, struct slice cn, int locale) {
    uint16_t labels[IMAGE_MAX_KEY];
    struct slice form, condition;
    struct buffer text[IMAGE_MAX_LOCALES] = {{0}};
    uint32_t ref = 0;
    if (dict_next_form(&cn, &form, &condition)) {
        size_t n = builder_labels(b, form.text, form.size, labels);
        if (n) {
            builder_split(b, labels, n, text);
            restore_latin(b, form, &text[locale]);
            ref = builder_string(b, text[locale].data, text[locale].size);
        }
    }
    for (int l = 0; l < IMAGE_MAX_LOCALES; l++)
        buffer_fini(&text[l]);
    return ref;
}

static ivn_status add_concept(struct builder *b, struct addition *a, ivn_error *err) {
    const struct dict_row *row = a->row;
    struct image_concept concept = {
        .kind = a->file->kind,
        .file_line = builder_source(a->file_number, row->line),
        .note = builder_string(b, row->cells[DICT_NOTE].text, row->cells[DICT_NOTE].size),
        .person = builder_string(b, row->cells[DICT_PERSON].text, row->cells[DICT_PERSON].size),
        .when = builder_string(b, row->cells[DICT_WHEN].text, row->cells[DICT_WHEN].size),
    };
    ivn_status status = condition_compile(b, row->cells[DICT_WHEN], &concept.condition, err);
    if (status != IVN_OK) {
        error_place(err, a->file->file, row->line, row->columns[DICT_WHEN]);
        return status;
    }
    concept.kind = condition_keeps(b, concept.condition) ? CONCEPT_KEEP : concept.kind;
    struct slice cn = row->cells[DICT_CN], first, ignored;
    for (int i = 0; i < CELLS; i++) {
        if (a->locales[i] < 0)
            continue;
        struct slice cell = row->cells[dict_key_columns[i]];
        concept.cells[a->locales[i]] =
            cell.size ? store_cell(b, cell) : derive_cell(b, cn, a->locales[i]);
    }
    struct buffer rule = {0};
    struct slice named = cn.size ? cn : row->cells[DICT_TW];
    if (!dict_next_form(&named, &first, &ignored))
        return fail(a, DICT_CN, IVN_SYNTAX, N_("the zh-CN cell is empty; fill it in"),
                    (struct slice){0}, err);
    if (!buffer_append(&rule, a->file->prefix, strlen(a->file->prefix)) ||
        !buffer_append(&rule, ".", 1) ||
        !buffer_append(&rule, a->file->name, strlen(a->file->name)) ||
        !buffer_append(&rule, ".", 1) || !buffer_append(&rule, first.text, first.size))
        b->failed = true;
    concept.rule = builder_string(b, rule.data, rule.size);
    buffer_fini(&rule);
    if (!vector_room(b, &b->concepts))
        return error_memory(err);
    a->concept = (uint32_t)b->concepts.count;
    b->concepts.items[b->concepts.count++] = concept;
    return IVN_OK;
}

/* A script row without a condition gives its word spellings; no concept is needed. */
static ivn_status add_spellings(struct builder *b, const struct addition *a, ivn_error *err) {
    struct builder_form forms[32];
    size_t count = 0, n = 0;
    uint16_t labels[IMAGE_MAX_KEY], other[IMAGE_MAX_KEY];
    for (int i = 0; i < CELLS; i++) {
        struct slice cell = a->row->cells[dict_key_columns[i]], form, condition;
        for (bool first = true; dict_next_form(&cell, &form, &condition); first = false) {
            size_t length = builder_labels(b, form.text, form.size, other);
            if (length == 0 || (n && (length != n || memcmp(labels, other, n * sizeof *labels))))
                return fail(a, dict_key_columns[i], IVN_SYNTAX,
                            N_("'%s': all cells of a script row must be spellings of one word"),
                            form, err);
            memcpy(labels, other, (n = length) * sizeof *labels);
            size_t f = 0;
            while (f < count && (forms[f].length != form.size ||
                                 memcmp(forms[f].text, form.text, form.size) != 0))
                f++;
            if (f == sizeof forms / sizeof *forms)
                return fail(a, dict_key_columns[i], IVN_SYNTAX,
                            N_("'%s': more than 32 spellings of one word"), form, err);
            if (f == count)
                forms[count++] = (struct builder_form){.text = form.text, .length = form.size};
            forms[f].accepted |= (uint8_t)(1u << a->locales[i]);
            if (first)
                forms[f].first |= (uint8_t)(1u << a->locales[i]);
        }
    }
    struct word *w = n ? builder_word(b, labels, n, KEY_BONUS) : NULL;
    if (!w)
        return fail(a, DICT_CN, IVN_SYNTAX, N_("the row has no spelling; fill its cells in"),
                    (struct slice){0}, err);
    builder_set_forms(b, w, forms, count);
    w->by_row = true;
    w->source = builder_source(a->file_number, a->row->line);
    return IVN_OK;
}

/* A yielding row is dropped when one of its words is known already to a row, when it has a form
 * that cannot be a key, or when its forms differ in script only. */
static bool must_yield(const struct builder *b, const struct addition *a) {
    uint16_t first[IMAGE_MAX_KEY];
    size_t first_size = 0;
    bool differ = false;
    for (int i = 0; i < CELLS; i++) {
        struct slice cell = a->row->cells[dict_key_columns[i]], form, condition;
        while (dict_next_form(&cell, &form, &condition)) {
            uint16_t labels[IMAGE_MAX_KEY];
            size_t n = builder_labels(b, form.text, form.size, labels);
            const struct word *w = n ? builder_find_word(b, labels, n) : NULL;
            if (n < 2 || (w && w->refs))
                return true;
            if (first_size == 0)
                memcpy(first, labels, (first_size = n) * sizeof *labels);
            differ |= n != first_size || memcmp(first, labels, n * sizeof *labels) != 0;
        }
    }
    return !differ;
}

/* One concept's words are about as common in their regions as each other: the longer ones that have
 * no count get near the price of the cheapest that has one. Short ones would cut too many other
 * words. */
static void level_prices(struct builder *b, const struct addition *a) {
    enum { SHORTEST = 3, PREMIUM = COST_UNIT };
    uint32_t cheapest = COST_MAX;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < DICT_KEY_COLUMNS; i++) {
            struct slice cell = a->row->cells[dict_key_columns[i]];
            struct slice form, condition;
            while (dict_next_form(&cell, &form, &condition)) {
                uint16_t labels[IMAGE_MAX_KEY];
                size_t n = builder_labels(b, form.text, form.size, labels);
                struct word *w = n ? builder_find_word(b, labels, n) : NULL;
                if (!w)
                    continue;
                bool counted = w->source != b->concepts.items[a->concept].file_line;
                if (pass == 0 && counted && w->cost < cheapest)
                    cheapest = w->cost;
                if (pass == 1 && !counted && n >= SHORTEST && w->cost > cheapest + PREMIUM)
                    w->cost = (uint16_t)(cheapest + PREMIUM);
            }
        }
}

/* The locales that write the forms of a column: its own, and for zh-CN those
 * whose cell is empty. */
static unsigned cells_of(const struct addition *a, enum dict_column column) {
    unsigned cells = 0;
    for (int i = 0; i < CELLS; i++)
        if (a->locales[i] >= 0 &&
            (dict_key_columns[i] == column ||
             (column == DICT_CN && a->row->cells[dict_key_columns[i]].size == 0)))
            cells |= 1u << a->locales[i];
    return cells;
}

/* A user's row about a person whom the base knows stands for all the forms that the base has. */
static ivn_status add_known_forms(struct builder *b, const struct addition *a, ivn_error *err) {
    const struct slice person = a->row->cells[DICT_PERSON];
    if (!b->base || person.size == 0)
        return IVN_OK;
    for (size_t i = 0; i < b->base->concept_count; i++) {
        const struct image_concept *known = &b->base->concepts[i];
        if (!slice_equal(person, lexicon_string(b->base, known->person)))
            continue;
        for (int k = 0; k < CELLS; k++) {
            const char *text =
                a->locales[k] < 0 ? "" : lexicon_string(b->base, known->cells[a->locales[k]]);
            struct slice cell = {text, strlen(text)}, form, ignored;
            while (dict_next_form(&cell, &form, &ignored)) {
                ivn_status status = add_key(b, a, DICT_PERSON, form, (struct slice){0}, 0, err);
                if (status != IVN_OK)
                    return status;
            }
        }
    }
    return IVN_OK;
}

static ivn_status add_row(struct builder *b, struct addition *a, ivn_error *err) {
    if (a->file->yield && must_yield(b, a))
        return IVN_OK;
    if (a->file->kind == CONCEPT_SCRIPT && a->row->cells[DICT_WHEN].size == 0)
        return add_spellings(b, a, err);
    ivn_status status = add_concept(b, a, err);
    if (status != IVN_OK)
        return status;
    for (int i = 0; i < DICT_KEY_COLUMNS; i++) {
        enum dict_column column = dict_key_columns[i];
        struct slice cell = a->row->cells[column], form, condition;
        while (dict_next_form(&cell, &form, &condition)) {
            status = add_key(b, a, column, form, condition, cells_of(a, column), err);
            if (status != IVN_OK)
                return status;
        }
    }
    status = add_known_forms(b, a, err);
    if (status == IVN_OK)
        level_prices(b, a);
    return status;
}

ivn_status builder_add_dict(struct builder *b, const struct dict_file *file, ivn_error *err) {
    struct dict_reader reader = {.text = file->text, .size = file->size, .file = file->file};
    struct dict_row row;
    struct dict_example example;
    struct addition a = {.file = file,
                         .row = &row,
                         .file_number = builder_add_file(b, file->file),
                         .subject = builder_subject(b, file->name, strlen(file->name))};
    for (int i = 0; i < CELLS; i++)
        a.locales[i] = builder_locale(b, column_locales[i], strlen(column_locales[i]));
    ivn_status worst = IVN_OK;
    for (;;) {
        enum dict_item item = dict_next(&reader, &row, &example, err);
        ivn_status status = IVN_OK;
        if (item == DICT_END)
            return b->failed ? error_memory(err) : worst;
        if (item == DICT_ROW)
            status = add_row(b, &a, err);
        else if (item == DICT_ERROR)
            status = IVN_SYNTAX;
        if (status == IVN_OK)
            continue;
        if (!file->complain)
            return status;
        file->complain(file->user, err);
        worst = status;
    }
}

ivn_status builder_add_subjects(struct builder *b, const struct dict_file *file, ivn_error *err) {
    struct dict_reader reader = {.text = file->text, .size = file->size, .file = file->file};
    struct dict_row row;
    struct dict_example example;
    const struct addition a = {.file = file, .row = &row};
    for (;;) {
        enum dict_item item = dict_next(&reader, &row, &example, err);
        if (item == DICT_END)
            return b->failed ? error_memory(err) : IVN_OK;
        if (item == DICT_ERROR)
            return IVN_SYNTAX;
        struct slice name = row.cells[DICT_SUBJECT], words = row.cells[DICT_WORDS], word, ignored;
        if (item != DICT_ROW)
            continue;
        if (name.size == 0 || b->subjects.count == IMAGE_MAX_SUBJECTS)
            return fail(&a, DICT_SUBJECT, IVN_SYNTAX,
                        N_("subject '%s': the name is empty, or there are over 32"), name, err);
        int subject = builder_subject(b, name.text, name.size);
        if (subject < 0 && vector_room(b, &b->subjects)) {
            subject = (int)b->subjects.count;
            b->subjects.items[b->subjects.count++] = builder_string(b, name.text, name.size);
        }
        while (dict_next_form(&words, &word, &ignored)) {
            uint16_t labels[IMAGE_MAX_KEY];
            size_t n = builder_labels(b, word.text, word.size, labels);
            struct word *w = n ? builder_word(b, labels, n, PHRASE_BONUS) : NULL;
            if (!w)
                return fail(&a, DICT_WORDS, IVN_SYNTAX,
                            N_("'%s' cannot be looked up: use Han characters, letters or digits"),
                            word, err);
            builder_add_evidence(b, w, (uint16_t)(EVIDENCE_SUBJECT | subject));
        }
    }
}
