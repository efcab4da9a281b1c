/* SPDX-License-Identifier: Apache-2.0 */
/* Building the double array. A node's base may be chosen before it is known where the node itself
 * will stand, so nodes are placed by how hard they are to place: those with most children first;
 * those with one fill what is left between them. */
#include "trie.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"

/* A node of the tree; its children are nodes first .. first+count-1. */
struct node {
    uint32_t first;
    uint32_t count;
    uint32_t value;
    uint32_t base;
    uint16_t label;
};

struct tree {
    struct node *nodes; /* breadth first; 0 is the root */
    size_t count;
    size_t capacity;
};

/* The array while it is filled. Free units form a list. */
struct array {
    uint32_t *next_free; /* 0 ends */
    bool *used;
    bool *base_used;
    size_t capacity;
    uint32_t first_free;
    uint32_t max_label;
};

/* Keys first .. last-1 share the labels above the node. */
struct range {
    uint32_t first;
    uint32_t last;
};

static bool add_node(struct tree *t, struct node node) {
    void *nodes = t->nodes;
    if (!array_grow(&nodes, &t->capacity, t->count + 1, sizeof *t->nodes))
        return false;
    t->nodes = nodes;
    t->nodes[t->count++] = node;
    return true;
}

/* Adds the children of node n, whose keys are `range`; their ranges go to ranges[child]. */
static bool add_children(struct tree *t, size_t n, uint32_t depth, const struct trie_key *keys,
                         struct range range, struct range **ranges, size_t *range_capacity) {
    t->nodes[n].first = (uint32_t)t->count;
    if (keys[range.first].length == depth)
        t->nodes[n].value = keys[range.first++].value;
    for (uint32_t k = range.first, end; k < range.last; k = end) {
        uint16_t label = keys[k].labels[depth];
        for (end = k + 1; end < range.last && keys[end].labels[depth] == label;)
            end++;
        void *grown = *ranges;
        if (!add_node(t, (struct node){.label = label}) ||
            !array_grow(&grown, range_capacity, t->count, sizeof **ranges))
            return false;
        *ranges = grown;
        (*ranges)[t->count - 1] = (struct range){k, end};
        t->nodes[n].count++;
    }
    return true;
}

static bool build_tree(struct tree *t, const struct trie_key *keys, size_t count) {
    size_t capacity = 0, level_end = 1;
    void *grown = NULL;
    if (!add_node(t, (struct node){0}) || !array_grow(&grown, &capacity, 1, sizeof(struct range)))
        return false;
    struct range *ranges = grown;
    bool ok = true;
    ranges[0] = (struct range){0, (uint32_t)count};
    for (size_t n = 0, depth = 0; ok && count && n < t->count; n++) {
        if (n == level_end) {
            depth++;
            level_end = t->count;
        }
        ok = add_children(t, n, (uint32_t)depth, keys, ranges[n], &ranges, &capacity);
    }
    free(ranges);
    return ok;
}

static bool grow(struct array *a, size_t need) {
    if (need <= a->capacity)
        return true;
    size_t old = a->capacity, wanted = old ? old * 2 : 1 << 16;
    while (wanted < need)
        wanted *= 2;
    uint32_t *next = realloc(a->next_free, wanted * sizeof *next);
    if (next)
        a->next_free = next;
    bool *used = realloc(a->used, wanted);
    if (used)
        a->used = used;
    bool *base_used = realloc(a->base_used, wanted);
    if (base_used)
        a->base_used = base_used;
    if (!next || !used || !base_used)
        return false;
    memset(used + old, 0, wanted - old);
    memset(base_used + old, 0, wanted - old);
    for (size_t i = old; i < wanted; i++)
        next[i] = i + 1 < wanted ? (uint32_t)i + 1 : 0;
    size_t last = old; /* the list ended at the last free unit below: join it to the new part */
    while (last > 1 && used[last - 1])
        last--;
    if (last > 1)
        next[last - 1] = (uint32_t)old;
    else
        a->first_free = old ? (uint32_t)old : 1;
    a->capacity = wanted;
    return true;
}

static bool fits(const struct array *a, uint32_t base, const struct node *children, size_t n) {
    if (a->base_used[base])
        return false;
    for (size_t i = 0; i < n; i++)
        if (a->used[base + children[i].label])
            return false;
    return true;
}

/* A crowded stretch costs time and wins little: after this many tries the search starts behind it.
 * Later nodes have fewer children, and start at the front again when their number changes. */
