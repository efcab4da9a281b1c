/* SPDX-License-Identifier: Apache-2.0 */
/* walk.h - the files in a directory and below that are to be converted.
 *
 * Always in the same order: by the bytes of the names within each directory, a subdirectory's
 * files at its name's place. Symbolic links are not followed, the root excepted: the user named
 * it. Names may be any bytes. */
#ifndef CLI_WALK_H
#define CLI_WALK_H

#include "message.h"
#include "options.h"

#include <stdbool.h>
#include <sys/stat.h>

struct walk_file {
    char *path;           /* ROOT/relative, to open and to show; ROOT less slashes at its end */
    const char *relative; /* the end of path */
    struct stat stat;     /* of when its directory was read: it may be gone or changed by now */
};

/* Why something is left out. A directory is told once, for all that is in it. */
enum walk_skip {
    WALK_HIDDEN,
    WALK_IGNORED,  /* by a .gitignore or .ivnormignore */
    WALK_EXCLUDED, /* by a pattern of walk_options */
    WALK_NOT_INCLUDED,
    WALK_UNKNOWN_TYPE,
    WALK_LINK_INSIDE, /* to a file of this tree, which is visited itself if it is to be */
    WALK_LINK_OUTSIDE,
    WALK_LINK_DIRECTORY,
    WALK_LINK_DANGLING,
    WALK_SPECIAL, /* FIFO, socket, device, or a link to one */
    WALK_HARD_LINK,
    WALK_TEMPORARY,       /* our own: .ivnorm-* */
    WALK_OWN,             /* walk_options.own */
    WALK_OUTPUT,          /* walk_options.output */
    WALK_VERSION_CONTROL, /* .git and the like: to rewrite it is to destroy it, hidden or not */
    WALK_FAILED           /* what went wrong has been said */
};

/* "hidden", "ignored by a .gitignore or .ivnormignore" ...: for gettext(). */
const char *walk_skip_text(enum walk_skip why);

struct walk_options {
    /* Patterns (glob.h) against the path relative to the root. Without `include` all files that
     * nothing else leaves out are visited; with it, those only that match or lie in a directory
     * that does. A file that matches itself is visited whatever its type. What is hidden or
     * ignored stays out all the same. `exclude` goes before everything; a directory that it
     * matches is not entered. */
    struct options_list include;
    struct options_list exclude;
    bool hidden;       /* visit names with a dot at their head too */
    bool ignore_files; /* heed .gitignore and .ivnormignore (ignore.h) */
    bool refuse_hard_links;
    /* Directories that are not entered, whatever they are called there; NULL: none. */
    const struct stat *own;    /* where this program keeps originals; not as the root either */
    const struct stat *output; /* where the new files go; as the root, it is entered */
    bool (*known)(const char *name); /* is the type of a file of this name known? NULL: all are */
};

/* No patterns, ignore files heeded, all else off. */
struct walk_options walk_defaults(void);

/* Gets each file in turn. To keep `path`, take it and leave NULL there: it is the callee's to free
 * then. False ends the walk. */
typedef bool walk_fn(struct walk_file *file, void *user);

/* Gets what is left out, by the path to show. */
typedef void walk_skip_fn(const char *path, enum walk_skip why, void *user);

/* Walks the directory `root`; `skip` may be NULL. Returns STATUS_ERROR after saying what is wrong:
 * with a pattern or the root, before any file is visited; with a directory, a file or an ignore
 * file below, and then goes on with the others. */
enum status walk_tree(const char *root, const struct walk_options *options, walk_fn *visit,
                      walk_skip_fn *skip, void *user);

#endif
