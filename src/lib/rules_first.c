/* SPDX-License-Identifier: Apache-2.0 */
/* Which characters a pattern can begin with. PCRE2 knows first bytes only, and three bytes begin
 * all Chinese marks; a look at the head of the pattern tells them apart. What this does not
 * understand, or sees otherwise than PCRE2, is tried wherever the byte fits. */
#include <string.h>

#include "rules_private.h"
#include "utf8.h"

enum { RANGES = 512, DEPTH = 8 };

struct range {
    uint32_t low, high;
};

/* The characters, as far as they were found. */
struct first_set {
    struct range ranges[RANGES];
    size_t count;
};

struct head {
    const char *at;
    const char *end;
    struct first_set *set;
    bool ahead; /* within (?=…): the end of the line counts as a character */
};

static bool add_range(struct first_set *set, uint32_t low, uint32_t high) {
    if (set->count == RANGES || low > high)
        return false;
    set->ranges[set->count++] = (struct range){low, high};
    return true;
}

static uint32_t take_character(struct head *h) {
    size_t length;
    uint32_t c = utf8_get((const unsigned char *)h->at, &length);
    h->at += length;
    return c;
}

static bool begins(const struct head *h, const char *text) {
    size_t n = strlen(text);
    return (size_t)(h->end - h->at) >= n && memcmp(h->at, text, n) == 0;
}

static bool take_hex(struct head *h, uint32_t *c) {
    *c = 0;
    for (h->at += 2; h->at < h->end && *h->at != '}'; h->at++) {
        char x = *h->at;
        uint32_t digit;
        if (x >= '0' && x <= '9')
            digit = (uint32_t)(x - '0');
        else if ((x | 0x20) >= 'a' && (x | 0x20) <= 'f')
            digit = (uint32_t)((x | 0x20) - 'a') + 10;
        else
            return false;
        if (*c > 0x10FFFF)
            return false;
        *c = *c << 4 | digit;
    }
    if (h->at == h->end)
        return false;
    h->at++;
    return true;
}

/* An escape behind its backslash. *one: it is a single character, *c, and not in the set yet. */
static bool take_escape(struct head *h, bool *one, uint32_t *c) {
    *one = false;
    if (h->at == h->end)
        return false;
    if (begins(h, "x{")) {
        *one = true;
        return take_hex(h, c);
    }
    char x = *h->at++;
    switch (x) {
    case 'd':
        return add_range(h->set, '0', '9');
    case 'w':
        return add_range(h->set, '0', '9') && add_range(h->set, 'A', 'Z') &&
               add_range(h->set, '_', '_') && add_range(h->set, 'a', 'z');
    case 's':
        return add_range(h->set, 9, 13) && add_range(h->set, ' ', ' ');
    default:
        *one = true;
        *c = (unsigned char)x;
        return x > ' ' && !(x >= '0' && x <= '9') && !((x | 0x20) >= 'a' && (x | 0x20) <= 'z') &&
               (unsigned char)x < 0x80;
    }
}

/* The text of a class behind its bracket. */
static bool take_class(struct head *h) {
    if (begins(h, "^") || begins(h, "[:"))
        return false;
    for (bool first = true; h->at < h->end && (*h->at != ']' || first); first = false) {
        uint32_t low, high;
        bool one = true;
        if (begins(h, "[:"))
            return false;
        if (*h->at == '\\') {
            h->at++;
            if (!take_escape(h, &one, &low))
                return false;
        } else {
            low = take_character(h);
        }
        if (!one)
            continue;
        high = low;
        if (h->end - h->at >= 2 && h->at[0] == '-' && h->at[1] != ']') {
            h->at++;
            if (*h->at == '\\') {
                h->at++;
                if (!take_escape(h, &one, &high) || !one)
                    return false;
            } else {
                high = take_character(h);
            }
        }
        if (!add_range(h->set, low, high))
            return false;
    }
    if (h->at == h->end)
        return false;
    h->at++;
    return true;
}

