/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "dictionaries.h"
#include "engine.h"
#include "job.h"
#include "lookup.h"
#include "message.h"
#include "options.h"
#include "output.h"
#include "output_path.h"
#include "replace.h"
#include "rules_list.h"

#include <locale.h>
#include <malloc.h>

static enum status convert_files(const struct options *options, struct output *output) {
    struct engine engine;
    if (options->output && output_path_check(options->output, &options->files) != STATUS_FINE)
        return STATUS_ERROR;
    enum status status = engine_open(&engine, options);
    /* A bad file does not stop the batch; a standard output that takes no more does. */
    if (status == STATUS_FINE) {
        for (size_t i = 0; i < options->files.count && !output_failed(output); i++)
            status =
                status_worst(status, job_run(options, &engine, output, options->files.items[i]));
    }
    engine_close(&engine);
    return status;
}

static enum status list_rules(const struct options *options, struct output *output) {
    struct engine engine;
    struct options all = *options;
    all.stages |= IVN_CLEANUP; /* whatever else is to run */
    enum status status = engine_open(&engine, &all);
    if (status == STATUS_FINE)
        rules_list(output->file, engine.context);
    engine_close(&engine);
    return status;
}

static enum status look_up(const struct options *options, struct output *output) {
    struct engine engine;
    enum status status = engine_open(&engine, options);
    for (size_t i = 0; status == STATUS_FINE && i < options->words.count; i++)
        lookup_word(output->file, engine.profile, options->words.items[i]);
    engine_close(&engine);
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

static enum status run(const struct options *options, struct output *output) {
    switch (options->mode) {
    case MODE_LIST_RULES:
        return list_rules(options, output);
    case MODE_LOOKUP:
        return look_up(options, output);
    case MODE_CHECK_DICT:
        return check_dictionaries(options, output);
    case MODE_HELP:
        options_help(output->file);
        return STATUS_FINE;
    case MODE_VERSION:
        return show_version(options, output);
    case MODE_CONVERT:
        break;
    }
    return convert_files(options, output);
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
    replace_setup();

    enum status status = options_parse(&options, argc, argv);
    if (status == STATUS_FINE)
        status = run(&options, &output);
    options_fini(&options);
    return (int)status_worst(status, output_close(&output));
}
