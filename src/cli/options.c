/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "options_table.h"

#include "ivnorm.h"
#include "nearest.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct setting *options_setting(const struct options *options, const char *name,
                                const char *value) {
    return settings_find(&options->settings, name, value);
}

/* What getopt_long() returns for options_records[i]; clear of every character. */
enum { KEY = 256, MOST = 128 /* options and headings */ };

static const struct options_record *find_letter(int letter) {
    for (size_t i = 0; i < options_record_count; i++) {
        if (options_records[i].letter != 0 && options_records[i].letter == letter)
            return &options_records[i];
    }
    return NULL;
}

static void fill_getopt(struct option *longs, char *shorts) {
    *shorts++ = ':'; /* a missing argument is told from an unknown option */
    for (size_t i = 0; i < options_record_count; i++) {
        const struct options_record *r = &options_records[i];
        if (!r->name)
            continue;
        *longs++ = (struct option){.name = r->name,
                                   .has_arg = r->value ? required_argument : no_argument,
                                   .val = KEY + (int)i};
        if (r->letter) {
            *shorts++ = r->letter;
            if (r->value)
                *shorts++ = ':';
        }
    }
    *longs = (struct option){0};
    *shorts = '\0';
}

/* The option that the n bytes at `typed` are most like; NULL if they are like none. */
static const char *find_nearest(const char *typed, size_t n) {
    struct nearest nearest;
    nearest_init(&nearest, typed, n);
    for (size_t i = 0; i < options_record_count; i++)
        if (options_records[i].name)
            nearest_offer(&nearest, options_records[i].name);
    return nearest.best;
}

static enum status refuse_long(const char *typed) {
    size_t n = strcspn(typed + 2, "=");
    int shown = n > INT_MAX - 2 ? INT_MAX : (int)n + 2;
    bool prefix = false;
    for (size_t i = 0; i < options_record_count; i++) {
        const struct options_record *r = &options_records[i];
        if (!r->name || strncmp(r->name, typed + 2, n) != 0)
            continue;
        if (typed[2 + n] == '=' && !r->value)
            return message_error(_("--%s: takes no value"), r->name);
        prefix = true;
    }
    if (prefix)
        return message_error(_("%.*s: may mean several options; write it in full"), shown, typed);
    const char *name = find_nearest(typed + 2, n);
    if (name)
        return message_error(_("%.*s: unknown option; did you mean --%s?"), shown, typed, name);
    return message_error(_("%.*s: unknown option; see ivnorm --help"), shown, typed);
}

/* What getopt_long() refused with `code`: '?' or ':'. */
static enum status refuse(int code, char **argv) {
    if (code == ':') {
        const struct options_record *r =
            optopt >= KEY ? &options_records[optopt - KEY] : find_letter(optopt);
        if (r)
            return message_error(_("--%s: needs a value: --%s=%s"), r->name, r->name, r->value);
    }
    /* A letter may stand in a cluster, which optind has not passed yet. */
    if (optopt == 0 || optopt >= KEY)
        return refuse_long(argv[optind - 1]);
    return message_error(_("-%c: unknown option; see ivnorm --help"), optopt);
}

static enum status check_conflicts(const struct options *o) {
    if ((o->mode == MODE_UNDO || o->mode == MODE_RUNS) && o->settings.count > 1)
        return message_error(o->mode == MODE_UNDO ? _("--undo: goes with no other option")
                                                  : _("--runs: goes with no other option"));
    if (o->line_buffered && (o->in_place || o->output || o->from_encoding || o->to_encoding))
        return message_error(
            _("--line-buffered: is for UTF-8 text to standard output; for files and "
              "other encodings use --lines"));
    if (o->in_place && o->output)
        return message_error(_("--in-place and --output exclude each other"));
    if (o->check && (o->in_place || o->output))
        return message_error(_("--check writes nothing; leave out --in-place or --output"));
    if (o->styles.count > 0 && !(o->stages & IVN_CLEANUP) && o->mode == MODE_CONVERT)
        return message_error(_("--style: is about the cleanup, which --only leaves out"));
    if (o->suggestions && !o->check)
        return message_error(_("--suggestions: goes with --check; --explain shows them as well"));
    if (o->diff && o->explain)
        return message_error(_("--diff and --explain exclude each other"));
    if (o->backup && o->output)
        return message_error(
            _("--backup: goes with --in-place; --output leaves the originals alone"));
    return STATUS_FINE;
}

/* The arguments that are no options: files, or further words to look up. */
static enum status take_arguments(struct options *o, int argc, char **argv) {
    struct options_list *list = o->mode == MODE_CONVERT ? &o->files : &o->words;
    enum status status = STATUS_FINE;
    for (int i = optind; i < argc && status == STATUS_FINE; i++)
        status = options_add(list, argv[i]);
    if (status != STATUS_FINE || o->files.count > 0)
        return status;
    if (o->mode == MODE_RUNS && o->words.count > 0)
        return message_error(_("--runs: takes no arguments"));
    if (o->mode == MODE_UNDO && o->words.count > 1)
        return message_error(_("--undo: name one run at a time"));
    if (o->mode == MODE_CONVERT && o->in_place)
        return message_error(_("--in-place: name at least one file or directory"));
    if (o->mode == MODE_CONVERT && o->output)
        return message_error(_("--output: name at least one file or directory"));
    return options_add(&o->files, "-");
}

int options_put(struct settings *settings, struct setting *setting) {
    return settings_put(settings, setting,
                        options_records[setting->record].in_files.use & OPTIONS_MANY);
}

