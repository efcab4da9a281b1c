/* SPDX-License-Identifier: Apache-2.0 */
#include "quotes.h"

#include <stdlib.h>
#include <string.h>

#include "neighbour.h"

/* What outer neighbours of a quote are seen through. */
static const char seen_through[] = ",:;.!?()\"'*";

struct mark_shape {
    enum pair_kind kind;
    signed char direction; /* 1 opening, -1 closing, 0 either; NO_MARK */
};

enum { NO_MARK = 2, GENERAL_FIRST = 0x98, CJK_FIRST = 0x88 };

/* By the last byte: of U+2018 to U+201D, and of U+3008 to U+301F. */
static const struct mark_shape general_marks[] = {
    {PAIR_CURLY_SINGLE, 1}, /* ‘ */
    {PAIR_CURLY_SINGLE, -1},  {PAIR_STRAIGHT, NO_MARK},
    {PAIR_STRAIGHT, NO_MARK}, {PAIR_CURLY, 1}, /* “ */
    {PAIR_CURLY, -1}};
static const struct mark_shape cjk_marks[] = {{PAIR_TITLE_SINGLE, 1}, /* 〈 */
                                              {PAIR_TITLE_SINGLE, -1},
                                              {PAIR_TITLE, 1}, /* 《 */
                                              {PAIR_TITLE, -1},
                                              {PAIR_CORNER, 1}, /* 「 */
                                              {PAIR_CORNER, -1},
                                              {PAIR_CORNER_WHITE, 1}, /* 『 */
                                              {PAIR_CORNER_WHITE, -1},
                                              {PAIR_BLACK, 1}, /* 【 */
                                              {PAIR_BLACK, -1},
                                              [0x1D - 0x08] = {PAIR_PRIME, 1}, /* 〝 〞 〟 */
                                              [0x1E - 0x08] = {PAIR_PRIME, -1},
                                              [0x1F - 0x08] = {PAIR_PRIME, -1}};
enum {
    GENERAL_COUNT = sizeof general_marks / sizeof *general_marks,
    CJK_COUNT = sizeof cjk_marks / sizeof *cjk_marks,
    CJK_GAP = 0x92, /* U+3012 to U+301C are no marks of ours */
    CJK_GAP_END = 0x9D
};

static bool is_quote(enum pair_kind kind) {
    return kind <= PAIR_PRIME;
}

void pair_list_fini(struct pair_list *list) {
    free(list->items);
    free(list->stack);
    *list = (struct pair_list){0};
}

/* The ASCII marks, and those of U+FF02 to U+FF09, which are the same. */
static bool take_ascii_mark(unsigned char c, struct mark_shape *shape) {
    switch (c) {
    case '"':
        *shape = (struct mark_shape){PAIR_STRAIGHT, 0};
        return true;
    case '\'':
        *shape = (struct mark_shape){PAIR_STRAIGHT_SINGLE, 0};
        return true;
    case '(':
    case ')':
        *shape = (struct mark_shape){PAIR_ROUND, c == '(' ? 1 : -1};
        return true;
    default:
        return false;
    }
}

/* The mark that begins n bytes; false: it is none. */
static bool take_mark(const char *text, size_t n, struct mark_shape *shape) {
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] < 0x80)
        return take_ascii_mark(at[0], shape);
    if (n < 3)
        return false;
    if (at[0] == 0xEF && at[1] == 0xBC)
        return take_ascii_mark((unsigned char)(at[2] - 0x60), shape);
    if (at[1] != 0x80)
        return false;
    if (at[0] == 0xE2 && at[2] >= GENERAL_FIRST && at[2] < GENERAL_FIRST + GENERAL_COUNT) {
        *shape = general_marks[at[2] - GENERAL_FIRST];
        return shape->direction != NO_MARK;
    }
    if (at[0] != 0xE3 || at[2] < CJK_FIRST || at[2] >= CJK_FIRST + CJK_COUNT ||
        (at[2] >= CJK_GAP && at[2] < CJK_GAP_END))
        return false;
    *shape = cjk_marks[at[2] - CJK_FIRST];
    return true;
}

