/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "options.h"

#include "ivnorm.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LIMIT = 32 }; /* no option's name is longer */

/* value is NULL for an option that takes none. */
typedef enum status set_fn(struct options *options, const char *value);

/* An option; or, with a NULL name, the heading of a group. */
struct record {
    char letter; /* 0 = none */
    const char *name;
    const char *value; /* how --help calls the argument; NULL = takes none */
    set_fn *set;
    const char *help;
};

static enum status add(struct options_list *list, const char *item) {
    const char **items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (!items)
        return message_error("%s", strerror(ENOMEM));
    list->items = items;
    list->items[list->count++] = item;
    return STATUS_FINE;
}

static enum status set_to(struct options *o, const char *value) {
    o->to = value;
    return STATUS_FINE;
}

static enum status set_only(struct options *o, const char *value) {
    static const struct {
        const char *name;
        unsigned stage;
    } stages[] = {{"script", IVN_SCRIPT}, {"terms", IVN_TERMS}, {"cleanup", IVN_CLEANUP}};
    o->stages = 0;
    for (const char *s = value;; s++) {
        size_t n = strcspn(s, ",");
        unsigned found = 0;
        for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
            if (strlen(stages[i].name) == n && memcmp(stages[i].name, s, n) == 0)
                found = stages[i].stage;
        }
        if (!found)
            return message_error(_("--only=%s: unknown stage '%.*s'; "
                                   "use one or more of script, terms, cleanup"),
                                 value, n > INT_MAX ? INT_MAX : (int)n, s);
        o->stages |= found;
        s += n;
        if (!*s)
            return STATUS_FINE;
    }
}

static enum status set_dict(struct options *o, const char *value) {
    return add(&o->dictionaries, value);
}

static enum status set_no_config(struct options *o, const char *value) {
    (void)value;
    o->no_config = true;
    return STATUS_FINE;
}

static enum status set_rules(struct options *o, const char *value) {
    return add(&o->rules, value);
}

static enum status set_style(struct options *o, const char *value) {
    return add(&o->styles, value);
}

static enum status set_names(struct options *o, const char *value) {
    static const struct {
        const char *name;
        ivn_names mode;
    } modes[] = {
        {"report", IVN_NAMES_REPORT}, {"unify", IVN_NAMES_UNIFY}, {"annotate", IVN_NAMES_ANNOTATE}};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(modes[i].name, value) == 0) {
            o->names = modes[i].mode;
            return STATUS_FINE;
        }
    return message_error(_("--names=%s: unknown value; use report, unify or annotate"), value);
}

static enum status set_opencc(struct options *o, const char *value) {
    o->opencc = value;
    return STATUS_FINE;
}

static enum status set_in_place(struct options *o, const char *value) {
    (void)value;
    o->in_place = true;
    return STATUS_FINE;
}

static enum status set_output(struct options *o, const char *value) {
    if (!*value)
        return message_error(_("--output: the name of the directory is empty"));
    o->output = value;
    return STATUS_FINE;
}

static enum status set_check(struct options *o, const char *value) {
    (void)value;
    o->check = true;
    return STATUS_FINE;
}

static enum status set_suggestions(struct options *o, const char *value) {
    (void)value;
    o->suggestions = true;
    return STATUS_FINE;
}

static enum status set_diff(struct options *o, const char *value) {
    (void)value;
    o->diff = true;
    return STATUS_FINE;
}

static enum status set_explain(struct options *o, const char *value) {
    (void)value;
    o->explain = true;
    return STATUS_FINE;
}

static enum status set_invalid(struct options *o, const char *value) {
    o->keep_invalid = strcmp(value, "keep") == 0;
    if (o->keep_invalid || strcmp(value, "error") == 0)
        return STATUS_FINE;
    return message_error(_("--invalid=%s: unknown value; use error or keep"), value);
}

static enum status set_line_buffered(struct options *o, const char *value) {
    (void)value;
    o->line_buffered = true;
    return STATUS_FINE;
}

static enum status set_lexicon(struct options *o, const char *value) {
    o->lexicon = value;
    return STATUS_FINE;
}

static enum status set_list_rules(struct options *o, const char *value) {
    (void)value;
    o->mode = MODE_LIST_RULES;
    return STATUS_FINE;
}

static enum status set_lookup(struct options *o, const char *value) {
    o->mode = MODE_LOOKUP;
    return add(&o->words, value);
}

static enum status set_check_dict(struct options *o, const char *value) {
    o->mode = MODE_CHECK_DICT;
    return add(&o->words, value);
}

static enum status set_quiet(struct options *o, const char *value) {
    (void)value;
    o->quiet = true;
    return STATUS_FINE;
}

static enum status set_help(struct options *o, const char *value) {
    (void)value;
    o->mode = MODE_HELP;
    return STATUS_FINE;
}

static enum status set_version(struct options *o, const char *value) {
    (void)value;
    o->mode = MODE_VERSION;
    return STATUS_FINE;
}

/* TRANSLATORS: lines of help are at most 48 columns wide, a Chinese character being two; break
 * them with \n. */