enum { MAX_TRIES = 20000 };

/* The first base where all children fit, searched from the free unit *start on. 0: no memory. */
static uint32_t find_base(struct array *a, uint32_t *start, const struct node *children, size_t n) {
    uint32_t least = children[0].label, tries = 0;
    while (a->used[*start])
        *start = a->next_free[*start];
    for (uint32_t at = *start;; at = a->next_free[at]) {
        if (!grow(a, (size_t)at + a->max_label + 2) ||
            (a->next_free[at] == 0 && !grow(a, a->capacity + 1)))
            return 0;
        if (++tries == MAX_TRIES)
            *start = at;
        if (at > least && fits(a, at - least, children, n))
            return at - least;
    }
}

/* Takes used units out of the front part of the list. */
static void prune(struct array *a) {
    for (uint32_t at = a->first_free; at; at = a->next_free[at])
        while (a->next_free[at] && a->used[a->next_free[at]])
            a->next_free[at] = a->next_free[a->next_free[at]];
}

/* The nodes that have children, those with most first; NULL: no memory. */
static uint32_t *order_nodes(const struct tree *t, size_t *count) {
    enum { BUCKETS = UINT16_MAX + 2 };
    uint32_t *order = malloc((t->count + 1) * sizeof *order);
    uint32_t *starts = calloc(BUCKETS, sizeof *starts);
    *count = 0;
    if (order && starts) {
        for (size_t n = 0; n < t->count; n++)
            starts[t->nodes[n].count]++;
        for (size_t c = BUCKETS; c-- > 1;) { /* from how many to where the first one goes */
            uint32_t here = starts[c];
            starts[c] = (uint32_t)*count;
            *count += here;
        }
        for (size_t n = 0; n < t->count; n++)
            if (t->nodes[n].count)
                order[starts[t->nodes[n].count]++] = (uint32_t)n;
    } else {
        free(order);
        order = NULL;
    }
    free(starts);
    return order;
}

static bool place(struct tree *t, struct array *a) {
    size_t count;
    uint32_t *order = order_nodes(t, &count);
    uint32_t start = 1, children = 0;
    bool ok = order != NULL && grow(a, 1 << 16);
    if (ok)
        a->used[0] = true; /* the root stands there */
    for (size_t i = 0; ok && i < count; i++) {
        struct node *n = &t->nodes[order[i]];
        if (n->count != children) {
            prune(a);
            start = a->first_free;
            children = n->count;
        }
        n->base = find_base(a, &start, t->nodes + n->first, n->count);
        ok = n->base != 0 && n->base + a->max_label < TRIE_MAX;
        if (!ok)
            break;
        a->base_used[n->base] = true;
        for (uint32_t c = 0; c < n->count; c++)
            a->used[n->base + t->nodes[n->first + c].label] = true;
        while (a->first_free && a->used[a->first_free])
            a->first_free = a->next_free[a->first_free];
    }
    free(order);
    return ok;
}

static trie_unit make_unit(const struct node *n) {
    return (trie_unit)n->base << 40 | (trie_unit)n->value << 16 | n->label;
}

static bool write_units(const struct tree *t, uint32_t max_label, trie_unit **units,
                        size_t *unit_count) {
    uint32_t highest = 0;
    for (size_t i = 0; i < t->count; i++)
        if (t->nodes[i].base > highest)
            highest = t->nodes[i].base;
    *unit_count = (size_t)highest + max_label + 2;
    *units = calloc(*unit_count, sizeof **units);
    if (!*units)
        return false;
    (*units)[TRIE_ROOT] = make_unit(&t->nodes[0]);
    for (size_t i = 0; i < t->count; i++)
        for (uint32_t c = 0; c < t->nodes[i].count; c++) {
            const struct node *child = &t->nodes[t->nodes[i].first + c];
            (*units)[t->nodes[i].base + child->label] = make_unit(child);
        }
    return true;
}

bool trie_build(const struct trie_key *keys, size_t count, uint16_t max_label, trie_unit **units,
                size_t *unit_count) {
    struct tree tree = {0};
    struct array array = {.max_label = max_label, .first_free = 1};
    bool ok = build_tree(&tree, keys, count) && place(&tree, &array) &&
              write_units(&tree, max_label, units, unit_count);
    free(tree.nodes);
    free(array.next_free);
    free(array.used);
    free(array.base_used);
    return ok;
}
