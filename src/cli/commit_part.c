/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "commit_part.h"

#include "pending.h"
#include "run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is begun has to be ended: a number without an end is tidied away after a kill, and by then
 * its name may be somebody else's file. */
static void withdraw(struct part *part, struct journal *journal) {
    int saved = errno;
    struct bytes line = {0};
    const struct record record = {.kind = RECORD_FAILED, .number = part->number};
    if (journal && record_write(&line, &record) == 0)
        (void)journal_write(journal, &line);
    bytes_fini(&line);
    errno = saved;
}

int part_open(struct part *part, struct journal *journal, enum record_kind kind,
              const char *run_name, size_t *next) {
    if (!journal)
        part->number = (*next)++;
    else if (journal_begin(journal, kind, part->path, &part->number) != 0)
        return -1;
    part->temporary = run_temporary(run_name, part->number, part->path);
    int fd = part->temporary ? pending_create(part->temporary) : -1;
    if (fd >= 0)
        part->state = PART_STAGED;
    else
        withdraw(part, journal);
    return fd;
}

int part_close(struct part *part, int fd) {
    struct stat now;
    int result = fstat(fd, &now);
    int saved = errno;
    if (result == 0)
        part->after = record_mark_of(&now);
    if (close(fd) != 0 && result == 0)
        return -1;
    errno = saved;
    return result;
}

int part_describe(const struct part *part, struct bytes *lines) {
    struct record record = {
        .kind = RECORD_READY, .number = part->number, .after = part->after, .hash = part->hash};
    if (!part->is_fresh)
        record.before = record_mark_of(&part->original);
    return record_write(lines, &record);
}

static int keep_link(struct part *part, const char *kept) {
    sigset_t old;
    /* A link that outlived a signal would make the original a file with two names. */
    pending_block(&old);
    int result = journal_link(kept, part->path, &part->original);
    if (result == 0)
        (void)pending_add(kept);
    pending_unblock(&old);
    return result;
}

int part_keep(struct part *part, struct journal *journal, bool at_once) {
    char *kept = journal_kept(journal, part->number);
    int result = kept ? keep_link(part, kept) : -1;
    if (kept && result != 0 && errno != EAGAIN)
        result = journal_copy(journal, kept, part->path, &part->original, at_once);
    if (result == 0) {
        part->kept = kept;
        return 0;
    }
    int saved = errno;
    free(kept);
    errno = saved;
    return -1;
}

int part_check(const struct part *part) {
    struct stat now;
    if (lstat(part->path, &now) != 0)
        return part->is_fresh && errno == ENOENT ? 0 : -1;
    errno = part->is_fresh ? EEXIST : EAGAIN;
    if (part->is_fresh)
        return -1;
    const struct record_mark a = record_mark_of(&now);
    const struct record_mark b = record_mark_of(&part->original);
    return now.st_dev == part->original.st_dev && record_mark_equal(&a, &b) ? 0 : -1;
}

int part_place(struct part *part) {
    sigset_t old;
    pending_block(&old);
    int result = pending_rename(part->temporary, part->path, part->is_fresh);
    if (result == 0) {
        pending_remove(part->kept);
        part->state = PART_PLACED;
    }
    pending_unblock(&old);
    return result;
}

void part_drop(struct part *part, struct journal *journal) {
    int saved = errno;
    if (part->state == PART_STAGED)
        pending_delete(part->temporary);
    else if (part->state == PART_PLACED && part->is_fresh)
        unlink(part->path);
    if (part->kept)
        pending_delete(part->kept);
    if (part->state != PART_NONE)
        withdraw(part, journal);
    part->state = PART_NONE;
    errno = saved;
}

void part_fini(struct part *part) {
    free(part->path);
    free(part->temporary);
    free(part->kept);
    memset(part, 0, sizeof *part);
}
