/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "commit.h"

#include "commit_part.h"
#include "copy.h"
#include "pending.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A group is full when it has either. More files would not make the wait for the disk cheaper, and
 * each takes up to three rows of pending.h's table. */
enum { GROUP_FILES = 128, GROUP_BYTES = 32 << 20 };

/* Up to here each file is waited for by itself: syncfs() waits for what all other programs wrote.
 */
enum { FEW_FILES = 4 };

struct item {
    char *given; /* the path as it was handed over; NULL: has been told of */
    struct part file;
    struct part backup;
};

struct commit {
    struct commit_options options;
    char run_name[64];
    size_t next; /* number of the next temporary file, where there is no journal */
    struct item items[GROUP_FILES];
    size_t count;
    size_t bytes;
    dev_t device;   /* of all of the group */
    int sync_fd;    /* a file there; -1 while the group is empty */
    bool owes_sync; /* the last renames are not durable yet */
};

int commit_new(struct commit **out, const struct commit_options *options) {
    struct commit *commit = calloc(1, sizeof *commit);
    if (!commit)
        return -1;
    commit->options = *options;
    commit->sync_fd = -1;
    if (options->journal)
        snprintf(commit->run_name, sizeof commit->run_name, "%s", journal_name(options->journal));
    else
        snprintf(commit->run_name, sizeof commit->run_name, "%lld-%ld", (long long)time(NULL),
                 (long)getpid());
    *out = commit;
    return 0;
}

static void tell(const struct commit *commit, const char *path, const char *why) {
    commit->options.tell(commit->options.arg, path, why);
}

static const char *reason(const struct part *part, int error) {
    if (part->why)
        return _(part->why);
    return error == EAGAIN ? _("it has changed since it was read") : strerror(error);
}

static void fini(struct item *item) {
    part_fini(&item->file);
    part_fini(&item->backup);
    free(item->given);
    memset(item, 0, sizeof *item);
}

/* Ends with this file: nothing of it is left, and the caller hears why. */
static void fail(struct commit *commit, struct item *item, int error, bool of_backup) {
    char why[512];
    if (!item->given)
        return;
    part_drop(&item->file, commit->options.journal);
    part_drop(&item->backup, commit->options.journal);
    if (of_backup)
        snprintf(why, sizeof why, _("cannot make its backup: %s"), reason(&item->backup, error));
    tell(commit, item->given, of_backup ? why : reason(&item->file, error));
    free(item->given);
    item->given = NULL;
}

static void fail_all(struct commit *commit, int error) {
    for (size_t i = 0; i < commit->count; i++)
        fail(commit, &commit->items[i], error, false);
}

static int describe(const struct commit *commit) {
    struct bytes lines = {0};
    int result = 0;
    for (size_t i = 0; result == 0 && i < commit->count; i++) {
        const struct item *item = &commit->items[i];
        if (item->given && item->backup.state != PART_NONE)
            result = part_describe(&item->backup, &lines);
        if (item->given && result == 0)
            result = part_describe(&item->file, &lines);
    }
    if (result == 0)
        result = journal_write(commit->options.journal, &lines);
    int saved = errno;
    bytes_fini(&lines);
    errno = saved;
    return result;
}

static void keep_originals(struct commit *commit) {
    for (size_t i = 0; i < commit->count; i++) {
        struct item *item = &commit->items[i];
        if (item->given && !item->file.is_fresh &&
            part_keep(&item->file, commit->options.journal, commit->count <= FEW_FILES) != 0)
            fail(commit, item, errno, false);
    }
}

static int sync_part(const struct part *part) {
    if (part->state != PART_STAGED)
        return 0;
    int fd = open(part->temporary, O_RDONLY | O_CLOEXEC);
    int result = fd < 0 ? -1 : fsync(fd);
    int saved = errno;
    if (fd >= 0)
        close(fd);
    errno = saved;
    return result;
}

/* Makes the group durable. Where the whole file system cannot tell, each file is asked. */
static void sync_group(struct commit *commit) {
    struct journal *journal = commit->options.journal;
    if (commit->count <= FEW_FILES || syncfs(commit->sync_fd) != 0) {
        for (size_t i = 0; i < commit->count; i++) {
            struct item *item = &commit->items[i];
            if (item->given && (sync_part(&item->file) != 0 || sync_part(&item->backup) != 0))
                fail(commit, item, errno, false);
        }
    }
    if (journal && journal_sync(journal) != 0)
        fail_all(commit, errno);
}

/* The files are in place by now: a failure here is no reason to say that they are not. */
static void sync_renames(struct commit *commit) {
    commit->owes_sync = commit->count > FEW_FILES;
    for (size_t i = 0; !commit->owes_sync && i < commit->count; i++) {
        if (commit->items[i].given)
            (void)copy_sync_directory(commit->items[i].file.path);
    }
}

