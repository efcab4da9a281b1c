/* SPDX-License-Identifier: Apache-2.0 */
/* worklist.h - the files that a batch is about: those named, and those found in directories. */
#ifndef CLI_WORKLIST_H
#define CLI_WORKLIST_H

#include "config.h"
#include "message.h"
#include "options.h"
#include "tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/types.h>

struct worklist_file {
    char *path;   /* to open and to show */
    char *target; /* under --output; NULL: none is asked for */
    dev_t device; /* as it was when it was found: */
    ino_t inode;
    uint64_t size; /* in bytes */
    bool is_found; /* in a directory: it is left alone where it is no text */
};

struct worklist {
    struct worklist_file *files;
    size_t count;
    size_t capacity;
    uint64_t bytes;     /* of all of them */
    bool has_directory; /* one was named */
};

/* Finds the files; what was left out goes to the tally. What is wrong has been said: the list is of
 * use all the same, unless two files would be written to one (*usable is false then).
 * worklist_fini() in any case. */
enum status worklist_fill(struct worklist *list, const struct options *typed, struct config *config,
                          struct tally *tally, bool *usable);
void worklist_fini(struct worklist *list);

#endif
