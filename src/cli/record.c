/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "record.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[RECORD_KINDS] = {
    "run",  "resume", "directory", "create",  "replace", "backup",   "ready",
    "done", "failed", "finished",  "stopped", "undo",    "restored", "undone",
};

struct record_mark record_mark_of(const struct stat *file) {
    return (struct record_mark){.inode = (uint64_t)file->st_ino,
                                .size = (uint64_t)file->st_size,
                                .seconds = (int64_t)file->st_mtim.tv_sec,
                                .nanoseconds = (int64_t)file->st_mtim.tv_nsec};
}

bool record_mark_equal(const struct record_mark *a, const struct record_mark *b) {
    return a->inode == b->inode && a->size == b->size && a->seconds == b->seconds &&
           a->nanoseconds == b->nanoseconds;
}

uint64_t record_hash(uint64_t hash, const void *bytes, size_t n) {
    const unsigned char *s = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ s[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static int add_text(struct bytes *to, const char *text) {
    for (const char *s = text; *s; s++) {
        char hex[8];
        unsigned char c = (unsigned char)*s;
        if (c >= 0x20 && c != 0x7f && c != '\\') {
            if (bytes_add(to, s, 1) != 0)
                return -1;
            continue;
        }
        int n = snprintf(hex, sizeof hex, "\\x%02x", (unsigned)c);
        if (bytes_add(to, hex, (size_t)n) != 0)
            return -1;
    }
    return 0;
}

static int add_mark(struct bytes *to, const struct record_mark *mark) {
    char text[96];
    int n = snprintf(text, sizeof text, " %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64,
                     mark->inode, mark->size, mark->seconds, mark->nanoseconds);
    return bytes_add(to, text, (size_t)n);
}

static uint32_t checksum(const char *line, size_t n) {
    uint64_t hash = record_hash(RECORD_HASH, line, n);
    return (uint32_t)(hash ^ hash >> 32);
}

int record_write(struct bytes *to, const struct record *record) {
    char number[64];
    size_t start = to->size;
    snprintf(number, sizeof number, " %" PRIu64, record->number);
    if (bytes_add_string(to, words[record->kind]) != 0 || bytes_add_string(to, number) != 0)
        goto fail;
    if (record->kind == RECORD_READY) {
        snprintf(number, sizeof number, " %" PRIu64, record->hash);
        if (add_mark(to, &record->before) != 0 || add_mark(to, &record->after) != 0 ||
            bytes_add_string(to, number) != 0)
            goto fail;
    }
    if (bytes_add(to, "\t", 1) != 0 || add_text(to, record->text ? record->text : "") != 0)
        goto fail;
    snprintf(number, sizeof number, "\t%08" PRIx32 "\n",
             checksum(to->data + start, to->size - start));
    if (bytes_add_string(to, number) == 0)
        return 0;
fail:
    to->size = start;
    return -1;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static char *parse_text(const char *s, const char *end) {
    char *text = malloc((size_t)(end - s) + 1);
    char *to = text;
    while (text && s < end) {
        if (*s != '\\') {
            *to++ = *s++;
            continue;
        }
        int high = end - s >= 4 && s[1] == 'x' ? hex_digit(s[2]) : -1;
        int low = high >= 0 ? hex_digit(s[3]) : -1;
        if (low < 0 || high + low == 0) {
            free(text);
            errno = EINVAL;
            return NULL;
        }
        *to++ = (char)(high * 16 + low);
        s += 4;
    }
    if (text)
        *to = '\0';
    return text;
}

static int parse_kind(struct record *record, const char **s, const char *end) {
    const char *space = memchr(*s, ' ', (size_t)(end - *s));
    size_t n = space ? (size_t)(space - *s) : 0;
    for (int i = 0; space && i < RECORD_KINDS; i++) {
        if (strlen(words[i]) == n && memcmp(words[i], *s, n) == 0) {
            record->kind = (enum record_kind)i;
            *s = space;
            return 0;
        }
    }
    return -1;
}

/* A space and a number. Its checksum was right, so that it is one; TAB or space ends it. */
static int parse_number(uint64_t *value, const char **s) {
    char *after = NULL;
    if (**s != ' ')
        return -1;
    errno = 0;
    *value = strtoull(*s + 1, &after, 10);
    if (errno != 0 || after == *s + 1)
        return -1;
    *s = after;
    return 0;
}

static int parse_signed(int64_t *value, const char **s) {
    uint64_t number = 0;
    /* strtoull() takes a minus sign and wraps round. */
    if (parse_number(&number, s) != 0)
        return -1;
    memcpy(value, &number, sizeof number);
    return 0;
}

static int parse_mark(struct record_mark *mark, const char **s) {
    return parse_number(&mark->inode, s) != 0 || parse_number(&mark->size, s) != 0 ||
                   parse_signed(&mark->seconds, s) != 0 || parse_signed(&mark->nanoseconds, s) != 0
               ? -1
               : 0;
}

int record_parse(struct record *record, const char *line, size_t n) {
    enum { CHECKSUM = 9 }; /* TAB and eight digits */
    char sum[CHECKSUM + 1];
    memset(record, 0, sizeof *record);
    if (n < CHECKSUM || memchr(line, '\0', n))
        goto damaged;
    const char *end = line + n - CHECKSUM;
    snprintf(sum, sizeof sum, "\t%08" PRIx32, checksum(line, n - CHECKSUM));
    if (memcmp(sum, end, CHECKSUM) != 0)
        goto damaged;
    const char *s = line;
    if (parse_kind(record, &s, end) != 0 || parse_number(&record->number, &s) != 0)
        goto damaged;
    if (record->kind == RECORD_READY &&
        (parse_mark(&record->before, &s) != 0 || parse_mark(&record->after, &s) != 0 ||
         parse_number(&record->hash, &s) != 0))
        goto damaged;
    if (s >= end || *s != '\t')
        goto damaged;
    record->text = parse_text(s + 1, end);
    return record->text ? 0 : -1;
damaged:
    errno = EINVAL;
    return -1;
}