/* Puts down what was typed. Its settings outlive every list that borrows them. */
static enum status take(struct options *o, const struct options_record *record, const char *value) {
    struct setting *setting = calloc(1, sizeof *setting);
    if (!setting)
        return message_error("%s", strerror(ENOMEM));
    setting->record = (size_t)(record - options_records);
    setting->name = record->name;
    setting->value = value;
    if (settings_add(&o->typed, setting) != 0) {
        free(setting);
        return message_error("%s", strerror(ENOMEM));
    }
    if (options_put(&o->settings, setting) != 0)
        return message_error("%s", strerror(ENOMEM));
    return record->set(o, value);
}

static void init(struct options *options) {
    memset(options, 0, sizeof *options);
    options->stages = IVN_ALL_STAGES;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    options->jobs = processors < 1 ? 1 : (size_t)processors;
}

enum status options_parse(struct options *options, int argc, char **argv) {
    struct option longs[MOST + 1];
    char shorts[2 * MOST + 2];
    init(options);
    assert(options_record_count <= MOST);
    fill_getopt(longs, shorts);
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        if (code == '?' || code == ':')
            return refuse(code, argv);
        const struct options_record *record =
            code >= KEY ? &options_records[code - KEY] : find_letter(code);
        if (take(options, record, record->value ? optarg : NULL) != STATUS_FINE)
            return STATUS_ERROR;
        /* Nothing after them matters, not even a mistake. */
        if (options->mode == MODE_HELP || options->mode == MODE_VERSION)
            return STATUS_FINE;
    }
    if (check_conflicts(options) != STATUS_FINE)
        return STATUS_ERROR;
    return take_arguments(options, argc, argv);
}

bool options_key(size_t index, struct options_key *key) {
    for (size_t i = 0; i < options_record_count; i++) {
        const struct options_record *r = &options_records[i];
        if (!(r->in_files.use & OPTIONS_KEY) || index-- > 0)
            continue;
        *key = (struct options_key){.record = i,
                                    .name = r->name,
                                    .initial = r->in_files.initial,
                                    .use = r->in_files.use,
                                    .takes_value = r->value != NULL};
        return true;
    }
    return false;
}

bool options_has(const char *name) {
    for (size_t i = 0; i < options_record_count; i++)
        if (options_records[i].name && strcmp(options_records[i].name, name) == 0)
            return true;
    return false;
}

enum status options_apply(struct options *options, const struct settings *settings) {
    init(options);
    for (size_t i = 0; i < settings->count; i++)
        if (settings_add(&options->settings, settings->items[i]) != 0)
            return message_error("%s", strerror(ENOMEM));
    for (size_t i = 0; i < settings->count; i++) {
        const struct setting *s = settings->items[i];
        if (!s->reset && options_records[s->record].set(options, s->value) != STATUS_FINE)
            return STATUS_ERROR;
    }
    return STATUS_FINE;
}

enum status options_check(struct options *o) {
    struct setting *names = options_setting(o, "names", NULL);
    if (o->names == IVN_NAMES_CONVERT || !names)
        return STATUS_FINE;
    bool others = o->in_place || o->output || o->check || o->diff || o->explain;
    bool useless = !(o->stages & IVN_TERMS) || (o->names == IVN_NAMES_REPORT && others);
    if (names->file && useless) {
        o->names = IVN_NAMES_CONVERT;
        return STATUS_FINE;
    }
    if (names->file && !o->to)
        return setting_refuse(names, _("needs a target; name it with 'to'"));
    if (o->to && !useless)
        return STATUS_FINE;
    if (!setting_blame(names))
        return STATUS_ERROR;
    if (!o->to)
        return message_error(_("--names: needs a target; name it with --to"));
    if (!(o->stages & IVN_TERMS))
        return message_error(_("--names: belongs to the terms, which --only leaves out"));
    return message_error(_("--names=report: is a report of its own; ask for others by themselves"));
}

void options_fini(struct options *options) {
    free(options->dictionaries.items);
    free(options->rules.items);
    free(options->styles.items);
    free(options->words.items);
    free(options->files.items);
    free(options->include.items);
    free(options->exclude.items);
    for (size_t i = 0; i < options->typed.count; i++)
        free(options->typed.items[i]);
    settings_fini(&options->typed);
    settings_fini(&options->settings);
    memset(options, 0, sizeof *options);
}

static void help_record(FILE *out, const struct options_record *r) {
    enum { INDENT = 26 };
    char left[64];
    const char *help = gettext(r->help);
    if (!r->name) {
        fprintf(out, "\n%s:\n", help);
        return;
    }
    int n = snprintf(left, sizeof left, "  %c%c%s --%s%s%s", r->letter ? '-' : ' ',
                     r->letter ? r->letter : ' ', r->letter ? "," : " ", r->name,
                     r->value ? "=" : "", r->value ? r->value : "");
    if (n > INDENT - 2)
        fprintf(out, "%s\n%*s", left, INDENT, "");
    else
        fprintf(out, "%-*s", INDENT, left);
    for (const char *newline; (newline = strchr(help, '\n')) != NULL; help = newline + 1)
        fprintf(out, "%.*s\n%*s", (int)(newline - help), help, INDENT, "");
    fprintf(out, "%s\n", help);
}

void options_help(FILE *out) {
    fputs(_("Usage: ivnorm [OPTION]... [FILE|DIR]...\n"
            "Normalise Chinese text for publication in one region.\n"
            "Without FILE, or for -, read standard input. Text goes to standard output.\n"),
          out);
    for (size_t i = 0; i < options_record_count; i++)
        help_record(out, &options_records[i]);
    fputs(_("\nExit status: 0 fine, 1 if --check found changes, 2 if there was an error.\n"
            "See ivnorm(1) for examples.\n"),
          out);
}
