/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "options_table.h"

#include "nearest.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum status options_add(struct options_list *list, const char *item) {
    const char **items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (!items)
        return message_error("%s", strerror(ENOMEM));
    list->items = items;
    list->items[list->count++] = item;
    return STATUS_FINE;
}

/* The index of `value` in `choices`, which end with NULL. Otherwise -1, and it has been said; `use`
 * lists them. */
static int choose(const struct options *o, const char *name, const char *value,
                  const char *const *choices, const char *use) {
    struct setting *setting = options_setting(o, name, value);
    struct nearest nearest;
    nearest_init(&nearest, value, strlen(value));
    for (int i = 0; choices[i]; i++) {
        if (strcmp(choices[i], value) == 0)
            return i;
        nearest_offer(&nearest, choices[i]);
    }
    if (nearest.best)
        setting_refuse(setting, _("unknown value; did you mean '%s'?"), nearest.best);
    else
        setting_refuse(setting, "%s", use);
    return -1;
}

static enum status set_to(struct options *o, const char *value) {
    o->to = value;
    return STATUS_FINE;
}

static const struct {
    const char *name;
    unsigned stage;
} stages[] = {{"script", IVN_SCRIPT}, {"terms", IVN_TERMS}, {"cleanup", IVN_CLEANUP}};
enum { STAGES = sizeof stages / sizeof *stages };

/* The stage named by the n bytes at s; 0 if none is, and it has been said. */
static unsigned find_stage(const struct options *o, const char *value, const char *s, size_t n) {
    struct setting *setting = options_setting(o, "only", value);
    int shown = n > INT_MAX ? INT_MAX : (int)n;
    struct nearest nearest;
    nearest_init(&nearest, s, n);
    for (size_t i = 0; i < STAGES; i++) {
        if (strlen(stages[i].name) == n && memcmp(stages[i].name, s, n) == 0)
            return stages[i].stage;
        nearest_offer(&nearest, stages[i].name);
    }
    if (nearest.best)
        setting_refuse(setting, _("unknown stage '%.*s'; did you mean '%s'?"), shown, s,
                       nearest.best);
    else
        setting_refuse(setting,
                       _("unknown stage '%.*s'; use one or more of script, terms, cleanup"), shown,
                       s);
    return 0;
}

static enum status set_only(struct options *o, const char *value) {
    o->stages = 0;
    for (const char *s = value;; s++) {
        size_t n = strcspn(s, ",");
        unsigned stage = find_stage(o, value, s, n);
        if (!stage)
            return STATUS_ERROR;
        o->stages |= stage;
        s += n;
        if (!*s)
            return STATUS_FINE;
    }
}

static enum status set_dict(struct options *o, const char *value) {
    return options_add(&o->dictionaries, value);
}

static enum status set_no_config(struct options *o, const char *value) {
    (void)value;
    o->no_config = true;
    return STATUS_FINE;
}

static enum status set_rules(struct options *o, const char *value) {
    return options_add(&o->rules, value);
}

static enum status set_style(struct options *o, const char *value) {
    return options_add(&o->styles, value);
}

static enum status set_names(struct options *o, const char *value) {
    static const char *const choices[] = {"report", "unify", "annotate", NULL};
    static const ivn_names modes[] = {IVN_NAMES_REPORT, IVN_NAMES_UNIFY, IVN_NAMES_ANNOTATE};
    int i = choose(o, "names", value, choices, _("unknown value; use report, unify or annotate"));
    if (i < 0)
        return STATUS_ERROR;
    o->names = modes[i];
    return STATUS_FINE;
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

static enum status set_format(struct options *o, const char *value) {
    enum { MOST = 16 };
    const char *choices[MOST + 2] = {"auto"};
    for (size_t i = 0; i < MOST && (choices[i + 1] = ivn_format_name(i)) != NULL; i++)
        ;
    int i = choose(o, "format", value, choices,
                   _("unknown format; use auto, plain, markdown, html, json, jsonl, srt, vtt or "
                     "ass"));
    o->format = i > 0 ? choices[i] : NULL;
    return i < 0 ? STATUS_ERROR : STATUS_FINE;
}

static enum status set_json_path(struct options *o, const char *value) {
    o->json_path = value;
    return STATUS_FINE;
}

static enum status set_from_encoding(struct options *o, const char *value) {
    o->from_encoding = value;
    return STATUS_FINE;
}

static enum status set_to_encoding(struct options *o, const char *value) {
    o->to_encoding = value;
    return STATUS_FINE;
}

static enum status set_unmappable(struct options *o, const char *value) {
    static const char *const choices[] = {"error", "entity", "replace", "utf-8", NULL};
    static const ivn_unmappable hows[] = {IVN_UNMAPPABLE_ERROR, IVN_UNMAPPABLE_ENTITY,
                                          IVN_UNMAPPABLE_REPLACE, IVN_UNMAPPABLE_UTF8};
    int i = choose(o, "unmappable", value, choices,
                   _("unknown value; use error, entity, replace or utf-8"));
    if (i < 0)
        return STATUS_ERROR;
    o->unmappable = hows[i];
    return STATUS_FINE;
}

static enum status set_lines(struct options *o, const char *value) {
    (void)value;
    o->lines = true;
    return STATUS_FINE;
}

static enum status set_include(struct options *o, const char *value) {
    return options_add(&o->include, value);
}

static enum status set_exclude(struct options *o, const char *value) {
    return options_add(&o->exclude, value);
}

static enum status set_hidden(struct options *o, const char *value) {
    (void)value;
    o->hidden = true;
    return STATUS_FINE;
}

static enum status set_no_ignore(struct options *o, const char *value) {
    (void)value;
    o->no_ignore = true;
    return STATUS_FINE;
}

static enum status set_jobs(struct options *o, const char *value) {
    char *end;
    errno = 0;
    unsigned long n = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || errno || n < 1 || n > 256)
        return message_error(_("--jobs=%s: not a number from 1 to 256"), value);
    o->jobs = n;
    return STATUS_FINE;
}