/* The end of the group that begins at `at`, behind its bracket; NULL when there is none. */
static const char *find_group_end(const char *at, const char *end) {
    size_t depth = 0;
    bool in_class = false;
    for (; at < end; at++) {
        if (*at == '\\')
            at++;
        else if (in_class)
            in_class = *at != ']';
        else if (*at == '[') {
            in_class = true;
            at += at + 1 < end && at[1] == ']';
        } else if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return at + 1;
    }
    return NULL;
}

/* The | or the end of the alternative that begins at `at`. */
static const char *find_alternative_end(const char *at, const char *end) {
    bool in_class = false;
    for (; at < end; at++) {
        if (*at == '\\')
            at++;
        else if (in_class)
            in_class = *at != ']';
        else if (*at == '[') {
            in_class = true;
            at += at + 1 < end && at[1] == ']';
        } else if (*at == '(') {
            const char *behind = find_group_end(at, end);
            if (!behind)
                return NULL;
            at = behind - 1;
        } else if (*at == '|')
            return at;
    }
    return end;
}

static bool is_optional(struct head *h) {
    bool optional = begins(h, "?") || begins(h, "*") || begins(h, "{0") || begins(h, "{,");
    if (begins(h, "{")) {
        const char *close = memchr(h->at, '}', (size_t)(h->end - h->at));
        h->at = close ? close + 1 : h->end;
    } else if (begins(h, "?") || begins(h, "*") || begins(h, "+")) {
        h->at++;
    }
    if (begins(h, "+") || begins(h, "?"))
        h->at++;
    return optional;
}

static bool skip_assertions(struct head *h) {
    static const char *const zero[] = {"^", "\\b", "\\K"};
    static const char *const groups[] = {"(?<=", "(?<!", "(?=", "(?!"};
    for (size_t i = 0; i < sizeof zero / sizeof *zero; i++)
        if (begins(h, zero[i])) {
            h->at += strlen(zero[i]);
            return true;
        }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (begins(h, groups[i])) {
            const char *behind = find_group_end(h->at, h->end);
            h->at = behind ? behind : h->end;
            return behind != NULL;
        }
    return false;
}

static bool take_alternatives(struct head *h, int depth);

/* One character, class or group. */
static bool take_atom(struct head *h, int depth) {
    bool one = true;
    uint32_t c;
    switch (*h->at) {
    case '[':
        h->at++;
        return take_class(h);
    case '(': {
        const char *behind = find_group_end(h->at, h->end);
        if (!behind || depth == DEPTH)
            return false;
        struct head inner = *h;
        inner.at = h->at + 1;
        inner.end = behind - 1;
        if (begins(&inner, "?:") || begins(&inner, "?|") || begins(&inner, "?>"))
            inner.at += 2;
        else if (begins(&inner, "?") || begins(&inner, "*"))
            return false;
        h->at = behind;
        return take_alternatives(&inner, depth + 1);
    }
    case '\\':
        h->at++;
        return take_escape(h, &one, &c) && (!one || add_range(h->set, c, c));
    case '.':
    case '?':
    case '*':
    case '+':
    case '{':
    case ')':
    case '|':
        return false;
    case '$':
        h->at++;
        return h->ahead && add_range(h->set, SYMBOL_NONE, SYMBOL_NONE);
    default:
        c = take_character(h);
        return add_range(h->set, c, c);
    }
}

/* What [at, end) can begin with; every alternative must begin with something. */
static bool take_alternatives(struct head *h, int depth) {
    for (;;) {
        const char *stop = find_alternative_end(h->at, h->end);
        if (!stop)
            return false;
        struct head one = *h;
        one.end = stop;
        bool open = true;
        while (open) {
            while (skip_assertions(&one))
                continue;
            if (one.at >= one.end || !take_atom(&one, depth))
                return false;
            open = is_optional(&one);
        }
        if (stop == h->end)
            return true;
        h->at = stop + 1;
    }
}