static const struct record records[] = {
    {0, NULL, NULL, NULL, N_("What to convert")},
    {'t', "to", "LOCALE", set_to,
     N_("convert for zh-CN, zh-TW or zh-HK; without it the\ntext keeps its script and region")},
    {0, "only", "STAGES", set_only,
     N_("run these stages only: script, terms, cleanup\n(a list with commas)")},
    {0, "dict", "FILE", set_dict, N_("add a dictionary; may be repeated, the last wins")},
    {0, "no-config", NULL, set_no_config,
     N_("leave out the dictionaries of the configuration\ndirectory (~/.config/ivnorm/dict)")},
    {0, "rules", "FILE", set_rules, N_("add cleanup rules; may be repeated")},
    {0, "style", "LIST", set_style,
     N_("choose the cleanup's style: NAME=VALUE, +RULE,\n-RULE (a list with commas); see "
        "--list-rules")},
    {0, "names", "HOW", set_names,
     N_("persons: report the forms of their names, unify\nthem, or unify and annotate them with "
        "the name in\nLatin letters at the first mention")},
    {0, "opencc", "CONFIG", set_opencc,
     N_("let OpenCC do the script stage, with a built-in\nname such as s2twp or a file")},
    {0, NULL, NULL, NULL, N_("Input and output")},
    {'i', "in-place", NULL, set_in_place, N_("replace each FILE by its converted text")},
    {'o', "output", "DIR", set_output, N_("write each FILE under DIR, with the same name")},
    {0, "invalid", "HOW", set_invalid,
     N_("bytes that are not UTF-8: error (the default), or\nkeep, which passes them through")},
    {0, "line-buffered", NULL, set_line_buffered,
     N_("take each line as a document of its own and write\nit at once")},
    {0, NULL, NULL, NULL, N_("Reports, instead of the text")},
    {0, "check", NULL, set_check,
     N_("name the files that would change and exit with 1\nif there are any; write nothing")},
    {0, "suggestions", NULL, set_suggestions,
     N_("let --check find what is only suggested as well,\nand count")},
    {0, "diff", NULL, set_diff, N_("show the changes as a unified diff")},
    {0, "explain", NULL, set_explain,
     N_("show each change with its rule and the dictionary\nline behind it")},
    {0, "list-rules", NULL, set_list_rules, N_("list the cleanup rules and exit")},
    {0, "lookup", "WORD", set_lookup,
     N_("show what the dictionaries know of WORD, and of\nfurther words as arguments, and exit")},
    {0, "check-dict", "FILE", set_check_dict,
     N_("check the dictionary FILE, and further files as\narguments: rows that repeat or hide each "
        "other or\nnever act, words that do not stay, and examples")},
    {0, NULL, NULL, NULL, N_("Other options")},
    {0, "lexicon", "FILE", set_lexicon, N_("use this compiled lexicon")},
    {'q', "quiet", NULL, set_quiet, N_("let --check tell by its exit status alone")},
    {'h', "help", NULL, set_help, N_("show this help and exit")},
    {'V', "version", NULL, set_version,
     N_("show the version, and the data's sources and\nlicences, and exit")},
};
enum { RECORDS = sizeof records / sizeof *records };

/* What getopt_long() returns for records[i]; clear of every character. */
enum { KEY = 256 };

static const struct record *find_letter(int letter) {
    for (int i = 0; i < RECORDS; i++) {
        if (records[i].letter != 0 && records[i].letter == letter)
            return &records[i];
    }
    return NULL;
}

static void fill_getopt(struct option *longs, char *shorts) {
    *shorts++ = ':'; /* a missing argument is told from an unknown option */
    for (int i = 0; i < RECORDS; i++) {
        const struct record *r = &records[i];
        if (!r->name)
            continue;
        *longs++ = (struct option){
            .name = r->name, .has_arg = r->value ? required_argument : no_argument, .val = KEY + i};
        if (r->letter) {
            *shorts++ = r->letter;
            if (r->value)
                *shorts++ = ':';
        }
    }
    *longs = (struct option){0};
    *shorts = '\0';
}

