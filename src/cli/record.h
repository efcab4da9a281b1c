/* SPDX-License-Identifier: Apache-2.0 */
/* record.h - one line of a run's journal: what it says, as a struct and as text.
 *
 *     KIND NUMBER [MARK MARK HASH] TAB TEXT TAB CHECKSUM LF
 *
 * A mark is four numbers: inode, size in bytes, seconds and nanoseconds of the last change. TEXT
 * has its backslashes and control bytes written as \xHH; a path of any bytes but NUL fits into a
 * line. */
#ifndef CLI_RECORD_H
#define CLI_RECORD_H

#include "bytes.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* The order is that of the words in record.c. */
enum record_kind {
    RECORD_RUN,       /* first line: number = seconds since 1970, text = key */
    RECORD_RESUME,    /* the run goes on: number = seconds */
    RECORD_DIRECTORY, /* number, path: about to be created */
    RECORD_CREATE,    /* number, path: its temporary file is about to be made */
    RECORD_REPLACE,   /* the same */
    RECORD_BACKUP,    /* the same; the file that it is a copy of has the next number */
    RECORD_READY,     /* number, marks, hash: the temporary file is complete */
    RECORD_DONE,      /* number: is in place */
    RECORD_FAILED,    /* number: is not, and left nothing */
    RECORD_FINISHED,  /* end of a whole run: number = files and directories */
    RECORD_STOPPED,   /* end of a part */
    RECORD_UNDO,      /* an undo has begun: nothing may resume the run */
    RECORD_RESTORED,  /* number: is as before the run */
    RECORD_UNDONE,    /* end of an undo: number = files left, which another undo may try again */
    RECORD_KINDS
};

/* Tells one state of a file from another. */
struct record_mark {
    uint64_t inode;
    uint64_t size;
    int64_t seconds;
    int64_t nanoseconds;
};

struct record {
    enum record_kind kind;
    uint64_t number;
    struct record_mark before; /* READY: the original; zeros for a new file */
    struct record_mark after;  /* READY: what takes its place */
    uint64_t hash;             /* READY: of the bytes that take its place */
    char *text;                /* NULL is "" */
};

struct record_mark record_mark_of(const struct stat *file);
bool record_mark_equal(const struct record_mark *a, const struct record_mark *b);

/* FNV-1a, 64 bits; goes on from `hash`, which is RECORD_HASH for the first bytes. */
#define RECORD_HASH UINT64_C(0xcbf29ce484222325)
uint64_t record_hash(uint64_t hash, const void *bytes, size_t n);

/* Appends the line. -1 with errno. */
int record_write(struct bytes *to, const struct record *record);

/* Reads a line of n bytes without its LF. record->text is the caller's to free. -1 with errno
 * EINVAL for a damaged line (NUL bytes, a wrong checksum, an unknown kind), or ENOMEM. */
int record_parse(struct record *record, const char *line, size_t n);

#endif
