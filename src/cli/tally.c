/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "tally.h"

#include "bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void count(struct tally_counts *counts, const char *name, size_t n) {
    for (size_t i = 0; i < counts->count; i++) {
        struct tally_count *c = &counts->items[i];
        if (strncmp(c->name, name, n) == 0 && c->name[n] == '\0') {
            c->count++;
            return;
        }
    }
    struct tally_count *items = realloc(counts->items, (counts->count + 1) * sizeof *items);
    if (!items)
        return;
    counts->items = items;
    char *copy = strndup(name, n);
    if (copy)
        items[counts->count++] = (struct tally_count){.name = copy, .count = 1};
}

void tally_skip(struct tally *tally, const char *why) {
    count(&tally->skipped, why, strlen(why));
}

/* "term.it.软件" counts as "term.it". */
static size_t group_length(const char *rule) {
    size_t n = strcspn(rule, ".");
    return rule[n] == '.' ? n + 1 + strcspn(rule + n + 1, ".") : n;
}

void tally_edits(struct tally *tally, const ivn_edit *edits, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < edits[i].reason_count; k++) {
            const char *rule = edits[i].reasons[k].rule;
            count(&tally->rules, rule, group_length(rule));
        }
}

static int most_first(const void *x, const void *y) {
    const struct tally_count *a = x, *b = y;
    return a->count != b->count ? (a->count > b->count ? -1 : 1) : strcmp(a->name, b->name);
}

/* "12 (hidden 3, of no known type 9)", the most frequent first. */
static void append(struct bytes *line, const struct tally_counts *counts, bool translate) {
    for (size_t i = 0; i < counts->count; i++) {
        char number[32];
        const struct tally_count *c = &counts->items[i];
        snprintf(number, sizeof number, " %zu", c->count);
        (void)bytes_add_string(line, i ? ", " : "");
        (void)bytes_add_string(line, translate ? gettext(c->name) : c->name);
        (void)bytes_add_string(line, number);
    }
    (void)bytes_add(line, "", 1);
}

static size_t sum(const struct tally_counts *counts) {
    size_t all = 0;
    for (size_t i = 0; i < counts->count; i++)
        all += counts->items[i].count;
    return all;
}

void tally_say(const struct tally *tally, bool would) {
    struct bytes skipped = {0}, rules = {0};
    if (tally->skipped.count)
        qsort(tally->skipped.items, tally->skipped.count, sizeof *tally->skipped.items, most_first);
    if (tally->rules.count)
        qsort(tally->rules.items, tally->rules.count, sizeof *tally->rules.items, most_first);
    append(&skipped, &tally->skipped, true);
    append(&rules, &tally->rules, false);
    message_note(would ? _("files: would change %zu, unchanged %zu, skipped %zu, failed %zu")
                       : _("files: changed %zu, unchanged %zu, skipped %zu, failed %zu"),
                 tally->changed, tally->unchanged, sum(&tally->skipped), tally->failed);
    if (tally->resumed)
        message_note(_("done before the run was interrupted: %zu"), tally->resumed);
    if (tally->skipped.count && skipped.data)
        message_note(_("skipped: %s"), skipped.data);
    if (tally->rules.count && rules.data)
        message_note(_("changes by rule: %s"), rules.data);
    bytes_fini(&skipped);
    bytes_fini(&rules);
}

static void free_counts(struct tally_counts *counts) {
    for (size_t i = 0; i < counts->count; i++)
        free(counts->items[i].name);
    free(counts->items);
}

void tally_fini(struct tally *tally) {
    free_counts(&tally->skipped);
    free_counts(&tally->rules);
    memset(tally, 0, sizeof *tally);
}