/* ---- symbols ---- */

/* The blocks that have a symbol per character. */
static const struct {
    uint32_t first;
    uint32_t count;
    unsigned symbol;
} blocks[] = {{0x2000, 64, 256}, {0x3000, 64, 320}, {0xFF00, 128, 384}};

static unsigned first_byte(uint32_t c) {
    return c < 0x80 ? c : c < 0x800 ? 0xC0 | c >> 6 : c < 0x10000 ? 0xE0 | c >> 12 : 0xF0 | c >> 18;
}

static void set_symbol(uint8_t *symbols, unsigned symbol) {
    symbols[symbol / 8] |= (uint8_t)(1U << symbol % 8);
}

static bool bitmap_has(const uint8_t *bitmap, unsigned byte) {
    return bitmap[byte / 8] >> byte % 8 & 1;
}

/* The characters from low to high, which begin with the same byte, as symbols. */
static void set_same_byte(uint32_t low, uint32_t high, uint8_t *symbols) {
    unsigned byte = first_byte(low);
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
        uint32_t first = blocks[b].first, last = first + blocks[b].count - 1;
        if (first_byte(first) != byte)
            continue;
        for (uint32_t c = low > first ? low : first; c <= high && c <= last; c++)
            set_symbol(symbols, blocks[b].symbol + (c - first));
        if (low >= first && high <= last)
            return;
    }
    set_symbol(symbols, byte);
}

/* The first character that begins with a byte. */
static uint32_t byte_start(unsigned byte) {
    if (byte < 0x80)
        return byte;
    if (byte <= 0xC2)
        return 0x80;
    if (byte < 0xE0)
        return (byte & 0x1FU) << 6;
    if (byte < 0xF0)
        return byte == 0xE0 ? 0x800 : (byte & 0xFU) << 12;
    return byte == 0xF0 ? 0x10000 : (byte & 7U) << 18;
}

/* The symbols of the set's characters, and their first bytes. */
static void set_symbols(const struct first_set *set, uint8_t *symbols, uint8_t bytes[32]) {
    for (size_t i = 0; i < set->count; i++) {
        uint32_t low = set->ranges[i].low, high = set->ranges[i].high;
        for (unsigned byte = first_byte(low); byte <= first_byte(high); byte++) {
            uint32_t from = first_byte(low) == byte ? low : byte_start(byte);
            uint32_t to = first_byte(high) == byte ? high : byte_start(byte + 1) - 1;
            if (byte >= 0x80 && byte < 0xC2)
                continue;
            bytes[byte / 8] |= (uint8_t)(1U << byte % 8);
            set_same_byte(from, to, symbols);
        }
    }
}

/* Every symbol whose characters begin with a byte of the bitmap. */
static void set_bytes(const uint8_t *bitmap, uint8_t *symbols) {
    for (unsigned byte = 0; byte < 256; byte++)
        if (bitmap_has(bitmap, byte))
            set_symbol(symbols, byte);
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++)
        for (uint32_t i = 0; i < blocks[b].count; i++)
            if (bitmap_has(bitmap, 0xE0 | blocks[b].first >> 12))
                set_symbol(symbols, blocks[b].symbol + i);
}

/* The last character or class of [at, end), which is a sequence of them; a
 * number of times as well. */
static bool take_last(const char *at, const char *end, struct first_set *set) {
    struct first_set last = {.count = 0};
    struct head h = {.at = at, .end = end, .set = &last};
    while (h.at < h.end) {
        last.count = 0;
        if (begins(&h, "\\b"))
            h.at += strlen("\\b");
        else if (*h.at == '^' || *h.at == '.')
            h.at++;
        else if (*h.at == '(' || !take_atom(&h, DEPTH) || is_optional(&h))
            return false;
    }
    for (size_t i = 0; i < last.count; i++)
        if (!add_range(set, last.ranges[i].low, last.ranges[i].high))
            return false;
    return last.count > 0;
}