bool pair_mark_at(const char *text, size_t n) {
    struct mark_shape shape;
    return take_mark(text, n, &shape);
}

static enum neighbour just_before(const char *line, size_t at) {
    return neighbour_before(line, &at);
}

static enum neighbour just_after(const char *line, size_t n, size_t at) {
    return neighbour_after(line, n, &at);
}

/* ---- finding the marks ---- */

struct scanner {
    struct pair_list *list;
    const char *line;
    size_t n;
    size_t straight;  /* straight double marks so far */
    bool single_open; /* the last single mark was an opening one */
    uint32_t han;
};

/* An apostrophe: Levi's, don’t, the '90s, 老王's, students' when no quotation is open. */
static bool is_apostrophe(const struct scanner *s, size_t at, size_t length) {
    size_t behind = at + length;
    enum neighbour left = just_before(s->line, at), right = just_after(s->line, s->n, behind);
    char next = behind < s->n ? s->line[behind] : '\0';
    if ((left == NEIGHBOUR_LETTER || left == NEIGHBOUR_DIGIT) && right == NEIGHBOUR_LETTER)
        return true;
    if (right == NEIGHBOUR_DIGIT && behind + 2 < s->n && s->line[behind + 2] == 's')
        return true;
    if (left == NEIGHBOUR_HAN && next == 's' &&
        just_after(s->line, s->n, behind + 1) != NEIGHBOUR_LETTER)
        return true;
    return (left == NEIGHBOUR_LETTER || left == NEIGHBOUR_DIGIT) && !s->single_open;
}

/* Inches and seconds: 27", when no quotation is open. */
static bool is_inch(const struct scanner *s, size_t at) {
    return s->straight % 2 == 0 && just_before(s->line, at) == NEIGHBOUR_DIGIT;
}

