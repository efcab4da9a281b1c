/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "ignore.h"

#include "bytes.h"
#include "glob.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 16 << 20 }; /* no ignore file comes near; a mistake or an attack does */

struct rule {
    struct glob *glob;
    bool negated;
};

/* The rules of one directory, in the order in which they stand. */
struct level {
    struct rule *rules;
    size_t count;
    size_t capacity;
    size_t base;  /* where the path starts that they are compared with */
    size_t depth; /* of the directory; 0 above the root */
};

struct ignore {
    struct level *levels; /* directories without rules have none */
    size_t count;
    size_t capacity;
    size_t depth;
    struct bytes path; /* scratch: from the topmost directory to what is asked about */
    size_t prefix;     /* of it: to the root, with a slash at the end */
    enum status status;
};

static void level_fini(struct level *level) {
    for (size_t i = 0; i < level->count; i++)
        glob_free(level->rules[i].glob);
    free(level->rules);
}

/* Makes room for one more in an array. */
static bool grow(void **items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return true;
    size_t more = *capacity ? *capacity * 2 : 8;
    if (more > SIZE_MAX / 2 / size)
        return false;
    void *grown = realloc(*items, more * size);
    if (!grown)
        return false;
    *items = grown;
    *capacity = more;
    return true;
}

static bool add_rule(struct level *level, struct rule rule) {
    void *rules = level->rules;
    if (!grow(&rules, level->count, &level->capacity, sizeof rule))
        return false;
    level->rules = rules;
    level->rules[level->count++] = rule;
    return true;
}

/* Cuts the spaces at the end, but not one behind a backslash. */
static void cut_spaces(char *line) {
    char *spaces = NULL;
    for (char *p = line; *p; p++) {
        if (*p == '\\' && p[1])
            p++;
        else if (*p == ' ') {
            spaces = spaces ? spaces : p;
            continue;
        }
        spaces = NULL;
    }
    if (spaces)
        *spaces = '\0';
}

/* One file as it is read. */
struct source {
    const char *name; /* to show */
    size_t line;
    bool braces;
};

/* False without memory. What is no pattern is told and passed over. */
static bool add_line(struct ignore *ignore, struct level *level, const struct source *source,
                     char *line) {
    const char *wrong = NULL;
    cut_spaces(line);
    bool negated = *line == '!';
    if (!*line || *line == '#')
        return true;
    struct rule rule = {glob_new(line + negated, source->braces, &wrong), negated};
    if (!rule.glob && wrong) {
        ignore->status = message_error(_("%s:%zu: not a pattern: %s; the line is left out"),
                                       source->name, source->line, _(wrong));
        return true;
    }
    if (rule.glob && add_rule(level, rule))
        return true;
    glob_free(rule.glob);
    return false;
}

/* -1 with errno. */
static int add_text(struct ignore *ignore, struct level *level, struct source *source,
                    struct bytes *text) {
    static const char mark[] = "\xEF\xBB\xBF";
    if (bytes_add(text, "", 1) != 0)
        return -1;
    char *line = text->data, *end = text->data + text->size - 1;
    if (strncmp(line, mark, 3) == 0)
        line += 3;
    for (char *next; line < end; line = next) {
        char *stop = memchr(line, '\n', (size_t)(end - line));
        next = stop ? stop + 1 : end;
        stop = stop ? stop : end;
        if (stop > line && stop[-1] == '\r')
            stop--;
        *stop = '\0';
        source->line++;
        if (!add_line(ignore, level, source, line)) {
            errno = ENOMEM;
            return -1;
        }
    }
    return 0;
}

/* Reads the file into `text`: 1, 0 if there is none, -1 with errno. What is no regular file is
 * none, so that a FIFO of that name does not hold us up. */
static int read_source(const char *name, struct bytes *text) {
    struct stat found;
    if (stat(name, &found) != 0)
        return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
    if (!S_ISREG(found.st_mode))
        return 0;
    if (found.st_size > LARGEST) {
        errno = EFBIG;
        return -1;
    }
    return bytes_read_file(text, name) == 0 ? 1 : -1;
}

