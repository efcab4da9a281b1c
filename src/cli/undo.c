/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "undo.h"

#include "copy.h"
#include "mask.h"
#include "pending.h"
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct undo {
    struct run run;
    size_t restored;
    size_t left;
};

static int hash_file(const char *path, uint64_t *hash) {
    enum { BLOCK = 65536 };
    char block[BLOCK];
    ssize_t got;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return -1;
    *hash = RECORD_HASH;
    while ((got = read(fd, block, sizeof block)) > 0 || (got < 0 && errno == EINTR))
        *hash = record_hash(*hash, block, got > 0 ? (size_t)got : 0);
    close(fd);
    return got < 0 ? -1 : 0;
}

/* Whether the file is the very one that the run wrote. */
static bool is_ours(const struct run_entry *entry, const struct stat *now) {
    const struct record_mark mark = record_mark_of(now);
    uint64_t hash = 0;
    if (!entry->is_known || !S_ISREG(now->st_mode) || !record_mark_equal(&mark, &entry->after))
        return false;
    /* The hash of a backup is not known; nothing is lost with it, its original goes back. */
    return entry->what == RECORD_BACKUP ||
           (hash_file(entry->path, &hash) == 0 && hash == entry->hash);
}

static bool has_content_of(const struct stat *file, const struct record_mark *mark) {
    const struct record_mark now = record_mark_of(file);
    return now.size == mark->size && now.seconds == mark->seconds &&
           now.nanoseconds == mark->nanoseconds;
}

/* `is_fresh`: nothing may be at its path. */
static int put_copy_back(const struct run *run, size_t number, const char *kept, bool is_fresh) {
    const char *path = run->entries[number].path;
    struct stat from;
    char *temporary = run_temporary(run->name, number, path);
    int fd = temporary ? pending_create(temporary) : -1;
    int result = -1;
    if (fd < 0)
        goto out;
    result = copy_file(fd, kept, &from);
    /* The run carried them over; the file system of what is kept may know none. */
    if (result == 0 && !is_fresh)
        result = copy_missing_attributes(fd, path);
    if (result == 0)
        result = fsync(fd);
    int saved = errno;
    if (close(fd) != 0 && result == 0)
        result = -1;
    else
        errno = saved;
    if (result == 0)
        result = pending_rename(temporary, path, is_fresh);
    if (result != 0)
        pending_delete(temporary);
    else
        unlink(kept);
out:
    saved = errno;
    free(temporary);
    errno = saved;
    return result;
}

static int put_back(const struct run *run, size_t number, const char *kept, bool is_fresh) {
    if (pending_rename(kept, run->entries[number].path, is_fresh) == 0)
        return 0;
    return errno == EXDEV ? put_copy_back(run, number, kept, is_fresh) : -1;
}

static void note_restored(struct undo *undo, size_t number) {
    const struct record record = {.kind = RECORD_RESTORED, .number = number};
    /* Without the line another undo finds out by itself. */
    (void)run_append_record(&undo->run, &record);
    undo->run.entries[number].progress = ENTRY_RESTORED;
    undo->restored += undo->run.entries[number].what != RECORD_BACKUP;
}

static void not_restored(struct undo *undo, const char *path, const char *why) {
    message_error(_("%s: not restored: %s"), path, why);
    undo->left++;
}

static void leave(struct undo *undo, const char *path, const char *why, const char *kept) {
    message_error(_("%s: not restored: %s; its original is %s"), path, why, kept);
    undo->left++;
}

/* Back to where it was: over what the run wrote, or where nothing is any more. */
static void put_original(struct undo *undo, size_t number, const char *kept, bool is_gone) {
    const struct run_entry *entry = &undo->run.entries[number];
    struct stat original;
    if (lstat(kept, &original) != 0)
        not_restored(undo, entry->path, _("its original is not in the run's directory"));
    else if (!has_content_of(&original, &entry->before))
        not_restored(undo, entry->path, _("the original in the run's directory has changed"));
    else if (put_back(&undo->run, number, kept, is_gone) == 0)
        note_restored(undo, number);
    else if (is_gone && (errno == ENOENT || errno == ENOTDIR))
        leave(undo, entry->path, _("it is gone, and its directory too"), kept);
    else
        leave(undo, entry->path, strerror(errno), kept);
}

