/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "user_path.h"

#include <stdlib.h>
#include <string.h>

int user_path_add(struct bytes *path, const char *variable, const char *fallback,
                  const char *rest) {
    const char *base = getenv(variable);
    if (base && *base == '/')
        fallback = "";
    else
        base = getenv("HOME");
    if (!base || *base != '/')
        return -1;
    return bytes_add_string(path, base) != 0 || bytes_add_string(path, fallback) != 0 ||
                   bytes_add_string(path, "/ivnorm/") != 0 ||
                   bytes_add(path, rest, strlen(rest) + 1) != 0
               ? -1
               : 0;
}
