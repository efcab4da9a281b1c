/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "walk.h"

#include "glob.h"
#include "ignore.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Marks on a directory's FTSENT, which is the same before and after what is in it. */
enum { MARK_ENTERED = 1, MARK_INCLUDED = 2 };

struct patterns {
    struct glob **globs;
    size_t count;
};

struct walk {
    const struct walk_options *options;
    struct patterns include;
    struct patterns exclude;
    struct ignore *ignore; /* NULL: not heeded */
    char *real;            /* the root without symbolic links */
    FTS *fts;
    size_t offset; /* of the relative part of a path */
    walk_fn *visit;
    walk_skip_fn *skip;
    void *user;
    bool stopped;
    enum status status;
};

struct walk_options walk_defaults(void) {
    return (struct walk_options){.ignore_files = true};
}

const char *walk_skip_text(enum walk_skip why) {
    switch (why) {
    case WALK_HIDDEN:
        return N_("hidden");
    case WALK_IGNORED:
        return N_("ignored by a .gitignore or .ivnormignore");
    case WALK_EXCLUDED:
        return N_("excluded");
    case WALK_NOT_INCLUDED:
        return N_("not included");
    case WALK_UNKNOWN_TYPE:
        return N_("not of a known type");
    case WALK_LINK_INSIDE:
        return N_("a symbolic link to a file of the same directory tree");
    case WALK_LINK_OUTSIDE:
        return N_("a symbolic link out of the directory");
    case WALK_LINK_DIRECTORY:
        return N_("a symbolic link to a directory");
    case WALK_LINK_DANGLING:
        return N_("a symbolic link to what cannot be found");
    case WALK_SPECIAL:
        return N_("not a regular file");
    case WALK_HARD_LINK:
        return N_("has other hard links");
    case WALK_TEMPORARY:
        return N_("a temporary file of this program (remove it if no run is at work)");
    case WALK_OWN:
        return N_("a directory of this program's own");
    case WALK_OUTPUT:
        return N_("the output directory");
    case WALK_VERSION_CONTROL:
        return N_("belongs to version control");
    case WALK_FAILED:
        break;
    }
    return N_("failed");
}

static void patterns_fini(struct patterns *patterns) {
    for (size_t i = 0; i < patterns->count; i++)
        glob_free(patterns->globs[i]);
    free(patterns->globs);
}

static enum status patterns_init(struct patterns *patterns, const char *option,
                                 const struct options_list *list) {
    enum status status = STATUS_FINE;
    if (list->count == 0)
        return STATUS_FINE;
    patterns->globs = calloc(list->count, sizeof *patterns->globs);
    if (!patterns->globs)
        return message_errno(option, _("cannot go on"), errno);
    for (size_t i = 0; i < list->count; i++) {
        const char *wrong = NULL;
        struct glob *glob = glob_new(list->items[i], true, &wrong);
        if (glob)
            patterns->globs[patterns->count++] = glob;
        else if (wrong)
            status = message_error(_("%s=%s: not a pattern: %s"), option, list->items[i], _(wrong));
        else
            return message_errno(option, _("cannot go on"), errno);
    }
    return status;
}

static bool patterns_match(const struct patterns *patterns, const char *relative, bool directory) {
    if (patterns->count == 0)
        return false;
    struct glob_subject subject = glob_subject(relative, directory);
    for (size_t i = 0; i < patterns->count; i++) {
        if (glob_test(patterns->globs[i], &subject))
            return true;
    }
    return false;
}

static void leave_out(const struct walk *walk, const char *path, enum walk_skip why) {
    if (walk->skip)
        walk->skip(path, why, walk->user);
}

static void fail(struct walk *walk, const char *path, const char *what, int error) {
    walk->status = message_errno(path, what, error);
    leave_out(walk, path, WALK_FAILED);
}

