/* SPDX-License-Identifier: Apache-2.0 */
#include "error.h"

#include <string.h>

#include "utf8.h"

void error_copy(char to[IVN_ERROR_ARG_SIZE], const char *from, size_t n) {
    if (n >= IVN_ERROR_ARG_SIZE) {
        n = IVN_ERROR_ARG_SIZE - 1;
        while (n > 0 && utf8_continues(from[n]))
            n--;
    }
    if (n)
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
        error_copy(err->args[i], args[i], strlen(args[i]));
    return status;
}

void error_place(ivn_error *err, const char *file, size_t line, size_t column) {
    if (!err)
        return;
    if (file)
        error_copy(err->file, file, strlen(file));
    err->line = line;
    err->column = column;
}

ivn_status error_memory(ivn_error *err) {
    return error_set(err, IVN_NO_MEMORY, N_("out of memory"), NULL, NULL, NULL);
}

void error_find_place(ivn_error *err, const char *text, size_t offset) {
    size_t line = 1, start = 0;
    if (!err)
        return;
    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n') {
            line++;
            start = i + 1;
        }
    if (start == 0)
        start = utf8_mark(text, offset); /* it takes no column */
    error_place(err, NULL, line, 1 + utf8_count(text + start, offset - start));
    err->offset = offset;
}

ivn_status error_utf8(ivn_error *err, const char *text, size_t at) {
    static const char digits[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)text[at];
    const char hex[] = {digits[byte >> 4], digits[byte & 15], '\0'};
    error_set(err, IVN_ENCODING,
              N_("byte 0x%s is not valid UTF-8; name the encoding with --from-encoding or use "
                 "--invalid=keep"),
              hex, NULL, NULL);
    error_find_place(err, text, at);
    return IVN_ENCODING;
}
