/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "journal.h"

#include "copy.h"
#include "pending.h"
#include "run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { KEEP_RUNS = 50, KEEP_UNFINISHED_SECONDS = 30 * 24 * 60 * 60 };

struct done {
    struct record_mark after;
    const char *path; /* the run's */
};

struct journal {
    struct run run;
    size_t next;       /* number of the next entry */
    size_t count;      /* files in place, directories made */
    struct done *done; /* by inode: what the earlier parts wrote */
    size_t done_count;
    bool is_resumed;
    bool owes_sync; /* copies of originals are not durable yet */
};

static int compare_marks(const struct record_mark *a, const struct record_mark *b) {
    if (a->inode != b->inode)
        return a->inode < b->inode ? -1 : 1;
    if (a->seconds != b->seconds)
        return a->seconds < b->seconds ? -1 : 1;
    if (a->nanoseconds != b->nanoseconds)
        return a->nanoseconds < b->nanoseconds ? -1 : 1;
    return a->size == b->size ? 0 : a->size < b->size ? -1 : 1;
}

static int compare(const void *a, const void *b) {
    return compare_marks(&((const struct done *)a)->after, &((const struct done *)b)->after);
}

static int collect_done(struct journal *journal) {
    const struct run *run = &journal->run;
    if (run->count == 0)
        return 0;
    journal->done = calloc(run->count, sizeof *journal->done);
    if (!journal->done)
        return -1;
    for (size_t i = 0; i < run->count; i++) {
        const struct run_entry *entry = &run->entries[i];
        journal->count += entry->progress == ENTRY_DONE || entry->what == RECORD_DIRECTORY;
        if (entry->progress == ENTRY_DONE && entry->is_known && entry->what != RECORD_BACKUP)
            journal->done[journal->done_count++] = (struct done){entry->after, entry->path};
    }
    qsort(journal->done, journal->done_count, sizeof *journal->done, compare);
    return 0;
}

/* A look at the last line saves reading all of the journal, and repeating what is wrong with it. */
static bool is_over(const struct run *run) {
    const enum record_kind last = run_last_kind(run);
    return last == RECORD_FINISHED || last == RECORD_UNDONE;
}

/* Goes on with this run if it is unfinished, of this key and idle: 1, or 0, or -1 with errno. */
static int resume(struct journal *journal, const char *root, const char *name, const char *key) {
    struct run *run = &journal->run;
    if (run_open(run, root, name) != 0 || run->is_busy) {
        run_close(run);
        return 0;
    }
    int result = 0;
    if (is_over(run))
        goto out;
    result = -1;
    if (run_load(run) != 0)
        goto out;
    result = 0;
    if ((run->state != RUN_OPEN && run->state != RUN_STOPPED) || !run->key ||
        strcmp(run->key, key) != 0)
        goto out;
    const struct record record = {.kind = RECORD_RESUME, .number = (uint64_t)time(NULL)};
    result = run_trim(run) == 0 && run_settle(run) == 0 && run_append_record(run, &record) == 0 &&
                     collect_done(journal) == 0
                 ? 1
                 : -1;
out:
    if (result != 1) {
        int saved = errno;
        run_close(run);
        errno = saved;
    }
    return result;
}

static int resume_any(struct journal *journal, const char *root, const char *key,
                      const struct run_heads *heads) {
    for (size_t i = 0; i < heads->count; i++) {
        if (!heads->items[i].key || strcmp(heads->items[i].key, key) != 0)
            continue;
        int result = resume(journal, root, heads->items[i].name, key);
        if (result != 0)
            return result;
    }
    return 0;
}

static int sync_kept(const struct journal *journal) {
    char *inside = run_kept(&journal->run, 0);
    int result = inside ? copy_sync_directory(inside) : -1;
    free(inside);
    return result;
}

