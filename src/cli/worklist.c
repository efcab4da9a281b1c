/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "worklist.h"

#include "journal.h"
#include "output_path.h"
#include "walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The directory that is walked, and where its files go. */
struct finding {
    struct worklist *list;
    struct tally *tally;
    const char *output; /* --output, or NULL */
    enum status status;
};

static enum status no_memory(void) {
    return message_error("%s", strerror(ENOMEM));
}

static enum status refuse_hard_link(const char *path) {
    return message_error(_("%s: has other hard links, which would keep the old text; "
                           "copy it first"),
                         path);
}

/* Takes over `path`. `name` is what it is called under --output. */
static enum status add(struct worklist *list, char *path, const char *name, const char *output,
                       const struct stat *stat, bool is_found) {
    struct worklist_file *files = list->files;
    char *target = NULL;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 64;
        files = realloc(files, capacity * sizeof *files);
        if (files) {
            list->files = files;
            list->capacity = capacity;
        }
    }
    if (!path || !files || (output && !(target = output_path_new(output, name)))) {
        free(path);
        return no_memory();
    }
    list->files[list->count++] = (struct worklist_file){.path = path,
                                                        .target = target,
                                                        .device = stat->st_dev,
                                                        .inode = stat->st_ino,
                                                        .size = (uint64_t)stat->st_size,
                                                        .is_found = is_found};
    list->bytes += (uint64_t)stat->st_size;
    return STATUS_FINE;
}

static bool visit(struct walk_file *file, void *user) {
    struct finding *f = user;
    char *path = file->path;
    file->path = NULL;
    enum status status = add(f->list, path, file->relative, f->output, &file->stat, true);
    f->status = status_worst(f->status, status);
    return status == STATUS_FINE;
}

/* What somebody may miss is told by name, everything else counted. */
static void skip(const char *path, enum walk_skip why, void *user) {
    struct finding *f = user;
    if (why == WALK_HARD_LINK || why == WALK_FAILED)
        f->tally->failed++;
    else
        tally_skip(f->tally, walk_skip_text(why));
    if (why == WALK_HARD_LINK)
        f->status = refuse_hard_link(path);
    else if (why == WALK_FAILED)
        f->status = STATUS_ERROR;
}

static bool is_known(const char *name) {
    return ivn_format_of_file(name) != NULL;
}

static enum status add_directory(struct worklist *list, const char *root,
                                 const struct options *typed, struct config *config,
                                 struct tally *tally) {
    struct finding finding = {.list = list, .tally = tally, .output = typed->output};
    struct walk_options walk = walk_defaults();
    struct options here;
    struct stat own, output;
    list->has_directory = true;
    enum status status = config_for_directory(config, root, &here);
    walk.include = typed->include;
    walk.exclude = typed->exclude;
    walk.hidden = typed->hidden;
    walk.ignore_files = !typed->no_ignore;
    walk.refuse_hard_links = typed->in_place;
    walk.own = journal_find(&own) ? &own : NULL;
    walk.output = typed->output && stat(typed->output, &output) == 0 ? &output : NULL;
    walk.known = here.format ? NULL : is_known;
    if (status == STATUS_FINE)
        status = walk_tree(root, &walk, visit, skip, &finding);
    options_fini(&here);
    return status_worst(status, finding.status);
}

static enum status add_argument(struct worklist *list, const char *name,
                                const struct options *typed, struct config *config,
                                struct tally *tally) {
    struct stat found;
    enum status status;
    if (strcmp(name, "-") == 0)
        status = message_error(typed->in_place || typed->output
                                   ? _("standard input: --in-place and --output need a named file")
                                   : _("standard input: goes with no directory"));
    else if (!*name)
        status = message_error(_("an argument is empty; name a file or a directory"));
    else if (stat(name, &found) != 0)
        status = message_errno(name, _("cannot open"), errno);
    else if (S_ISDIR(found.st_mode))
        return add_directory(list, name, typed, config, tally);
    else if (typed->in_place && !S_ISREG(found.st_mode))
        status = message_error(_("%s: not a regular file; --in-place cannot replace it"), name);
    else if (typed->in_place && found.st_nlink > 1)
        status = refuse_hard_link(name);
    else
        return add(list, strdup(name), name, typed->output, &found, false);
    tally->failed++;
    return status;
}

static int compare_identities(const void *x, const void *y) {
    const struct worklist_file *const *a = x, *const *b = y;
    if ((*a)->device != (*b)->device)
        return (*a)->device < (*b)->device ? -1 : 1;
    if ((*a)->inode != (*b)->inode)
        return (*a)->inode < (*b)->inode ? -1 : 1;
    return *a < *b ? -1 : *a > *b; /* the order in which they were named */
}

/* A file that was named twice, or named and found, is converted once. (Under --output each name
 * has a target.) */
static enum status drop_doubles(struct worklist *list) {
    struct worklist_file **files = malloc((list->count + 1) * sizeof *files);
    size_t kept = 0;
    if (!files)
        return no_memory();
    for (size_t i = 0; i < list->count; i++)
        files[i] = &list->files[i];
    qsort(files, list->count, sizeof *files, compare_identities);
    for (size_t i = 1, first = 0; i < list->count; i++) {
        if (files[i]->device != files[first]->device || files[i]->inode != files[first]->inode) {
            first = i;
            continue;
        }
        free(files[i]->path);
        files[i]->path = NULL;
    }
    free(files);
    for (size_t i = 0; i < list->count; i++)
        if (list->files[i].path)
            list->files[kept++] = list->files[i];
    list->count = kept;
    return STATUS_FINE;
}

static int compare_targets(const void *x, const void *y) {
    const struct worklist_file *const *a = x, *const *b = y;
    return strcmp((*a)->target, (*b)->target);
}

/* Whether every file has a target of its own. */
static enum status check_targets(const struct worklist *list) {
    enum status status = STATUS_FINE;
    const struct worklist_file **files = malloc((list->count + 1) * sizeof *files);
    if (!files)
        return no_memory();
    for (size_t i = 0; i < list->count; i++)
        files[i] = &list->files[i];
    qsort(files, list->count, sizeof *files, compare_targets);
    for (size_t i = 1; i < list->count && status == STATUS_FINE; i++)
        if (compare_targets(&files[i - 1], &files[i]) == 0)
            status = message_error(_("--output: '%s' and '%s' would both be written to '%s'"),
                                   files[i - 1]->path, files[i]->path, files[i]->target);
    free(files);
    return status;
}

enum status worklist_fill(struct worklist *list, const struct options *typed, struct config *config,
                          struct tally *tally, bool *usable) {
    enum status status = STATUS_FINE;
    memset(list, 0, sizeof *list);
    for (size_t i = 0; i < typed->files.count; i++)
        status =
            status_worst(status, add_argument(list, typed->files.items[i], typed, config, tally));
    *usable = (typed->output ? check_targets(list) : drop_doubles(list)) == STATUS_FINE;
    return *usable ? status : STATUS_ERROR;
}

void worklist_fini(struct worklist *list) {
    for (size_t i = 0; i < list->count; i++) {
        free(list->files[i].path);
        free(list->files[i].target);
    }
    free(list->files);
    memset(list, 0, sizeof *list);
}