static void place(struct commit *commit, struct item *item) {
    if (part_check(&item->file) != 0)
        fail(commit, item, errno, false);
    else if (item->backup.state == PART_STAGED && part_place(&item->backup) != 0)
        fail(commit, item, errno, true);
    else if (part_place(&item->file) != 0)
        fail(commit, item, errno, false);
}

/* Without these lines the next run finds out by itself, so that a failure takes nothing away. */
static void note_done(const struct commit *commit) {
    struct bytes lines = {0};
    for (size_t i = 0; i < commit->count; i++) {
        const struct part *parts[] = {&commit->items[i].backup, &commit->items[i].file};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
            const struct record record = {.kind = RECORD_DONE, .number = parts[k]->number};
            if (parts[k]->state == PART_PLACED) {
                (void)record_write(&lines, &record);
                journal_count(commit->options.journal);
            }
        }
    }
    (void)journal_write(commit->options.journal, &lines);
    bytes_fini(&lines);
}

static void flush_group(struct commit *commit) {
    struct journal *journal = commit->options.journal;
    if (commit->count == 0)
        return;
    if (journal && describe(commit) != 0)
        fail_all(commit, errno);
    if (journal)
        keep_originals(commit);
    sync_group(commit);
    for (size_t i = 0; i < commit->count; i++) {
        if (commit->items[i].given)
            place(commit, &commit->items[i]);
    }
    sync_renames(commit);
    if (journal)
        note_done(commit);
    for (size_t i = 0; i < commit->count; i++) {
        struct item *item = &commit->items[i];
        if (item->given)
            tell(commit, item->given, NULL);
        fini(item);
    }
    commit->count = 0;
    commit->bytes = 0;
}

static void leave_device(struct commit *commit) {
    flush_group(commit);
    if (commit->sync_fd >= 0) {
        if (commit->owes_sync)
            (void)syncfs(commit->sync_fd);
        close(commit->sync_fd);
    }
    commit->sync_fd = -1;
    commit->owes_sync = false;
}

static int enter_device(struct commit *commit, const struct part *part, int fd) {
    struct stat now;
    if (commit->sync_fd >= 0)
        return 0;
    if (fstat(fd, &now) != 0)
        return -1;
    commit->sync_fd = open(part->temporary, O_RDONLY | O_CLOEXEC);
    commit->device = now.st_dev;
    return commit->sync_fd < 0 ? -1 : 0;
}

/* Says what EPERM means where it is the owner or the group that the new file could not get. */
static void blame_owner(struct part *part, int fd, const struct stat *original) {
    if (errno != EPERM || copy_is_owned(fd, original))
        return;
    part->why = original->st_uid != geteuid()
                    ? N_("its owner cannot be kept (run as its owner, or use --output)")
                    : N_("its group cannot be kept (run as a member of it, or use --output)");
}

static int stage_file(struct commit *commit, struct part *part, const void *bytes, size_t n) {
    const enum record_kind kind = part->is_fresh ? RECORD_CREATE : RECORD_REPLACE;
    int fd = part_open(part, commit->options.journal, kind, commit->run_name, &commit->next);
    if (fd < 0)
        return -1;
    int result = enter_device(commit, part, fd);
    if (result == 0)
        result = copy_bytes(fd, bytes, n);
    if (result == 0)
        result = part->is_fresh ? fchmod(fd, part->original.st_mode)
                                : copy_properties(fd, part->path, &part->original);
    if (result != 0 && !part->is_fresh)
        blame_owner(part, fd, &part->original);
    part->hash = record_hash(RECORD_HASH, bytes, n);
    int saved = errno;
    if (part_close(part, fd) != 0 && result == 0)
        return -1;
    errno = saved;
    return result;
}

/* A copy, not a link: who edits the backup must not edit the kept original. */
static int stage_backup(struct commit *commit, struct part *part, const struct part *file) {
    struct stat from;
    struct stat there;
    part->is_fresh = true;
    if (asprintf(&part->path, "%s%s", file->path, commit->options.backup) < 0) {
        part->path = NULL;
        return -1;
    }
    if (lstat(part->path, &there) == 0) {
        part->why = N_("there is one already; remove it, or choose another suffix");
        return -1;
    }
    int fd =
        part_open(part, commit->options.journal, RECORD_BACKUP, commit->run_name, &commit->next);
    if (fd < 0)
        return -1;
    int result = enter_device(commit, part, fd);
    if (result == 0)
        result = copy_file(fd, file->path, &from);
    if (result != 0)
        blame_owner(part, fd, &file->original);
    int saved = errno;
    if (part_close(part, fd) != 0 && result == 0)
        return -1;
    errno = saved;
    return result;
}

