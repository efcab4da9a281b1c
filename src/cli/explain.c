/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "explain.h"

#include "mask.h"

#include <stdbool.h>
#include <string.h>

/* Whether a space, or a full-width one, stands at the first of n bytes; with n
 * 0 there is nothing. */
static bool blank(const char *text, size_t n) {
    return n > 0 && (text[0] == ' ' || (n >= 3 && memcmp(text, "\xE3\x80\x80", 3) == 0));
}

/* Quoted where it could not be seen, or not where it begins or ends. */
static void write_text(FILE *out, const char *text, size_t n) {
    bool quote =
        n == 0 || blank(text, n) || blank(text + n - 1, 1) || (n >= 3 && blank(text + n - 3, 3));
    if (quote)
        putc('"', out);
    mask_write(out, text, n);
    if (quote)
        putc('"', out);
}

static void write_reasons(FILE *out, const ivn_edit *edit) {
    for (size_t i = 0; i < edit->reason_count; i++) {
        const ivn_reason *reason = &edit->reasons[i];
        fprintf(out, "%s", i > 0 ? "; " : "  ");
        mask_write(out, reason->rule, strlen(reason->rule));
        fputs("  ", out);
        mask_write(out, reason->file, strlen(reason->file));
        if (reason->line > 0)
            fprintf(out, ":%u", reason->line);
        if (reason->note && *reason->note) {
            fputs(" (", out);
            mask_write(out, reason->note, strlen(reason->note));
            putc(')', out);
        }
        if (*reason->because) {
            fputs(" [", out);
            mask_write(out, reason->because, strlen(reason->because));
            putc(']', out);
        }
    }
}

static void explain(FILE *out, const char *name, struct place place, const char *text,
                    const ivn_edit *edit, bool suggested) {
    mask_write(out, name, strlen(name));
    fprintf(out, ":%zu:%zu: %s", place.line, place.column, suggested ? "suggestion: " : "");
    write_text(out, text + edit->offset, edit->length);
    bool look = edit->length == edit->text_length &&
                memcmp(text + edit->offset, edit->text, edit->length) == 0;
    if (!look) {
        fputs(" → ", out);
        write_text(out, edit->text, edit->text_length);
    }
    write_reasons(out, edit);
    putc('\n', out);
}

void explain_window(FILE *out, const char *name, struct place place, const char *text,
                    struct explain_edits made, struct explain_edits suggested) {
    size_t m = 0;
    size_t s = 0;
    size_t at = 0;
    while (m < made.count || s < suggested.count) {
        bool doubtful = m == made.count ||
                        (s < suggested.count && suggested.edits[s].offset < made.edits[m].offset);
        const ivn_edit *edit = doubtful ? &suggested.edits[s++] : &made.edits[m++];
        place_advance(&place, text + at, edit->offset - at);
        at = edit->offset;
        explain(out, name, place, text, edit, doubtful);
    }
}
