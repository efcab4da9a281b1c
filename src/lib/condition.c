/* SPDX-License-Identifier: Apache-2.0 */
#include "condition.h"

#include <string.h>

#include "builder_p.h"
#include "error.h"

static const struct {
    const char *name;
    uint16_t op;
} operators[] = {
    {"doc", CONDITION_DOC},         {"near", CONDITION_NEAR},
    {"left", CONDITION_LEFT},       {"right", CONDITION_RIGHT},
    {"subject", CONDITION_SUBJECT}, {"from", CONDITION_FROM},
    {"to", CONDITION_TO},           {"suggest", CONDITION_SUGGEST},
    {"damaged", CONDITION_DAMAGED}, {"simplified", CONDITION_SIMPLIFIED},
    {"title", CONDITION_TITLE},     {"keep", CONDITION_KEEP},
};
enum { OPERATORS = sizeof operators / sizeof *operators };

static ivn_status fail(ivn_error *err, const char *message, struct slice what) {
    return slice_error(err, IVN_SYNTAX, message, what);
}

static struct slice take(struct slice *rest, char separator) {
    const char *end = rest->size ? memchr(rest->text, separator, rest->size) : NULL;
    struct slice part = {rest->text, end ? (size_t)(end - rest->text) : rest->size};
    size_t used = part.size + (end != NULL);
    rest->text += used;
    rest->size -= used;
    return slice_trim(part);
}

static void emit(struct builder *b, size_t value) {
    if (vector_room(b, &b->conditions))
        b->conditions.items[b->conditions.count++] = (uint16_t)value;
}

/* Puts a count where a place was kept for it. */
static ivn_status put_count(struct builder *b, size_t at, size_t count, struct slice what,
                            ivn_error *err) {
    if (count > UINT16_MAX)
        return fail(err, N_("condition '%s': too long; make several rows of it"), what);
    if (!b->failed)
        b->conditions.items[at] = (uint16_t)count;
    return IVN_OK;
}

static ivn_status compile_word(struct builder *b, struct slice word, ivn_error *err) {
    static const struct {
        const char *name;
        enum condition_context context;
    } contexts[] = {
        {"[num]", CONTEXT_NUMBER}, {"[latin]", CONTEXT_LATIN}, {"[edge]", CONTEXT_EDGE}};
    for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++)
        if (slice_equal(word, contexts[i].name)) {
            emit(b, 0);
            emit(b, contexts[i].context);
            return IVN_OK;
        }
    uint16_t labels[IMAGE_MAX_KEY];
    size_t n = builder_labels(b, word.text, word.size, labels);
    if (n == 0)
        return fail(err,
                    N_("condition value '%s': use one word of Han characters, letters or digits "
                       "(or [num], [latin], [edge])"),
                    word);
    emit(b, n);
    for (size_t i = 0; i < n; i++)
        emit(b, labels[i]);
    return IVN_OK;
}

static ivn_status compile_value(struct builder *b, uint16_t op, struct slice value,
                                ivn_error *err) {
    int number;
    switch (op) {
    case CONDITION_DOC:
        number = builder_evidence(b, value.text, value.size);
        if (number == 0)
            return fail(err, N_("doc=%s: use one word of Han characters, letters or digits"),
                        value);
        emit(b, (size_t)number);
        return IVN_OK;
    case CONDITION_SUBJECT:
        number = builder_subject(b, value.text, value.size);
        if (number < 0)
            return fail(err, N_("subject=%s: no such subject; dict/terms/subjects.tsv has them"),
                        value);
        emit(b, (size_t)number);
        return IVN_OK;
    case CONDITION_FROM:
    case CONDITION_TO:
        number = builder_locale(b, value.text, value.size);
        if (number < 0)
            return fail(err, N_("unknown locale '%s' in a condition; use zh-CN, zh-TW or zh-HK"),
                        value);
        emit(b, (size_t)number);
        return IVN_OK;
    default:
        return compile_word(b, value, err);
    }
}

static ivn_status compile_item(struct builder *b, struct slice item, ivn_error *err) {
    struct slice whole = item;
    uint16_t negated = 0;
    if (item.size && item.text[0] == '!') {
        negated = CONDITION_NOT;
        item.text++;
        item.size--;
    }
    struct slice name = take(&item, '=');
    size_t op = 0;
    while (op < OPERATORS && !slice_equal(name, operators[op].name))
        op++;
    bool alone = op < OPERATORS && operators[op].op >= CONDITION_SUGGEST;
    if (op == OPERATORS || (item.size == 0) != alone)
        return fail(err,
                    N_("condition '%s': use doc=, near=, left=, right=, subject=, from=, to= with "
                       "values, or suggest, keep, title, damaged, simplified"),
                    whole);
    emit(b, (size_t)operators[op].op | negated);
    size_t size_at = b->conditions.count;
    emit(b, 0);
    while (item.size) {
        ivn_status status = compile_value(b, operators[op].op, take(&item, ','), err);
        if (status != IVN_OK)
            return status;
    }
    return put_count(b, size_at, b->conditions.count - size_at - 1, whole, err);
}

static ivn_status compile_alternative(struct builder *b, struct slice alternative, ivn_error *err) {
    struct slice whole = alternative;
    size_t count_at = b->conditions.count, items = 0;
    emit(b, 0);
    for (; alternative.size; items++) {
        ivn_status status = compile_item(b, take(&alternative, ';'), err);
        if (status != IVN_OK)
            return status;
    }
    return put_count(b, count_at, items, whole, err);
}

ivn_status condition_compile(struct builder *b, struct slice text, uint32_t *offset,
                             ivn_error *err) {
    struct slice whole = slice_trim(text);
    size_t start = b->conditions.count, alternatives = 0;
    ivn_status status = IVN_OK;
    *offset = 0;
    if (whole.size == 0)
        return IVN_OK;
    emit(b, 0);
    for (text = whole; text.size && status == IVN_OK; alternatives++) {
        struct slice alternative = take(&text, '|');
        if (alternative.size == 0)
            status = fail(err, N_("condition '%s': nothing stands beside a '|'; remove it"), whole);
        else
            status = compile_alternative(b, alternative, err);
    }
    if (status == IVN_OK)
        status = put_count(b, start, alternatives, whole, err);
    if (status != IVN_OK)
        b->conditions.count = start;
    else
        *offset = (uint32_t)start;
    return status;
}

const char *condition_name(uint16_t op) {
    size_t i = 0;
    while (i + 1 < OPERATORS && operators[i].op != op)
        i++;
    return operators[i].name;
}

bool condition_keeps(const struct builder *b, uint32_t offset) {
    const uint16_t *c = b->conditions.items + offset;
    bool keeps = false;
    for (unsigned alternatives = *c++; alternatives > 0; alternatives--)
        for (unsigned items = *c++; items > 0; items--) {
            keeps |= c[0] == CONDITION_KEEP;
            c += 2 + c[1];
        }
    return keeps;
}