static bool add_mark(struct scanner *s, size_t at, size_t length, const struct mark_shape *shape) {
    struct pair_list *list = s->list;
    struct pair_mark mark = {.offset = (uint32_t)at,
                             .length = (uint32_t)length,
                             .partner = -1,
                             .outer = -1,
                             .parent = -1,
                             .han = s->han,
                             .kind = shape->kind,
                             .opening = shape->direction > 0,
                             .full = length > 1};
    if (shape->kind == PAIR_STRAIGHT)
        mark.apart = is_inch(s, at);
    else if (shape->kind == PAIR_STRAIGHT_SINGLE || shape->kind == PAIR_CURLY_SINGLE)
        mark.apart = shape->direction <= 0 && is_apostrophe(s, at, length);
    else
        mark.apart = at > 0 && s->line[at - 1] == '\\';
    s->straight += shape->kind == PAIR_STRAIGHT && !mark.apart;
    if (shape->kind == PAIR_STRAIGHT_SINGLE && !mark.apart)
        s->single_open = !s->single_open;
    if (shape->kind == PAIR_CURLY_SINGLE)
        s->single_open = mark.opening;
    void *items = list->items;
    if (!array_grow(&items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items = items;
    list->items[list->count++] = mark;
    return true;
}

static bool is_prose_mark(const char *at, size_t n) {
    return n >= 3 &&
           (memcmp(at, "，", 3) == 0 || memcmp(at, "。", 3) == 0 || memcmp(at, "；", 3) == 0);
}

static bool find_marks(struct scanner *s) {
    const char *line = s->line;
    bool before_first = false;
    for (size_t at = 0; at < s->n;) {
        unsigned char b = (unsigned char)line[at];
        size_t length = b < 0xC0 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
        bool wide = b == 0xE2 || b == 0xE3 || b == 0xEF;
        if (wide || b == '"' || b == '\'' || b == '(' || b == ')') {
            struct mark_shape shape;
            bool mark = take_mark(line + at, s->n - at, &shape);
            if (mark && !add_mark(s, at, length, &shape))
                return false;
            if (!mark && is_prose_mark(line + at, s->n - at)) {
                if (s->list->count)
                    s->list->items[s->list->count - 1].prose_behind = true;
                else
                    before_first = true;
            }
            size_t next = at;
            if (!mark && neighbour_is_cjk(neighbour_after(line, s->n, &next)))
                s->han++;
        } else if (b >= 0xE4 && b <= 0xE9) {
            s->han++;
        }
        at += length;
    }
    s->list->prose = before_first;
    s->list->han = s->han;
    return true;
}

/* ---- partners ---- */

static void forget_partners(struct pair_list *list) {
    for (size_t i = 0; i < list->count; i++)
        list->items[i].partner = -1;
}

/* Pairs the marks with a stack; a mark that crosses others leaves those alone. */
static bool match_marks(struct pair_list *list) {
    void *stack = list->stack;
    if (!array_grow(&stack, &list->stack_capacity, list->count, sizeof *list->stack))
        return false;
    list->stack = stack;
    size_t depth = 0, open[PAIR_KINDS] = {0};
    for (size_t i = 0; i < list->count; i++) {
        struct pair_mark *m = &list->items[i];
        if (m->apart)
            continue;
        bool either = m->kind == PAIR_STRAIGHT || m->kind == PAIR_STRAIGHT_SINGLE;
        if (either ? open[m->kind] == 0 : m->opening) {
            m->opening = true;
            open[m->kind]++;
            list->stack[depth++] = (int32_t)i;
            continue;
        }
        if (open[m->kind] == 0)
            continue;
        m->opening = false;
        while (depth > 0) {
            int32_t top = list->stack[--depth];
            struct pair_mark *t = &list->items[top];
            open[t->kind]--;
            if (t->kind == m->kind) {
                t->partner = (int32_t)i;
                m->partner = top;
                break;
            }
        }
    }
    return true;
}

/* Whether every pair that has a mark between a and b has both there. */
static bool nothing_crosses(const struct pair_list *list, size_t a, size_t b) {
    for (size_t i = a + 1; i < b; i++) {
        int32_t partner = list->items[i].partner;
        if (partner >= 0 && ((size_t)partner < a || (size_t)partner > b))
            return false;
    }
    return true;
}

static void join_turned(struct pair_list *list, size_t a, size_t b, enum pair_kind kind) {
    if (!nothing_crosses(list, a, b))
        return;
    struct pair_mark *x = &list->items[a], *y = &list->items[b];
    x->partner = (int32_t)b;
    y->partner = (int32_t)a;
    x->opening = true;
    y->opening = false;
    x->kind = y->kind = kind;
    x->turned = y->turned = true;
}

/* What has no partner, by kind. */
struct leftovers {
    size_t count[PAIR_KINDS], first[PAIR_KINDS], last[PAIR_KINDS];
};

static void find_leftovers(const struct pair_list *list, struct leftovers *left) {
    *left = (struct leftovers){0};
    for (size_t i = 0; i < list->count; i++) {
        const struct pair_mark *m = &list->items[i];
        if (m->partner >= 0 || m->apart)
            continue;
        if (left->count[m->kind]++ == 0)
            left->first[m->kind] = i;
        left->last[m->kind] = i;
    }
}

/* The straight mark that is nearest to a curly one on the side it opens to; list->count = none. */
static size_t nearest_straight(const struct pair_list *list, size_t curly) {
    bool opening = list->items[curly].opening;
    for (size_t i = curly; opening ? ++i < list->count : i-- > 0;)
        if (list->items[i].kind == PAIR_STRAIGHT && !list->items[i].apart)
            return i;
    return list->count;
}

/* “甲": the two are joined, and the other straight marks paired without them. */
static bool match_curly_and_straight(struct pair_list *list, size_t curly) {
    size_t straight = nearest_straight(list, curly);
    if (straight == list->count)
        return true;
    list->items[curly].apart = list->items[straight].apart = true;
    forget_partners(list);
    if (!match_marks(list))
        return false;
    list->items[curly].apart = list->items[straight].apart = false;
    join_turned(list, straight < curly ? straight : curly, straight < curly ? curly : straight,
                PAIR_CURLY);
    return true;
}

/* “甲“, and one straight mark with one curly: what is left over and can only be a pair. */
static bool match_turned(struct pair_list *list) {
    static const enum pair_kind kinds[] = {PAIR_CURLY, PAIR_CORNER};
    struct leftovers left;
    find_leftovers(list, &left);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        enum pair_kind kind = kinds[k];
        size_t first = left.first[kind], last = left.last[kind];
        if (left.count[kind] == 2 && list->items[first].opening == list->items[last].opening)
            join_turned(list, first, last, kind);
    }
    if (left.count[PAIR_STRAIGHT] != 1 || left.count[PAIR_CURLY] != 1)
        return true;
    return match_curly_and_straight(list, left.first[PAIR_CURLY]);
}

/* ---- which pairs are Chinese ---- */

static enum neighbour seen_left(const char *line, const struct pair_mark *a) {
    return neighbour_seen_before(line, a->offset, seen_through);
}

static enum neighbour seen_right(const char *line, size_t n, const struct pair_mark *b) {
    return neighbour_seen_after(line, n, (size_t)b->offset + b->length, seen_through);
}

static bool has_cjk_outside(const char *line, size_t n, const struct pair_mark *a,
                            const struct pair_mark *b) {
    return neighbour_is_cjk(seen_left(line, a)) || neighbour_is_cjk(seen_right(line, n, b));
}

/* Whether Chinese text stands beside the pair, and not only the quotation that it is in: what is
 * quoted there may be a command with quotes of its own. */
static bool has_text_outside(const char *line, size_t n, const struct pair_mark *a,
                             const struct pair_mark *b) {
    enum neighbour left = seen_left(line, a), right = seen_right(line, n, b);
    return (neighbour_is_cjk(left) && left != NEIGHBOUR_OPENER) ||
           (neighbour_is_cjk(right) && right != NEIGHBOUR_CLOSER);
}

/* Characters that a straight quotation does not begin with: the marks pair otherwise. */
static bool begins_wrongly(const char *line, size_t n, const struct pair_mark *a) {
    static const char wrong[][4] = {"，", "。", "、", "；", "：", "）",
                                    "」", "！", "？", "吗", "嗎"};
    size_t at = (size_t)a->offset + a->length;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (n - at >= 3 && memcmp(line + at, wrong[i], 3) == 0)
            return true;
    return false;
}

static bool pair_is_chinese(const struct pair_list *list, const char *line, size_t n, size_t i) {
    const struct pair_mark *a = &list->items[i], *b = &list->items[a->partner];
    bool han = b->han > a->han;
    size_t end = (size_t)b->offset + b->length;
    switch (a->kind) {
    case PAIR_CORNER:
    case PAIR_CORNER_WHITE:
    case PAIR_PRIME:
        return true;
    case PAIR_CURLY:
    case PAIR_CURLY_SINGLE:
        return han || has_cjk_outside(line, n, a, b);
    case PAIR_STRAIGHT:
        if (b->offset == a->offset + a->length)
            return false;
        if (!han)
            return has_cjk_outside(line, n, a, b);
        return !neighbour_is_word(just_before(line, a->offset)) ||
               neighbour_is_cjk(just_after(line, n, end));
    case PAIR_STRAIGHT_SINGLE:
        return b->offset > a->offset + a->length &&
               (han ? has_cjk_outside(line, n, a, b) : has_text_outside(line, n, a, b)) &&
               just_before(line, a->offset) != NEIGHBOUR_LETTER;
    default:
        return false;
    }
}

/* Straight double marks are all kept when one of them is in doubt. */
static bool straight_is_doubtful(const struct pair_list *list, const char *line, size_t n) {
    bool inside = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct pair_mark *m = &list->items[i];
        if (inside && m->kind == PAIR_ROUND && m->partner < 0 && !m->apart)
            return true;
        if (m->kind != PAIR_STRAIGHT || m->apart)
            continue;
        inside = !inside;
        if (m->partner < 0 || (m->opening && begins_wrongly(line, n, m)))
            return true;
    }
    return false;
}

