/* SPDX-License-Identifier: Apache-2.0 */
/* rules_private.h - a compiled rule set as the cleanup engine sees it. Only rules*.c and cleanup*.c
 * include this. */
#ifndef IVN_RULES_PRIVATE_H
#define IVN_RULES_PRIVATE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdint.h>

#include "builtin.h"
#include "quotes.h"
#include "rules.h"

enum rule_step {
    STEP_PROTECT,
    STEP_CHARS,
    STEP_PAIRS,
    STEP_MARKS,
    STEP_TIDY,
    STEP_SPACES,
    STEP_NARROW,
    STEP_REPORT,
    STEP_COUNT
};

enum rule_action {
    ACTION_REPLACE,
    ACTION_PROTECT,
    ACTION_URL,
    ACTION_TAG,
    ACTION_LINE,
    ACTION_REPORT,
    ACTION_BUILTIN
};

enum rule_condition {
    WHEN_EMBEDDED = 1,
    WHEN_PROSE = 2,
    WHEN_TABULAR = 4,
    WHEN_RTL = 8,
    WHEN_TITLE = 16,
    WHEN_LAST = 32,
    WHEN_FIRST = 64
};

enum rule_lines { LINES_CHINESE, LINES_ANY, LINES_OTHER };

/* What stands in the subject for a stretch that must not be touched: one byte each. Real bytes of
 * these values are shown to the patterns as MASK_OTHER. */
enum { MASK_OPAQUE = 1, MASK_URL = 2, MASK_TAG = 3, MASK_OTHER = 4 };

enum { LOCALE_COUNT = 3, LOCALES_ALL = LOCALE_COUNT, STYLE_SIZE = 32 };

/* Where a text of a rule holds. */
struct rule_scope {
    int locale;        /* LOCALES_ALL or an index */
    const char *style; /* words "NAME=VALUE", all of which must be chosen; "" = any */
};

struct scoped_text {
    struct rule_scope scope;
    const char *text;
};

/* A choice of house style. */
struct rule_style {
    const char *name;
    const char *values; /* as written: words, the default first */
    const char *why;
    const char *file;
    unsigned line;
    char value[STYLE_SIZE]; /* chosen, NUL-terminated */
    ivn_cause cause;
};

/* Symbols are what dispatch goes by: the first byte of a character, but one for each character of
 * U+2000-203F, U+3000-303F and U+FF00-FF7F, where the marks are. */
enum { SYMBOL_COUNT = 512, SYMBOL_CORNER = 320 + 0x0C /* 「 */ };

/* A bit per symbol. */
typedef uint8_t symbol_set[SYMBOL_COUNT / 8];

/* What stands at a place where there is no character. */
enum { SYMBOL_NONE = '\n' };

enum side { SIDE_BEFORE, SIDE_AFTER, SIDES };

static inline unsigned symbol_at(const unsigned char *at, size_t left) {
    if (left < 3)
        return at[0];
    unsigned low = at[2] & 0x3F;
    if (at[0] == 0xE3 && at[1] == 0x80)
        return 320 + low;
    if (at[0] == 0xEF && (at[1] == 0xBC || at[1] == 0xBD))
        return (at[1] == 0xBC ? 384 : 448) + low;
    return at[0] == 0xE2 && at[1] == 0x80 ? 256 + low : at[0];
}

/* A piece of a replacement: literal bytes, or a group. */
struct template_piece {
    const char *text; /* NULL: a group */
    uint32_t length;
    uint32_t group;
};

struct map_entry {
    uint32_t character;
    uint32_t length;
    const char *text; /* not NUL-terminated */
};

struct rule_pattern {
    const char *match; /* as written; or the pairs of a map */
    bool is_map;
    struct scoped_text *with; /* as written; owned */
    size_t with_count;
    size_t with_capacity;
    unsigned line;
    unsigned column;
    unsigned rule; /* index of its rule */
    bool at_line_start;
    bool at_word_start;
    symbol_set starts;      /* it can begin with */
    symbol_set side[SIDES]; /* has_side: they can stand before its first character, or behind it */
    bool has_side[SIDES];
    pcre2_code *code;
    struct map_entry *map; /* owned, sorted by character; used instead of code */
    size_t map_count;
    char *literals; /* owned: bytes of the pieces */
    struct template_piece *pieces;
    uint32_t piece_count;
    unsigned uses; /* how often it was tried, until it is worth a JIT compilation */
    bool fast;     /* it is compiled so */
};

