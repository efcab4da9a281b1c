/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "config.h"

#include "bytes.h"
#include "config_file.h"
#include "user_path.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char file_name[] = ".ivnorm.conf";

/* A directory that texts lie in or below. */
struct directory {
    char *path; /* absolute, without "." and ".."; no slash at its end: the root's is empty */
    struct directory *parent; /* the next one whose file counts; NULL: none does */
    struct config_file *file; /* NULL: it has none */
};

struct config {
    const struct options *typed;
    char *current; /* the working directory's path; NULL: it has none any more */
    struct config_file *user;
    void *directories; /* tsearch(3), by path */
    bool failed;       /* memory ran out midway: a directory may lack its parents */
};

static int by_path(const void *a, const void *b) {
    return strcmp(((const struct directory *)a)->path, ((const struct directory *)b)->path);
}

static void free_directory(void *node) {
    struct directory *directory = node;
    config_file_free(directory->file);
    free(directory->path);
    free(directory);
}

static int load_user(struct config *config) {
    struct bytes name = {0};
    int result = 0;
    if (user_path_add(&name, "XDG_CONFIG_HOME", "/.config", "config") == 0)
        result = config_file_load(&config->user, name.data, true);
    bytes_fini(&name);
    return result;
}

struct config *config_new(const struct options *typed) {
    struct config *config = calloc(1, sizeof *config);
    if (!config)
        goto no_memory;
    config->typed = typed;
    if (typed->no_config)
        return config;
    config->current = getcwd(NULL, 0);
    if (config->current && strcmp(config->current, "/") == 0)
        *config->current = '\0';
    if (load_user(config) == 0)
        return config;
no_memory:
    message_error("%s", strerror(ENOMEM));
    config_free(config);
    return NULL;
}

void config_free(struct config *config) {
    if (!config)
        return;
    tdestroy(config->directories, free_directory);
    config_file_free(config->user);
    free(config->current);
    free(config);
}

/* Whether a component of the path is "..". */
static bool goes_up(const char *path) {
    for (const char *s = path; *s; s += *s == '/') {
        size_t n = strcspn(s, "/");
        if (n == 2 && memcmp(s, "..", 2) == 0)
            return true;
        s += n;
    }
    return false;
}

static int add_components(struct bytes *to, const char *path) {
    for (const char *s = path; *s; s += *s == '/') {
        size_t n = strcspn(s, "/");
        bool nothing = n == 0 || (n == 1 && *s == '.');
        if (!nothing && (bytes_add(to, "/", 1) != 0 || bytes_add(to, s, n) != 0))
            return -1;
        s += n;
    }
    return 0;
}

/* The path without "..": where its directory really is, and its last component, which may be a link
 * and need not exist. NULL with errno; the caller frees it. */
static char *leave_out_up(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash || strcmp(slash, "/") == 0 || strcmp(slash, "/..") == 0)
        return realpath(path, NULL);
    char *joined = NULL;
    char *directory = strndup(path, (size_t)(slash + 1 - path));
    char *real = directory ? realpath(directory, NULL) : NULL;
    if (real && asprintf(&joined, "%s/%s", real, slash + 1) < 0)
        joined = NULL;
    free(real);
    free(directory);
    return joined;
}

/* Makes a path absolute, without a slash at its end. Links are followed only where ".." leads back
 * out of them: a file belongs to the place where it was named. -1 with errno. */
static int add_absolute(const struct config *config, const char *path, struct bytes *to) {
    char *real = NULL;
    int result = -1;
    if (goes_up(path) && !(real = leave_out_up(path)))
        return -1;
    if (real)
        path = real;
    if (*path != '/' && !config->current)
        errno = ENOENT;
    else if ((*path == '/' || bytes_add_string(to, config->current) == 0) &&
             add_components(to, path) == 0)
        result = bytes_add(to, "", 1);
    free(real);
    return result;
}

/* DIRECTORY/.ivnorm.conf as messages and the names in it are to show it: below the working
 * directory relative to it. The caller frees it. */
static char *name_file(const struct config *config, const char *directory) {
    size_t n = config->current ? strlen(config->current) : 0;
    char *name = NULL;
    if (n > 0 && strncmp(directory, config->current, n) == 0) {
        if (directory[n] == '\0')
            return strdup(file_name);
        if (directory[n] == '/')
            directory += n + 1;
    }
    return asprintf(&name, "%s/%s", directory, file_name) < 0 ? NULL : name;
}

/* The directory at `path`, with its file if it is new. NULL without memory. */
static struct directory *add_directory(struct config *config, const char *path) {
    struct directory *directory = calloc(1, sizeof *directory);
    char *name = name_file(config, path);
    if (!directory || !name || !(directory->path = strdup(path)) ||
        config_file_load(&directory->file, name, false) != 0 ||
        !tsearch(directory, &config->directories, by_path)) {
        if (directory)
            free_directory(directory);
        directory = NULL;
    }
    free(name);
    return directory;
}

