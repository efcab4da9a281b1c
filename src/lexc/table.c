/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"

/* Runs opencc_dict without a shell, so that no path needs quoting; its output comes by a pipe. */
static char *dump(const struct opencc_data *data, const char *path, size_t *size) {
    int ends[2];
    if (pipe(ends) != 0)
        fail_errno("pipe");
    pid_t child = fork();
    if (child < 0)
        fail_errno("fork");
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execlp(data->dump_program, data->dump_program, "-i", path, "-o", "/dev/stdout", "-f",
               "ocd2", "-t", "text", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    FILE *stream = fdopen(ends[0], "r");
    if (!stream)
        fail_errno("fdopen");
    char *text = read_stream(stream, path, size);
    fclose(stream);
    if (wait_child(child) != 0)
        fail("%s: %s could not dump it; is the package opencc installed?", path,
             data->dump_program);
    return text;
}

static int compare(const void *x, const void *y) {
    const struct table_row *a = x, *b = y;
    return strcmp(a->key, b->key);
}

static void split(struct table *t, const char *path) {
    size_t lines = 0;
    for (const char *p = t->text; *p; p++)
        lines += *p == '\n';
    t->rows = allocate((lines + 1) * sizeof *t->rows);
    unsigned line = 0;
    for (char *p = t->text, *next; *p; p = next) {
        char *end = strchr(p, '\n');
        next = end ? end + 1 : p + strlen(p);
        if (end)
            *end = '\0';
        line++;
        if (*p == '\0' || *p == '#')
            continue;
        char *tab = strchr(p, '\t');
        if (!tab)
            fail("%s:%u: no tab in the line; this is no OpenCC dictionary", path, line);
        *tab = '\0';
        t->rows[t->count++] = (struct table_row){p, tab + 1, line};
    }
    qsort(t->rows, t->count, sizeof *t->rows, compare);
}

void table_load(struct table *t, const struct opencc_data *data, const char *name) {
    char path[4096];
    size_t size;
    *t = (struct table){0};
    snprintf(path, sizeof path, "%s/%s.txt", data->directory, name);
    if (access(path, R_OK) == 0) {
        t->text = read_file(path, &size);
    } else {
        snprintf(path, sizeof path, "%s/%s.ocd2", data->directory, name);
        if (access(path, R_OK) != 0)
            fail("%s/%s.ocd2: not found, nor %s.txt; --opencc-data names OpenCC's data",
                 data->directory, name, name);
        t->text = dump(data, path, &size);
    }
    split(t, path);
    t->name = allocate(strlen(name) + sizeof "opencc/.txt");
    sprintf(t->name, "opencc/%s.txt", name);
}

void table_fini(struct table *t) {
    free(t->text);
    free(t->rows);
    free(t->name);
}

const struct table_row *table_find(const struct table *t, const char *key, size_t n) {
    size_t low = 0, high = t->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(t->rows[middle].key, key, n);
        if (order == 0 && t->rows[middle].key[n] != '\0')
            order = 1;
        if (order == 0)
            return &t->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *table_next_value(const char **values, size_t *n) {
    if (**values == '\0')
        return NULL;
    const char *value = *values;
    *n = strcspn(value, " ");
    *values = value + *n + (value[*n] == ' ');
    return value;
}