struct rule_example {
    const char *text;
    const char *good; /* NULL: must stay */
    unsigned line;
    struct rule_scope scope;
};

struct rule {
    const char *id;
    const char *why;
    const char *file;
    unsigned line;
    unsigned locales; /* bit per locale */
    enum rule_owner owner;
    enum rule_step step;
    enum rule_action action;
    bool by_default;
    enum rule_lines lines;
    const char *only; /* as written, or "" */
    bool enabled;
    ivn_cause cause;
    const struct rule_style *style; /* that decided; NULL = none did */
    unsigned when;
    unsigned when_not;
    struct rule_pattern *patterns;
    size_t pattern_count;
    size_t pattern_capacity;
    struct rule_example *examples;
    size_t example_count;
    size_t example_capacity;
};

struct rule_class {
    const char *name;
    const char *text;
};

/* Per step and symbol, the number of the set of the symbols that can stand
 * beside it; 0 = any can. */
struct symbol_sides {
    uint16_t of[STEP_COUNT][SYMBOL_COUNT];
    symbol_set *sets;
};

/* Patterns to try at a symbol, per step: order[start[step][symbol]] up to the next one's start. */
struct rule_dispatch {
    struct rule_pattern **order;
    uint32_t start[STEP_COUNT][SYMBOL_COUNT + 1];
    /* Bit per step: some pattern of the step can begin with the symbol. [1]: of a rule for lines
     * without Chinese as well. at_start: of patterns that match at the start of a line only. */
    uint8_t steps[2][SYMBOL_COUNT];
    uint8_t steps_at_start[2][SYMBOL_COUNT];
    struct symbol_sides sides[SIDES];
};

static inline bool symbol_set_has(const symbol_set set, unsigned symbol) {
    return set[symbol / 8] >> symbol % 8 & 1;
}

/* Whether some pattern of the step that begins with the symbol can have the
 * other one at that side. */
static inline bool dispatch_allows(const struct rule_dispatch *d, enum side side, unsigned step,
                                   unsigned symbol, unsigned other) {
    const struct symbol_sides *s = &d->sides[side];
    unsigned set = s->of[step][symbol];
    return set == 0 || symbol_set_has(s->sets[set], other);
}

struct rule_set {
    struct rule *rules;
    size_t rule_count;
    size_t rule_capacity;
    struct rule_class *classes;
    size_t class_count;
    size_t class_capacity;
    struct rule_style *styles;
    size_t style_count;
    size_t style_capacity;
    char **copies; /* the texts that all strings point into */
    size_t copy_count;
    size_t copy_capacity;
    struct rule_pattern **active; /* of the rules in force, in order */
    size_t active_count;
    size_t active_capacity;
    int locale; /* index, set by rule_set_compile() */
    struct rule_dispatch dispatch;
    reason_id builtin[BUILTIN_COUNT]; /* NO_BUILTIN where the rule is not in force */
    struct pair_style pair_style;
};

/* Index of a locale's name, -1 = unknown. */
int locale_index(const char *name, size_t n);
extern const char *const locale_names[LOCALE_COUNT];

/* ---- rules_choose.c ---- */

/* Decides which styles and rules are in force for s->locale. IVN_SYNTAX: an unknown name. */
ivn_status rules_choose(struct rule_set *s, const char *house, const char *asked, ivn_error *err);

/* Whether a text holds for the set's locale and style. */
bool scope_holds(const struct rule_set *s, const struct rule_scope *scope);

/* The replacement of a pattern, as written. */
const char *pattern_text(const struct rule_set *s, const struct rule_pattern *p);

/* The style of that name (n bytes); NULL = none. */
struct rule_style *find_style(const struct rule_set *s, const char *name, size_t n);

/* The next word of a list separated by spaces, moving *at over it; false at the end. */
bool next_word(const char **at, const char **word, size_t *n);

/* ---- rules_compile.c ---- */

/* Decodes the escapes of `text` into `out` (at least strlen(text) + 1 bytes).
 * Returns the length, or (size_t)-1 when an escape is malformed. */
size_t rule_unescape(const char *text, char *out);

/* ---- rules_first.c ---- */

/* Fills in p->starts (and the sides): of a pattern, whose first bytes are in `bitmap`; of a map. */
void pattern_find_starts(struct rule_pattern *p, const char *expanded, size_t n,
                         const uint8_t bitmap[32]);
void map_find_starts(struct rule_pattern *p);

#endif
