/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cleanup_private.h"

static bool add_candidate(struct cleanup *c, size_t at, unsigned steps) {
    void *items = c->candidates;
    if (!array_grow(&items, &c->candidate_capacity, c->candidate_count + 1, sizeof *c->candidates))
        return false;
    c->candidates = items;
    c->candidates[c->candidate_count++] = (struct candidate){.at = (uint32_t)at, .steps = steps};
    return true;
}

static void survey_wide(struct survey *s, const unsigned char *at, size_t left) {
    if (at[0] >= 0xE4 && at[0] <= 0xE9)
        s->han++;
    else if (at[0] >= 0xEA && at[0] <= 0xED)
        s->hangul++;
    else if (at[0] == 0xF0 && left > 1 && at[1] >= 0xA0)
        s->han++;
    else if (at[0] == 0xEF && left > 1 && at[1] >= 0xA4 && at[1] <= 0xAB)
        s->han++;
    else if (at[0] == 0xE3 && left > 2) {
        bool symbol = at[1] < 0x81 || (at[1] == 0x83 && at[2] >= 0xBB && at[2] <= 0xBC);
        if (at[1] >= 0x90)
            s->han++;
        else if (!symbol && at[1] <= 0x83)
            s->kana++;
        else if (at[1] == 0x80 && at[2] >= 0x85 && at[2] <= 0x87)
            s->han++;
    }
}

/* Without Chinese only some rules are left; drops the candidates of the others. */
static void drop_candidates(struct cleanup *c, const char *line, size_t n) {
    const struct rule_dispatch *d = &c->set->dispatch;
    size_t kept = 0;
    bool useful = false;
    for (size_t i = 0; i < c->candidate_count; i++) {
        struct candidate x = c->candidates[i];
        unsigned symbol = symbol_at((const unsigned char *)line + x.at, n - x.at);
        unsigned any = d->steps[1][symbol] | (x.at == 0 ? d->steps_at_start[1][symbol] : 0U);
        x.steps &= any | 1U << STEP_PROTECT;
        useful = useful || (x.steps & ~(1U << STEP_PROTECT));
        if (x.steps)
            c->candidates[kept++] = x;
    }
    c->candidate_count = useful ? kept : 0;
}

/* The steps that may have something to do at a symbol between two others. */
static unsigned steps_between(const struct rule_dispatch *d, unsigned steps, unsigned before,
                              unsigned symbol, unsigned after) {
    unsigned kept = 0;
    for (unsigned left = steps; left; left &= left - 1) {
        unsigned step = (unsigned)__builtin_ctz(left);
        if (dispatch_allows(d, SIDE_BEFORE, step, symbol, before) &&
            dispatch_allows(d, SIDE_AFTER, step, symbol, after))
            kept |= 1U << step;
    }
    return kept;
}

bool cleanup_survey(struct cleanup *c, const char *line, size_t n) {
    const struct rule_dispatch *d = &c->set->dispatch;
    const unsigned char *bytes = (const unsigned char *)line;
    struct survey s = {0};
    unsigned before = SYMBOL_NONE;
    c->candidate_count = 0;
    for (size_t i = 0; i < n;) {
        unsigned char b = bytes[i];
        unsigned symbol = b;
        size_t at = i;
        if (b >= 0xE4 && b <= 0xE9) {
            s.han++;
            i += 3;
        } else if (b < 0xE2) {
            s.rtl = s.rtl || (b >= 0xD6 && b <= 0xDF); /* U+0580 to U+07FF */
            s.low = s.low || (b >= MASK_OPAQUE && b <= MASK_TAG);
            s.marks = s.marks || b == '"' || b == '\'' || b == '(' || b == ')';
            i += b < 0xC0 ? 1 : b < 0xE0 ? 2 : 3;
        } else {
            symbol = symbol_at(bytes + i, n - i);
            survey_wide(&s, bytes + i, n - i);
            if (symbol >= 256) {
                s.marks = s.marks || pair_mark_at(line + i, n - i);
                s.corners = s.corners || (symbol >= SYMBOL_CORNER && symbol < SYMBOL_CORNER + 4);
            }
            i += b < 0xF0 ? 3 : 4;
        }
        unsigned steps = d->steps[0][symbol] & c->steps;
        if (steps)
            steps = steps_between(d, steps, before, symbol,
                                  i < n ? symbol_at(bytes + i, n - i) : SYMBOL_NONE);
        if (at == 0)
            steps |= d->steps_at_start[0][symbol] & c->steps;
        before = symbol;
        if (steps && !add_candidate(c, at, steps))
            return false;
    }
    s.chinese =
        s.han > 0 && !(s.kana >= 3 && s.kana * 3 > s.han) && !(s.hangul >= 2 && s.hangul > s.han);
    c->survey = s;
    if (!s.chinese)
        drop_candidates(c, line, n);
    return true;
}
