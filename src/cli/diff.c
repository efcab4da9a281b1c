/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "diff.h"

#include <errno.h>
#include <string.h>

enum { BODY_LIMIT = 8 << 20 }; /* bytes of a hunk kept in memory */

void diff_init(struct diff *diff, FILE *out, const char *name) {
    memset(diff, 0, sizeof *diff);
    diff->out = out;
    diff->name = name;
    diff->old_line = 1;
    diff->new_line = 1;
}

void diff_fini(struct diff *diff) {
    for (int i = 0; i < DIFF_CONTEXT; i++)
        bytes_fini(&diff->context[i]);
    bytes_fini(&diff->body);
    bytes_fini(&diff->old_part);
    bytes_fini(&diff->new_part);
    if (diff->overflow)
        fclose(diff->overflow);
    diff->overflow = NULL;
}

static const char *line_end(const char *s, const char *end) {
    const char *newline = memchr(s, '\n', (size_t)(end - s));
    return newline ? newline + 1 : end;
}

/* As git and GNU diff write it: quoted if need be; a tab ends a name with spaces. */
static void write_name(FILE *out, const char *name) {
    bool quote = false;
    for (const char *s = name; *s; s++)
        quote |= (unsigned char)*s < 0x20 || *s == '"' || *s == '\\' || *s == 0x7F;
    if (!quote) {
        fputs(name, out);
        if (strchr(name, ' '))
            putc('\t', out);
        return;
    }
    putc('"', out);
    for (const char *s = name; *s; s++) {
        if (*s == '"' || *s == '\\')
            fprintf(out, "\\%c", *s);
        else if ((unsigned char)*s < 0x20 || *s == 0x7F)
            fprintf(out, "\\%03o", (unsigned)(unsigned char)*s);
        else
            putc(*s, out);
    }
    putc('"', out);
}

static void write_head(struct diff *diff) {
    if (diff->headed)
        return;
    diff->headed = true;
    fputs("--- ", diff->out);
    write_name(diff->out, diff->name);
    fputs("\n+++ ", diff->out);
    write_name(diff->out, diff->name);
    putc('\n', diff->out);
}

static int body_add(struct diff *diff, const void *data, size_t n) {
    if (diff->body.size + n > BODY_LIMIT) {
        if (!diff->overflow && !(diff->overflow = tmpfile()))
            return -1;
        if (fwrite(diff->body.data, 1, diff->body.size, diff->overflow) != diff->body.size)
            return -1;
        diff->body.size = 0;
        if (n > BODY_LIMIT)
            return fwrite(data, 1, n, diff->overflow) == n ? 0 : -1;
    }
    return bytes_add(&diff->body, data, n);
}

static int body_line(struct diff *diff, char mark, const char *line, size_t n) {
    if (body_add(diff, &mark, 1) != 0 || body_add(diff, line, n) != 0)
        return -1;
    if (n == 0 || line[n - 1] != '\n') {
        static const char missing[] = "\n\\ No newline at end of file\n";
        if (body_add(diff, missing, sizeof missing - 1) != 0)
            return -1;
    }
    diff->old_count += mark != '+';
    diff->new_count += mark != '-';
    return 0;
}

static int copy_overflow(struct diff *diff) {
    char block[16384];
    if (fflush(diff->overflow) != 0)
        return -1;
    rewind(diff->overflow);
    for (size_t got; (got = fread(block, 1, sizeof block, diff->overflow)) > 0;)
        fwrite(block, 1, got, diff->out);
    int failed = ferror(diff->overflow);
    fclose(diff->overflow);
    diff->overflow = NULL;
    return failed ? -1 : 0;
}

static void write_range(FILE *out, char mark, size_t start, size_t count) {
    /* A range of no lines is named by the line before it. */
    fprintf(out, " %c%zu", mark, count == 0 ? start - 1 : start);
    if (count != 1)
        fprintf(out, ",%zu", count);
}

static int close_hunk(struct diff *diff) {
    if (!diff->open)
        return 0;
    write_head(diff);
    fputs("@@", diff->out);
    write_range(diff->out, '-', diff->old_start, diff->old_count);
    write_range(diff->out, '+', diff->new_start, diff->new_count);
    fputs(" @@\n", diff->out);
    if (diff->overflow && copy_overflow(diff) != 0)
        return -1;
    fwrite(diff->body.data, 1, diff->body.size, diff->out);
    diff->body.size = 0;
    diff->open = false;
    return 0;
}

