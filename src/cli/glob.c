/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "glob.h"

#include "glob_element.h"
#include "message.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Most patterns are a name or an ending: these need no matcher. */
enum kind { KIND_LITERAL, KIND_ENDING, KIND_GENERAL };

/* A pattern without braces, and without the slashes at its head and end. */
struct alternative {
    char *text; /* KIND_LITERAL, KIND_ENDING: without escapes and the star */
    size_t size;
    enum kind kind;
    size_t head;    /* KIND_GENERAL: bytes that stand for themselves before anything else */
    bool anchored;  /* compared with the whole path */
    bool directory; /* matches directories only */
};

struct glob {
    size_t count;
    struct alternative alternatives[];
};

/* Going back to the last star alone is enough: whatever an earlier one could take, it can too. */
static bool component_matches(const char *p, const char *pattern_end, const char *s,
                              const char *end) {
    const char *star = NULL, *mark = NULL;
    for (;;) {
        if (p < pattern_end && *p == '*') {
            star = ++p;
            mark = s;
            if (star == pattern_end)
                return true;
            continue;
        }
        const char *next_p = p, *next_s = s;
        if (s == end && p == pattern_end)
            return true;
        if (s < end && p < pattern_end &&
            glob_element_matches(&next_p, pattern_end, &next_s, end)) {
            p = next_p;
            s = next_s;
            continue;
        }
        if (!star || mark == end)
            return false;
        glob_element_take(&mark, end);
        s = mark;
        p = star;
    }
}

/* Where the component at `p` of a well-formed pattern ends: a slash in a set does not end it. */
static const char *pattern_component(const char *p, const char *end) {
    while (p < end && *p != '/')
        p = glob_element_skip(p, end);
    return p;
}

static const char *path_component(const char *s, const char *end) {
    const char *slash = memchr(s, '/', (size_t)(end - s));
    return slash ? slash : end;
}

/* The component after the one that ends at `at`; NULL after the last. */
static const char *next(const char *at, const char *end) {
    return at < end ? at + 1 : NULL;
}

static bool path_matches(const char *p, const char *pattern_end, const char *s, const char *end) {
    const char *star = NULL, *mark = NULL;
    while (p || s) {
        if (p) {
            const char *p_end = pattern_component(p, pattern_end);
            if (p_end - p == 2 && memcmp(p, "**", 2) == 0) {
                star = p = next(p_end, pattern_end);
                mark = s;
                if (!p)
                    return s != NULL;
                continue;
            }
            const char *s_end = s ? path_component(s, end) : NULL;
            if (s && component_matches(p, p_end, s, s_end)) {
                p = next(p_end, pattern_end);
                s = next(s_end, end);
                continue;
            }
        }
        if (!star || !mark)
            return false;
        mark = s = next(path_component(mark, end), end);
        p = star;
    }
    return true;
}

static bool alternative_matches(const struct alternative *a, const struct glob_subject *subject) {
    if (a->directory && !subject->directory)
        return false;
    const char *s = a->anchored ? subject->path : subject->name;
    size_t n = (size_t)(subject->end - s);
    switch (a->kind) {
    case KIND_LITERAL:
        return n == a->size && memcmp(s, a->text, n) == 0;
    case KIND_ENDING:
        return n >= a->size && memcmp(subject->end - a->size, a->text, a->size) == 0;
    case KIND_GENERAL:
        break;
    }
    if (n < a->head || memcmp(s, a->text, a->head) != 0)
        return false;
    return path_matches(a->text, a->text + a->size, s, subject->end);
}

bool glob_test(const struct glob *glob, const struct glob_subject *subject) {
    for (size_t i = 0; i < glob->count; i++) {
        if (alternative_matches(&glob->alternatives[i], subject))
            return true;
    }
    return false;
}

struct glob_subject glob_subject(const char *path, bool directory) {
    const char *slash = strrchr(path, '/');
    return (struct glob_subject){path, slash ? slash + 1 : path, path + strlen(path), directory};
}