static int create(struct journal *journal, const char *root, const char *key,
                  const struct run_heads *heads) {
    const int64_t now = (int64_t)time(NULL);
    struct run *run = &journal->run;
    if (run_create(run, root, heads, now) != 0)
        return -1;
    char *copy = strdup(key);
    const struct record record = {.kind = RECORD_RUN, .number = (uint64_t)now, .text = copy};
    int result = copy && run_append_record(run, &record) == 0 && fsync(run->fd) == 0 &&
                         copy_sync_directory(run->directory) == 0 && sync_kept(journal) == 0
                     ? 0
                     : -1;
    int saved = errno;
    free(copy);
    if (result != 0)
        run_remove(run);
    errno = saved;
    return result;
}

/* Whether nobody is to want the run, which is an old one, any more. */
static bool may_go(const struct run *run) {
    switch (run->state) {
    case RUN_FINISHED:
        return true;
    case RUN_UNDOING:
    case RUN_UNDONE:
        /* Somebody was told that what could not be put back lies here. */
        return !run_has_originals(run);
    case RUN_OPEN:
    case RUN_STOPPED:
        break;
    }
    return run->started + KEEP_UNFINISHED_SECONDS < (int64_t)time(NULL);
}

static void prune_run(const char *root, const struct run_head *head) {
    struct run run;
    if (run_open(&run, root, head->name) == 0 && !run.is_busy && run_load(&run) == 0) {
        run.started = head->started; /* its first line may be damaged */
        if (may_go(&run)) {
            if (run.state != RUN_FINISHED && run.state != RUN_UNDONE)
                run_settle(&run);
            run_remove(&run);
        }
    }
    run_close(&run);
}

static void prune(const char *root, const struct run_heads *heads) {
    run_sweep(root);
    /* The new one is the first of the fifty. */
    for (size_t i = KEEP_RUNS - 1; i < heads->count; i++)
        prune_run(root, &heads->items[i]);
}

static void tidy_run(struct run *run) {
    const struct record record = {.kind = RECORD_STOPPED};
    if (is_over(run) || run_last_kind(run) == RECORD_STOPPED || run_trim(run) != 0 ||
        run_load(run) != 0 || run->state != RUN_OPEN)
        return;
    if (run->count == 0 && run->damaged == 0)
        run_remove(run);
    else if (run_settle(run) == 0)
        (void)run_append_record(run, &record);
}

/* A run that was killed may have left temporary files, and links that its files have too many. */
static void tidy(const char *root, const struct run_heads *heads) {
    for (size_t i = 0; i < heads->count; i++) {
        struct run run;
        if (run_open(&run, root, heads->items[i].name) == 0 && !run.is_busy)
            tidy_run(&run);
        run_close(&run);
    }
}

void journal_tidy(void) {
    struct run_heads heads = {0};
    char *root = run_root();
    /* What cannot be read is a concern of those only who keep a journal. */
    if (root && run_heads_load(&heads, root) == 0)
        tidy(root, &heads);
    run_heads_fini(&heads);
    free(root);
}

bool journal_find(struct stat *directory) {
    char *root = run_root();
    bool is_there = root && stat(root, directory) == 0;
    free(root);
    return is_there;
}

static enum status no_directory(const char *root, int error) {
    if (!root && error == ENOENT)
        return message_error(_("HOME names no directory, so there is no place for the journal; set "
                               "it, or use --no-journal to go on without"));
    return message_error(
        _("%s: cannot keep the journal there: %s; use --no-journal to go on without"),
        root ? root : "$HOME/.local/state", strerror(error));
}

enum status journal_open(struct journal **out, const char *key) {
    struct run_heads heads = {0};
    enum status status = STATUS_ERROR;
    struct journal *journal = calloc(1, sizeof *journal);
    char *root = run_root();
    if (!journal || !root || run_root_make(root) != 0 || run_heads_load(&heads, root) != 0) {
        no_directory(root, errno);
        goto out;
    }
    tidy(root, &heads);
    int resumed = resume_any(journal, root, key, &heads);
    if (resumed < 0 || (resumed == 0 && create(journal, root, key, &heads) != 0)) {
        no_directory(root, errno);
        goto out;
    }
    journal->is_resumed = resumed != 0;
    journal->next = journal->run.count;
    if (!resumed)
        prune(root, &heads);
    *out = journal;
    journal = NULL;
    status = STATUS_FINE;
out:
    run_heads_fini(&heads);
    free(root);
    if (journal) {
        run_close(&journal->run);
        free(journal->done);
    }
    free(journal);
    return status;
}