/* Judges the pairs, and records around each what encloses it and whether it is prose. */
static void judge_pairs(struct pair_list *list, const char *line, size_t n) {
    bool doubt = straight_is_doubtful(list, line, n);
    int32_t inside = -1;
    for (size_t i = 0; i < list->count; i++) {
        struct pair_mark *m = &list->items[i];
        if (m->partner >= 0 && !m->opening)
            inside = list->items[m->partner].parent;
        m->parent = inside;
        if (m->partner >= 0 && m->opening) {
            if (is_quote(m->kind))
                m->chinese =
                    !(doubt && m->kind == PAIR_STRAIGHT) && pair_is_chinese(list, line, n, i);
            list->items[m->partner].chinese = m->chinese;
            if (inside >= 0)
                m->outer = list->items[inside].chinese ? inside : list->items[inside].outer;
            inside = (int32_t)i;
        } else if (m->partner < 0 && is_quote(m->kind) && m->full && !m->apart) {
            m->chinese = m->kind != PAIR_STRAIGHT && m->kind != PAIR_STRAIGHT_SINGLE &&
                         (neighbour_is_cjk(just_before(line, m->offset)) ||
                          neighbour_is_cjk(just_after(line, n, (size_t)m->offset + m->length)));
        }
        m->within = inside;
        if (!m->prose_behind)
            continue;
        if (inside >= 0)
            list->items[inside].prose = true;
        else
            list->prose = true;
    }
}

