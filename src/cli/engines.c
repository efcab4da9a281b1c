/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "engines.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct engines_entry {
    struct settings settings; /* what it was made from */
    ivn_names names;          /* options_check() may have taken it back */
    enum status status;
    struct engine engine;
};

enum status engines_open(struct engines *engines, const struct options *options) {
    memset(engines, 0, sizeof *engines);
    return engine_open_lexicon(&engines->lexicon, options);
}

/* What failed is tried again where other settings say the same: their place is to be told too. */
static bool serves(const struct engines_entry *entry, const struct options *options) {
    if (entry->names != options->names)
        return false;
    return entry->status == STATUS_FINE ? settings_equal(&entry->settings, &options->settings)
                                        : settings_same(&entry->settings, &options->settings);
}

static int reserve(struct engines *engines) {
    if (engines->count < engines->capacity)
        return 0;
    if (engines->capacity > SIZE_MAX / 2 / sizeof *engines->entries) {
        errno = ENOMEM;
        return -1;
    }
    size_t capacity = engines->capacity ? 2 * engines->capacity : 4;
    struct engines_entry **entries = realloc(engines->entries, capacity * sizeof *entries);
    if (!entries)
        return -1;
    engines->entries = entries;
    engines->capacity = capacity;
    return 0;
}

static struct engines_entry *add(struct engines *engines, const struct options *options) {
    struct engines_entry *entry = NULL;
    if (reserve(engines) != 0 || !(entry = calloc(1, sizeof *entry)))
        return NULL;
    for (size_t i = 0; i < options->settings.count; i++)
        if (settings_add(&entry->settings, options->settings.items[i]) != 0) {
            settings_fini(&entry->settings);
            free(entry);
            return NULL;
        }
    entry->names = options->names;
    entry->engine.lexicon = engines->lexicon.lexicon;
    pthread_mutex_init(&entry->engine.mutex, NULL);
    engines->entries[engines->count++] = entry;
    return entry;
}

struct engine *engines_get(struct engines *engines, const struct options *options) {
    for (size_t i = engines->count; i-- > 0;) {
        struct engines_entry *entry = engines->entries[i];
        if (serves(entry, options))
            return entry->status == STATUS_FINE ? &entry->engine : NULL;
    }
    struct engines_entry *entry = add(engines, options);
    if (!entry) {
        message_error("%s", strerror(ENOMEM));
        return NULL;
    }
    entry->status = engine_prepare(&entry->engine, options);
    if (entry->status == STATUS_FINE)
        return &entry->engine;
    engine_release(&entry->engine);
    return NULL;
}

void engines_close(struct engines *engines) {
    for (size_t i = 0; i < engines->count; i++) {
        engine_release(&engines->entries[i]->engine);
        pthread_mutex_destroy(&engines->entries[i]->engine.mutex);
        settings_fini(&engines->entries[i]->settings);
        free(engines->entries[i]);
    }
    free(engines->entries);
    engine_close(&engines->lexicon);
    memset(engines, 0, sizeof *engines);
}
