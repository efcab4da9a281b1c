/* SPDX-License-Identifier: Apache-2.0 */
/* commit_part.h - one file of a group on its way into place: commit.c's own. */
#ifndef CLI_COMMIT_PART_H
#define CLI_COMMIT_PART_H

#include "journal.h"

enum part_state { PART_NONE, PART_STAGED, PART_PLACED };

struct part {
    enum part_state state;
    char *path; /* absolute */
    char *temporary;
    size_t number;
    bool is_fresh;        /* nothing may be at its path */
    char *kept;           /* where its original lies, while the signal handlers are to delete it */
    const char *why;      /* what went wrong, where errno would not say it; N_() */
    struct stat original; /* if not fresh */
    struct record_mark after;
    uint64_t hash;
};

/* Says so in the journal, if there is one, and creates the temporary file; part->path, is_fresh and
 * original are set. `*next` numbers the files where no journal does. The open file, or -1 with
 * errno and nothing left behind. */
int part_open(struct part *part, struct journal *journal, enum record_kind kind,
              const char *run_name, size_t *next);

/* Marks the file that `fd` wrote as complete and closes it. -1 with errno; go on to part_drop(). */
int part_close(struct part *part, int fd);

/* Appends its READY line. */
int part_describe(const struct part *part, struct bytes *lines);

/* Keeps the original. `at_once`: a copy is durable; else it is after journal_sync(). */
int part_keep(struct part *part, struct journal *journal, bool at_once);

/* EAGAIN if the file at its path is not the one that was read; EEXIST if none should be there. */
int part_check(const struct part *part);

/* Renames it into place. -1 with errno: nothing has changed. */
int part_place(struct part *part);

/* Deletes the temporary file and what was kept; with it, a fresh file that is in place already.
 * Keeps errno. */
void part_drop(struct part *part, struct journal *journal);

/* Frees the names; the files stay. */
void part_fini(struct part *part);

#endif
