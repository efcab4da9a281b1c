/* SPDX-License-Identifier: Apache-2.0 */
/* undo.h - --undo and --runs: putting back what a run replaced, and the list of runs. */
#ifndef CLI_UNDO_H
#define CLI_UNDO_H

#include "message.h"

#include <stdio.h>

/* Undoes a run (NULL: the newest that did something and is not undone, or not all of it; the
 * latter is told): every file gets its former bytes, mode, owner, attributes and times, one that
 * was deleted too; files and empty directories that the run made are removed. What somebody has
 * changed since is left, with its backup, and told, and STATUS_ERROR returned; the run can then be
 * undone again. An undo that was killed is completed by another. One line about it goes to `out`.
 * Main thread only. */
enum status undo_run(const char *run, FILE *out);

/* One line a run, newest first: name, time, state, number of files, key with its first five names;
 * TAB between them. */
enum status runs_list(FILE *out);

#endif
