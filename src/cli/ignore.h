/* SPDX-License-Identifier: Apache-2.0 */
/* ignore.h - what the .gitignore and .ivnormignore files of a tree leave out.
 *
 * As git has it: one pattern (glob.h) a line, `#` before a comment, `!` before what is to be taken
 * in again, trailing spaces off unless a backslash stands before them, LF or CRLF, a byte order
 * mark at the head. Patterns are relative to the file's directory. The deepest file's last line
 * that matches decides; a directory's .ivnormignore is read after its .gitignore. `{a,b}` are
 * alternatives in .ivnormignore only: git knows none. Files above the root count up to the
 * directory with `.git`, and not at all where there is none. Neither .git/info/exclude nor a
 * user's own exclude file is read. Symbolic links to ignore files are followed.
 *
 * Who walks the tree enters each directory and leaves it again, and does not enter what is
 * ignored: nothing in there can be taken in again. One thread. */
#ifndef CLI_IGNORE_H
#define CLI_IGNORE_H

#include "message.h"

#include <stdbool.h>
#include <stddef.h>

struct ignore;

/* Reads the files above `root`. Free with ignore_close(). NULL after saying why: `root` cannot be
 * resolved, a file cannot be read, no memory. */
struct ignore *ignore_open(const char *root);
void ignore_close(struct ignore *ignore);

/* Reads the files of a directory: `path` to open it with and to show, `relative` to the root, ""
 * for the root. Fit for calls in the order of the walk only, each with its ignore_leave().
 * False after saying that a file there cannot be read: what it leaves out is unknown, so leave
 * everything there; ignore_leave() is due all the same. */
bool ignore_enter(struct ignore *ignore, const char *path, const char *relative);
void ignore_leave(struct ignore *ignore);

/* Whether `relative`, in the directory that was entered last, is left out. True without memory,
 * after saying so. */
bool ignore_match(struct ignore *ignore, const char *relative, bool directory);

/* STATUS_ERROR once anything was said, also about a line that is no pattern (it is passed over). */
enum status ignore_status(const struct ignore *ignore);

#endif