static enum status set_backup(struct options *o, const char *value) {
    if (!*value || strchr(value, '/') || ivn_format_of_file(value))
        return message_error(_("--backup=%s: not an ending for originals, such as .orig"), value);
    o->backup = value;
    return STATUS_FINE;
}

static enum status set_no_journal(struct options *o, const char *value) {
    (void)value;
    o->no_journal = true;
    return STATUS_FINE;
}

static enum status set_undo(struct options *o, const char *value) {
    (void)value;
    o->mode = MODE_UNDO;
    return STATUS_FINE;
}

static enum status set_runs(struct options *o, const char *value) {
    (void)value;
    o->mode = MODE_RUNS;
    return STATUS_FINE;
}

static enum status set_invalid(struct options *o, const char *value) {
    static const char *const choices[] = {"error", "keep", NULL};
    int i = choose(o, "invalid", value, choices, _("unknown value; use error or keep"));
    if (i < 0)
        return STATUS_ERROR;
    o->keep_invalid = i == 1;
    return STATUS_FINE;
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
    return options_add(&o->words, value);
}

static enum status set_check_dict(struct options *o, const char *value) {
    o->mode = MODE_CHECK_DICT;
    return options_add(&o->words, value);
}

static enum status set_print_config(struct options *o, const char *value) {
    o->mode = MODE_PRINT_CONFIG;
    return options_add(&o->words, value);
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

/* An option that is for the command line alone says nothing of files. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
/* TRANSLATORS: lines of help are at most 48 columns wide, a Chinese character being two; break
 * them with \n. */
const struct options_record options_records[] = {
    {0, NULL, NULL, NULL, N_("What to convert")},
    {'t',
     "to",
     "LOCALE",
     set_to,
     N_("convert for zh-CN, zh-TW or zh-HK; without it the\ntext keeps its script and region"),
     {OPTIONS_KEY, ""}},
    {0,
     "only",
     "STAGES",
     set_only,
     N_("run these stages only: script, terms, cleanup\n(a list with commas)"),
     {OPTIONS_KEY, "script,terms,cleanup"}},
    {0,
     "dict",
     "FILE",
     set_dict,
     N_("add a dictionary; may be repeated, the last wins"),
     {OPTIONS_KEY | OPTIONS_MANY | OPTIONS_PATH, ""}},
    {0, "no-config", NULL, set_no_config,
     N_("leave out configuration files (.ivnorm.conf, and\n~/.config/ivnorm/config) and the "
        "dictionaries of\n~/.config/ivnorm/dict")},
    {0,
     "rules",
     "FILE",
     set_rules,
     N_("add cleanup rules; may be repeated"),
     {OPTIONS_KEY | OPTIONS_MANY | OPTIONS_PATH, ""}},
    {0,
     "style",
     "LIST",
     set_style,
     N_("choose the cleanup's style: NAME=VALUE, +RULE,\n-RULE (a list with commas); see "
        "--list-rules"),
     {OPTIONS_KEY | OPTIONS_MANY, ""}},
    {0,
     "names",
     "HOW",
     set_names,
     N_("persons: report the forms of their names, unify\nthem, or unify and annotate them with "
        "the name in\nLatin letters at the first mention"),
     {OPTIONS_KEY, ""}},
    {0,
     "opencc",
     "CONFIG",
     set_opencc,
     N_("let OpenCC do the script stage, with a built-in\nname such as s2twp or a file"),
     {OPTIONS_KEY | OPTIONS_FOUND, ""}},
    {0, NULL, NULL, NULL, N_("Input and output")},
    {0,
     "format",
     "NAME",
     set_format,
     N_("plain, markdown, html, json, jsonl, srt, vtt, ass;\nauto (the default) goes by name and "
        "content, and\ntakes standard input for plain text"),
     {OPTIONS_KEY, "auto"}},
    {0,
     "json-path",
     "PATH",
     set_json_path,
     N_("convert these strings of JSON only, such as\n$.text or $.items[*].title (a list with "
        "commas)"),
     {OPTIONS_KEY, ""}},
    {0, "lines", NULL, set_lines,
     N_("take each line as a document of its own; exactly\none line comes out for each (jsonl does "
        "it anyway)")},
    {0,
     "from-encoding",
     "NAME",
     set_from_encoding,
     N_("the encoding of the input, such as gb18030; found\nout for each file without it"),
     {OPTIONS_KEY, ""}},
    {0,
     "to-encoding",
     "NAME",
     set_to_encoding,
     N_("the encoding of the output; the input's without it"),
     {OPTIONS_KEY, ""}},
    {0,
     "unmappable",
     "HOW",
     set_unmappable,
     N_("characters that the encoding lacks: error (the\ndefault), entity (&#x8EDF;), replace (?), "
        "or utf-8\nfor the whole file"),
     {OPTIONS_KEY, "error"}},
    {0,
     "invalid",
     "HOW",
     set_invalid,
     N_("bytes that are not UTF-8: error (the default), or\nkeep, which passes them through"),
     {OPTIONS_KEY, "error"}},
    {0, "line-buffered", NULL, set_line_buffered,
     N_("take each line as a document of its own and write\nit at once")},
    {0, NULL, NULL, NULL, N_("Files and directories")},
    {'i', "in-place", NULL, set_in_place,
     N_("replace each FILE, and the files in each DIR, by\nthe converted text")},
    {'o', "output", "DIR", set_output, N_("write each FILE under DIR, with the same name")},
    {0, "include", "GLOB", set_include,
     N_("of directories convert only what matches, whatever\nits type; may be repeated")},
    {0, "exclude", "GLOB", set_exclude,
     N_("of directories leave out what matches; may be\nrepeated")},
    {0, "hidden", NULL, set_hidden, N_("go to hidden files and directories too")},
    {0, "no-ignore", NULL, set_no_ignore, N_("do not heed .gitignore and .ivnormignore")},
    {'j', "jobs", "N", set_jobs, N_("convert with N threads (default: one a core)")},
    {0, "backup", "SUFFIX", set_backup,
     N_("keep each original beside the new file, SUFFIX\nadded to its name")},
    {0, "no-journal", NULL, set_no_journal, N_("do not keep what --undo needs")},
    {0, "undo", NULL, set_undo,
     N_("put back what the last run replaced, or the run\nnamed as an argument, and exit")},
    {0, "runs", NULL, set_runs, N_("list the runs that can be undone, and exit")},
    {0, NULL, NULL, NULL, N_("Reports, instead of the text")},
    {0, "check", NULL, set_check,
     N_("name the files that would change and exit with 1\nif there are any; write nothing")},
    {0, "suggestions", NULL, set_suggestions,
     N_("let --check find what is only suggested as well,\nand count")},
    {0, "diff", NULL, set_diff, N_("show the changes as a unified diff")},
    {0, "explain", NULL, set_explain,
     N_("show each change with its rule and the dictionary\nline behind it")},
    {0, "list-rules", NULL, set_list_rules, N_("list the cleanup rules and exit")},
    {0, "print-config", "FILE", set_print_config,
     N_("show the options in force for FILE, and for\nfurther files as arguments, and where each\n"
        "comes from, and exit")},
    {0, "lookup", "WORD", set_lookup,
     N_("show what the dictionaries know of WORD, and of\nfurther words as arguments, and exit")},
    {0, "check-dict", "FILE", set_check_dict,
     N_("check the dictionary FILE, and further files as\narguments: rows that repeat or hide each "
        "other or\nnever act, words that do not stay, and examples")},
    {0, NULL, NULL, NULL, N_("Other options")},
    {0, "lexicon", "FILE", set_lexicon, N_("use this compiled lexicon")},
    {'q', "quiet", NULL, set_quiet,
     N_("let --check tell by its exit status alone; show no\nprogress and no numbers at the end")},
    {'h', "help", NULL, set_help, N_("show this help and exit")},
    {'V', "version", NULL, set_version,
     N_("show the version, and the data's sources and\nlicences, and exit")},
};
#pragma GCC diagnostic pop
const size_t options_record_count = sizeof options_records / sizeof *options_records;
