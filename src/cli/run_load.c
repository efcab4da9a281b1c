/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "run.h"

#include "copy.h"
#include "message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct run_entry *grow(struct run *run, size_t number) {
    if (number >= run->capacity) {
        size_t capacity = run->capacity + run->capacity / 2 + 64;
        if (capacity <= number)
            capacity = number + 1;
        struct run_entry *entries = reallocarray(run->entries, capacity, sizeof *entries);
        if (!entries)
            return NULL;
        memset(entries + run->capacity, 0, (capacity - run->capacity) * sizeof *entries);
        run->entries = entries;
        run->capacity = capacity;
    }
    if (number >= run->count)
        run->count = number + 1;
    return &run->entries[number];
}

static int damaged(void) {
    errno = EINVAL;
    return -1;
}

static int begin_entry(struct run *run, struct record *record, size_t line) {
    /* Each number has a line of its own: a larger one would make the table grow without bound. */
    if (record->number >= line || *record->text != '/')
        return damaged();
    struct run_entry *entry = grow(run, (size_t)record->number);
    if (!entry)
        return -1;
    if (entry->progress != ENTRY_NONE)
        return damaged();
    entry->what = record->kind;
    entry->progress = ENTRY_BEGUN;
    entry->path = record->text;
    record->text = NULL;
    return 0;
}

static int advance_entry(struct run *run, const struct record *record) {
    if (record->number >= run->count || run->entries[record->number].progress == ENTRY_NONE)
        return damaged();
    struct run_entry *entry = &run->entries[record->number];
    if (record->kind == RECORD_READY) {
        entry->progress = ENTRY_READY;
        entry->is_known = true;
        entry->before = record->before;
        entry->after = record->after;
        entry->hash = record->hash;
    } else {
        entry->progress = record->kind == RECORD_DONE     ? ENTRY_DONE
                          : record->kind == RECORD_FAILED ? ENTRY_FAILED
                                                          : ENTRY_RESTORED;
    }
    return 0;
}

static int apply(struct run *run, struct record *record, size_t line) {
    switch (record->kind) {
    case RECORD_RUN:
        if (line != 1)
            return damaged();
        run->started = (int64_t)record->number;
        run->key = record->text;
        record->text = NULL;
        return 0;
    case RECORD_RESUME:
        run->state = RUN_OPEN;
        return 0;
    case RECORD_STOPPED:
        run->state = RUN_STOPPED;
        return 0;
    case RECORD_FINISHED:
        run->state = RUN_FINISHED;
        return 0;
    case RECORD_UNDO:
        run->state = RUN_UNDOING;
        return 0;
    case RECORD_UNDONE:
        run->state = record->number > 0 ? RUN_UNDOING : RUN_UNDONE;
        return 0;
    case RECORD_DIRECTORY:
    case RECORD_CREATE:
    case RECORD_REPLACE:
    case RECORD_BACKUP:
        return begin_entry(run, record, line);
    case RECORD_READY:
    case RECORD_DONE:
    case RECORD_FAILED:
    case RECORD_RESTORED:
        return advance_entry(run, record);
    case RECORD_KINDS:
        break;
    }
    return damaged();
}

static int read_text(const struct run *run, struct bytes *text) {
    if (lseek(run->fd, 0, SEEK_SET) != 0)
        return -1;
    for (;;) {
        if (bytes_reserve(text, 65536) != 0)
            return -1;
        ssize_t got = read(run->fd, text->data + text->size, text->capacity - text->size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? -1 : 0;
        text->size += (size_t)got;
    }
}

int run_load(struct run *run) {
    struct bytes text = {0};
    size_t line = 0;
    int result = read_text(run, &text);
    const char *s = text.data;
    const char *end = s ? s + text.size : s;
    const char *next;
    for (; result == 0 && s < end && (next = memchr(s, '\n', (size_t)(end - s))); s = next + 1) {
        struct record record;
        line++;
        result = record_parse(&record, s, (size_t)(next - s));
        if (result == 0)
            result = apply(run, &record, line);
        int error = errno;
        free(record.text);
        if (result != 0 && error == EINVAL) {
            message_error(_("%s/journal:%zu: damaged record; it is passed over"), run->directory,
                          line);
            run->damaged++;
            result = 0;
        }
        errno = error;
    }
    int saved = errno;
    bytes_fini(&text);
    errno = saved;
    return result;
}

enum record_kind run_last_kind(const struct run *run) {
    char block[256];
    struct stat now;
    off_t from = 0;
    if (fstat(run->fd, &now) == 0 && now.st_size > (off_t)sizeof block)
        from = now.st_size - (off_t)sizeof block;
    ssize_t got = pread(run->fd, block, sizeof block, from);
    if (got < 2 || block[got - 1] != '\n')
        return RECORD_KINDS;
    const char *newline = memrchr(block, '\n', (size_t)got - 1);
    const char *line = newline ? newline + 1 : block;
    struct record record;
    if (record_parse(&record, line, (size_t)(block + got - 1 - line)) != 0)
        return RECORD_KINDS;
    free(record.text);
    return record.kind;
}

int run_trim(struct run *run) {
    char block[4096];
    off_t end = lseek(run->fd, 0, SEEK_END);
    off_t size = end;
    while (size > 0) {
        off_t from = size > (off_t)sizeof block ? size - (off_t)sizeof block : 0;
        ssize_t got = pread(run->fd, block, (size_t)(size - from), from);
        if (got <= 0)
            return -1;
        const char *newline = memrchr(block, '\n', (size_t)got);
        if (newline) {
            size = from + (newline - block) + 1;
            break;
        }
        size = from;
    }
    return size == end ? 0 : ftruncate(run->fd, size);
}

int run_append(struct run *run, const struct bytes *lines) {
    off_t size = lseek(run->fd, 0, SEEK_END);
    if (size < 0)
        return -1;
    if (copy_bytes(run->fd, lines->data, lines->size) == 0)
        return 0;
    int saved = errno;
    /* If even this fails, the next line runs into half a one: both are damaged, and told. */
    if (ftruncate(run->fd, size) != 0)
        saved = errno;
    errno = saved;
    return -1;
}

int run_append_record(struct run *run, const struct record *record) {
    struct bytes line = {0};
    int result = record_write(&line, record);
    if (result == 0)
        result = run_append(run, &line);
    int saved = errno;
    bytes_fini(&line);
    errno = saved;
    return result;
}