/* What an assertion (?<=…) can end with. */
static bool take_lookbehind(struct head *h) {
    const char *behind = begins(h, "(?<=") ? find_group_end(h->at, h->end) : NULL;
    if (!behind)
        return false;
    for (const char *at = h->at + strlen("(?<="), *stop; at < behind; at = stop + 1) {
        stop = find_alternative_end(at, behind - 1);
        if (!stop || !take_last(at, stop, h->set))
            return false;
    }
    return true;
}

/* What an assertion (?=…) can begin with; the end of the line for $. */
static bool take_lookahead(struct head *h) {
    if (begins(h, "$"))
        return add_range(h->set, SYMBOL_NONE, SYMBOL_NONE);
    const char *behind = begins(h, "(?=") ? find_group_end(h->at, h->end) : NULL;
    if (!behind)
        return false;
    struct head inner = {
        .at = h->at + strlen("(?="), .end = behind - 1, .set = h->set, .ahead = true};
    return take_alternatives(&inner, 0);
}

/* How often the character before must stand: 2 = twice at least, 1 = once at least, or just once
 * (moving over that), 0 = perhaps not at all. */
static int take_least(struct head *h) {
    bool braces = h->end - h->at >= 2 && h->at[0] == '{';
    if (braces && h->at[1] >= '2' && h->at[1] <= '9')
        return 2;
    return is_optional(h) ? 0 : 1;
}

/* A pattern that begins with (?<=[…]) is not worth trying behind other characters; one that repeats
 * its first character, or looks ahead behind it, not before others. Of patterns with alternatives
 * nothing is known. */
static void find_sides(struct rule_pattern *p, const char *expanded, size_t n) {
    struct first_set before = {.count = 0}, after = {.count = 0};
    struct head h = {.at = expanded, .end = expanded + n, .set = &before};
    uint8_t bytes[32] = {0};
    p->has_side[SIDE_BEFORE] = take_lookbehind(&h);
    if (p->has_side[SIDE_BEFORE])
        set_symbols(&before, p->side[SIDE_BEFORE], bytes);
    h.at = expanded;
    h.set = &after;
    if (find_alternative_end(expanded, h.end) != h.end)
        return;
    while (skip_assertions(&h))
        continue;
    if (h.at >= h.end || *h.at == '(' || !take_atom(&h, DEPTH))
        return;
    const char *behind = h.at;
    int least = take_least(&h);
    if (least == 1 && h.at == behind)
        after.count = 0; /* it stands there once */
    p->has_side[SIDE_AFTER] = least == 2 || (least == 1 && take_lookahead(&h));
    if (p->has_side[SIDE_AFTER])
        set_symbols(&after, p->side[SIDE_AFTER], bytes);
}

void pattern_find_starts(struct rule_pattern *p, const char *expanded, size_t n,
                         const uint8_t bitmap[32]) {
    struct first_set set = {.count = 0};
    struct head h = {.at = expanded, .end = expanded + n, .set = &set};
    bool known = take_alternatives(&h, 0);
    uint8_t bytes[32] = {0};
    if (known)
        set_symbols(&set, p->starts, bytes);
    if (!known || memcmp(bytes, bitmap, sizeof bytes) != 0)
        set_bytes(bitmap, p->starts);
    find_sides(p, expanded, n);
}

void map_find_starts(struct rule_pattern *p) {
    for (size_t i = 0; i < p->map_count; i++) {
        uint32_t c = p->map[i].character;
        unsigned symbol = first_byte(c);
        for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++)
            if (c - blocks[b].first < blocks[b].count)
                symbol = blocks[b].symbol + (c - blocks[b].first);
        set_symbol(p->starts, symbol);
    }
}
