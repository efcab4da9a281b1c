/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox.h - a directory with files in it, for the tests of what replaces files: the working
 * directory is an empty one under /tmp, the files lie in tree/, the state directory beside it. */
#ifndef UNIT_SANDBOX_H
#define UNIT_SANDBOX_H

#include "../../src/cli/commit.h"

#include <stdio.h>

extern char sandbox_top[32];
extern size_t sandbox_placed; /* files that were told of as being in place */
extern FILE *sandbox_out;     /* an empty file to write to */

void sandbox_enter(void);
void sandbox_leave(void);

void sandbox_put(const char *path, const char *text);
void sandbox_assert_file(const char *path, const char *text);
void sandbox_assert_count(const char *path, size_t count);

/* "NAME:WHY;" of each file that failed. */
void sandbox_assert_told(const char *want);

struct journal *sandbox_open_journal(const char *key);
struct commit *sandbox_new_commit(struct journal *journal, const char *backup);
void sandbox_add(struct commit *commit, const char *path, const char *text);

/* A whole run over one file; its name is put into `name`. */
void sandbox_replace_one(const char *path, const char *text, const char *backup, char name[64]);

/* Undoes the run; what that says on standard error is put into `text`. */
enum status sandbox_undo(const char *run, char *text, size_t size);

#endif
