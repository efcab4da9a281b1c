/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - the command line. One record per option (options.c) feeds the parser and --help; a
 * test holds the manual to the same list. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "ivnorm.h"
#include "message.h"

#include <stdbool.h>
#include <stdio.h>

enum options_mode {
    MODE_CONVERT,
    MODE_LIST_RULES,
    MODE_LOOKUP,
    MODE_CHECK_DICT,
    MODE_HELP,
    MODE_VERSION
};

/* A list of borrowed strings: pieces of argv. */
struct options_list {
    const char **items;
    size_t count;
};

/* What was typed. All strings are borrowed from argv. */
struct options {
    enum options_mode mode;
    const char *to;  /* NULL: the text keeps its script and region */
    unsigned stages; /* OR of ivn_stage */
    bool no_config;
    struct options_list dictionaries;
    struct options_list rules;
    struct options_list words; /* --lookup, or the files of --check-dict */
    struct options_list styles;
    const char *opencc;
    ivn_names names;
    const char *lexicon;
    bool in_place;
    const char *output; /* directory */
    bool check;
    bool suggestions;
    bool diff;
    bool explain;
    bool keep_invalid;
    bool line_buffered;
    bool quiet;
    struct options_list files; /* "-" alone if none was given */
};

/* Fills *options from the command line; argv is reordered. What is wrong has been said when
 * STATUS_ERROR is returned. options_fini() in either case. */
enum status options_parse(struct options *options, int argc, char **argv);
void options_fini(struct options *options);

/* The text of --help. */
void options_help(FILE *out);

#endif
