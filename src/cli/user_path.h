/* SPDX-License-Identifier: Apache-2.0 */
/* user_path.h - where the user's own files lie, by the XDG base directories. */
#ifndef CLI_USER_PATH_H
#define CLI_USER_PATH_H

#include "bytes.h"

/* Adds $VARIABLE/ivnorm/REST, or ~/FALLBACK/ivnorm/REST, and a NUL; `fallback` begins with a slash.
 * -1 if neither variable names an absolute path, or without memory. */
int user_path_add(struct bytes *path, const char *variable, const char *fallback, const char *rest);

#endif
