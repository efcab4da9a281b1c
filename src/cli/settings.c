/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "settings.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int settings_add(struct settings *settings, struct setting *setting) {
    if (settings->count == settings->capacity) {
        if (settings->capacity > SIZE_MAX / 2 / sizeof *settings->items) {
            errno = ENOMEM;
            return -1;
        }
        size_t capacity = settings->capacity ? 2 * settings->capacity : 8;
        struct setting **items = realloc(settings->items, capacity * sizeof *items);
        if (!items)
            return -1;
        settings->items = items;
        settings->capacity = capacity;
    }
    settings->items[settings->count++] = setting;
    return 0;
}

int settings_put(struct settings *settings, struct setting *setting, bool many) {
    if (!many || setting->reset) {
        size_t kept = 0;
        for (size_t i = 0; i < settings->count; i++)
            if (settings->items[i]->record != setting->record)
                settings->items[kept++] = settings->items[i];
        settings->count = kept;
    }
    if (settings_add(settings, setting) != 0)
        return -1;
    size_t at = settings->count - 1;
    for (; at > 0 && settings->items[at - 1]->record > setting->record; at--)
        settings->items[at] = settings->items[at - 1];
    settings->items[at] = setting;
    return 0;
}

struct setting *settings_find(const struct settings *settings, const char *name,
                              const char *value) {
    for (size_t i = settings->count; i-- > 0;) {
        struct setting *s = settings->items[i];
        if (strcmp(s->name, name) == 0 && (!value || s->value == value))
            return s;
    }
    return NULL;
}

static bool equal(const struct setting *a, const struct setting *b) {
    if (a->record != b->record || !a->value != !b->value)
        return false;
    return !a->value || strcmp(a->value, b->value) == 0;
}

/* The next setting from *at on that sets something; NULL past the last. */
static const struct setting *next(const struct settings *settings, size_t *at) {
    while (*at < settings->count) {
        const struct setting *s = settings->items[(*at)++];
        if (!s->reset)
            return s;
    }
    return NULL;
}

bool settings_equal(const struct settings *a, const struct settings *b) {
    for (size_t i = 0, j = 0;;) {
        const struct setting *x = next(a, &i), *y = next(b, &j);
        if (!x || !y)
            return !x && !y;
        if (x != y && !equal(x, y))
            return false;
    }
}

bool settings_same(const struct settings *a, const struct settings *b) {
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof *a->items) == 0);
}

void settings_fini(struct settings *settings) {
    free(settings->items);
    memset(settings, 0, sizeof *settings);
}

bool setting_blame(struct setting *setting) {
    bool first = !setting->blamed;
    setting->blamed = true;
    return first;
}

enum status setting_refuse(struct setting *setting, const char *format, ...) {
    char *what = NULL;
    va_list args;
    if (!setting_blame(setting))
        return STATUS_ERROR;
    va_start(args, format);
    int n = vasprintf(&what, format, args);
    va_end(args);
    if (n < 0)
        return message_errno(setting->name, _("cannot go on"), ENOMEM);
    const char *value = setting->value ? setting->value : "";
    if (setting->file)
        message_error("%s:%zu:%zu: %s = %s: %s", setting->file, setting->line, setting->column,
                      setting->name, value, what);
    else
        message_error("--%s=%s: %s", setting->name, value, what);
    free(what);
    return STATUS_ERROR;
}

enum status setting_unreadable(struct setting *setting, const char *name, int error) {
    if (setting && setting->file)
        return setting_refuse(setting, "%s: %s", _("cannot read"), strerror(error));
    if (setting && !setting_blame(setting))
        return STATUS_ERROR;
    return message_errno(name, _("cannot read"), error);
}

enum status setting_library(struct setting *setting, const ivn_error *err) {
    char *subject = NULL;
    if (!setting_blame(setting))
        return STATUS_ERROR;
    int n = setting->file ? asprintf(&subject, "%s:%zu:%zu: %s", setting->file, setting->line,
                                     setting->column, setting->name)
                          : asprintf(&subject, "--%s", setting->name);
    if (n < 0)
        return message_errno(setting->name, _("cannot go on"), ENOMEM);
    message_library(subject, err);
    free(subject);
    return STATUS_ERROR;
}
