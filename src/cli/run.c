/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "run.h"

#include "output_path.h"
#include "pending.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

char *run_root(void) {
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    char *root = NULL;
    int n = -1;
    /* The specification has relative paths ignored. */
    if (state && *state == '/')
        n = asprintf(&root, "%s/ivnorm/runs", state);
    else if (home && *home == '/')
        n = asprintf(&root, "%s/.local/state/ivnorm/runs", home);
    else
        errno = ENOENT;
    return n < 0 ? NULL : root;
}

/* HOME where it is what run_root() goes by, else NULL. */
static const char *home_in_use(void) {
    const char *state = getenv("XDG_STATE_HOME");
    return state && *state == '/' ? NULL : getenv("HOME");
}

int run_root_make(const char *root) {
    const char *home = home_in_use();
    struct stat found;
    if (home && stat(home, &found) != 0)
        return -1;
    if (output_path_make(root) != 0)
        return -1;
    return mkdir(root, 0700) != 0 && errno != EEXIST ? -1 : 0;
}

static char *join(const char *directory, const char *name) {
    char *path = NULL;
    return asprintf(&path, "%s/%s", directory, name) < 0 ? NULL : path;
}

/* YYYYMMDD-HHMMSS-COUNT: no other name is taken for a run, least of all one with a slash. */
static bool is_run_name(const char *name) {
    static const char pattern[] = "00000000-000000-0";
    for (size_t i = 0; pattern[i]; i++) {
        if (pattern[i] == '-' ? name[i] != '-' : name[i] < '0' || name[i] > '9')
            return false;
    }
    return strlen(name) < 32 && name[strspn(name, "0123456789-")] == '\0';
}

/* The run's first line. A run without a readable one is as old as its directory. */
static void read_head(struct run_head *head, const char *directory) {
    char *path = join(directory, "journal");
    FILE *file = path ? fopen(path, "re") : NULL;
    char *line = NULL;
    size_t capacity = 0;
    struct stat status;
    if (stat(directory, &status) == 0)
        head->started = (int64_t)status.st_mtim.tv_sec;
    ssize_t n = file ? getline(&line, &capacity, file) : -1;
    struct record record;
    if (n > 0 && line[n - 1] == '\n' && record_parse(&record, line, (size_t)n - 1) == 0) {
        if (record.kind == RECORD_RUN) {
            head->started = (int64_t)record.number;
            head->key = record.text;
        } else {
            free(record.text);
        }
    }
    free(line);
    if (file)
        fclose(file);
    free(path);
}

static int compare(const void *a, const void *b) {
    const struct run_head *left = a;
    const struct run_head *right = b;
    if (left->started != right->started)
        return left->started < right->started ? 1 : -1;
    /* Of the same second: the count is a number. */
    size_t longer = strlen(left->name);
    size_t other = strlen(right->name);
    if (longer != other)
        return longer < other ? 1 : -1;
    return strcmp(right->name, left->name);
}

static int add_head(struct run_heads *heads, const char *root, const char *name) {
    struct run_head *items = reallocarray(heads->items, heads->count + 1, sizeof *items);
    if (!items)
        return -1;
    heads->items = items;
    struct run_head *head = &items[heads->count];
    memset(head, 0, sizeof *head);
    char *directory = join(root, name);
    head->name = strdup(name);
    if (directory && head->name) {
        read_head(head, directory);
        heads->count++;
    }
    bool added = directory && head->name;
    if (!added)
        free(head->name);
    free(directory);
    return added ? 0 : -1;
}

int run_heads_load(struct run_heads *heads, const char *root) {
    memset(heads, 0, sizeof *heads);
    DIR *directory = opendir(root);
    if (!directory)
        return errno == ENOENT ? 0 : -1;
    int result = 0;
    const struct dirent *entry;
    while (result == 0 && (entry = readdir(directory))) {
        if (is_run_name(entry->d_name))
            result = add_head(heads, root, entry->d_name);
    }
    closedir(directory);
    if (heads->count > 0)
        qsort(heads->items, heads->count, sizeof *heads->items, compare);
    return result;
}

void run_heads_fini(struct run_heads *heads) {
    for (size_t i = 0; i < heads->count; i++) {
        free(heads->items[i].name);
        free(heads->items[i].key);
    }
    free(heads->items);
    memset(heads, 0, sizeof *heads);
}

static int open_journal(struct run *run, int flags) {
    char *path = join(run->directory, "journal");
    if (!path)
        return -1;
    run->fd = open(path, flags | O_RDWR | O_APPEND | O_CLOEXEC, 0600);
    int saved = errno;
    free(path);
    errno = saved;
    return run->fd < 0 ? -1 : 0;
}

