/* SPDX-License-Identifier: Apache-2.0 */
/* journal.h - what a run that replaces files writes down, so that it can be gone on with after a
 * kill and undone later. The originals are kept beside the journal (run.h); commit.c decides what
 * is written and when. One thread. */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

#include "message.h"
#include "record.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct journal;

/* Begins a run, or goes on with the newest unfinished one of the same key that no process is at
 * work on. `key` says which work it is (files, target, options) and is shown by --runs. Tidies up
 * after all runs that were killed, and removes old ones. Errors have been said; *out is set on
 * STATUS_FINE only. Call it before the first file is looked at: tidying takes links off the files
 * of the runs that were killed. */
enum status journal_open(struct journal **out, const char *key);

/* Tidies up after all runs that were killed, for a run that keeps no journal itself. */
void journal_tidy(void);

/* Finds the directory of all journals: nothing in it is anybody's to convert. False: there is none.
 */
bool journal_find(struct stat *directory);

/* Writes the end: the work is done (`finished`), or it may be gone on with. A run that replaced
 * nothing is removed. Frees the journal; NULL is fine. */
enum status journal_close(struct journal *journal, bool finished);

/* The run's name, as --undo takes it. Borrowed. */
const char *journal_name(const struct journal *journal);

bool journal_is_resumed(const struct journal *journal);

/* Whether an earlier part of this run wrote exactly this file, and nobody has changed it since:
 * inode, size and time of change are those of `now`, which is the file's stat(). */
bool journal_is_done(const struct journal *journal, const char *path, const struct stat *now);

/* The rest is commit.c's. All return 0, or -1 with errno; a write that fails leaves nothing of
 * itself in the journal. */

/* Says that something of the kind DIRECTORY, CREATE, REPLACE or BACKUP is about to be made at this
 * absolute path, and gives it a number. */
int journal_begin(struct journal *journal, enum record_kind kind, const char *path, size_t *number);

/* Writes these lines in one go. */
int journal_write(struct journal *journal, const struct bytes *lines);

/* Where the original of that number is to be kept, for the caller to free. NULL with errno. */
char *journal_kept(const struct journal *journal, size_t number);

/* Keeps the file at `path` there, by a link. EAGAIN: it is not `as_read` any more; any other errno:
 * no link can be made (another file system, somebody else's file). Nothing is left behind. */
int journal_link(const char *kept, const char *path, const struct stat *as_read);

/* The same by a copy, which is in pending.h's table until the caller takes it off. `at_once`: it is
 * durable; else it is after journal_sync(). */
int journal_copy(struct journal *journal, const char *kept, const char *path,
                 const struct stat *as_read, bool at_once);

/* Makes the journal and what is kept durable. */
int journal_sync(struct journal *journal);

/* A file is in its place. */
void journal_count(struct journal *journal);

#endif
