/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cleanup_private.h"
#include "error.h"
#include "neighbour.h"
#include "utf8.h"

/* JIT_USES is when a pattern has been tried so often that compiling it (some 20 us) pays: never
 * for a line from a pipe, soon for an article. */
enum { JIT_USES = 400, LOOK_BEHIND = 512, LOOK_AHEAD = 4096 };

/* Whether the pattern runs as machine code: once it is worth that, and where there is a JIT. */
static bool is_fast(struct rule_pattern *p) {
    if (p->uses <= JIT_USES && ++p->uses > JIT_USES)
        p->fast = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0;
    return p->fast;
}

static bool is_inside_character(const char *text, size_t n, size_t at) {
    return at < n && utf8_continues(text[at]);
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

/* The symbol of the character before a place. */
static unsigned symbol_before(const char *subject, size_t at) {
    size_t start = at;
    if (at == 0)
        return SYMBOL_NONE;
    while (start > 0 && utf8_continues(subject[--start]))
        continue;
    return symbol_at((const unsigned char *)subject + start, at - start);
}

/* The symbol of the character behind the one at a place. */
static unsigned symbol_after(const char *subject, size_t n, size_t at) {
    at++;
    while (is_inside_character(subject, n, at))
        at++;
    return at < n ? symbol_at((const unsigned char *)subject + at, n - at) : SYMBOL_NONE;
}

struct site cleanup_site(const char *subject, size_t n, size_t at) {
    return (struct site){.subject = subject,
                         .n = n,
                         .at = at,
                         .before = symbol_before(subject, at),
                         .symbol = symbol_at((const unsigned char *)subject + at, n - at),
                         .after = symbol_after(subject, n, at)};
}

/* Whether the pattern is worth trying, by what stands around. */
static bool may_stand(const struct rule_pattern *p, const struct site *site) {
    const char *at = site->subject + site->at;
    if (p->at_line_start && site->at > 0)
        return false;
    if (p->at_word_start && site->at > 0 && is_word_byte(at[-1]) && is_word_byte(at[0]))
        return false;
    return (!p->has_side[SIDE_BEFORE] || symbol_set_has(p->side[SIDE_BEFORE], site->before)) &&
           (!p->has_side[SIDE_AFTER] || symbol_set_has(p->side[SIDE_AFTER], site->after));
}

ivn_status cleanup_match(struct cleanup *c, struct rule_pattern *p, const struct site *site,
                         bool *found) {
    const char *subject = site->subject;
    size_t n = site->n, at = site->at;
    *found = false;
    if (!may_stand(p, site))
        return IVN_OK;
    /* In an endless line a pattern sees the surroundings only, so that no input is slow. */
    size_t low = at > LOOK_BEHIND ? at - LOOK_BEHIND : 0;
    size_t high = n - at > LOOK_AHEAD ? at + LOOK_AHEAD : n;
    while (low > 0 && is_inside_character(subject, n, low))
        low--;
    while (is_inside_character(subject, n, high))
        high--;
    uint32_t options =
        PCRE2_NO_UTF_CHECK | (low > 0 ? PCRE2_NOTBOL : 0) | (high < n ? PCRE2_NOTEOL : 0);
    PCRE2_SPTR seen = (PCRE2_SPTR)subject + low;
    int rc = PCRE2_ERROR_JIT_STACKLIMIT; /* the stack of the JIT is small, the heap is not */
    if (is_fast(p))
        rc = pcre2_jit_match(p->code, seen, high - low, at - low, options, c->match, c->limits);
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
        rc = pcre2_match(p->code, seen, high - low, at - low, options | PCRE2_NO_JIT, c->match,
                         c->limits);
    *found = rc >= 0;
    if (rc == PCRE2_ERROR_NOMATCH)
        return IVN_OK;
    if (rc >= 0) {
        PCRE2_SIZE *range = pcre2_get_ovector_pointer(c->match);
        for (int i = 0; i < 2 * rc; i++)
            if (range[i] != PCRE2_UNSET)
                range[i] += low;
        return IVN_OK;
    }
    if (rc == PCRE2_ERROR_NOMEMORY)
        return error_memory(c->err);
    const struct rule *r = &c->set->rules[p->rule];
    if (r->owner == RULES_SHIPPED)
        return IVN_OK; /* the text is not to suffer for it */
    error_set(c->err, IVN_LIMIT,
              N_("rule '%s': the pattern takes too long here; make its repetitions definite"),
              r->id, NULL, NULL);
    error_place(c->err, r->file, p->line, 0);
    return IVN_LIMIT;
}

static bool is_masked(const char *text, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (text[i] >= MASK_OPAQUE && text[i] <= MASK_TAG)
            return true;
    return false;
}

/* Adds the edit [from, to) -> with, without what both have in common at their ends. */
static bool put_edit(struct cleanup *c, size_t from, size_t to, const char *with, size_t n,
                     unsigned rule) {
    const char *old = c->subject.data + from;
    size_t length = to - from, head = 0, tail = 0;
    if (is_masked(old, length))
        return true;
    while (head < length && head < n && old[head] == with[head])
        head++;
    while (head > 0 &&
           (is_inside_character(old, length, head) || is_inside_character(with, n, head)))
        head--;
    while (tail < length - head && tail < n - head && old[length - 1 - tail] == with[n - 1 - tail])
        tail++;
    while (tail > 0 && (is_inside_character(old, length, length - tail) ||
                        is_inside_character(with, n, n - tail)))
        tail--;
    if (length == n && head == n)
        return true;
    return edit_add(&c->step, from + head, length - head - tail, with + head, n - head - tail,
                    reason_make(REASON_RULE, rule));
}

/* Turns the match in c->match into edits: groups that the replacement keeps in order stay as they
 * are, what is between them is replaced. */
static bool put_match(struct cleanup *c, const struct rule_pattern *p, size_t *end) {
    const PCRE2_SIZE *range = pcre2_get_ovector_pointer(c->match);
    size_t at = range[0], stop = range[1];
    struct buffer *with = &c->swap;
    with->size = 0;
    *end = stop;
    for (uint32_t i = 0; i < p->piece_count; i++) {
        const struct template_piece *piece = &p->pieces[i];
        if (piece->text) {
            if (!buffer_append(with, piece->text, piece->length))
                return false;
            continue;
        }
        size_t from = range[2 * piece->group], to = range[2 * piece->group + 1];
        if (from == PCRE2_UNSET)
            continue;
        if (from >= at && to <= stop) {
            if (!put_edit(c, at, from, with->data, with->size, p->rule))
                return false;
            with->size = 0;
            at = to;
        } else if (!buffer_append(with, c->subject.data + from, to - from)) {
            return false;
        }
    }
    return put_edit(c, at, stop, with->data, with->size, p->rule);
}

/* The whole match, and what is proposed for it: itself where the rule has no proposal. */
static bool put_report(struct cleanup *c, const struct rule_pattern *p, size_t *end) {
    const PCRE2_SIZE *range = pcre2_get_ovector_pointer(c->match);
    const char *old = c->subject.data + range[0];
    struct buffer *with = &c->swap;
    with->size = 0;
    *end = range[1];
    if (is_masked(old, range[1] - range[0]))
        return true;
    for (uint32_t i = 0; i < p->piece_count; i++) {
        const struct template_piece *piece = &p->pieces[i];
        size_t from = piece->text ? 0 : range[2 * piece->group];
        size_t n = piece->text ? piece->length : range[2 * piece->group + 1] - from;
        if (!piece->text && from == PCRE2_UNSET)
            continue;
        if (!buffer_append(with, piece->text ? piece->text : c->subject.data + from, n))
            return false;
    }
    if (p->piece_count == 0 && !buffer_append(with, old, range[1] - range[0]))
        return false;
    return edit_add(&c->step, range[0], range[1] - range[0], with->data, with->size,
                    reason_make(REASON_RULE, p->rule));
}

ivn_status cleanup_know_pairs(struct cleanup *c) {
    if (c->pairs_known)
        return IVN_OK;
    if (!pair_list_scan(&c->pairs, c->subject.data, c->subject.size))
        return error_memory(c->err);
    c->pairs_known = true;
    return IVN_OK;
}

static ivn_status conditions_hold(struct cleanup *c, const struct rule *r, size_t at, bool *hold) {
    unsigned asked = r->when | r->when_not, held = 0;
    if (asked & WHEN_EMBEDDED && neighbour_embedded(c->subject.data, at))
        held |= WHEN_EMBEDDED;
    if (asked & WHEN_TABULAR) {
        if (c->tabular < 0)
            c->tabular = line_is_tabular(c->subject.data, c->subject.size);
        held |= c->tabular ? WHEN_TABULAR : 0;
    }
    if ((asked & WHEN_FIRST) && lines_begin_paragraph(&c->lines, c->line_start))
        held |= WHEN_FIRST;
    if ((asked & WHEN_LAST) && lines_end_paragraph(&c->lines, c->line_start, c->line_end))
        held |= WHEN_LAST;
    if (c->survey.rtl)
        held |= WHEN_RTL;
    if (asked & (WHEN_PROSE | WHEN_TITLE)) {
        ivn_status status = cleanup_know_pairs(c);
        if (status != IVN_OK)
            return status;
        held |= pair_list_prose(&c->pairs, at) ? WHEN_PROSE : 0;
        held |= pair_list_title(&c->pairs, at) ? WHEN_TITLE : 0;
    }
    *hold = (held & r->when) == r->when && !(held & r->when_not);
    return IVN_OK;
}

static int compare_character(const void *key, const void *entry) {
    uint32_t x = *(const uint32_t *)key, y = ((const struct map_entry *)entry)->character;
    return (x > y) - (x < y);
}

/* Tries a map at a place. false: no memory. */
static bool put_mapped(struct cleanup *c, const struct rule_pattern *p, size_t at, size_t *end) {
    size_t length;
    uint32_t character = utf8_get((unsigned char *)c->subject.data + at, &length);
    const struct map_entry *entry =
        bsearch(&character, p->map, p->map_count, sizeof *p->map, compare_character);
    if (!entry)
        return true;
    *end = at + length;
    return put_edit(c, at, *end, entry->text, entry->length, p->rule);
}

/* Tries the patterns of a step at a place; *end is behind what was edited, or `at`. */
static ivn_status edit_at(struct cleanup *c, enum rule_step step, size_t at, size_t *end) {
    const struct rule_dispatch *d = &c->set->dispatch;
    const struct site site = cleanup_site(c->subject.data, c->subject.size, at);
    *end = at;
    for (uint32_t k = d->start[step][site.symbol]; k < d->start[step][site.symbol + 1]; k++) {
        struct rule_pattern *p = d->order[k];
        const struct rule *r = &c->set->rules[p->rule];
        if (r->lines != LINES_ANY && (r->lines == LINES_CHINESE) != c->survey.chinese)
            continue;
        size_t count = c->step.count, stop = at;
        if (p->is_map) {
            if (!put_mapped(c, p, at, &stop))
                return error_memory(c->err);
            *end = stop;
            if (c->step.count > count)
                return IVN_OK;
            continue;
        }
        bool found, hold;
        ivn_status status = cleanup_match(c, p, &site, &found);
        if (status != IVN_OK)
            return status;
        const PCRE2_SIZE *range = pcre2_get_ovector_pointer(c->match);
        if (!found || range[0] < at || range[1] < range[0])
            continue;
        if (r->when | r->when_not) {
            status = conditions_hold(c, r, range[0], &hold);
            if (status != IVN_OK)
                return status;
            if (!hold)
                continue;
        }
        if (r->action == ACTION_REPORT ? !put_report(c, p, &stop) : !put_match(c, p, &stop))
            return error_memory(c->err);
        if (c->step.count > count) {
            *end = stop > at ? stop : at + 1;
            return IVN_OK;
        }
    }
    return IVN_OK;
}

ivn_status cleanup_step(struct cleanup *c, enum rule_step step) {
    size_t done = 0;
    for (size_t i = 0; i < c->candidate_count; i++) {
        const struct candidate *candidate = &c->candidates[i];
        if (candidate->at < done || !(candidate->steps & (1U << step)))
            continue;
        size_t end;
        ivn_status status = edit_at(c, step, candidate->at, &end);
        if (status != IVN_OK)
            return status;
        if (end > candidate->at)
            done = end;
    }
    return IVN_OK;
}
