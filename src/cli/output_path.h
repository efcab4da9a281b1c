/* SPDX-License-Identifier: Apache-2.0 */
/* output_path.h - where --output=DIR puts a file. */
#ifndef CLI_OUTPUT_PATH_H
#define CLI_OUTPUT_PATH_H

/* DIR/NAME for the caller to free; what of `name` leads out of DIR (a slash at its head, "..") is
 * left out: a/b.txt, /a/b.txt and ../a/b.txt all go to DIR/a/b.txt. NULL with errno. */
char *output_path_new(const char *directory, const char *name);

/* Creates the directories that `path` needs. -1 with errno. */
int output_path_make(const char *path);

#endif
