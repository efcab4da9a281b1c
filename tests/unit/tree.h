/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - a directory of its own for each test, and what was said on standard error meanwhile. */
#ifndef UNIT_TREE_H
#define UNIT_TREE_H

#include <stddef.h>

/* Makes an empty directory, goes there and takes standard error. */
void tree_open(void);

/* Goes back, gives standard error back and removes the directory. */
void tree_close(void);

/* Writes a file, and makes the directories it needs. */
void tree_write(const char *path, const void *text, size_t n);
void tree_put(const char *path, const char *text);

/* Makes a directory and those above it. */
void tree_directory(const char *path);

/* What has been said since the last call; the caller frees it. */
char *tree_said(void);

/* Asserts that it was nothing, or that it has `part` in it. */
void tree_expect_silence(void);
void tree_expect_said(const char *part);

/* Becomes a user whom permissions hold off, if this is root, and lets it have the directory. */
void tree_drop_rights(void);

#endif
