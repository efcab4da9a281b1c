/* SPDX-License-Identifier: Apache-2.0 */
#include "fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "buffer.h"

void fail(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("ivnorm-lexc: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(EXIT_FAILURE);
}

void fail_errno(const char *what) {
    fail("%s: %s", what, strerror(errno));
}

/* The message with its arguments filled in. */
void complain(const ivn_error *err) {
    char text[1024] = "";
    size_t used = 0;
    int arg = 0;
    for (const char *p = err->message; *p && used + IVN_ERROR_ARG_SIZE < sizeof text; p++) {
        if (p[0] == '%' && p[1] == 's' && arg < IVN_ERROR_ARGS) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s", err->args[arg++]);
            p++;
        } else {
            text[used++] = *p;
        }
    }
    text[used] = '\0';
    fprintf(stderr, "ivnorm-lexc: %s:%zu:%zu: %s\n", err->file, err->line, err->column, text);
}

void fail_error(const ivn_error *err) {
    complain(err);
    exit(EXIT_FAILURE);
}

void *allocate(size_t size) {
    void *p = calloc(1, size ? size : 1);
    if (!p)
        fail("out of memory");
    return p;
}

void *grow_array(void *array, size_t *capacity, size_t need, size_t item_size) {
    if (!array_grow(&array, capacity, need, item_size))
        fail("out of memory");
    return array;
}

char *read_stream(FILE *stream, const char *name, size_t *size) {
    size_t capacity = 1 << 16;
    char *text = allocate(capacity);
    *size = 0;
    for (;;) {
        *size += fread(text + *size, 1, capacity - *size - 1, stream);
        if (ferror(stream))
            fail_errno(name);
        if (feof(stream))
            break;
        if (*size + 1 == capacity) {
            capacity *= 2;
            text = realloc(text, capacity);
            if (!text)
                fail("out of memory");
        }
    }
    text[*size] = '\0';
    return text;
}

char *read_file(const char *path, size_t *size) {
    FILE *stream = fopen(path, "rb");
    if (!stream)
        fail_errno(path);
    char *text = read_stream(stream, path, size);
    fclose(stream);
    return text;
}

int wait_child(pid_t child) {
    int status;
    if (waitpid(child, &status, 0) != child)
        fail_errno("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
