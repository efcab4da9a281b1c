/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "config_print.h"

#include "mask.h"

#include <string.h>
#include <sys/stat.h>

static void print_value(FILE *out, const char *name, const char *value) {
    fprintf(out, "%s =%s", name, *value ? " " : "");
    mask_write(out, value, strlen(value));
    fputs("  # ", out);
}

static void print_setting(FILE *out, const struct options_key *key, const struct setting *setting) {
    const char *value = key->takes_value ? setting->value : "true";
    if (setting->reset)
        value = key->initial;
    print_value(out, key->name, value);
    if (setting->file) {
        mask_write(out, setting->file, strlen(setting->file));
        fprintf(out, ":%zu\n", setting->line);
    } else {
        fputs("command line\n", out);
    }
}

/* A reset is shown where nothing was set after it. */
static bool is_last(const struct settings *settings, size_t i) {
    return i + 1 == settings->count || settings->items[i + 1]->record != settings->items[i]->record;
}

static void print_key(FILE *out, const struct options_key *key, const struct settings *settings) {
    bool printed = false;
    for (size_t i = 0; i < settings->count; i++) {
        const struct setting *setting = settings->items[i];
        if (setting->record != key->record || (setting->reset && !is_last(settings, i)))
            continue;
        print_setting(out, key, setting);
        printed = true;
    }
    if (!printed) {
        print_value(out, key->name, key->initial);
        fputs("default\n", out);
    }
}

static enum status print_file(FILE *out, struct config *config, const char *name) {
    struct options resolved;
    struct options_key key;
    struct stat st;
    bool directory = stat(name, &st) == 0 && S_ISDIR(st.st_mode);
    enum status status = directory ? config_for_directory(config, name, &resolved)
                                   : config_for(config, name, &resolved);
    for (size_t i = 0; status == STATUS_FINE && options_key(i, &key); i++)
        print_key(out, &key, &resolved.settings);
    options_fini(&resolved);
    return status;
}

enum status config_print(FILE *out, struct config *config, const struct options_list *files) {
    enum status status = STATUS_FINE;
    for (size_t i = 0; i < files->count; i++) {
        if (files->count > 1) {
            fputs(i > 0 ? "\n[" : "[", out);
            mask_write(out, files->items[i], strlen(files->items[i]));
            fputs("]\n", out);
        }
        status = status_worst(status, print_file(out, config, files->items[i]));
    }
    return status;
}
