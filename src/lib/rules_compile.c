/* SPDX-License-Identifier: Apache-2.0 */
/* Classes, patterns, replacements and the dispatch table of a rule set. */
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "error.h"
#include "rules_private.h"
#include "utf8.h"

/* Bytes that patterns see as {{opaque}}, {{url}}, {{tag}}. */
static const struct rule_class own_classes[] = {
    {"opaque", "\\x{01}"}, {"url", "\\x{02}"}, {"tag", "\\x{03}"}};

static const char *const builtin_ids[BUILTIN_COUNT] = {
    [BUILTIN_LINESEP] = "char.linesep",
    [BUILTIN_QUOTE_LOCALE] = "quote.locale",
    [BUILTIN_QUOTE_STRAIGHT] = "quote.straight",
    [BUILTIN_QUOTE_SINGLE] = "quote.single",
    [BUILTIN_QUOTE_NESTING] = "quote.nesting",
    [BUILTIN_QUOTE_DIRECTION] = "quote.direction",
    [BUILTIN_BRACKET_FULL] = "bracket.full",
    [BUILTIN_BRACKET_MIXED] = "bracket.mixed",
    [BUILTIN_QUOTE_UNBALANCED] = "quote.unbalanced",
    [BUILTIN_BRACKET_UNBALANCED] = "bracket.unbalanced"};

/* How deep classes may be built of classes; more is a cycle. */
enum { CLASS_DEPTH = 8 };

struct compiler {
    struct rule_set *set;
    ivn_error *err;
    struct buffer expanded;
    size_t wanted; /* place in the expanded pattern whose origin is looked for */
    size_t origin; /* the answer: offset in the pattern as written */
};

static void format_number(char out[24], size_t value) {
    char digits[24];
    size_t n = 0;
    do
        digits[n++] = (char)('0' + value % 10);
    while (value /= 10);
    for (size_t i = 0; i < n; i++)
        out[i] = digits[n - 1 - i];
    out[n] = '\0';
}

static ivn_status fail_at(const struct compiler *c, const struct rule *r, unsigned line,
                          unsigned column, const char *message, const char *b, const char *d) {
    error_set(c->err, IVN_SYNTAX, message, r->id, b, d);
    error_place(c->err, r->file, line, column);
    return IVN_SYNTAX;
}

static const char *find_class(const struct rule_set *s, const char *name, size_t n) {
    for (size_t i = 0; i < sizeof own_classes / sizeof *own_classes; i++)
        if (strlen(own_classes[i].name) == n && memcmp(own_classes[i].name, name, n) == 0)
            return own_classes[i].text;
    for (size_t i = 0; i < s->class_count; i++)
        if (strlen(s->classes[i].name) == n && memcmp(s->classes[i].name, name, n) == 0)
            return s->classes[i].text;
    return NULL;
}

/* Replaces {{name}} by its class, innermost ones too. */
static ivn_status expand(struct compiler *c, const struct rule *r, const struct rule_pattern *p) {
    struct {
        const char *at;
    } stack[CLASS_DEPTH] = {{p->match}};
    size_t depth = 1;
    c->expanded.size = 0;
    c->origin = SIZE_MAX;
    while (depth > 0) {
        const char *at = stack[depth - 1].at, *braces = strstr(at, "{{");
        const char *end = braces ? strstr(braces, "}}") : NULL;
        size_t plain = end ? (size_t)(braces - at) : strlen(at), before = c->expanded.size;
        if (!buffer_append(&c->expanded, at, plain))
            return error_memory(c->err);
        stack[depth - 1].at = at += plain;
        if (c->expanded.size > c->wanted && c->origin == SIZE_MAX)
            c->origin =
                (size_t)(stack[0].at - p->match) - (depth == 1 ? plain - (c->wanted - before) : 0);
        if (!end) {
            depth--;
            continue;
        }
        stack[depth - 1].at = end + 2;
        const char *text = find_class(c->set, at + 2, (size_t)(end - at) - 2);
        if (!text)
            return fail_at(c, r, p->line, p->column,
                           N_("rule '%s': '%s' is no class; define it with 'class: name = text'"),
                           at, NULL);
        if (depth == CLASS_DEPTH)
            return fail_at(c, r, p->line, p->column,
                           N_("rule '%s': the class at '%s' uses itself, or is built of too many "
                              "others; write it out"),
                           at, NULL);
        stack[depth++].at = text;
    }
    if (c->origin == SIZE_MAX)
        c->origin = (size_t)(stack[0].at - p->match);
    return IVN_OK;
}