static bool add_file(struct ignore *ignore, struct level *level, const char *directory,
                     const char *file, bool braces) {
    char *name = NULL;
    struct bytes text = {0};
    bool done = false;
    const char *slash = directory[strlen(directory) - 1] == '/' ? "" : "/";
    if (asprintf(&name, "%s%s%s", directory, slash, file) < 0) {
        name = NULL;
        message_errno(directory, _("cannot go on"), ENOMEM);
        goto out;
    }
    struct source source = {.name = name, .braces = braces};
    int found = read_source(name, &text);
    if (found > 0 && memchr(text.data, '\0', text.size)) {
        /* UTF-16, most likely: of which no line would say what it was meant to. */
        message_error(_("%s: has NUL bytes, so its directory is left out; save it as UTF-8"), name);
        goto out;
    }
    if (found < 0 || (found > 0 && add_text(ignore, level, &source, &text) != 0)) {
        message_errno(name, _("cannot read, so its directory is left out"), errno);
        goto out;
    }
    done = true;
out:
    if (!done)
        ignore->status = STATUS_ERROR;
    bytes_fini(&text);
    free(name);
    return done;
}

/* Reads the files of one directory as the deepest level. */
static bool add_level(struct ignore *ignore, const char *directory, size_t base) {
    struct level level = {.base = base, .depth = ignore->depth};
    void *levels = ignore->levels;
    if (!add_file(ignore, &level, directory, ".gitignore", false) ||
        !add_file(ignore, &level, directory, ".ivnormignore", true))
        goto fail;
    if (level.count == 0)
        return true;
    if (!grow(&levels, ignore->count, &ignore->capacity, sizeof level)) {
        ignore->status = message_errno(directory, _("cannot go on"), ENOMEM);
        goto fail;
    }
    ignore->levels = levels;
    ignore->levels[ignore->count++] = level;
    return true;
fail:
    level_fini(&level);
    return false;
}

/* Whether the directory `path` up to n bytes has a `.git`, be it a directory or a file. */
static bool is_top(const char *path, size_t n) {
    char *name = NULL;
    struct stat found;
    if (asprintf(&name, "%.*s/.git", (int)n, path) < 0)
        return false;
    bool is = lstat(name, &found) == 0;
    free(name);
    return is;
}

/* Reads the files from the directory with `.git` down to the one above `root`, which is absolute
 * and has no symbolic link in it. */
static bool add_parents(struct ignore *ignore, char *root) {
    size_t n = strlen(root), top = n;
    while (!is_top(root, top)) {
        if (top == 0)
            return true;
        do
            top--;
        while (root[top] != '/');
    }
    size_t start = top + 1;
    for (size_t at = top; at < n; at += 1 + strcspn(root + at + 1, "/")) {
        root[at] = '\0';
        bool added = add_level(ignore, at > 0 ? root : "/", at + 1 - start);
        root[at] = '/';
        if (!added)
            return false;
    }
    if (top < n && (bytes_add_string(&ignore->path, root + start) != 0 ||
                    bytes_add(&ignore->path, "/", 1) != 0)) {
        message_errno(root, _("cannot go on"), errno);
        return false;
    }
    ignore->prefix = ignore->path.size;
    return true;
}

struct ignore *ignore_open(const char *root) {
    struct ignore *ignore = calloc(1, sizeof *ignore);
    char *real = realpath(root, NULL);
    bool opened = false;
    if (!ignore || !real)
        message_errno(root, _("cannot open"), errno);
    else
        opened = strcmp(real, "/") == 0 || add_parents(ignore, real);
    free(real);
    if (opened)
        return ignore;
    ignore_close(ignore);
    return NULL;
}

void ignore_close(struct ignore *ignore) {
    if (!ignore)
        return;
    while (ignore->count > 0)
        level_fini(&ignore->levels[--ignore->count]);
    free(ignore->levels);
    bytes_fini(&ignore->path);
    free(ignore);
}

bool ignore_enter(struct ignore *ignore, const char *path, const char *relative) {
    size_t n = strlen(relative);
    ignore->depth++;
    return add_level(ignore, path, ignore->prefix + n + (n > 0));
}

void ignore_leave(struct ignore *ignore) {
    if (ignore->count > 0 && ignore->levels[ignore->count - 1].depth == ignore->depth)
        level_fini(&ignore->levels[--ignore->count]);
    ignore->depth--;
}

bool ignore_match(struct ignore *ignore, const char *relative, bool directory) {
    struct bytes *path = &ignore->path;
    if (ignore->count == 0)
        return false;
    path->size = ignore->prefix;
    if (bytes_add(path, relative, strlen(relative) + 1) != 0) {
        ignore->status = message_errno(relative, _("cannot go on"), errno);
        return true;
    }
    struct glob_subject subject = glob_subject(path->data, directory);
    for (size_t i = ignore->count; i-- > 0;) {
        const struct level *level = &ignore->levels[i];
        subject.path = path->data + level->base;
        for (size_t k = level->count; k-- > 0;) {
            if (glob_test(level->rules[k].glob, &subject))
                return !level->rules[k].negated;
        }
    }
    return false;
}

enum status ignore_status(const struct ignore *ignore) {
    return ignore->status;
}
