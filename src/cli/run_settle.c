/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "run.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* What is on the disk of one entry. */
struct findings {
    char *kept_path;
    char *temporary;
    struct stat target;
    struct stat kept;
    bool has_target;
    bool has_kept;
    bool has_temporary;
};

static int look(struct findings *f, const struct run *run, size_t number) {
    const struct run_entry *entry = &run->entries[number];
    struct stat temporary;
    f->kept_path = run_kept(run, number);
    f->temporary = run_temporary(run->name, number, entry->path);
    if (!f->kept_path || !f->temporary)
        return -1;
    f->has_target = lstat(entry->path, &f->target) == 0;
    f->has_kept = lstat(f->kept_path, &f->kept) == 0;
    f->has_temporary = lstat(f->temporary, &temporary) == 0;
    return 0;
}

static bool is_old(const struct run_entry *entry, const struct findings *f) {
    /* The link itself says more than any mark. */
    if (f->has_target && f->has_kept && f->target.st_dev == f->kept.st_dev &&
        f->target.st_ino == f->kept.st_ino)
        return true;
    if (entry->what != RECORD_REPLACE)
        return !f->has_target;
    if (!entry->is_known)
        return false;
    struct record_mark now = record_mark_of(&f->target);
    return f->has_target && record_mark_equal(&now, &entry->before);
}

static bool is_new(const struct run_entry *entry, const struct findings *f) {
    struct record_mark now = record_mark_of(&f->target);
    return entry->is_known && f->has_target && record_mark_equal(&now, &entry->after);
}

/* A kept original is deleted only where the file that it was kept of is seen to be in its place: a
 * journal that is damaged must not cost anybody a file. */
static bool settle_entry(struct run *run, size_t number, struct findings *f) {
    const struct run_entry *entry = &run->entries[number];
    bool new = is_new(entry, f);
    bool old = !new &&is_old(entry, f);
    if (f->has_temporary)
        unlink(f->temporary);
    if (old && f->has_kept)
        unlink(f->kept_path);
    if (new)
        return true;
    if (old || f->has_temporary || !entry->is_known)
        return entry->progress == ENTRY_DONE && !old;
    /* Neither: it was replaced, and somebody has changed it since. */
    return true;
}

/* The copy that was made of a file which then was not replaced would be in the way of the next. */
static int drop_backup(struct run *run, size_t number, bool *done) {
    struct run_entry *entry = &run->entries[number];
    if (entry->what != RECORD_BACKUP || !*done || number + 1 >= run->count ||
        run->entries[number + 1].progress == ENTRY_DONE)
        return 0;
    struct findings f = {0};
    int result = look(&f, run, number);
    if (result == 0 && is_new(entry, &f) && unlink(entry->path) == 0)
        *done = false;
    free(f.kept_path);
    free(f.temporary);
    return result;
}

static int settle_number(struct run *run, size_t number) {
    struct run_entry *entry = &run->entries[number];
    if (entry->what == RECORD_DIRECTORY || entry->progress == ENTRY_NONE ||
        entry->progress == ENTRY_FAILED || entry->progress == ENTRY_RESTORED)
        return 0;
    struct findings f = {0};
    bool done = false;
    int result = look(&f, run, number);
    if (result == 0) {
        done = settle_entry(run, number, &f);
        result = drop_backup(run, number, &done);
    }
    free(f.kept_path);
    free(f.temporary);
    enum run_progress now = done ? ENTRY_DONE : ENTRY_FAILED;
    if (result != 0 || entry->progress == now)
        return result;
    entry->progress = now;
    const struct record record = {.kind = done ? RECORD_DONE : RECORD_FAILED, .number = number};
    /* A disk that is full takes nothing away: it is found out anew each time. */
    (void)run_append_record(run, &record);
    return 0;
}

int run_settle(struct run *run) {
    /* Backwards: whether a file was replaced is known before its backup is looked at. */
    for (size_t i = run->count; i-- > 0;) {
        if (settle_number(run, i) != 0)
            return -1;
    }
    return 0;
}