static void find_starts(const struct compiler *c, struct rule_pattern *p) {
    uint8_t bytes[32] = {0};
    const uint8_t *bitmap = NULL;
    uint32_t type = 0, unit = 0;
    pcre2_pattern_info(p->code, PCRE2_INFO_FIRSTCODETYPE, &type);
    if (type == 1) {
        pcre2_pattern_info(p->code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
        bytes[unit / 8] |= (uint8_t)(1U << unit % 8);
        bitmap = bytes;
    } else {
        pcre2_pattern_info(p->code, PCRE2_INFO_FIRSTBITMAP, &bitmap);
    }
    if (!bitmap) {
        memset(bytes, 0xFF, sizeof bytes);
        bitmap = bytes;
    }
    p->at_word_start = strncmp(p->match, "\\b", 2) == 0;
    pattern_find_starts(p, c->expanded.data, c->expanded.size, bitmap);
}

static ivn_status compile_match(struct compiler *c, const struct rule *r, struct rule_pattern *p) {
    c->wanted = SIZE_MAX;
    ivn_status status = expand(c, r, p);
    if (status != IVN_OK)
        return status;
    int code;
    PCRE2_SIZE place;
    p->code =
        pcre2_compile((PCRE2_SPTR)c->expanded.data, c->expanded.size,
                      PCRE2_UTF | PCRE2_ANCHORED | PCRE2_NEVER_BACKSLASH_C, &code, &place, NULL);
    if (p->code) {
        find_starts(c, p);
        return IVN_OK;
    }
    char why[IVN_ERROR_ARG_SIZE], number[24];
    pcre2_get_error_message(code, (PCRE2_UCHAR *)why, sizeof why);
    c->wanted = place;
    status = expand(c, r, p);
    if (status != IVN_OK)
        return status;
    format_number(number, utf8_count(p->match, c->origin));
    return fail_at(c, r, p->line, p->column + (unsigned)utf8_count(p->match, c->origin),
                   N_("rule '%s': %s (at character %s of the pattern)"), why, number);
}

/* "u{HEX}" at *at, which moves to its }; adds the character to out. */
static bool unescape_code_point(const char **at, char *out, size_t *n) {
    char *end;
    unsigned long value = (*at)[1] == '{' ? strtoul(*at + 2, &end, 16) : 0;
    if ((*at)[1] != '{' || *end != '}' || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return false;
    *n += utf8_encode((uint32_t)value, out + *n);
    *at = end;
    return true;
}

size_t rule_unescape(const char *text, char *out) {
    size_t n = 0;
    for (const char *at = text; *at; at++) {
        if (*at != '\\') {
            out[n++] = *at;
            continue;
        }
        switch (*++at) {
        case 'n':
            out[n++] = '\n';
            break;
        case 'r':
            out[n++] = '\r';
            break;
        case 't':
            out[n++] = '\t';
            break;
        case 's':
            out[n++] = ' ';
            break;
        case '\\':
            out[n++] = '\\';
            break;
        case 'u':
            if (!unescape_code_point(&at, out, &n))
                return SIZE_MAX;
            break;
        default:
            return SIZE_MAX;
        }
    }
    return n;
}

static int compare_entries(const void *a, const void *b) {
    uint32_t x = ((const struct map_entry *)a)->character;
    uint32_t y = ((const struct map_entry *)b)->character;
    return (x > y) - (x < y);
}

/* "０0 １1": the first character of each word becomes the rest of it. */
static ivn_status compile_map(struct compiler *c, const struct rule *r, struct rule_pattern *p) {
    size_t n = strlen(p->match);
    p->map = malloc((n / 2 + 1) * sizeof *p->map);
    p->literals = malloc(n + 1);
    if (!p->map || !p->literals)
        return error_memory(c->err);
    n = rule_unescape(p->match, p->literals);
    if (n == SIZE_MAX || memchr(p->literals, '\0', n))
        return fail_at(c, r, p->line, 0,
                       N_("rule '%s': malformed escape in '%s'; use \\n \\r \\t \\\\ \\s \\u{HEX}"),
                       p->match, NULL);
    p->literals[n] = '\0';
    for (const char *at = p->literals; *at;) {
        size_t word = strcspn(at, " "), first;
        uint32_t character = utf8_get((const unsigned char *)at, &first);
        if (word > 0)
            p->map[p->map_count++] = (struct map_entry){
                .character = character, .text = at + first, .length = (uint32_t)(word - first)};
        at += word + strspn(at + word, " ");
    }
    qsort(p->map, p->map_count, sizeof *p->map, compare_entries);
    map_find_starts(p);
    return IVN_OK;
}

/* Puts the replacement into c->expanded, NUL-terminated, with the styles'
 * values in their places. */
static ivn_status expand_with(struct compiler *c, const struct rule *r,
                              const struct rule_pattern *p) {
    const char *with = pattern_text(c->set, p);
    c->expanded.size = 0;
    while (*with) {
        const char *end = with[0] == '{' && with[1] == '{' ? strstr(with, "}}") : NULL;
        const struct rule_style *style =
            end ? find_style(c->set, with + 2, (size_t)(end - with) - 2) : NULL;
        if (end && !style)
            return fail_at(c, r, p->line, 0,
                           N_("rule '%s': '%s' is no style; define it with 'style: name = value'"),
                           with, NULL);
        bool ok = style ? buffer_append(&c->expanded, style->value, strlen(style->value))
                        : buffer_append(&c->expanded, with, 1);
        if (!ok)
            return error_memory(c->err);
        with = end ? end + 2 : with + 1;
    }
    return buffer_append(&c->expanded, "", 1) ? IVN_OK : error_memory(c->err);
}

static ivn_status compile_with(struct compiler *c, const struct rule *r, struct rule_pattern *p) {
    ivn_status status = expand_with(c, r, p);
    if (status != IVN_OK)
        return status;
    const char *with = c->expanded.data;
    size_t n = strlen(with);
    p->literals = malloc(n + 1);
    p->pieces = malloc((n + 1) * sizeof *p->pieces);
    if (!p->literals || !p->pieces)
        return error_memory(c->err);
    n = rule_unescape(with, p->literals);
    if (n == SIZE_MAX)
        return fail_at(c, r, p->line, 0,
                       N_("rule '%s': malformed escape in '%s'; use \\n \\r \\t \\\\ \\s \\u{HEX}"),
                       with, NULL);
    uint32_t groups;
    pcre2_pattern_info(p->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    for (size_t at = 0; at < n;) {
        size_t run = 0;
        while (at + run < n && p->literals[at + run] != '$')
            run++;
        if (run == 0 && at + 1 < n && p->literals[at + 1] == '$') {
            at++;
            run = 1;
        } else if (run == 0) {
            char digit = at + 1 < n ? p->literals[at + 1] : '\0';
            if (digit < '1' || digit > '9' || (uint32_t)(digit - '0') > groups)
                return fail_at(c, r, p->line, 0,
                               N_("rule '%s': no such group in '%s'; write $$ for a dollar"), with,
                               NULL);
            p->pieces[p->piece_count++] = (struct template_piece){.group = (uint32_t)(digit - '0')};
            at += 2;
            continue;
        }
        p->pieces[p->piece_count++] =
            (struct template_piece){.text = p->literals + at, .length = (uint32_t)run};
        at += run;
    }
    return IVN_OK;
}

/* ---- where the rules start ---- */

static ivn_status set_builtin(struct compiler *c, unsigned index) {
    struct rule_set *s = c->set;
    const struct rule *r = &s->rules[index];
    int which = 0;
    while (which < BUILTIN_COUNT && strcmp(builtin_ids[which], r->id) != 0)
        which++;
    if (which == BUILTIN_COUNT)
        return fail_at(c, r, r->line, 0, N_("rule '%s': the program has no such builtin"), NULL,
                       NULL);
    if (r->enabled)
        s->builtin[which] = reason_make(REASON_RULE, index);
    /* The other rules of quotes write these marks as well, whether or not this one is in force. */
    const char *at = r->pattern_count ? pattern_text(s, &r->patterns[0]) : "", *mark;
    for (int i = 0; i < 4 && which == BUILTIN_QUOTE_LOCALE && (*at || r->enabled); i++) {
        size_t n;
        if (!next_word(&at, &mark, &n) || n >= sizeof s->pair_style.quotes[i])
            return fail_at(c, r, r->line, 0,
                           N_("rule '%s': 'with' must be four quote marks with spaces between"),
                           NULL, NULL);
        memcpy(s->pair_style.quotes[i], mark, n);
        s->pair_style.quotes[i][n] = '\0';
    }
    return IVN_OK;
}

static void note_steps(struct rule_dispatch *d, const struct rule *r, const struct rule_pattern *p,
                       unsigned symbol) {
    uint8_t(*steps)[SYMBOL_COUNT] = p->at_line_start ? d->steps_at_start : d->steps;
    uint8_t bit = (uint8_t)(1U << r->step);
    steps[0][symbol] |= bit;
    if (r->lines != LINES_CHINESE)
        steps[1][symbol] |= bit;
}

/* Puts the pattern into the lists of its symbols: with `order` NULL it counts only, in the entry
 * behind the symbol's. */
static void dispatch_pattern(struct rule_set *s, struct rule_pattern *p,
                             struct rule_pattern **order) {
    struct rule_dispatch *d = &s->dispatch;
    const struct rule *r = &s->rules[p->rule];
    for (unsigned symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
        if (!p->starts[symbol / 8]) {
            symbol |= 7;
            continue;
        }
        if (!(p->starts[symbol / 8] >> symbol % 8 & 1))
            continue;
        if (order)
            order[d->start[r->step][symbol]++] = p;
        else
            d->start[r->step][symbol + 1]++;
        note_steps(d, r, p, symbol);
    }
}

/* What may stand at a side of the symbol for its patterns [from, to), into set; false: anything. */
static bool join_sides(const struct rule_dispatch *d, enum side side, uint32_t from, uint32_t to,
                       symbol_set set) {
    memset(set, 0, sizeof(symbol_set));
    for (uint32_t i = from; i < to; i++) {
        if (d->order[i]->at_line_start)
            continue; /* those have a list of their own */
        if (!d->order[i]->has_side[side])
            return false;
        for (size_t k = 0; k < sizeof(symbol_set); k++)
            set[k] |= d->order[i]->side[side][k];
    }
    return true;
}

/* One look at a neighbour tells that no pattern can match, for most places. */
static ivn_status fill_sides(struct compiler *c, enum side side) {
    struct rule_dispatch *d = &c->set->dispatch;
    struct symbol_sides *s = &d->sides[side];
    size_t count = 1, capacity = 0;
    for (unsigned step = 0; step < STEP_COUNT; step++)
        for (unsigned symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
            symbol_set set;
            uint32_t from = d->start[step][symbol], to = d->start[step][symbol + 1];
            if (from == to || !join_sides(d, side, from, to, set))
                continue;
            void *sets = s->sets;
            if (!array_grow(&sets, &capacity, count + 1, sizeof *s->sets))
                return error_memory(c->err);
            s->sets = sets;
            memcpy(s->sets[count], set, sizeof set);
            s->of[step][symbol] = (uint16_t)count++;
        }
    return IVN_OK;
}

static ivn_status fill_dispatch(struct compiler *c) {
    struct rule_set *s = c->set;
    struct rule_dispatch *d = &s->dispatch;
    for (size_t i = 0; i < s->active_count; i++)
        dispatch_pattern(s, s->active[i], NULL);
    uint32_t count = 0;
    for (unsigned step = 0; step < STEP_COUNT; step++)
        for (unsigned symbol = 0; symbol <= SYMBOL_COUNT; symbol++)
            d->start[step][symbol] = count += d->start[step][symbol];
    d->order = malloc(((size_t)count + 1) * sizeof(struct rule_pattern *));
    if (!d->order)
        return error_memory(c->err);
    for (size_t i = 0; i < s->active_count; i++)
        dispatch_pattern(s, s->active[i], d->order);
    /* Filling in moved each entry to the end of its list, where the next one begins. */
    for (unsigned step = STEP_COUNT; step-- > 0;) {
        memmove(&d->start[step][1], &d->start[step][0], SYMBOL_COUNT * sizeof d->start[step][0]);
        d->start[step][0] = step > 0 ? d->start[step - 1][SYMBOL_COUNT - 1] : 0;
    }
    ivn_status status = fill_sides(c, SIDE_BEFORE);
    return status == IVN_OK ? fill_sides(c, SIDE_AFTER) : status;
}

static bool add_active(struct rule_set *s, struct rule_pattern *p) {
    void *active = s->active;
    if (!array_grow(&active, &s->active_capacity, s->active_count + 1, sizeof *s->active))
        return false;
    s->active = active;
    s->active[s->active_count++] = p;
    return true;
}

static ivn_status compile_rule(struct compiler *c, unsigned index) {
    struct rule *r = &c->set->rules[index];
    if (r->action == ACTION_BUILTIN)
        return set_builtin(c, index);
    for (size_t k = 0; k < r->pattern_count && r->enabled; k++) {
        struct rule_pattern *p = &r->patterns[k];
        p->rule = index;
        ivn_status status = p->is_map ? compile_map(c, r, p) : compile_match(c, r, p);
        if (status == IVN_OK && !p->is_map)
            status = compile_with(c, r, p);
        if (status == IVN_OK && !add_active(c->set, p))
            status = error_memory(c->err);
        if (status != IVN_OK)
            return status;
    }
    return IVN_OK;
}

ivn_status rule_set_compile(struct rule_set *s, const char *locale, const char *house,
                            const char *asked, ivn_error *err) {
    struct compiler c = {.set = s, .err = err};
    s->locale = locale ? locale_index(locale, strlen(locale)) : -1;
    if (s->locale < 0)
        return error_set(err, IVN_LOCALE, N_("%s: unknown target; use one of zh-CN, zh-TW, zh-HK"),
                         locale ? locale : "", NULL, NULL);
    for (int i = 0; i < BUILTIN_COUNT; i++)
        s->builtin[i] = NO_BUILTIN;
    s->pair_style.reason = s->builtin;
    ivn_status status = rules_choose(s, house, asked, err);
    for (unsigned i = 0; i < s->rule_count && status == IVN_OK; i++)
        status = compile_rule(&c, i);
    buffer_fini(&c.expanded);
    if (status != IVN_OK)
        return status;
    return fill_dispatch(&c);
}
