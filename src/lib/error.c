/* SPDX-License-Identifier: Apache-2.0 */
#include "error.h"

#include <string.h>

static void copy(char *to, const char *from) {
    size_t n = strlen(from);
    if (n >= IVN_ERROR_ARG_SIZE) {
        n = IVN_ERROR_ARG_SIZE - 1;
        while (n > 0 && ((unsigned char)from[n] & 0xC0) == 0x80)
            n--;
    }
    memcpy(to, from, n);
    to[n] = '\0';
}

ivn_status error_set(ivn_error *err, ivn_status status, const char *message, const char *a,
                     const char *b, const char *c) {
    if (!err)
        return status;
    memset(err, 0, sizeof *err);
    err->status = status;
    err->message = message;
    const char *args[IVN_ERROR_ARGS] = {a, b, c};
    for (int i = 0; i < IVN_ERROR_ARGS && args[i]; i++)
        copy(err->args[i], args[i]);
    return status;
}

void error_place(ivn_error *err, const char *file, size_t line, size_t column) {
    if (!err)
        return;
    if (file)
        copy(err->file, file);
    err->line = line;
    err->column = column;
}

ivn_status error_memory(ivn_error *err) {
    return error_set(err, IVN_NO_MEMORY, N_("out of memory"), NULL, NULL, NULL);
}