enum status journal_close(struct journal *journal, bool finished) {
    if (!journal)
        return STATUS_FINE;
    struct run *run = &journal->run;
    const struct record record = {.kind = finished ? RECORD_FINISHED : RECORD_STOPPED,
                                  .number = journal->count};
    enum status status = STATUS_FINE;
    if (journal->count == 0)
        run_remove(run);
    else if (run_append_record(run, &record) != 0 || fsync(run->fd) != 0)
        status = message_errno(run->directory, _("cannot write the end of the journal"), errno);
    run_close(run);
    free(journal->done);
    free(journal);
    return status;
}

const char *journal_name(const struct journal *journal) {
    return journal->run.name;
}

bool journal_is_resumed(const struct journal *journal) {
    return journal->is_resumed;
}

bool journal_is_done(const struct journal *journal, const char *path, const struct stat *now) {
    const struct done wanted = {.after = record_mark_of(now)};
    const struct done *found = NULL;
    if (journal->done_count > 0)
        found = bsearch(&wanted, journal->done, journal->done_count, sizeof wanted, compare);
    if (!found)
        return false;
    char *real = realpath(path, NULL);
    bool is_done = real && strcmp(real, found->path) == 0;
    free(real);
    return is_done;
}

int journal_begin(struct journal *journal, enum record_kind kind, const char *path,
                  size_t *number) {
    char *copy = strdup(path);
    const struct record record = {.kind = kind, .number = journal->next, .text = copy};
    int result = copy ? run_append_record(&journal->run, &record) : -1;
    int saved = errno;
    free(copy);
    errno = saved;
    if (result == 0) {
        *number = journal->next++;
        journal->count += kind == RECORD_DIRECTORY;
    }
    return result;
}

int journal_write(struct journal *journal, const struct bytes *lines) {
    return lines->size > 0 ? run_append(&journal->run, lines) : 0;
}

static int is_as_read(const struct stat *now, const struct stat *as_read) {
    const struct record_mark a = record_mark_of(now);
    const struct record_mark b = record_mark_of(as_read);
    if (record_mark_equal(&a, &b))
        return 0;
    errno = EAGAIN;
    return -1;
}

char *journal_kept(const struct journal *journal, size_t number) {
    return run_kept(&journal->run, number);
}

int journal_link(const char *kept, const char *path, const struct stat *as_read) {
    struct stat now;
    if (link(path, kept) != 0)
        return -1;
    if (lstat(kept, &now) == 0 && is_as_read(&now, as_read) == 0)
        return 0;
    unlink(kept);
    errno = EAGAIN;
    return -1;
}

int journal_copy(struct journal *journal, const char *kept, const char *path,
                 const struct stat *as_read, bool at_once) {
    struct stat from;
    int fd = pending_create(kept);
    if (fd < 0)
        return -1;
    int result = copy_file(fd, path, &from);
    if (result == 0)
        result = is_as_read(&from, as_read);
    if (result == 0 && at_once)
        result = fsync(fd);
    int saved = errno;
    if (close(fd) != 0 && result == 0)
        result = -1;
    else
        errno = saved;
    if (result != 0)
        pending_delete(kept);
    else if (!at_once)
        journal->owes_sync = true;
    return result;
}

int journal_sync(struct journal *journal) {
    if (!journal->owes_sync)
        return fdatasync(journal->run.fd) == 0 ? sync_kept(journal) : -1;
    journal->owes_sync = false;
    return syncfs(journal->run.fd);
}

void journal_count(struct journal *journal) {
    journal->count++;
}