static const char *wrong_characters(const char *pattern, const char *end) {
    if (end - pattern > GLOB_LONGEST)
        return N_("it is longer than 4096 bytes");
    for (const char *p = pattern; p < end;) {
        const char *after = glob_element_skip(p, end);
        if (!after)
            return *p == '[' ? N_("a '[' without its ']', or an unknown class in it")
                             : N_("nothing follows its last backslash");
        p = after;
    }
    return NULL;
}

/* Braces that stand for alternatives: where the '{' and the '}' are, and whether there are any. */
struct group {
    const char *open;
    const char *close;
};

/* The outermost group that starts first. Braces in sets and after backslashes do not count. */
static bool find_group(const char *p, const char *end, struct group *found) {
    uint16_t opens[GLOB_LONGEST];
    bool commas[GLOB_LONGEST];
    size_t depth = 0;
    found->open = NULL;
    for (const char *start = p, *after; p < end; p = after) {
        after = glob_element_skip(p, end);
        if (*p == '{') {
            opens[depth] = (uint16_t)(p - start);
            commas[depth++] = false;
        } else if (*p == ',' && depth > 0) {
            commas[depth - 1] = true;
        } else if (*p == '}' && depth > 0) {
            const char *open = start + opens[--depth];
            if (commas[depth] && (!found->open || open < found->open))
                *found = (struct group){open, p};
        }
    }
    return found->open != NULL;
}

/* Patterns that stand for one. */
struct expansion {
    char *items[GLOB_ALTERNATIVES];
    size_t count;
    const char *wrong; /* NULL after a failure: no memory */
};

/* The comma that ends the alternative at `p` of a group that ends at `close`, or `close`. */
static const char *alternative_end(const char *p, const char *close) {
    size_t depth = 0;
    for (; p < close; p = glob_element_skip(p, close)) {
        if (*p == ',' && depth == 0)
            return p;
        if (*p == '{')
            depth++;
        else if (*p == '}' && depth > 0)
            depth--;
    }
    return close;
}

static char *join(const char *text, const struct group *group, const char *from, const char *to) {
    char *joined = NULL;
    int n = asprintf(&joined, "%.*s%.*s%s", (int)(group->open - text), text, (int)(to - from), from,
                     group->close + 1);
    return n < 0 ? NULL : joined;
}

/* Puts what the group stands for in the place of item i and at the end. */
static bool split(struct expansion *expansion, size_t i, const struct group *group) {
    char *text = expansion->items[i];
    bool done = true;
    for (const char *p = group->open + 1, *to; done && p <= group->close; p = to + 1) {
        size_t place = p == group->open + 1 ? i : expansion->count;
        to = alternative_end(p, group->close);
        if (place == GLOB_ALTERNATIVES) {
            expansion->wrong = N_("its braces stand for more than 256 patterns");
            done = false;
            break;
        }
        char *joined = join(text, group, p, to);
        done = joined != NULL;
        if (done)
            expansion->items[place] = joined;
        if (done && place == expansion->count)
            expansion->count++;
    }
    if (expansion->items[i] != text)
        free(text);
    return done;
}

static bool expand(struct expansion *expansion, const char *pattern, bool braces) {
    struct group group;
    expansion->wrong = wrong_characters(pattern, pattern + strlen(pattern));
    expansion->count = 0;
    if (expansion->wrong || !(expansion->items[0] = strdup(pattern)))
        return false;
    expansion->count = 1;
    for (size_t i = 0; braces && i < expansion->count;) {
        const char *text = expansion->items[i];
        if (!find_group(text, text + strlen(text), &group))
            i++;
        else if (!split(expansion, i, &group))
            return false;
    }
    return true;
}