static int keep_context(struct diff *diff, const char *line, size_t n) {
    struct bytes *slot = &diff->context[diff->context_count % DIFF_CONTEXT];
    if (diff->context_count >= DIFF_CONTEXT) {
        struct bytes first = diff->context[0];
        memmove(diff->context, diff->context + 1, (DIFF_CONTEXT - 1) * sizeof first);
        slot = &diff->context[DIFF_CONTEXT - 1];
        *slot = first;
    } else {
        diff->context_count++;
    }
    slot->size = 0;
    return bytes_add(slot, line, n);
}

static int same_line(struct diff *diff, const char *line, size_t n) {
    diff->old_line++;
    diff->new_line++;
    if (diff->open && diff->tail < DIFF_CONTEXT) {
        diff->tail++;
        return body_line(diff, ' ', line, n);
    }
    /* As many unchanged lines again belong to the hunk if a change follows them. */
    if (diff->open && diff->context_count == DIFF_CONTEXT && close_hunk(diff) != 0)
        return -1;
    return keep_context(diff, line, n);
}

static int open_hunk(struct diff *diff) {
    if (!diff->open) {
        diff->open = true;
        diff->old_start = diff->old_line - diff->context_count;
        diff->new_start = diff->new_line - diff->context_count;
        diff->old_count = diff->new_count = 0;
    }
    for (size_t i = 0; i < diff->context_count; i++) {
        if (body_line(diff, ' ', diff->context[i].data, diff->context[i].size) != 0)
            return -1;
    }
    diff->context_count = 0;
    diff->tail = 0;
    return 0;
}

/* Whole lines `old` became `new`. */
static int changed_lines(struct diff *diff, const struct bytes *old, const struct bytes *new) {
    const char *old_end = old->data + old->size;
    if (old->size == new->size && (old->size == 0 || !memcmp(old->data, new->data, old->size))) {
        for (const char *s = old->data, *e; s < old_end; s = e) {
            e = line_end(s, old_end);
            if (same_line(diff, s, (size_t)(e - s)) != 0)
                return -1;
        }
        return 0;
    }
    if (open_hunk(diff) != 0)
        return -1;
    for (const char *s = old->data, *e; s < old_end; s = e, diff->old_line++) {
        e = line_end(s, old_end);
        if (body_line(diff, '-', s, (size_t)(e - s)) != 0)
            return -1;
    }
    const char *new_end = new->data + new->size;
    for (const char *s = new->data, *e; s < new_end; s = e, diff->new_line++) {
        e = line_end(s, new_end);
        if (body_line(diff, '+', s, (size_t)(e - s)) != 0)
            return -1;
    }
    return 0;
}

static int flush_part(struct diff *diff) {
    int result = changed_lines(diff, &diff->old_part, &diff->new_part);
    diff->old_part.size = 0;
    diff->new_part.size = 0;
    return result;
}

static bool whole_lines(const struct bytes *bytes) {
    return bytes->size == 0 || bytes->data[bytes->size - 1] == '\n';
}

int diff_window(struct diff *diff, const char *text, size_t n, const ivn_edit *edits,
                size_t count) {
    const char *end = text + n;
    const char *s = text; /* up to here the window is dealt with */
    size_t next = 0;
    while (s < end || next < count) {
        const char *line = line_end(s, end);
        bool partial = diff->old_part.size > 0 || diff->new_part.size > 0;
        bool touched = next < count && (text + edits[next].offset < line || s == end);
        if (!partial && !touched && line[-1] == '\n') {
            if (same_line(diff, s, (size_t)(line - s)) != 0)
                return -1;
            s = line;
            continue;
        }
        /* Copy up to the end of the line, or of the edit that goes beyond it. */
        const char *stop = touched ? text + edits[next].offset : line;
        if (bytes_add(&diff->old_part, s, (size_t)(stop - s)) != 0 ||
            bytes_add(&diff->new_part, s, (size_t)(stop - s)) != 0)
            return -1;
        s = stop;
        if (touched) {
            const ivn_edit *edit = &edits[next++];
            if (bytes_add(&diff->old_part, s, edit->length) != 0 ||
                bytes_add(&diff->new_part, edit->text, edit->text_length) != 0)
                return -1;
            s += edit->length;
        }
        if (s == end && next == count)
            break;
        if (whole_lines(&diff->old_part) && whole_lines(&diff->new_part) && flush_part(diff) != 0)
            return -1;
    }
    /* What ends in a line end is complete: the next window starts a new line. */
    if (whole_lines(&diff->old_part) && whole_lines(&diff->new_part))
        return flush_part(diff);
    return 0;
}

int diff_finish(struct diff *diff) {
    if ((diff->old_part.size > 0 || diff->new_part.size > 0) && flush_part(diff) != 0)
        return -1;
    return close_hunk(diff);
}
