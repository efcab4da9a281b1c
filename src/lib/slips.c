/* SPDX-License-Identifier: Apache-2.0 */
#include "slips.h"

#include <string.h>

enum {
    SHORTEST = 3,         /* letters: GTP may be meant for GPT */
    SHORTEST_CHANGED = 6, /* with a letter too many or too few, shorter ones are other names */
    DOMINANT = 2,         /* times that the right spelling must occur, and for each slip */
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* The bit of the first letter; 0 if it is none. */
static uint32_t initial(const char *text) {
    return is_letter(text[0]) ? (uint32_t)1 << (lower(text[0]) - 'a') : 0;
}

/* In lower case it may be a command, a file or an English word. */
static bool has_capital(const char *text, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (text[i] >= 'A' && text[i] <= 'Z')
            return true;
    return false;
}

/* How many letters the two have in common at their start. */
static size_t common(const char *a, const char *b, size_t n) {
    size_t i = 0;
    while (i < n && lower(a[i]) == lower(b[i]))
        i++;
    return i;
}

/* Whether the tails behind the first `a` and `b` bytes are the same. */
static bool same_tail(const char *x, size_t a, size_t n, const char *y, size_t b, size_t m) {
    return n - a == m - b && common(x + a, y + b, n - a) == n - a;
}

/* Two letters the wrong way round, or one too many or too few inside. */
static bool is_slip(const char *token, size_t n, const char *name, size_t m) {
    size_t i = common(token, name, n < m ? n : m);
    if (i == 0 || i >= n || i >= m || !is_letter(token[i]) || !is_letter(name[i]))
        return false;
    if (n == m)
        return i + 1 < n && lower(token[i]) == lower(name[i + 1]) &&
               lower(token[i + 1]) == lower(name[i]) && same_tail(token, i + 2, n, name, i + 2, m);
    if (m < SHORTEST_CHANGED)
        return false;
    return n == m + 1   ? same_tail(token, i + 1, n, name, i, m)
           : m == n + 1 ? same_tail(token, i, n, name, i + 1, m)
                        : false;
}

void slips_clear(struct slips *s) {
    s->known_count = s->found_count = 0;
    s->initials = 0;
}

void slips_know(struct slips *s, const char *text, size_t n, uint32_t layer, uint32_t concept) {
    size_t i = 0;
    while (i < s->known_count && s->known[i].text != text)
        i++;
    if (n < SHORTEST || n >= SLIPS_LONGEST || i == SLIPS_KNOWN)
        return;
    if (i == s->known_count)
        s->known[s->known_count++] = (struct slips_known){
            .text = text, .length = (uint32_t)n, .concept = concept, .layer = layer};
    s->initials |= initial(text);
    s->known[i].count++;
}

static const struct slips_found *find(const struct slips *s, const char *text, size_t n) {
    for (size_t i = 0; i < s->found_count; i++)
        if (s->found[i].length == n && memcmp(s->found[i].text, text, n) == 0)
            return &s->found[i];
    return NULL;
}

void slips_meet(struct slips *s, const char *text, size_t n) {
    if (!(s->initials & initial(text)) || n < SHORTEST || n > SLIPS_LONGEST ||
        !has_capital(text, n))
        return;
    const struct slips_found *f = find(s, text, n);
    if (f) {
        s->found[f - s->found].count++;
        return;
    }
    for (size_t k = 0; k < s->known_count && s->found_count < SLIPS_FOUND; k++)
        if (is_slip(text, n, s->known[k].text, s->known[k].length)) {
            struct slips_found *fresh = &s->found[s->found_count++];
            *fresh = (struct slips_found){.length = (uint32_t)n, .known = (uint32_t)k, .count = 1};
            memcpy(fresh->text, text, n);
            return;
        }
}

const struct slips_known *slips_meant(const struct slips *s, const char *text, size_t n) {
    const struct slips_found *f = s->initials & initial(text) ? find(s, text, n) : NULL;
    if (!f)
        return NULL;
    const struct slips_known *known = &s->known[f->known];
    return known->count >= DOMINANT && known->count >= DOMINANT * f->count ? known : NULL;
}