/* Drops the backslash of "\/", so that every slash outside a set is a bare one. */
static void bare_slashes(char *text) {
    char *to = text, *end = text + strlen(text);
    for (const char *p = text, *after; p < end; p = after) {
        after = glob_element_skip(p, end);
        if (p[0] == '\\' && p[1] == '/')
            p++;
        memmove(to, p, (size_t)(after - p));
        to += after - p;
    }
    *to = '\0';
}

/* The pattern without the slashes at its head and end, of which it takes note. */
static void trim(struct alternative *a) {
    bare_slashes(a->text);
    const char *p = a->text, *end = p + strlen(p);
    while (end > p && end[-1] == '/') {
        a->directory = true;
        end--;
    }
    int head = end - p >= 2 && p[0] == '.' && p[1] == '/' ? 2 : end > p && *p == '/';
    p += head;
    a->anchored = head > 0 || pattern_component(p, end) < end;
    /* "**" before a single name only says what a name without it does. */
    while (end - p > 3 && memcmp(p, "**/", 3) == 0) {
        a->anchored = pattern_component(p + 3, end) < end;
        if (a->anchored && (end - p < 6 || memcmp(p + 3, "**/", 3) != 0))
            break;
        p += 3;
    }
    a->size = (size_t)(end - p);
    memmove(a->text, p, a->size);
    a->text[a->size] = '\0';
}

/* Sees whether the pattern needs a matcher, and takes the escapes off if not. */
static void classify(struct alternative *a) {
    bool ending = !a->anchored && a->size > 1 && a->text[0] == '*';
    char *to = a->text;
    const char *rest = a->text + ending;
    if (strpbrk(rest, "*?[")) {
        a->kind = KIND_GENERAL;
        a->head = strcspn(a->text, "*?[\\");
        return;
    }
    a->kind = ending ? KIND_ENDING : KIND_LITERAL;
    for (const char *p = rest; *p; p++) {
        p += *p == '\\';
        *to++ = *p;
    }
    *to = '\0';
    a->size = (size_t)(to - a->text);
}

struct glob *glob_new(const char *pattern, bool braces, const char **wrong) {
    struct expansion *expansion = calloc(1, sizeof *expansion);
    struct glob *glob = NULL;
    *wrong = NULL;
    if (!expansion || !expand(expansion, pattern, braces))
        goto out;
    glob = calloc(1, sizeof *glob + expansion->count * sizeof *glob->alternatives);
    if (!glob)
        goto out;
    for (size_t i = 0; i < expansion->count; i++) {
        struct alternative *a = &glob->alternatives[glob->count];
        *a = (struct alternative){.text = expansion->items[i]};
        trim(a);
        classify(a);
        if (a->size > 0) {
            expansion->items[i] = NULL;
            glob->count++;
        }
    }
    if (glob->count == 0) {
        expansion->wrong = N_("it names nothing");
        glob_free(glob);
        glob = NULL;
    }
out:
    for (size_t i = 0; expansion && i < expansion->count; i++)
        free(expansion->items[i]);
    if (expansion)
        *wrong = expansion->wrong;
    free(expansion);
    return glob;
}

void glob_free(struct glob *glob) {
    for (size_t i = 0; glob && i < glob->count; i++)
        free(glob->alternatives[i].text);
    free(glob);
}

const char *glob_wrong(const char *pattern) {
    const char *wrong = NULL;
    glob_free(glob_new(pattern, true, &wrong));
    return wrong;
}

bool glob_match(const char *pattern, const char *path) {
    const char *wrong = NULL;
    size_t n = strlen(path);
    char *copy = strdup(path);
    struct glob *glob = glob_new(pattern, true, &wrong);
    bool directory = n > 0 && path[n - 1] == '/', matches = false;
    if (copy && glob && n > directory) {
        copy[n - directory] = '\0';
        struct glob_subject subject = glob_subject(copy, directory);
        matches = glob_test(glob, &subject);
    }
    glob_free(glob);
    free(copy);
    return matches;
}
