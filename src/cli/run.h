/* SPDX-License-Identifier: Apache-2.0 */
/* run.h - one run of the program that replaced files, as it lies in the state directory:
 *
 *     $XDG_STATE_HOME/ivnorm/runs/RUN/journal    what was done, a line a record (record.h)
 *     $XDG_STATE_HOME/ivnorm/runs/RUN/NUMBER     the original of the entry of that number
 *
 * RUN is YYYYMMDD-HHMMSS-COUNT. A process that works on a run holds a lock on its journal. What is
 * wrong with a journal's lines is said here; everything else is left to the callers. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum run_state {
    RUN_OPEN, /* begun; nobody wrote an end: at work or killed */
    RUN_STOPPED,
    RUN_FINISHED,
    RUN_UNDOING, /* an undo was begun, and killed or could not do all of it */
    RUN_UNDONE
};

enum run_progress {
    ENTRY_NONE,
    ENTRY_BEGUN,
    ENTRY_READY,
    ENTRY_DONE,
    ENTRY_FAILED,
    ENTRY_RESTORED
};

struct run_entry {
    enum record_kind what; /* RECORD_DIRECTORY, _CREATE, _REPLACE or _BACKUP */
    enum run_progress progress;
    bool is_known; /* its READY record was read: marks and hash are valid */
    struct record_mark before;
    struct record_mark after;
    uint64_t hash;
    char *path;
};

struct run {
    char *directory;
    char *name;
    int fd;       /* the journal, locked unless is_busy */
    bool is_busy; /* another process holds the lock */
    char *key;    /* NULL: its first line is damaged */
    int64_t started;
    enum run_state state;
    struct run_entry *entries; /* by number; gaps where lines are damaged */
    size_t count;
    size_t capacity;
    size_t damaged;
};

/* The directory of all runs; the caller frees it. NULL with errno; ENOENT if neither XDG_STATE_HOME
 * nor HOME is an absolute path. */
char *run_root(void);

/* Makes that directory; only its owner may see the originals of his files. A home that does not
 * exist is not made: ENOENT. -1 with errno. */
int run_root_make(const char *root);

/* What a listing knows of a run. */
struct run_head {
    char *name;
    char *key; /* NULL: damaged */
    int64_t started;
};

struct run_heads {
    struct run_head *items; /* newest first */
    size_t count;
};

/* No directory is no runs. -1 with errno. run_heads_fini() in either case. */
int run_heads_load(struct run_heads *heads, const char *root);
void run_heads_fini(struct run_heads *heads);

/* All of these: 0, or -1 with errno. run_close() in either case of the first two. run_create()
 * makes a new directory with an empty journal (`heads`: the runs that are there); run_open() locks
 * one that is there, ENOENT if it is not. */
int run_create(struct run *run, const char *root, const struct run_heads *heads, int64_t now);
int run_open(struct run *run, const char *root, const char *name);
void run_close(struct run *run);

/* Reads the journal. Damaged lines are told and passed over; a last line without its end is what a
 * kill leaves, and is no damage. */
int run_load(struct run *run);

/* The kind of the journal's last line, which is all that it reads; RECORD_KINDS if that is cut
 * short, damaged or long. */
enum record_kind run_last_kind(const struct run *run);

/* Cuts off a last line without its end, so that what is appended does not run into it. */
int run_trim(struct run *run);

/* Appends whole lines, or nothing of them. */
int run_append(struct run *run, const struct bytes *lines);
int run_append_record(struct run *run, const struct record *record);

/* Tidies up after a kill: finds out which files of the journal are in place, deletes the temporary
 * files and the kept originals of those that are not, and writes that down. Only a locked run. */
int run_settle(struct run *run);

/* Where the original of an entry is kept, and the name of the temporary file beside `path`; the
 * caller frees them. NULL with errno. */
char *run_kept(const struct run *run, size_t number);
char *run_temporary(const char *run_name, size_t number, const char *path);

/* Whether any original is kept that was not put back; of one that cannot be read, true. */
bool run_has_originals(const struct run *run);

/* Deletes a locked run with all that it keeps. A kill meanwhile leaves a part of it under another
 * name, which run_sweep() deletes, as it does a directory without a journal. */
int run_remove(struct run *run);
void run_sweep(const char *root);

#endif