bool pair_list_scan(struct pair_list *list, const char *line, size_t n) {
    list->count = 0;
    struct scanner s = {.list = list, .line = line, .n = n};
    if (!find_marks(&s) || !match_marks(list) || !match_turned(list))
        return false;
    judge_pairs(list, line, n);
    return true;
}

/* The opening mark of the innermost pair around the offset; NULL = there is none. */
static const struct pair_mark *pair_around(const struct pair_list *list, size_t offset) {
    size_t low = 0, high = list->count; /* the last mark before the offset */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || list->items[low - 1].within < 0)
        return NULL;
    return &list->items[list->items[low - 1].within];
}

static bool is_title(const struct pair_mark *m) {
    return m->kind == PAIR_TITLE || m->kind == PAIR_TITLE_SINGLE;
}

bool pair_list_prose(const struct pair_list *list, size_t offset) {
    const struct pair_mark *m = pair_around(list, offset);
    return m ? m->prose && !is_title(m) : list->prose;
}

bool pair_list_title(const struct pair_list *list, size_t offset) {
    const struct pair_mark *m = pair_around(list, offset);
    return m && is_title(m);
}

/* Whether the quotation is made of symbols only ("--", ":="): it is about them. */
static bool is_symbols(const char *line, size_t from, size_t to) {
    bool spoken = true; /* only ? ! … or dots so far */
    size_t dots = 0;
    for (size_t at = from; at < to;) {
        char c = line[at];
        enum neighbour x = neighbour_after(line, to, &at);
        if (neighbour_is_cjk(x) || neighbour_is_word(x))
            return false;
        dots += c == '.';
        spoken = spoken && (c == '?' || c == '!' || c == '.');
    }
    return from < to && !(spoken && (dots == 0 || dots >= 3));
}

bool pair_list_mask(const struct pair_list *list, char *line, char mask) {
    bool masked = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct pair_mark *m = &list->items[i];
        if (!is_quote(m->kind))
            continue;
        if (!m->chinese && m->full) {
            memset(line + m->offset, mask, m->length);
            masked = true;
        }
        if (m->partner < 0 || !m->opening)
            continue;
        size_t from = (size_t)m->offset + m->length, to = list->items[m->partner].offset;
        if (to - from <= 8 && is_symbols(line, from, to)) {
            memset(line + from, mask, to - from);
            masked = true;
        }
    }
    return masked;
}
