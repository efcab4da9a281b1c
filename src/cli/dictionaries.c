/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "dictionaries.h"

#include "bytes.h"
#include "output_path.h"
#include "replace.h"
#include "user_path.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the compiled form of a dictionary is kept: one place for each file, so that an edited
 * dictionary leaves nothing behind. NULL: nowhere. The caller frees it. */
static char *cache_path(const ivn_lexicon *lexicon, const char *name) {
    struct bytes path = {0};
    char file[32], *whole = realpath(name, NULL);
    if (!whole)
        return NULL;
    snprintf(file, sizeof file, "%016" PRIx64 ".lex", ivn_terms_key(lexicon, whole, "", 0));
    free(whole);
    if (user_path_add(&path, "XDG_CACHE_HOME", "/.cache", file) != 0)
        bytes_fini(&path);
    return path.data;
}

static bool add_cached(ivn_profile *profile, uint64_t key, const char *cache) {
    struct bytes image = {0};
    ivn_error err;
    if (!cache || bytes_read_file(&image, cache) != 0 || !image.data ||
        ivn_profile_add_compiled(profile, key, image.data, image.size, &err) != IVN_OK) {
        bytes_fini(&image);
        return false;
    }
    return true;
}

/* A cache that cannot be written costs time at the next start, nothing else. */
static void keep(const char *cache, const void *image, size_t size) {
    struct replace replace = {0};
    if (cache && output_path_make(cache) == 0 && replace_begin(&replace, cache, 0600) == 0 &&
        replace_write(&replace, image, size) == 0)
        (void)replace_commit(&replace);
    replace_abort(&replace);
}

/* setting: the one that names the dictionary, NULL = none does. */
static enum status add(ivn_profile *profile, const ivn_lexicon *lexicon, const char *name,
                       struct setting *setting) {
    struct bytes text = {0};
    void *image = NULL;
    size_t size;
    ivn_error err;
    if (bytes_read_file(&text, name) != 0)
        return setting_unreadable(setting, name, errno);
    const char *tsv = text.data ? text.data : "";
    const uint64_t key = ivn_terms_key(lexicon, name, tsv, text.size);
    char *cache = cache_path(lexicon, name);
    bool ok = add_cached(profile, key, cache);
    if (!ok) {
        ok = ivn_terms_compile(lexicon, name, tsv, text.size, &image, &size, &err) == IVN_OK;
        if (ok) {
            keep(cache, image, size);
            ok = ivn_profile_add_compiled(profile, key, image, size, &err) == IVN_OK;
        }
        if (!ok)
            free(image);
    }
    free(cache);
    bytes_fini(&text);
    if (ok || (setting && !setting_blame(setting)))
        return ok ? STATUS_FINE : STATUS_ERROR;
    return message_library(name, &err);
}

static int is_dictionary(const struct dirent *entry) {
    size_t n = strlen(entry->d_name);
    return entry->d_name[0] != '.' && n > 4 && strcmp(entry->d_name + n - 4, ".tsv") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static enum status add_configured(ivn_profile *profile, const ivn_lexicon *lexicon) {
    struct bytes path = {0};
    struct dirent **entries = NULL;
    enum status status = STATUS_FINE;
    if (user_path_add(&path, "XDG_CONFIG_HOME", "/.config", "dict/") != 0)
        goto out;
    int count = scandir(path.data, &entries, is_dictionary, by_name);
    if (count < 0 && errno != ENOENT && errno != ENOTDIR)
        status = message_errno(path.data, _("cannot read"), errno);
    const size_t directory = path.size - 1;
    for (int i = 0; i < count; i++) {
        path.size = directory;
        if (status == STATUS_FINE &&
            bytes_add(&path, entries[i]->d_name, strlen(entries[i]->d_name) + 1) == 0)
            status = add(profile, lexicon, path.data, NULL);
        free(entries[i]);
    }
    free(entries);
out:
    bytes_fini(&path);
    return status;
}

enum status dictionaries_add(ivn_profile *profile, const ivn_lexicon *lexicon,
                             const struct options *options) {
    enum status status = options->no_config ? STATUS_FINE : add_configured(profile, lexicon);
    for (size_t i = 0; i < options->dictionaries.count && status == STATUS_FINE; i++)
        status = add(profile, lexicon, options->dictionaries.items[i],
                     options_setting(options, "dict", options->dictionaries.items[i]));
    return status;
}

struct findings {
    FILE *out;
    size_t count;
};

static void write_finding(void *user, const ivn_error *finding) {
    struct findings *findings = user;
    findings->count++;
    message_finding(findings->out, finding);
}

enum status dictionaries_check(const ivn_lexicon *lexicon, const char *name, FILE *out) {
    struct bytes text = {0};
    struct findings findings = {.out = out};
    ivn_error err;
    enum status status = STATUS_FINE;
    if (bytes_read_file(&text, name) != 0)
        status = message_errno(name, _("cannot read"), errno);
    else if (ivn_check_terms(lexicon, name, text.data ? text.data : "", text.size, write_finding,
                             &findings, &err) != IVN_OK)
        status = message_library(name, &err);
    bytes_fini(&text);
    return findings.count ? status_worst(status, STATUS_CHANGES) : status;
}
