/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - the options, of the command line and of configuration files. One record per option
 * (options.c) feeds the parser, --help and the keys of configuration files; a test holds the manual
 * to the same list. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "ivnorm.h"
#include "message.h"
#include "settings.h"

#include <stdbool.h>
#include <stdio.h>

enum options_mode {
    MODE_CONVERT,
    MODE_LIST_RULES,
    MODE_LOOKUP,
    MODE_CHECK_DICT,
    MODE_PRINT_CONFIG,
    MODE_RUNS,
    MODE_UNDO,
    MODE_HELP,
    MODE_VERSION
};

/* A list of borrowed strings: pieces of argv. */
struct options_list {
    const char **items;
    size_t count;
};

/* What is in force: as it was typed, or for one file (config.h). All strings are borrowed from argv
 * or from configuration files. */
struct options {
    enum options_mode mode;
    const char *to;  /* NULL: the text keeps its script and region */
    unsigned stages; /* OR of ivn_stage */
    bool no_config;
    struct options_list dictionaries;
    struct options_list rules;
    struct options_list words; /* --lookup, --undo, or the files of --check-dict, --print-config */
    struct options_list styles;
    const char *opencc;
    ivn_names names;
    const char *lexicon;
    const char *format;        /* NULL: by name and content */
    const char *json_path;     /* NULL: all strings */
    const char *from_encoding; /* NULL: found out */
    const char *to_encoding;   /* NULL: the file's own */
    ivn_unmappable unmappable;
    bool lines;
    struct options_list include;
    struct options_list exclude;
    bool hidden;
    bool no_ignore;
    size_t jobs; /* threads */
    bool in_place;
    const char *output; /* directory */
    const char *backup; /* suffix, or NULL */
    bool no_journal;
    bool check;
    bool suggestions;
    bool diff;
    bool explain;
    bool keep_invalid;
    bool line_buffered;
    bool quiet;
    struct options_list files; /* "-" alone if none was given */
    struct settings settings;  /* what is in force, in the order of --help */
    struct settings typed;     /* what was typed; owned */
};

/* How configuration files may set an option. */
enum options_use {
    OPTIONS_KEY = 1,  /* they may */
    OPTIONS_MANY = 2, /* several values add up */
    OPTIONS_PATH = 4, /* the value is a file's or directory's name */
    OPTIONS_FOUND = 8 /* the same, if there is such a file */
};

/* An option that configuration files may set. */
struct options_key {
    size_t record;
    const char *name;
    const char *initial; /* its default, as a file would write it */
    unsigned use;        /* OR of options_use */
    bool takes_value;
};

/* Fills *options from the command line; argv is reordered. What is wrong has been said when
 * STATUS_ERROR is returned. options_fini() in either case. */
enum status options_parse(struct options *options, int argc, char **argv);
void options_fini(struct options *options);

/* Fills *key with the one at `index`, in the order of --help; false past the last. */
bool options_key(size_t index, struct options_key *key);

/* Whether there is an option `name`, be it for the command line alone. */
bool options_has(const char *name);

/* settings_put(), beside earlier settings where the option's values add up. */
int options_put(struct settings *settings, struct setting *setting);

/* Fills *options with what a list of settings (options_put()) says; the list is copied, its
 * settings and their strings are borrowed. What is wrong has been said when STATUS_ERROR is
 * returned. options_fini() in either case. */
enum status options_apply(struct options *options, const struct settings *settings);

/* Whether options that are each right can be used with one another; what of the configuration files
 * does not go with the rest is taken back. What is wrong has been said. */
enum status options_check(struct options *options);

/* The setting that gave the option `name` this value, the pointer itself; with NULL, the last one
 * of that option. NULL: none did. */
struct setting *options_setting(const struct options *options, const char *name, const char *value);

/* The text of --help. */
void options_help(FILE *out);

#endif