static void restore_original(struct undo *undo, size_t number, const char *kept) {
    const struct run_entry *entry = &undo->run.entries[number];
    struct stat now;
    bool is_there = lstat(entry->path, &now) == 0;
    bool is_gone = !is_there && (errno == ENOENT || errno == ENOTDIR);
    bool has_kept = access(kept, F_OK) == 0;
    if (!entry->is_known) {
        leave(undo, entry->path, _("the journal is damaged"), kept);
    } else if (is_gone || (is_there && is_ours(entry, &now))) {
        put_original(undo, number, kept, is_gone);
    } else if (is_there && has_content_of(&now, &entry->before) &&
               (!has_kept || copy_is_same(entry->path, kept))) {
        /* By an undo that was killed before it could say so. */
        if (has_kept)
            unlink(kept);
        note_restored(undo, number);
    } else {
        leave(undo, entry->path, _("it has changed since the run"), kept);
    }
}

static void remove_created(struct undo *undo, size_t number) {
    const struct run_entry *entry = &undo->run.entries[number];
    struct stat now;
    if (lstat(entry->path, &now) != 0) {
        note_restored(undo, number);
    } else if (!is_ours(entry, &now)) {
        message_error(_("%s: not removed: it has changed since the run"), entry->path);
        undo->left++;
    } else if (unlink(entry->path) != 0) {
        message_errno(entry->path, _("cannot remove"), errno);
        undo->left++;
    } else {
        note_restored(undo, number);
    }
}

static bool is_restored(const struct run *run, size_t number) {
    return number < run->count && run->entries[number].progress == ENTRY_RESTORED;
}

/* A backup goes after the file that it was made of is restored, and the numbers are gone through
 * backwards: see RECORD_BACKUP. */
static void restore_entry(struct undo *undo, size_t number) {
    const struct run_entry *entry = &undo->run.entries[number];
    if (entry->what == RECORD_DIRECTORY && entry->path) {
        /* Fails for one that is in use, as it should. */
        (void)rmdir(entry->path);
        return;
    }
    if (entry->progress != ENTRY_DONE)
        return;
    if (entry->what == RECORD_BACKUP && !is_restored(&undo->run, number + 1))
        return;
    if (entry->what != RECORD_REPLACE) {
        remove_created(undo, number);
        return;
    }
    char *kept = run_kept(&undo->run, number);
    if (kept)
        restore_original(undo, number, kept);
    else
        not_restored(undo, entry->path, strerror(errno));
    free(kept);
}

static enum status restore_all(struct undo *undo) {
    struct run *run = &undo->run;
    struct record record = {.kind = RECORD_UNDO};
    /* On a full disk this fails, and what follows makes room. */
    if (run_append_record(run, &record) == 0)
        (void)fdatasync(run->fd);
    for (size_t i = run->count; i-- > 0;)
        restore_entry(undo, i);
    /* The files may lie on any number of file systems; only then may the journal say it is over. */
    sync();
    record.kind = RECORD_UNDONE;
    record.number = undo->left;
    if (run_append_record(run, &record) != 0 || fdatasync(run->fd) != 0)
        return message_errno(run->directory, _("cannot write the journal"), errno);
    return undo->left > 0 || run->damaged > 0 ? STATUS_ERROR : STATUS_FINE;
}

/* An undo that has been tried does not get further with a file whose original is gone. */
static bool can_be_undone(const struct run *run, size_t number) {
    if (run->entries[number].progress != ENTRY_DONE)
        return false;
    if (run->state != RUN_UNDOING || run->entries[number].what != RECORD_REPLACE)
        return true;
    char *kept = run_kept(run, number);
    bool is_there = !kept || access(kept, F_OK) == 0;
    free(kept);
    return is_there;
}

static bool has_work(const struct run *run) {
    for (size_t i = 0; i < run->count; i++) {
        const struct run_entry *entry = &run->entries[i];
        if (can_be_undone(run, i) ||
            (entry->what == RECORD_DIRECTORY && entry->path && run->state != RUN_UNDONE))
            return true;
    }
    return false;
}

/* Opens and reads the run, and finds out what of it is to be undone. */
static enum status open_run(struct run *run, const char *root, const char *name) {
    if (run_open(run, root, name) != 0) {
        if (errno == ENOENT)
            return message_error(_("--undo: no run '%s'; --runs lists them"), name);
        return message_errno(name, _("cannot open"), errno);
    }
    if (run->is_busy)
        return message_error(_("--undo: the run %s is at work"), name);
    if (run_trim(run) != 0 || run_load(run) != 0 || run_settle(run) != 0)
        return message_errno(name, _("cannot read"), errno);
    return STATUS_FINE;
}