static void stage(struct commit *commit, struct item *item, const void *bytes, size_t n) {
    const bool has_backup = commit->options.backup && !item->file.is_fresh;
    /* Told of as handled, whatever comes: nothing is in the group yet that could fail twice. */
    if (has_backup && stage_backup(commit, &item->backup, &item->file) != 0) {
        fail(commit, item, errno, true);
        fini(item);
    } else if (stage_file(commit, &item->file, bytes, n) != 0) {
        fail(commit, item, errno, false);
        fini(item);
    } else {
        commit->count++;
        commit->bytes += n;
    }
    if (commit->count == GROUP_FILES || commit->bytes >= GROUP_BYTES)
        flush_group(commit);
}

/* The next row of the table, or NULL if there is no memory for it, which has been told. */
static struct item *begin(struct commit *commit, const char *path) {
    struct item *item = &commit->items[commit->count];
    item->given = strdup(path);
    if (!item->given)
        tell(commit, path, strerror(errno));
    return item->given ? item : NULL;
}

static int find_file(struct part *file, const char *path, const struct stat *as_read) {
    file->original = *as_read;
    if (!S_ISREG(as_read->st_mode)) {
        file->why = S_ISLNK(as_read->st_mode)   ? N_("it is a symbolic link; remove it first")
                    : S_ISDIR(as_read->st_mode) ? N_("it is a directory")
                                                : N_("it is not a regular file");
        return -1;
    }
    file->path = realpath(path, NULL);
    if (!file->path)
        return -1;
    /* rename() would succeed on a write-protected file, which is hardly what was meant. */
    return access(file->path, W_OK) == 0 ? part_check(file) : -1;
}

void commit_add(struct commit *commit, const char *path, const struct stat *as_read,
                const void *bytes, size_t n) {
    if (commit->sync_fd >= 0 && as_read->st_dev != commit->device)
        leave_device(commit);
    struct item *item = begin(commit, path);
    if (!item)
        return;
    if (find_file(&item->file, path, as_read) == 0) {
        stage(commit, item, bytes, n);
        return;
    }
    fail(commit, item, errno, false);
    fini(item);
}

/* An absolute path of something that does not exist: that of its directory and its name. */
static char *absolute(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char *directory = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    char *real = directory ? realpath(directory, NULL) : NULL;
    char *whole = NULL;
    if (real && asprintf(&whole, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name) < 0)
        whole = NULL;
    int saved = errno;
    free(directory);
    free(real);
    errno = saved;
    return whole;
}

static int find_place(struct commit *commit, struct part *file, const char *path, mode_t mode) {
    struct stat directory;
    file->is_fresh = true;
    file->original.st_mode = copy_new_mode(mode);
    file->path = absolute(path);
    if (!file->path || part_check(file) != 0)
        return -1;
    char *name = pending_beside(file->path, ".");
    int result = name ? stat(name, &directory) : -1;
    free(name);
    if (result == 0 && commit->sync_fd >= 0 && directory.st_dev != commit->device)
        leave_device(commit);
    return result;
}

void commit_create(struct commit *commit, const char *path, mode_t mode, const void *bytes,
                   size_t n) {
    struct part file = {0};
    int found = find_place(commit, &file, path, mode);
    int error = errno;
    struct item *item = begin(commit, path);
    if (!item) {
        part_fini(&file);
        return;
    }
    item->file = file;
    if (found == 0) {
        stage(commit, item, bytes, n);
        return;
    }
    fail(commit, item, error, false);
    fini(item);
}

static int make_directory(struct commit *commit, const char *path) {
    struct stat there;
    size_t number = 0;
    if (lstat(path, &there) == 0)
        return 0;
    char *whole = commit->options.journal ? absolute(path) : NULL;
    if (commit->options.journal &&
        (!whole || journal_begin(commit->options.journal, RECORD_DIRECTORY, whole, &number) != 0)) {
        free(whole);
        return -1;
    }
    free(whole);
    return mkdir(path, 0777) != 0 && errno != EEXIST ? -1 : 0;
}

int commit_directories(struct commit *commit, const char *path) {
    char *copy = strdup(path);
    int result = copy ? 0 : -1;
    for (char *slash = copy && *copy ? strchr(copy + 1, '/') : NULL; slash && result == 0;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        result = make_directory(commit, copy);
        *slash = '/';
    }
    int saved = errno;
    free(copy);
    errno = saved;
    return result;
}

void commit_flush(struct commit *commit) {
    leave_device(commit);
}

void commit_free(struct commit *commit) {
    if (!commit)
        return;
    for (size_t i = 0; i < commit->count; i++) {
        part_drop(&commit->items[i].file, commit->options.journal);
        part_drop(&commit->items[i].backup, commit->options.journal);
        fini(&commit->items[i]);
    }
    if (commit->sync_fd >= 0)
        close(commit->sync_fd);
    free(commit);
}
