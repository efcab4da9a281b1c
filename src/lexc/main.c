/* SPDX-License-Identifier: Apache-2.0 */
/* ivnorm-lexc - compiles OpenCC's data, rime-essay's counts, ICU's region names and dict/ into the
 * lexicon file that libivnorm maps. Runs at build time. */
#include <dirent.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "characters.h"
#include "damage.h"
#include "dict_check.h"
#include "fail.h"
#include "icu_names.h"
#include "locale_conf.h"
#include "rules_check.h"
#include "unicode_check.h"
#include "words.h"

struct settings {
    struct opencc_data opencc;
    const char *essay;
    const char *dict;
    const char *output;
    bool keep_going; /* write the lexicon without bad rows, and although examples fail */
};

/* A file below dict/. */
struct source {
    char *shown; /* "dict/terms/it.tsv" */
    char *name;  /* "it" */
    char *text;
    size_t size;
};
struct sources {
    struct source *items;
    size_t count, capacity;
};

static const char about[] =
    "ivnorm lexicon. Contains data derived from:\n"
    "  OpenCC dictionaries (Apache-2.0; https://github.com/BYVoid/OpenCC)\n"
    "  rime-essay word counts (LGPL-3.0; https://github.com/rime/rime-essay)\n"
    "  ICU/CLDR region names (Unicode License V3)\n"
    "  ivnorm's own dictionaries and rules, dict/ (Apache-2.0)\n"
    "The lexicon as a whole may be passed on under the terms of the LGPL-3.0.\n";

static void parse_options(int argc, char **argv, struct settings *s) {
    static const struct option options[] = {{"opencc-data", required_argument, NULL, 'd'},
                                            {"opencc-dict", required_argument, NULL, 'p'},
                                            {"essay", required_argument, NULL, 'e'},
                                            {"dict", required_argument, NULL, 'i'},
                                            {"output", required_argument, NULL, 'o'},
                                            {"keep-going", no_argument, NULL, 'k'},
                                            {NULL, 0, NULL, 0}};
    *s = (struct settings){.opencc = {"/usr/share/opencc", "opencc_dict"},
                           .essay = "/usr/share/rime-data/essay.txt",
                           .dict = "dict",
                           .output = "ivnorm.lex"};
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (c) {
        case 'd':
            s->opencc.directory = optarg;
            break;
        case 'p':
            s->opencc.dump_program = optarg;
            break;
        case 'e':
            s->essay = optarg;
            break;
        case 'i':
            s->dict = optarg;
            break;
        case 'o':
            s->output = optarg;
            break;
        case 'k':
            s->keep_going = true;
            break;
        default:
            fail("usage: ivnorm-lexc [--opencc-data=DIR] [--opencc-dict=PROGRAM] [--essay=FILE] "
                 "[--dict=DIR] [--output=FILE] [--keep-going]");
        }
    }
}

static int compare_sources(const void *x, const void *y) {
    return strcmp(((const struct source *)x)->shown, ((const struct source *)y)->shown);
}

/* All files of dict/FOLDER that end in `suffix`, sorted by name. */
static struct sources read_folder(const char *dict, const char *folder, const char *suffix) {
    struct sources all = {0};
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dict, folder);
    DIR *directory = opendir(path);
    if (!directory)
        fail_errno(path);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        size_t n = strlen(entry->d_name), m = strlen(suffix);
        if (entry->d_name[0] == '.' || n <= m || strcmp(entry->d_name + n - m, suffix) != 0)
            continue;
        all.items = grow_array(all.items, &all.capacity, all.count + 1, sizeof *all.items);
        struct source *s = &all.items[all.count++];
        snprintf(path, sizeof path, "%s/%s/%s", dict, folder, entry->d_name);
        s->text = read_file(path, &s->size);
        snprintf(path, sizeof path, "dict/%s/%s", folder, entry->d_name);
        s->shown = strdup(path);
        s->name = strndup(entry->d_name, n - m);
        if (!s->shown || !s->name)
            fail("out of memory");
    }
    closedir(directory);
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_sources);
    return all;
}

static void free_sources(struct sources *all) {
    for (size_t i = 0; i < all->count; i++) {
        free(all->items[i].shown);
        free(all->items[i].name);
        free(all->items[i].text);
    }
    free(all->items);
}