/* After those of the same second, so that the order of the names is that of time. */
static int next_count(const struct run_heads *heads, const char *date) {
    int count = 0;
    size_t n = strlen(date);
    for (size_t i = 0; i < heads->count; i++) {
        const char *name = heads->items[i].name;
        long other = strncmp(name, date, n) == 0 ? strtol(name + n + 1, NULL, 10) : 0;
        if (other > count && other < 1000000)
            count = (int)other;
    }
    return count + 1;
}

static int make_directory(struct run *run, const char *root, const struct run_heads *heads,
                          int64_t now) {
    enum { TRIES = 1000 };
    time_t seconds = (time_t)now;
    struct tm local;
    char date[32];
    if (!localtime_r(&seconds, &local) || strftime(date, sizeof date, "%Y%m%d-%H%M%S", &local) == 0)
        return -1;
    const int first = next_count(heads, date);
    for (int i = first; i < first + TRIES; i++) {
        if (asprintf(&run->name, "%s-%d", date, i) < 0) {
            run->name = NULL;
            return -1;
        }
        run->directory = join(root, run->name);
        if (!run->directory)
            return -1;
        if (mkdir(run->directory, 0700) == 0)
            return 0;
        if (errno != EEXIST)
            return -1;
        free(run->name);
        free(run->directory);
        run->name = run->directory = NULL;
    }
    return -1;
}

/* Somebody's tidying may have taken the run away before it was locked. */
static int check_linked(const struct run *run) {
    struct stat now;
    if (fstat(run->fd, &now) != 0)
        return -1;
    errno = ENOENT;
    return now.st_nlink > 0 ? 0 : -1;
}

int run_create(struct run *run, const char *root, const struct run_heads *heads, int64_t now) {
    enum { TRIES = 10 };
    for (int i = 0; i < TRIES; i++) {
        memset(run, 0, sizeof *run);
        run->fd = -1;
        run->started = now;
        if (make_directory(run, root, heads, now) != 0)
            return -1;
        if (open_journal(run, O_CREAT | O_EXCL) == 0 && flock(run->fd, LOCK_EX) == 0 &&
            check_linked(run) == 0)
            return 0;
        int saved = errno;
        if (saved != ENOENT)
            run_remove(run);
        run_close(run);
        errno = saved;
        if (saved != ENOENT)
            break;
    }
    return -1;
}

int run_open(struct run *run, const char *root, const char *name) {
    memset(run, 0, sizeof *run);
    run->fd = -1;
    if (!is_run_name(name)) {
        errno = ENOENT;
        return -1;
    }
    run->name = strdup(name);
    run->directory = join(root, name);
    if (!run->name || !run->directory || open_journal(run, 0) != 0)
        return -1;
    if (flock(run->fd, LOCK_EX | LOCK_NB) == 0)
        return 0;
    run->is_busy = true;
    return errno == EWOULDBLOCK ? 0 : -1;
}

void run_close(struct run *run) {
    for (size_t i = 0; i < run->count; i++)
        free(run->entries[i].path);
    free(run->entries);
    free(run->key);
    free(run->name);
    free(run->directory);
    if (run->fd >= 0)
        close(run->fd);
    memset(run, 0, sizeof *run);
    run->fd = -1;
}

char *run_kept(const struct run *run, size_t number) {
    char *path = NULL;
    return asprintf(&path, "%s/%zu", run->directory, number) < 0 ? NULL : path;
}

char *run_temporary(const char *run_name, size_t number, const char *path) {
    char name[96];
    snprintf(name, sizeof name, ".ivnorm-%s-%zu", run_name, number);
    return pending_beside(path, name);
}

static int remove_all(const char *path) {
    DIR *directory = opendir(path);
    if (!directory)
        return -1;
    const struct dirent *entry;
    while ((entry = readdir(directory)))
        unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    return rmdir(path);
}

bool run_has_originals(const struct run *run) {
    DIR *directory = opendir(run->directory);
    const struct dirent *entry;
    bool found = !directory;
    while (!found && (entry = readdir(directory)))
        found = entry->d_name[0] != '.' && strcmp(entry->d_name, "journal") != 0;
    if (directory)
        closedir(directory);
    return found;
}

int run_remove(struct run *run) {
    char *gone = NULL;
    /* Under another name first: half a run must not be taken for a whole one. */
    if (asprintf(&gone, "%s~", run->directory) < 0)
        return -1;
    int result = rename(run->directory, gone) == 0 ? remove_all(gone) : -1;
    int saved = errno;
    free(gone);
    errno = saved;
    return result;
}

void run_sweep(const char *root) {
    DIR *directory = opendir(root);
    const struct dirent *entry;
    while (directory && (entry = readdir(directory))) {
        size_t n = strlen(entry->d_name);
        char *path = entry->d_name[0] != '.' ? join(root, entry->d_name) : NULL;
        if (path && entry->d_name[n - 1] == '~')
            remove_all(path);
        else if (path)
            (void)rmdir(path); /* fails for all that hold anything */
        free(path);
    }
    if (directory)
        closedir(directory);
}
