/* SPDX-License-Identifier: Apache-2.0 */
/* Building the double array: nodes are placed in breadth-first order at the first base where all
 * their children's units are free. Free units are kept in a linked list, so that the search skips
 * the full part of the array. */
#include "trie.h"

#include <stdlib.h>
#include <string.h>

struct builder {
    trie_unit *units;
    uint32_t *next_free; /* singly linked by position, 0 ends */
    bool *used;
    bool *base_used;
    size_t capacity;
    uint32_t first_free;
    uint32_t start[2]; /* where the search begins: for a node of one child, of several */
    uint32_t max_label;
};

/* The keys first .. last-1 share their first `depth` labels and belong to the node `unit`. */
struct node {
    uint32_t first;
    uint32_t last;
    uint32_t depth;
    uint32_t unit;
};

static bool grow(struct builder *b, size_t need) {
    if (need <= b->capacity)
        return true;
    size_t old = b->capacity, wanted = old ? old * 2 : 1 << 16;
    while (wanted < need)
        wanted *= 2;
    trie_unit *units = realloc(b->units, wanted * sizeof *units);
    if (units)
        b->units = units;
    uint32_t *next = realloc(b->next_free, wanted * sizeof *next);
    if (next)
        b->next_free = next;
    bool *used = realloc(b->used, wanted);
    if (used)
        b->used = used;
    bool *base_used = realloc(b->base_used, wanted);
    if (base_used)
        b->base_used = base_used;
    if (!units || !next || !used || !base_used)
        return false;
    memset(units + old, 0, (wanted - old) * sizeof *units);
    memset(used + old, 0, wanted - old);
    memset(base_used + old, 0, wanted - old);
    for (size_t i = old; i < wanted; i++)
        next[i] = i + 1 < wanted ? (uint32_t)i + 1 : 0;
    if (old) { /* the list ended at the last free unit below: join it to the new part */
        size_t last = old - 1;
        while (last > 0 && used[last])
            last--;
        if (last > 0)
            next[last] = (uint32_t)old;
        else
            b->first_free = (uint32_t)old;
    }
    b->capacity = wanted;
    return true;
}

static bool fits(const struct builder *b, uint32_t base, const uint16_t *labels, size_t n) {
    if (b->base_used[base])
        return false;
    for (size_t i = 0; i < n; i++)
        if (b->used[base + labels[i]])
            return false;
    return true;
}

/* A crowded stretch costs time and wins little: after this many tries it is left. Nodes of a single
 * child still fill it when nodes of several have given it up. */
enum { MAX_TRIES = 8192 };

static uint32_t find_base(struct builder *b, const uint16_t *labels, size_t n) {
    uint32_t tries = 0;
    uint32_t *start = &b->start[n > 1];
    if (*start < b->first_free)
        *start = b->first_free;
    while (*start && b->used[*start]) /* what was free there still leads on to what is */
        *start = b->next_free[*start];
    for (uint32_t at = *start; at; at = b->next_free[at]) {
        if (!grow(b, (size_t)at + 2 * (size_t)b->max_label + 2))
            return 0;
        if (++tries == MAX_TRIES)
            *start = at;
        if (at > labels[0] && fits(b, at - labels[0], labels, n))
            return at - labels[0];
        if (b->next_free[at] == 0 && !grow(b, b->capacity + 1))
            return 0;
    }
    return 0;
}

static void occupy(struct builder *b, uint32_t at, uint16_t label) {
    b->used[at] = true;
    b->units[at] = label;
    while (b->first_free && b->used[b->first_free])
        b->first_free = b->next_free[b->first_free];
}

/* Children of a node: their labels and the ranges of keys below them. */
static size_t children(const struct trie_key *keys, const struct node *node, uint16_t *labels,
                       uint32_t *starts) {
    size_t n = 0;
    for (uint32_t k = node->first; k < node->last; k++) {
        if (keys[k].length == node->depth)
            continue;
        uint16_t label = keys[k].labels[node->depth];
        if (n == 0 || labels[n - 1] != label) {
            labels[n] = label;
            starts[n++] = k;
        }
    }
    return n;
}

/* Compacts the free list lazily: drops used units that stand in it. */
static void prune_free(struct builder *b) {
    uint32_t at = b->first_free;
    while (at) {
        uint32_t next = b->next_free[at];
        while (next && b->used[next])
            next = b->next_free[next];
        b->next_free[at] = next;
        at = next;
    }
}

bool trie_build(const struct trie_key *keys, size_t count, uint16_t max_label, trie_unit **units,
                size_t *unit_count) {
    struct builder b = {.max_label = max_label};
    bool ok = false;
    size_t node_count = 0, node_capacity = 1024;
    struct node *queue = malloc(node_capacity * sizeof *queue);
    uint16_t *labels = malloc(((size_t)max_label + 1) * sizeof *labels);
    uint32_t *starts = malloc(((size_t)max_label + 1) * sizeof *starts);
    uint32_t highest = 0;
    if (!queue || !labels || !starts || !grow(&b, 1 << 16))
        goto out;
    b.used[0] = true;
    b.first_free = 1;
    queue[node_count++] = (struct node){0, (uint32_t)count, 0, TRIE_ROOT};
    for (size_t q = 0; q < node_count; q++) {
        struct node node = queue[q];
        if (node.first < node.last && keys[node.first].length == node.depth)
            b.units[node.unit] |= (trie_unit)keys[node.first].value << 16;
        size_t n = children(keys, &node, labels, starts);
        if (n == 0)
            continue;
        if (q % 4096 == 0)
            prune_free(&b);
        uint32_t base = find_base(&b, labels, n);
        if (!base || base + labels[n - 1] + (uint32_t)max_label > TRIE_MAX)
            goto out;
        b.base_used[base] = true;
        b.units[node.unit] |= (trie_unit)base << 40;
        if (node_count + n > node_capacity) {
            node_capacity = (node_count + n) * 2;
            struct node *grown = realloc(queue, node_capacity * sizeof *queue);
            if (!grown)
                goto out;
            queue = grown;
        }
        for (size_t i = 0; i < n; i++) {
            occupy(&b, base + labels[i], labels[i]);
            if (base + labels[i] > highest)
                highest = base + labels[i];
            queue[node_count++] = (struct node){
                starts[i], i + 1 < n ? starts[i + 1] : node.last, node.depth + 1, base + labels[i]};
        }
    }
    *unit_count = (size_t)highest + max_label + 2;
    if (!grow(&b, *unit_count))
        goto out;
    *units = b.units;
    b.units = NULL;
    ok = true;
out:
    free(b.units);
    free(b.next_free);
    free(b.used);
    free(b.base_used);
    free(queue);
    free(labels);
    free(starts);
    return ok;
}