/* STATUS_CHANGES: there is nothing to undo. */
static enum status open_newest(struct run *run, const char *root) {
    struct run_heads heads;
    enum status status = STATUS_CHANGES;
    if (run_heads_load(&heads, root) != 0)
        status = message_errno(root, _("cannot read"), errno);
    for (size_t i = 0; status == STATUS_CHANGES && i < heads.count; i++) {
        enum status opened = open_run(run, root, heads.items[i].name);
        if (opened != STATUS_FINE || (run->state != RUN_UNDONE && has_work(run)))
            status = opened;
        else
            run_close(run);
    }
    run_heads_fini(&heads);
    return status;
}

static enum status no_root(int error) {
    if (error != ENOENT)
        return message_error("%s", strerror(error));
    return message_error(_("HOME names no directory, so the runs cannot be found; set it"));
}

enum status undo_run(const char *name, FILE *out) {
    struct undo undo = {.run = {.fd = -1}};
    char *root = run_root();
    enum status status;
    if (!root)
        return no_root(errno);
    if (!name) {
        status = open_newest(&undo.run, root);
        if (status == STATUS_CHANGES)
            status = message_error(_("--undo: there is no run to undo"));
        if (status == STATUS_FINE && undo.run.state == RUN_UNDOING)
            message_note(_("%s: not all of it was undone, so it is tried again; to undo another "
                           "run, name it "
                           "(--runs lists them)"),
                         undo.run.name);
    } else {
        status = open_run(&undo.run, root, name);
        if (status == STATUS_FINE && !has_work(&undo.run))
            status = message_error(_("--undo: nothing of the run %s is left to undo"), name);
    }
    if (status == STATUS_FINE) {
        status = restore_all(&undo);
        fprintf(out, _("%s: files restored %zu, not restored %zu\n"), undo.run.name, undo.restored,
                undo.left);
    }
    run_close(&undo.run);
    free(root);
    return status;
}

static const char *state_name(const struct run *run) {
    if (run->is_busy)
        return _("at work");
    if (run->state == RUN_FINISHED)
        return _("finished");
    if (run->state == RUN_UNDONE || (run->state == RUN_UNDOING && !has_work(run)))
        return _("undone");
    return run->state == RUN_UNDOING ? _("undone in part") : _("interrupted");
}

/* The key without what goes beyond its first names, which are absolute; there may be thousands. */
static void list_key(FILE *out, const char *key) {
    enum { NAMES = 5 };
    const char *end = NULL;
    size_t names = 0;
    for (const char *s = strstr(key, " /"); s; s = strstr(s + 1, " /")) {
        if (++names == NAMES + 1)
            end = s;
    }
    mask_write(out, key, end ? (size_t)(end - key) : strlen(key));
    if (end)
        fprintf(out, _(" ... and %zu more"), names - NAMES);
}

static void list_run(FILE *out, const struct run *run) {
    char date[32] = "";
    time_t seconds = (time_t)run->started;
    struct tm local;
    size_t files = 0;
    for (size_t i = 0; i < run->count; i++) {
        const struct run_entry *entry = &run->entries[i];
        files += (entry->what == RECORD_REPLACE || entry->what == RECORD_CREATE) &&
                 (entry->progress == ENTRY_DONE || entry->progress == ENTRY_RESTORED);
    }
    if (run->key && localtime_r(&seconds, &local))
        strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", &local);
    fprintf(out, "%s\t%s\t%s\t%zu\t", run->name, date, state_name(run), files);
    if (run->key)
        list_key(out, run->key);
    putc('\n', out);
}

enum status runs_list(FILE *out) {
    struct run_heads heads = {0};
    enum status status = STATUS_FINE;
    char *root = run_root();
    if (!root)
        status = no_root(errno);
    else if (run_heads_load(&heads, root) != 0)
        status = message_errno(root, _("cannot read"), errno);
    for (size_t i = 0; i < heads.count; i++) {
        struct run run;
        if (run_open(&run, root, heads.items[i].name) != 0 || run_load(&run) != 0)
            status = message_errno(heads.items[i].name, _("cannot read"), errno);
        else
            list_run(out, &run);
        status = run.damaged > 0 ? STATUS_ERROR : status;
        run_close(&run);
    }
    run_heads_fini(&heads);
    free(root);
    return status;
}