static size_t least(size_t a, size_t b, size_t c) {
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Edit distance between the n bytes at a and b; n and b's length at most NAME_LIMIT. */
static size_t distance(const char *a, size_t n, const char *b) {
    size_t row[NAME_LIMIT + 1];
    size_t length = strlen(b);
    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= length; j++) {
            size_t above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[length];
}

/* The option that the n bytes at `typed` are most like; NULL if they are like none. */
static const char *nearest(const char *typed, size_t n) {
    const char *best = NULL;
    size_t best_distance = n < 4 ? 2 : n < 8 ? 3 : 4; /* not reached: one less is near enough */
    if (n > NAME_LIMIT)
        return NULL;
    for (int i = 0; i < RECORDS; i++) {
        if (!records[i].name)
            continue;
        size_t d = distance(typed, n, records[i].name);
        if (d < best_distance) {
            best_distance = d;
            best = records[i].name;
        }
    }
    return best;
}

static enum status refuse_long(const char *typed) {
    size_t n = strcspn(typed + 2, "=");
    int shown = n > INT_MAX - 2 ? INT_MAX : (int)n + 2;
    bool prefix = false;
    for (int i = 0; i < RECORDS; i++) {
        const struct record *r = &records[i];
        if (!r->name || strncmp(r->name, typed + 2, n) != 0)
            continue;
        if (typed[2 + n] == '=' && !r->value)
            return message_error(_("--%s: takes no value"), r->name);
        prefix = true;
    }
    if (prefix)
        return message_error(_("%.*s: may mean several options; write it in full"), shown, typed);
    const char *name = nearest(typed + 2, n);
    if (name)
        return message_error(_("%.*s: unknown option; did you mean --%s?"), shown, typed, name);
    return message_error(_("%.*s: unknown option; see ivnorm --help"), shown, typed);
}

/* What getopt_long() refused with `code`: '?' or ':'. */
static enum status refuse(int code, char **argv) {
    if (code == ':') {
        const struct record *r = optopt >= KEY ? &records[optopt - KEY] : find_letter(optopt);
        if (r)
            return message_error(_("--%s: needs a value: --%s=%s"), r->name, r->name, r->value);
    }
    /* A letter may stand in a cluster, which optind has not passed yet. */
    if (optopt == 0 || optopt >= KEY)
        return refuse_long(argv[optind - 1]);
    return message_error(_("-%c: unknown option; see ivnorm --help"), optopt);
}

static enum status check_conflicts(const struct options *o) {
    if (o->in_place && o->output)
        return message_error(_("--in-place and --output exclude each other"));
    if (o->check && (o->in_place || o->output))
        return message_error(_("--check writes nothing; leave out --in-place or --output"));
    if (o->styles.count > 0 && !(o->stages & IVN_CLEANUP) && o->mode == MODE_CONVERT)
        return message_error(_("--style: is about the cleanup, which --only leaves out"));
    if (o->names != IVN_NAMES_CONVERT && !o->to && o->mode == MODE_CONVERT)
        return message_error(_("--names: needs a target; name it with --to"));
    if (o->names != IVN_NAMES_CONVERT && !(o->stages & IVN_TERMS))
        return message_error(_("--names: belongs to the terms, which --only leaves out"));
    if (o->names == IVN_NAMES_REPORT &&
        (o->in_place || o->output || o->check || o->diff || o->explain))
        return message_error(
            _("--names=report: is a report of its own; ask for others by themselves"));
    if (o->suggestions && !o->check)
        return message_error(_("--suggestions: goes with --check; --explain shows them as well"));
    if (o->diff && o->explain)
        return message_error(_("--diff and --explain exclude each other"));
    return STATUS_FINE;
}

/* The arguments that are no options: files, or further words to look up. */
static enum status take_arguments(struct options *o, int argc, char **argv) {
    struct options_list *list =
        o->mode == MODE_LOOKUP || o->mode == MODE_CHECK_DICT ? &o->words : &o->files;
    enum status status = STATUS_FINE;
    for (int i = optind; i < argc && status == STATUS_FINE; i++)
        status = add(list, argv[i]);
    if (status != STATUS_FINE || o->files.count > 0)
        return status;
    if (o->mode == MODE_CONVERT && o->in_place)
        return message_error(_("--in-place: name at least one file"));
    if (o->mode == MODE_CONVERT && o->output)
        return message_error(_("--output: name at least one file"));
    return add(&o->files, "-");
}

enum status options_parse(struct options *options, int argc, char **argv) {
    struct option longs[RECORDS + 1];
    char shorts[2 * RECORDS + 2];
    memset(options, 0, sizeof *options);
    options->stages = IVN_ALL_STAGES;
    fill_getopt(longs, shorts);
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        if (code == '?' || code == ':')
            return refuse(code, argv);
        const struct record *record = code >= KEY ? &records[code - KEY] : find_letter(code);
        if (record->set(options, record->value ? optarg : NULL) != STATUS_FINE)
            return STATUS_ERROR;
        /* Nothing after them matters, not even a mistake. */
        if (options->mode == MODE_HELP || options->mode == MODE_VERSION)
            return STATUS_FINE;
    }
    if (check_conflicts(options) != STATUS_FINE)
        return STATUS_ERROR;
    return take_arguments(options, argc, argv);
}

void options_fini(struct options *options) {
    free(options->dictionaries.items);
    free(options->rules.items);
    free(options->styles.items);
    free(options->words.items);
    free(options->files.items);
    memset(options, 0, sizeof *options);
}

static void help_record(FILE *out, const struct record *r) {
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
    fputs(_("Usage: ivnorm [OPTION]... [FILE]...\n"
            "Normalise Chinese text for publication in one region.\n"
            "Without FILE, or for -, read standard input. Text goes to standard output.\n"),
          out);
    for (int i = 0; i < RECORDS; i++)
        help_record(out, &records[i]);
    fputs(_("\nExit status: 0 fine, 1 if --check found changes, 2 if there was an error.\n"
            "See ivnorm(1) for examples.\n"),
          out);
}
