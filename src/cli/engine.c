/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "engine.h"

#include "bytes.h"
#include "dictionaries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define INSTALLED_LEXICON PKGDATADIR "/ivnorm.lex"

/* dict/ivnorm.lex in the directory of the program: a build tree's. */
static int add_built_path(struct bytes *path) {
    char exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n <= 0)
        return -1;
    exe[n] = '\0';
    char *slash = strrchr(exe, '/');
    if (!slash || bytes_add(path, exe, (size_t)(slash + 1 - exe)) != 0)
        return -1;
    static const char name[] = "dict/ivnorm.lex";
    return bytes_add(path, name, sizeof name);
}

static enum status open_lexicon(struct engine *engine, const char *path) {
    ivn_error err;
    if (ivn_lexicon_open(&engine->lexicon, path, &err) != IVN_OK)
        return message_library(path, &err);
    return STATUS_FINE;
}

enum status engine_open_lexicon(struct engine *engine, const struct options *options) {
    memset(engine, 0, sizeof *engine);
    if (options->lexicon)
        return open_lexicon(engine, options->lexicon);
    const char *named = getenv("IVNORM_LEXICON");
    if (named && *named)
        return open_lexicon(engine, named);
    struct bytes built = {0};
    enum status status;
    if (add_built_path(&built) == 0 && access(built.data, F_OK) == 0)
        status = open_lexicon(engine, built.data);
    else if (access(INSTALLED_LEXICON, F_OK) == 0)
        status = open_lexicon(engine, INSTALLED_LEXICON);
    else
        status = message_error(_("%s: cannot open: %s; name a lexicon with --lexicon=FILE"),
                               INSTALLED_LEXICON, strerror(errno));
    bytes_fini(&built);
    return status;
}

/* Whether `typed` names `locale` ("zh-TW"): zh-TW, zh_tw, tw, zh-Hant-TW, zh_TW.UTF-8 do. */
static bool locale_matches(const char *typed, const char *locale) {
    const char *region = strrchr(locale, '-');
    size_t n = strcspn(typed, ".@");
    size_t k = strlen(region ? region + 1 : locale);
    if (!region || n < k || strncasecmp(typed + n - k, region + 1, k) != 0)
        return false;
    n -= k;
    const char *script = strcasecmp(region, "-CN") == 0 || strcasecmp(region, "-SG") == 0 ||
                                 strcasecmp(region, "-MY") == 0
                             ? "hans"
                             : "hant";
    bool end = n == 0 || typed[n - 1] == '-' || typed[n - 1] == '_';
    bool plain = n == 3 && strncasecmp(typed, "zh", 2) == 0;
    bool with_script = n == 8 && strncasecmp(typed, "zh", 2) == 0 &&
                       (typed[2] == '-' || typed[2] == '_') &&
                       strncasecmp(typed + 3, script, 4) == 0;
    return end && (n == 0 || plain || with_script);
}

static enum status find_locale(const ivn_lexicon *lexicon, const char *typed, const char **found) {
    struct bytes all = {0};
    const char *locale;
    enum status status = STATUS_ERROR;
    for (size_t i = 0; (locale = ivn_lexicon_locale(lexicon, i)) != NULL; i++) {
        if (locale_matches(typed, locale)) {
            *found = locale;
            status = STATUS_FINE;
            goto out;
        }
        if ((i > 0 && bytes_add_string(&all, ", ") != 0) || bytes_add_string(&all, locale) != 0)
            goto no_memory;
    }
    if (bytes_add(&all, "", 1) != 0)
        goto no_memory;
    message_error(_("--to=%s: unknown target; use one of %s"), typed, all.data);
    goto out;
no_memory:
    message_errno("--to", _("cannot go on"), errno);
out:
    bytes_fini(&all);
    return status;
}

static enum status add_rules(ivn_profile *profile, const struct options_list *list) {
    enum status status = STATUS_FINE;
    for (size_t i = 0; i < list->count && status == STATUS_FINE; i++) {
        struct bytes text = {0};
        ivn_error err;
        const char *name = list->items[i];
        if (bytes_read_file(&text, name) != 0)
            status = message_errno(name, _("cannot read"), errno);
        else if (ivn_profile_add_rules(profile, name, text.data ? text.data : "", text.size,
                                       &err) != IVN_OK)
            status = message_library(name, &err);
        bytes_fini(&text);
    }
    return status;
}

static enum status use_opencc(ivn_profile *profile, const char *config) {
    ivn_error err;
    if (ivn_profile_use_opencc(profile, config, &err) != IVN_OK)
        return message_library("--opencc", &err);
    return STATUS_FINE;
}

/* "quotes=curly,+punct.dash" is words with commas between. */
static enum status set_styles(ivn_profile *profile, const struct options_list *list) {
    enum status status = STATUS_FINE;
    for (size_t i = 0; i < list->count && status == STATUS_FINE; i++) {
        ivn_error err;
        struct bytes words = {0};
        const char *item = list->items[i];
        if (bytes_add(&words, item, strlen(item) + 1) != 0)
            return message_errno("--style", _("cannot go on"), errno);
        for (char *c = words.data; (c = strchr(c, ',')) != NULL;)
            *c = ' ';
        if (ivn_profile_set_style(profile, words.data, &err) != IVN_OK)
            status = message_library("--style", &err);
        bytes_fini(&words);
    }
    return status;
}

enum status engine_open(struct engine *engine, const struct options *options) {
    const char *locale = NULL;
    ivn_error err;
    if (engine_open_lexicon(engine, options) != STATUS_FINE)
        return STATUS_ERROR;
    if (options->to && find_locale(engine->lexicon, options->to, &locale) != STATUS_FINE)
        return STATUS_ERROR;
    if (ivn_profile_new(&engine->profile, engine->lexicon, locale, &err) != IVN_OK)
        return message_library("--to", &err);
    ivn_profile_set_stages(engine->profile, options->stages);
    ivn_profile_keep_invalid(engine->profile, options->keep_invalid);
    ivn_profile_set_names(engine->profile, options->names);
    ivn_profile_set_reports(engine->profile, options->explain || options->suggestions);
    if (dictionaries_add(engine->profile, engine->lexicon, options) != STATUS_FINE ||
        add_rules(engine->profile, &options->rules) != STATUS_FINE)
        return STATUS_ERROR;
    if (set_styles(engine->profile, &options->styles) != STATUS_FINE)
        return STATUS_ERROR;
    if (options->opencc && use_opencc(engine->profile, options->opencc) != STATUS_FINE)
        return STATUS_ERROR;
    if (ivn_context_new(&engine->context, engine->profile, &err) != IVN_OK)
        return message_library(err.status == IVN_OPENCC ? "--opencc" : "--style", &err);
    return STATUS_FINE;
}

void engine_close(struct engine *engine) {
    ivn_context_free(engine->context);
    ivn_profile_free(engine->profile);
    ivn_lexicon_free(engine->lexicon);
    memset(engine, 0, sizeof *engine);
}
