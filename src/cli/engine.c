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

static enum status find_locale(const ivn_lexicon *lexicon, const struct options *options,
                               const char **found) {
    const char *typed = options->to;
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
    setting_refuse(options_setting(options, "to", typed), _("unknown target; use one of %s"),
                   all.data);
    goto out;
no_memory:
    message_errno("--to", _("cannot go on"), errno);
out:
    bytes_fini(&all);
    return status;
}

static enum status add_rules_file(ivn_profile *profile, const char *name, struct setting *setting) {
    struct bytes text = {0};
    ivn_error err;
    enum status status = STATUS_FINE;
    if (bytes_read_file(&text, name) != 0)
        status = setting_unreadable(setting, name, errno);
    else if (ivn_profile_add_rules(profile, name, text.data ? text.data : "", text.size, &err) !=
             IVN_OK)
        status = setting_blame(setting) ? message_library(name, &err) : STATUS_ERROR;
    bytes_fini(&text);
    return status;
}

static enum status add_rules(ivn_profile *profile, const struct options *options) {
    const struct options_list *list = &options->rules;
    enum status status = STATUS_FINE;
    for (size_t i = 0; i < list->count && status == STATUS_FINE; i++)
        status = add_rules_file(profile, list->items[i],
                                options_setting(options, "rules", list->items[i]));
    return status;
}

static enum status use_opencc(ivn_profile *profile, const struct options *options) {
    ivn_error err;
    if (ivn_profile_use_opencc(profile, options->opencc, &err) != IVN_OK)
        return setting_library(options_setting(options, "opencc", NULL), &err);
    return STATUS_FINE;
}

/* "quotes=curly,+punct.dash" is words with commas between. */
static enum status set_styles(ivn_profile *profile, const struct options *options) {
    const struct options_list *list = &options->styles;
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
            status = setting_library(options_setting(options, "style", item), &err);
        bytes_fini(&words);
    }
    return status;
}

/* The setting that a refusal of the styles is about: the last whose words the error quotes. */
static struct setting *find_style(const struct options *options, const ivn_error *err) {
    const struct options_list *list = &options->styles;
    for (size_t i = list->count; i-- > 0;)
        if (strstr(list->items[i], err->args[0]))
            return options_setting(options, "style", list->items[i]);
    return options_setting(options, "style", NULL);
}

/* The library looks at styles and OpenCC's configuration when a context is made. */
static enum status refuse_context(const struct options *options, const ivn_error *err) {
    struct setting *setting = err->status == IVN_OPENCC ? options_setting(options, "opencc", NULL)
                                                        : find_style(options, err);
    return setting ? setting_library(setting, err) : message_library("--style", err);
}

enum status engine_prepare(struct engine *engine, const struct options *options) {
    const char *locale = NULL;
    ivn_error err;
    if (options->to && find_locale(engine->lexicon, options, &locale) != STATUS_FINE)
        return STATUS_ERROR;
    if (ivn_profile_new(&engine->profile, engine->lexicon, locale, &err) != IVN_OK)
        return message_library("--to", &err);
    ivn_profile_set_stages(engine->profile, options->stages);
    ivn_profile_keep_invalid(engine->profile, options->keep_invalid);
    ivn_profile_set_names(engine->profile, options->names);
    ivn_profile_set_reports(engine->profile, options->explain || options->suggestions);
    if (dictionaries_add(engine->profile, engine->lexicon, options) != STATUS_FINE ||
        add_rules(engine->profile, options) != STATUS_FINE ||
        set_styles(engine->profile, options) != STATUS_FINE)
        return STATUS_ERROR;
    /* A line separator within a record must not become the end of one. */
    if (options->lines && ivn_profile_set_style(engine->profile, "-char.linesep", &err) != IVN_OK)
        return message_library("--lines", &err);
    if (options->opencc && use_opencc(engine->profile, options) != STATUS_FINE)
        return STATUS_ERROR;
    if (ivn_context_new(&engine->context, engine->profile, &err) != IVN_OK)
        return refuse_context(options, &err);
    return STATUS_FINE;
}

enum status engine_open(struct engine *engine, const struct options *options) {
    enum status status = engine_open_lexicon(engine, options);
    return status == STATUS_FINE ? engine_prepare(engine, options) : status;
}

ivn_context *engine_borrow(struct engine *engine, ivn_error *err) {
    ivn_context *context = NULL;
    pthread_mutex_lock(&engine->mutex);
    if (engine->spare_count > 0)
        context = engine->spare[--engine->spare_count];
    pthread_mutex_unlock(&engine->mutex);
    if (!context && ivn_context_new(&context, engine->profile, err) != IVN_OK)
        return NULL;
    return context;
}

void engine_give_back(struct engine *engine, ivn_context *context) {
    if (!context)
        return;
    pthread_mutex_lock(&engine->mutex);
    ivn_context **spare = realloc(engine->spare, (engine->spare_count + 1) * sizeof *engine->spare);
    if (spare) {
        engine->spare = spare;
        engine->spare[engine->spare_count++] = context;
    } else {
        ivn_context_free(context);
    }
    pthread_mutex_unlock(&engine->mutex);
}

void engine_release(struct engine *engine) {
    for (size_t i = 0; i < engine->spare_count; i++)
        ivn_context_free(engine->spare[i]);
    free(engine->spare);
    ivn_context_free(engine->context);
    ivn_profile_free(engine->profile);
    engine->context = NULL;
    engine->profile = NULL;
    engine->spare = NULL;
    engine->spare_count = 0;
}

void engine_close(struct engine *engine) {
    engine_release(engine);
    ivn_lexicon_free(engine->lexicon);
    memset(engine, 0, sizeof *engine);
}