static void load_tables(struct opencc_tables *t, const struct opencc_data *data) {
    table_load(&t->st_characters, data, "STCharacters");
    table_load(&t->st_phrases, data, "STPhrases");
    table_load(&t->ts_characters, data, "TSCharacters");
    table_load(&t->ts_phrases, data, "TSPhrases");
    table_load(&t->tw_phrases, data, "TWPhrases");
    table_load(&t->tw_variants_rev, data, "TWVariantsRev");
    table_load(&t->hk_variants_rev, data, "HKVariantsRev");
}

static void free_tables(struct opencc_tables *t) {
    table_fini(&t->st_characters);
    table_fini(&t->st_phrases);
    table_fini(&t->ts_characters);
    table_fini(&t->ts_phrases);
    table_fini(&t->tw_phrases);
    table_fini(&t->tw_variants_rev);
    table_fini(&t->hk_variants_rev);
}

static const char subjects_file[] = "subjects";

static void complain_of_row(void *user, const ivn_error *err) {
    (void)user;
    complain(err);
}

static struct dict_file as_dict(const struct source *s, const char *prefix,
                                enum concept_kind kind) {
    return (struct dict_file){.file = s->shown,
                              .prefix = prefix,
                              .name = s->name,
                              .kind = kind,
                              .text = s->text,
                              .size = s->size,
                              .complain = complain_of_row};
}

/* Returns how many files have bad rows. */
static size_t add_folder(struct builder *b, const struct sources *folder, const char *prefix,
                         enum concept_kind kind, struct damage *damage) {
    ivn_error err;
    size_t bad = 0;
    for (size_t i = 0; i < folder->count; i++) {
        if (strcmp(folder->items[i].name, subjects_file) == 0)
            continue;
        struct dict_file file = as_dict(&folder->items[i], prefix, kind);
        bad += builder_add_dict(b, &file, &err) != IVN_OK;
        if (damage)
            damage_add_dict(damage, &file);
    }
    return bad;
}

static void add_subjects(struct builder *b, const struct sources *terms) {
    ivn_error err;
    for (size_t i = 0; i < terms->count; i++) {
        struct dict_file file = as_dict(&terms->items[i], "term", CONCEPT_TERM);
        if (strcmp(file.name, subjects_file) == 0 && builder_add_subjects(b, &file, &err) != IVN_OK)
            fail_error(&err);
    }
}

static void add_icu(struct builder *b) {
    struct buffer rows = {0};
    ivn_error err;
    icu_names_write(&rows);
    struct dict_file file = {.file = "icu/regions",
                             .prefix = "name",
                             .name = "icu",
                             .kind = CONCEPT_NAME,
                             .yield = true,
                             .text = rows.data,
                             .size = rows.size};
    if (builder_add_dict(b, &file, &err) != IVN_OK)
        fail_error(&err);
    buffer_fini(&rows);
}

static void write_file(const char *path, const unsigned char *image, size_t size) {
    char temporary[4096];
    snprintf(temporary, sizeof temporary, "%s.tmp", path);
    FILE *out = fopen(temporary, "wb");
    if (!out || fwrite(image, 1, size, out) != size || fclose(out) != 0 ||
        rename(temporary, path) != 0)
        fail_errno(path);
}

/* dict/ as read. */
struct dictionaries {
    struct sources terms, names, script, rules;
    struct locale_conf *locales;
    size_t locale_count;
};