/* The directory at the n bytes of `path`, with its parents as far as they count. From the inside to
 * the outside: what lies outside a root is not even read. NULL without memory. */
static struct directory *find_directory(struct config *config, char *path) {
    struct directory *found = NULL, **link = &found;
    for (;;) {
        struct directory key = {.path = path};
        void *node = tfind(&key, &config->directories, by_path);
        if (node) {
            *link = *(struct directory **)node;
            return found;
        }
        struct directory *directory = add_directory(config, path);
        if (!directory) {
            config->failed = true;
            return NULL;
        }
        *link = directory;
        link = &directory->parent;
        char *slash = strrchr(path, '/');
        if (!slash || (directory->file && directory->file->root))
            return found;
        *slash = '\0';
    }
}

/* What of an absolute path is below the directory that it begins with. */
static const char *below(const char *path, const char *directory) {
    size_t n = strlen(directory);
    return path + n + (path[n] == '/');
}

/* What the directories' files set, the outermost first. `path`: the file's, NULL = none. */
static enum status collect_found(struct directory *innermost, const char *path,
                                 struct settings *to) {
    size_t depth = 0, size = 0;
    enum status status = STATUS_FINE;
    for (const struct directory *d = innermost; d; d = d->parent)
        size++;
    const struct directory **chain = calloc(size, sizeof *chain);
    if (!chain)
        return message_error("%s", strerror(errno));
    for (const struct directory *d = innermost; d; d = d->parent)
        chain[depth++] = d;
    while (depth > 0 && status == STATUS_FINE) {
        const struct directory *d = chain[--depth];
        const char *relative = path ? below(path, d->path) : NULL;
        if (!d->file)
            continue;
        status = d->file->status;
        if (status == STATUS_FINE && config_file_collect(d->file, relative, to) != 0)
            status = message_error("%s", strerror(errno));
    }
    free(chain);
    return status;
}

static enum status add_found(struct config *config, const char *path, bool is_directory,
                             struct settings *to) {
    struct bytes file = {0}, directory = {0};
    enum status status = STATUS_ERROR;
    if (add_absolute(config, path, &file) != 0) {
        /* A path that leads nowhere belongs to no directory: opening it tells why. */
        status = errno == ENOMEM ? message_error("%s", strerror(errno)) : STATUS_FINE;
        goto out;
    }
    if (bytes_add(&directory, file.data, file.size) != 0) {
        message_error("%s", strerror(errno));
        goto out;
    }
    char *slash = strrchr(directory.data, '/');
    if (slash && !is_directory)
        *slash = '\0';
    struct directory *innermost = config->failed ? NULL : find_directory(config, directory.data);
    if (innermost)
        status = collect_found(innermost, is_directory ? NULL : file.data, to);
    else
        message_error("%s", strerror(ENOMEM));
out:
    bytes_fini(&file);
    bytes_fini(&directory);
    return status;
}

/* Of the user's configuration sections mean any file: its path from the root directory on. */
static enum status add_user(const struct config *config, const char *path, bool is_directory,
                            struct settings *to) {
    struct bytes file = {0};
    if (!config->user || config->user->status != STATUS_FINE)
        return config->user ? config->user->status : STATUS_FINE;
    if (!is_directory && add_absolute(config, path, &file) != 0 && errno != ENOMEM)
        bytes_fini(&file);
    int result = config_file_collect(config->user, file.data ? below(file.data, "") : NULL, to);
    bytes_fini(&file);
    return result == 0 ? STATUS_FINE : message_error("%s", strerror(errno));
}

static enum status resolve(struct config *config, const char *path, bool is_directory,
                           struct options *resolved) {
    const struct settings *typed = &config->typed->settings;
    struct settings all = {0};
    enum status status = STATUS_FINE;
    if (!config->typed->no_config) {
        status = add_user(config, path, is_directory, &all);
        if (status == STATUS_FINE)
            status = add_found(config, path, is_directory, &all);
    }
    for (size_t i = 0; status == STATUS_FINE && i < typed->count; i++)
        if (options_put(&all, typed->items[i]) != 0)
            status = message_error("%s", strerror(errno));
    /* What is to be freed is to be there, whatever the status. */
    if (status != STATUS_FINE)
        all.count = 0;
    if (options_apply(resolved, &all) != STATUS_FINE)
        status = STATUS_ERROR;
    settings_fini(&all);
    return status;
}

enum status config_for(struct config *config, const char *path, struct options *resolved) {
    if (strcmp(path, "-") == 0)
        return resolve(config, ".", true, resolved);
    return resolve(config, path, false, resolved);
}

enum status config_for_directory(struct config *config, const char *path,
                                 struct options *resolved) {
    return resolve(config, path, true, resolved);
}
