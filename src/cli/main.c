/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "batch.h"
#include "config.h"
#include "config_print.h"
#include "dictionaries.h"
#include "engine.h"
#include "engines.h"
#include "job.h"
#include "lookup.h"
#include "message.h"
#include "options.h"
#include "output.h"
#include "pending.h"
#include "rules_list.h"
#include "undo.h"

#include <locale.h>
#include <malloc.h>

/* Converts a file with the options that are in force for it. */
static enum status convert_file(struct config *config, struct engines *engines,
                                struct output *output, const char *name) {
    struct options options;
    struct engine *engine = NULL;
    enum status status = config_for(config, name, &options);
    if (status == STATUS_FINE)
        status = options_check(&options);
    if (status == STATUS_FINE && !(engine = engines_get(engines, &options)))
        status = STATUS_ERROR;
    if (status == STATUS_FINE)
        status = job_run(&options, engine, output, name);
    options_fini(&options);
    return status;
}

/* To standard output, or the reports there. */
static enum status convert_files(const struct options *options, struct config *config,
                                 struct output *output) {
    struct engines engines;
    enum status status = engines_open(&engines, options);
    /* A bad file does not stop the others; a standard output that takes no more does. */
    if (status == STATUS_FINE) {
        for (size_t i = 0; i < options->files.count && !output_failed(output); i++)
            status = status_worst(status,
                                  convert_file(config, &engines, output, options->files.items[i]));
    }
    engines_close(&engines);
    return status;
}

static enum status list_rules(struct config *config, struct output *output) {
    struct engine engine = {0};
    struct options all;
    enum status status = config_for_directory(config, ".", &all);
    all.stages |= IVN_CLEANUP; /* whatever else is to run */
    if (status == STATUS_FINE)
        status = engine_open(&engine, &all);
    if (status == STATUS_FINE)
        rules_list(output->file, engine.context);
    engine_close(&engine);
    options_fini(&all);
    return status;
}

static enum status look_up(const struct options *options, struct config *config,
                           struct output *output) {
    struct engine engine = {0};
    struct options here;
    enum status status = config_for_directory(config, ".", &here);
    if (status == STATUS_FINE)
        status = engine_open(&engine, &here);
    for (size_t i = 0; status == STATUS_FINE && i < options->words.count; i++)
        lookup_word(output->file, engine.profile, options->words.items[i]);
    engine_close(&engine);
    options_fini(&here);
    return status;
}

static enum status check_dictionaries(const struct options *options, struct output *output) {
    struct engine engine;
    enum status status = engine_open_lexicon(&engine, options);
    for (size_t i = 0; status != STATUS_ERROR && i < options->words.count; i++)
        status = status_worst(
            status, dictionaries_check(engine.lexicon, options->words.items[i], output->file));
    engine_close(&engine);
    return status;
}

static enum status show_version(const struct options *options, struct output *output) {
    struct engine engine;
    fprintf(output->file, "%s %s\n%s\n", PACKAGE, ivn_version(), "Apache License 2.0");
    enum status status = engine_open_lexicon(&engine, options);
    if (status == STATUS_FINE) {
        size_t n = 0;
        const char *about = ivn_lexicon_about(engine.lexicon, &n);
        fputc('\n', output->file);
        output_write(output, about, n);
        if (n > 0 && about[n - 1] != '\n')
            fputc('\n', output->file);
    }
    engine_close(&engine);
    return status;
}

/* What configuration files have a say in. */
static enum status run_configured(const struct options *options, struct output *output) {
    struct config *config = config_new(options);
    enum status status = STATUS_ERROR;
    if (!config)
        return STATUS_ERROR;
    if (options->mode == MODE_LIST_RULES)
        status = list_rules(config, output);
    else if (options->mode == MODE_LOOKUP)
        status = look_up(options, config, output);
    else if (options->mode == MODE_PRINT_CONFIG)
        status = config_print(output->file, config, &options->words);
    else if (batch_is_wanted(options))
        status = batch_run(options, config, output);
    else
        status = convert_files(options, config, output);
    config_free(config);
    return status;
}

static enum status run(const struct options *options, struct output *output) {
    switch (options->mode) {
    case MODE_CHECK_DICT:
        return check_dictionaries(options, output);
    case MODE_RUNS:
        return runs_list(output->file);
    case MODE_UNDO:
        return undo_run(options->words.count ? options->words.items[0] : NULL, output->file);
    case MODE_HELP:
        options_help(output->file);
        return STATUS_FINE;
    case MODE_VERSION:
        return show_version(options, output);
    case MODE_CONVERT:
    case MODE_LIST_RULES:
    case MODE_LOOKUP:
    case MODE_PRINT_CONFIG:
        break;
    }
    return run_configured(options, output);
}

/* Windows come and go by the megabyte: keep their memory instead of asking for
 * it again each time. */
static void keep_memory(void) {
    enum { LARGEST = 1 << 30 };
    mallopt(M_MMAP_THRESHOLD, LARGEST);
    mallopt(M_TRIM_THRESHOLD, LARGEST);
}

int main(int argc, char **argv) {
    struct output output;
    struct options options;
    keep_memory();
    setlocale(LC_ALL, "");
    bindtextdomain(PACKAGE, LOCALEDIR);
    bind_textdomain_codeset(PACKAGE, "UTF-8");
    textdomain(PACKAGE);
    output_setup(&output);
    pending_setup();

    enum status status = options_parse(&options, argc, argv);
    if (status == STATUS_FINE)
        status = run(&options, &output);
    options_fini(&options);
    return (int)status_worst(status, output_close(&output));
}