static int compare_locales(const void *x, const void *y) {
    const struct locale_conf *a = x, *b = y;
    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

static void read_dictionaries(struct dictionaries *d, const char *dict) {
    d->terms = read_folder(dict, "terms", ".tsv");
    d->names = read_folder(dict, "names", ".tsv");
    d->script = read_folder(dict, "script", ".tsv");
    d->rules = read_folder(dict, "rules", ".rules");
    struct sources confs = read_folder(dict, "locales", ".conf");
    d->locale_count = confs.count;
    d->locales = allocate(confs.count * sizeof *d->locales);
    for (size_t i = 0; i < confs.count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/locales/%s.conf", dict, confs.items[i].name);
        locale_conf_load(&d->locales[i], path);
    }
    if (confs.count)
        qsort(d->locales, confs.count, sizeof *d->locales, compare_locales);
    free_sources(&confs);
}

static void free_dictionaries(struct dictionaries *d) {
    free_sources(&d->terms);
    free_sources(&d->names);
    free_sources(&d->script);
    free_sources(&d->rules);
    for (size_t i = 0; i < d->locale_count; i++)
        locale_conf_fini(&d->locales[i]);
    free(d->locales);
}

static void add_locale(struct builder *b, const struct locale_conf *l) {
    char shown[256];
    snprintf(shown, sizeof shown, "dict/locales/%s.conf", l->name);
    builder_add_locale(b, l->name, l->traditional,
                       builder_source(builder_add_file(b, shown), l->glyph_line),
                       l->style ? l->style : "");
}

static void fill(struct builder *b, const struct settings *s, const struct dictionaries *d,
                 const struct opencc_tables *tables, const struct characters *characters) {
    builder_set_alphabet(b, &characters->alphabet);
    builder_set_about(b, about);
    for (size_t i = 0; i < d->locale_count; i++)
        add_locale(b, &d->locales[i]);
    for (size_t i = 0; i < d->rules.count; i++)
        builder_add_rules(b, d->rules.items[i].shown, d->rules.items[i].text,
                          d->rules.items[i].size);
    struct vocabulary vocabulary = {.characters = characters,
                                    .tables = tables,
                                    .locales = d->locales,
                                    .locale_count = d->locale_count,
                                    .essay = s->essay};
    words_add(b, &vocabulary);
    add_subjects(b, &d->terms);
    size_t bad = add_folder(b, &d->script, "script", CONCEPT_SCRIPT, NULL);
    builder_spread_spellings(b);
    struct damage *damage = damage_new(b);
    bad += add_folder(b, &d->terms, "term", CONCEPT_TERM, damage);
    bad += add_folder(b, &d->names, "name", CONCEPT_NAME, NULL);
    if (bad && !s->keep_going)
        fail("%zu of the files in dict/ have bad rows; correct them", bad);
    add_icu(b);
    damage_add_table(damage, &tables->tw_phrases);
    damage_generate(damage);
    damage_free(damage);
}

static size_t check_folder(const ivn_lexicon *lexicon, const struct sources *folder,
                           bool examples_only) {
    size_t failures = 0;
    for (size_t i = 0; i < folder->count; i++)
        if (strcmp(folder->items[i].name, subjects_file) != 0)
            failures += dict_check(lexicon, examples_only, folder->items[i].shown,
                                   folder->items[i].text, folder->items[i].size);
    return failures;
}

int main(int argc, char **argv) {
    struct settings settings;
    struct dictionaries dictionaries;
    struct opencc_tables tables;
    struct characters characters;
    unsigned char *image;
    size_t size;
    ivn_lexicon *lexicon;
    ivn_error err;

    parse_options(argc, argv, &settings);
    read_dictionaries(&dictionaries, settings.dict);
    load_tables(&tables, &settings.opencc);
    struct builder *b = builder_new(NULL);
    if (!b)
        fail("out of memory");
    characters_init(&characters, b, &tables, settings.essay, dictionaries.locales,
                    dictionaries.locale_count);
    fill(b, &settings, &dictionaries, &tables, &characters);
    if (builder_image(b, &image, &size, &err) != IVN_OK)
        fail_error(&err);
    builder_free(b);
    if (lexicon_from_memory(&lexicon, image, size, settings.output, &err) != IVN_OK)
        fail_error(&err);
    size_t failures = check_folder(lexicon, &dictionaries.terms, false) +
                      check_folder(lexicon, &dictionaries.names, false) +
                      check_folder(lexicon, &dictionaries.script, true) + rules_check(lexicon) +
                      unicode_check(lexicon);
    if (failures && !settings.keep_going)
        fail("%zu findings in dict/; correct the rows or the examples", failures);
    write_file(settings.output, image, size);
    ivn_lexicon_free(lexicon);
    characters_fini(&characters);
    free_tables(&tables);
    free_dictionaries(&dictionaries);
    return EXIT_SUCCESS;
}