static bool is_version_control(const char *name) {
    static const char *const names[] = {".git", ".hg", ".svn", ".bzr", ".jj"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

/* Whether its name alone leaves it out, and then *why. */
static bool is_left_out(struct walk *walk, const FTSENT *entry, bool directory,
                        enum walk_skip *why) {
    const char *relative = entry->fts_path + walk->offset;
    if (strncmp(entry->fts_name, ".ivnorm-", 8) == 0)
        *why = WALK_TEMPORARY;
    else if (is_version_control(entry->fts_name))
        *why = WALK_VERSION_CONTROL;
    else if (patterns_match(&walk->exclude, relative, directory))
        *why = WALK_EXCLUDED;
    else if (entry->fts_name[0] == '.' && !walk->options->hidden)
        *why = WALK_HIDDEN;
    else if (walk->ignore && ignore_match(walk->ignore, relative, directory))
        *why = WALK_IGNORED;
    else
        return false;
    return true;
}

static enum walk_skip link_reason(const struct walk *walk, const char *path) {
    struct stat target;
    if (stat(path, &target) != 0)
        return WALK_LINK_DANGLING;
    if (S_ISDIR(target.st_mode))
        return WALK_LINK_DIRECTORY;
    if (!S_ISREG(target.st_mode))
        return WALK_SPECIAL;
    char *real = realpath(path, NULL);
    if (!real)
        return WALK_LINK_DANGLING;
    size_t n = strcmp(walk->real, "/") == 0 ? 0 : strlen(walk->real);
    bool inside = strncmp(real, walk->real, n) == 0 && real[n] == '/';
    free(real);
    return inside ? WALK_LINK_INSIDE : WALK_LINK_OUTSIDE;
}

/* Whether its type or its links leave a regular file out, and then *why. */
static bool is_unwanted(const struct walk *walk, const FTSENT *entry, enum walk_skip *why) {
    const struct walk_options *options = walk->options;
    bool named = patterns_match(&walk->include, entry->fts_path + walk->offset, false);
    if (walk->include.count > 0 && !named && !(entry->fts_parent->fts_number & MARK_INCLUDED))
        *why = WALK_NOT_INCLUDED;
    else if (!named && options->known && !options->known(entry->fts_name))
        *why = WALK_UNKNOWN_TYPE;
    else if (options->refuse_hard_links && entry->fts_statp->st_nlink > 1)
        *why = WALK_HARD_LINK;
    else
        return false;
    return true;
}

static void take_file(struct walk *walk, const FTSENT *entry) {
    struct walk_file file = {.path = strdup(entry->fts_path), .stat = *entry->fts_statp};
    if (!file.path) {
        fail(walk, entry->fts_path, _("cannot go on"), errno);
        return;
    }
    file.relative = file.path + walk->offset;
    walk->stopped = !walk->visit(&file, walk->user);
    free(file.path);
}

static void take_entry(struct walk *walk, const FTSENT *entry) {
    enum walk_skip why = WALK_SPECIAL;
    if (is_left_out(walk, entry, false, &why) ||
        (entry->fts_info == FTS_F && is_unwanted(walk, entry, &why)))
        leave_out(walk, entry->fts_path, why);
    else if (entry->fts_info == FTS_F)
        take_file(walk, entry);
    else if (entry->fts_info == FTS_DEFAULT)
        leave_out(walk, entry->fts_path, WALK_SPECIAL);
    else
        leave_out(walk, entry->fts_path, link_reason(walk, entry->fts_path));
}

static bool is_same(const struct stat *a, const struct stat *b) {
    return a && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether it is one of those that are told apart by what they are, not by their names. */
static bool is_set_apart(const struct walk *walk, const FTSENT *entry, enum walk_skip *why) {
    if (is_same(walk->options->own, entry->fts_statp))
        *why = WALK_OWN;
    else if (entry->fts_level > 0 && is_same(walk->options->output, entry->fts_statp))
        *why = WALK_OUTPUT;
    else
        return false;
    return true;
}

/* Whether to go into the directory; why not has been said. */
static bool enter(struct walk *walk, FTSENT *entry) {
    enum walk_skip why = WALK_FAILED;
    const char *relative = "";
    if (is_set_apart(walk, entry, &why)) {
        leave_out(walk, entry->fts_path, why);
        return false;
    }
    if (entry->fts_level > 0) {
        relative = entry->fts_path + walk->offset;
        if (is_left_out(walk, entry, true, &why)) {
            leave_out(walk, entry->fts_path, why);
            return false;
        }
        if ((entry->fts_parent->fts_number & MARK_INCLUDED) ||
            patterns_match(&walk->include, relative, true))
            entry->fts_number |= MARK_INCLUDED;
    }
    /* Names that can be listed but not used would be an error each. */
    if (faccessat(AT_FDCWD, entry->fts_path, R_OK | X_OK, AT_EACCESS) != 0) {
        fail(walk, entry->fts_path, _("cannot open"), errno);
        return false;
    }
    if (!walk->ignore)
        return true;
    entry->fts_number |= MARK_ENTERED;
    if (ignore_enter(walk->ignore, entry->fts_path, relative))
        return true;
    leave_out(walk, entry->fts_path, WALK_FAILED);
    return false;
}

static void leave(struct walk *walk, const FTSENT *entry) {
    if (entry->fts_number & MARK_ENTERED)
        ignore_leave(walk->ignore);
}

/* A directory in itself: what a bind mount can do. */
static void tell_cycle(struct walk *walk, const FTSENT *entry) {
    const FTSENT *above = entry->fts_cycle; /* its path is the head of this one's */
    walk->status = message_error(_("%s: the same directory as %.*s, so it is left out"),
                                 entry->fts_path, (int)above->fts_pathlen, entry->fts_path);
    leave_out(walk, entry->fts_path, WALK_FAILED);
}

/* What cannot be used is nobody's concern where it would have been left out. */
static void take_failure(struct walk *walk, const FTSENT *entry) {
    enum walk_skip why = WALK_FAILED;
    bool cycle = entry->fts_info == FTS_DC;
    if (entry->fts_level > 0 && is_left_out(walk, entry, cycle, &why))
        leave_out(walk, entry->fts_path, why);
    else if (cycle)
        tell_cycle(walk, entry);
    else
        fail(walk, entry->fts_path, _("cannot read"), entry->fts_errno);
}

static void step(struct walk *walk, FTSENT *entry) {
    switch (entry->fts_info) {
    case FTS_D:
        if (!enter(walk, entry))
            fts_set(walk->fts, entry, FTS_SKIP);
        break;
    case FTS_DP:
        leave(walk, entry);
        break;
    case FTS_DNR:
        leave(walk, entry);
        fail(walk, entry->fts_path, _("cannot open"), entry->fts_errno);
        break;
    case FTS_DC:
    case FTS_NS:
    case FTS_ERR:
        take_failure(walk, entry);
        break;
    default:
        if (entry->fts_level > 0)
            take_entry(walk, entry);
        else /* another one put a file in its place just now */
            fail(walk, entry->fts_path, _("cannot open"), ENOTDIR);
    }
}

static int compare(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void run(struct walk *walk, const char *root) {
    char *roots[] = {(char *)root, NULL};
    walk->fts = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, compare);
    FTSENT *entry = NULL;
    errno = 0;
    while (walk->fts && !walk->stopped && (entry = fts_read(walk->fts)) != NULL) {
        step(walk, entry);
        errno = 0; /* fts_read() tells by it the end from a failure */
    }
    if (!entry && errno != 0)
        fail(walk, root, _("cannot go on"), errno);
    if (walk->fts)
        fts_close(walk->fts);
}

/* Says what is wrong with the root. */
static bool is_fit(const char *root) {
    struct stat found;
    int error = stat(root, &found) != 0 ? errno : S_ISDIR(found.st_mode) ? 0 : ENOTDIR;
    if (error != 0)
        message_errno(root, _("cannot open"), error);
    return error == 0;
}

static bool prepare(struct walk *walk, const char *root) {
    const struct walk_options *options = walk->options;
    enum status status =
        status_worst(patterns_init(&walk->include, "--include", &options->include),
                     patterns_init(&walk->exclude, "--exclude", &options->exclude));
    if (status != STATUS_FINE || !is_fit(root))
        return false;
    walk->real = realpath(root, NULL);
    if (!walk->real) {
        message_errno(root, _("cannot open"), errno);
        return false;
    }
    size_t n = strlen(root);
    walk->offset = n + (root[n - 1] != '/');
    return !options->ignore_files || (walk->ignore = ignore_open(root)) != NULL;
}

enum status walk_tree(const char *root, const struct walk_options *options, walk_fn *visit,
                      walk_skip_fn *skip, void *user) {
    struct walk walk = {.options = options, .visit = visit, .skip = skip, .user = user};
    size_t n = strlen(root);
    while (n > 1 && root[n - 1] == '/')
        n--;
    char *trimmed = strndup(root, n);
    if (!trimmed)
        return message_errno(root, _("cannot go on"), errno);
    if (!prepare(&walk, trimmed))
        walk.status = STATUS_ERROR;
    else
        run(&walk, trimmed);
    if (walk.ignore)
        walk.status = status_worst(walk.status, ignore_status(walk.ignore));
    ignore_close(walk.ignore);
    patterns_fini(&walk.include);
    patterns_fini(&walk.exclude);
    free(walk.real);
    free(trimmed);
    return walk.status;
}
