/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "article.h"

#include "records.h"
#include "team.h"
#include "window.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool fail(struct article *a, const char *what, int error) {
    a->what = what;
    a->error = error;
    return false;
}

bool article_open(struct article *a, const char *name) {
    memset(a, 0, sizeof *a);
    a->name = name;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(a, N_("cannot open"), errno);
    bool ok = fstat(fd, &a->input) == 0;
    if (!ok || (a->input.st_size > 0 && bytes_reserve(&a->bytes, (size_t)a->input.st_size + 1)) ||
        bytes_read(&a->bytes, fd) != 0)
        ok = fail(a, N_("cannot read"), errno);
    close(fd);
    return ok;
}

void article_fini(struct article *a) {
    for (size_t i = 0; i < a->piece_count; i++) {
        ivn_result_free(a->pieces[i].result);
        ivn_prose_free(a->pieces[i].prose);
    }
    free(a->pieces);
    ivn_source_free(a->source);
    free(a->made);
    bytes_fini(&a->joined);
    bytes_fini(&a->failures);
    bytes_fini(&a->bytes);
    memset(a, 0, sizeof *a);
}

static bool is_utf(const char *encoding) {
    return strncmp(encoding, "UTF-", 4) == 0;
}

static bool has_nul(const struct bytes *bytes) {
    enum { HEAD = 8000 };
    size_t n = bytes->size < HEAD ? bytes->size : HEAD;
    return n > 0 && memchr(bytes->data, '\0', n) != NULL;
}

/* The names UTF-16 and UTF-32 mean that the NULs are letters. */
static bool is_binary(const struct article *a) {
    if (!has_nul(&a->bytes))
        return false;
    const char *encoding = a->source ? ivn_source_encoding(a->source) : "";
    return !is_utf(encoding) || strcmp(encoding, "UTF-8") == 0;
}

/* With --invalid=keep, bytes that are in no encoding are taken for UTF-8 as they are. */
static bool decode(struct article *a, const struct options *o) {
    a->text = a->bytes.data ? a->bytes.data : "";
    a->size = a->bytes.size;
    if (ivn_source_decode(&a->source, a->text, a->size, o->from_encoding, &a->err) != IVN_OK)
        return o->keep_invalid && !o->from_encoding && a->err.status == IVN_ENCODING;
    a->text = ivn_source_text(a->source, &a->size);
    return true;
}

const char *article_format(const struct options *o, const char *name, const char *text, size_t n) {
    if (o->format)
        return o->format;
    if (strcmp(name, "-") == 0)
        return "plain";
    const char *format = ivn_format_of_file(name);
    return format ? format : ivn_format_of_text(text, n);
}

/* ---- converting ---- */

static struct article_piece *add_piece(struct article *a, size_t from, size_t size) {
    if ((a->piece_count & (a->piece_count - 1)) == 0) { /* a power of two is full */
        size_t capacity = a->piece_count ? 2 * a->piece_count : 1;
        struct article_piece *pieces = realloc(a->pieces, capacity * sizeof *pieces);
        if (!pieces) {
            fail(a, N_("cannot go on"), ENOMEM);
            return NULL;
        }
        a->pieces = pieces;
    }
    struct article_piece *piece = &a->pieces[a->piece_count++];
    *piece = (struct article_piece){.from = from, .size = size};
    return piece;
}

/* Takes the results of the oldest window. */
static bool take(struct article *a, struct team *team, struct bytes *results) {
    struct team_window *w = team_wait(team);
    if (w->status != IVN_OK) {
        a->err = w->err;
        team_drop(team);
        return false;
    }
    ivn_result *result = w->result;
    w->result = NULL;
    team_drop(team);
    if (bytes_add(results, &result, sizeof result) == 0)
        return true;
    ivn_result_free(result);
    return fail(a, N_("cannot go on"), ENOMEM);
}

/* Converts the prose window by window, as a plain text of its length would be. */
static bool convert_windows(struct article *a, const ivn_prose *document, struct team *team,
                            struct bytes *results) {
    struct window window;
    size_t size, n, at = 0;
    const char *prose = ivn_prose_text(document, &size), *text;
    bool last, ok = true;
    window_init_text(&window, prose, size);
    while (ok && window_next(&window, &text, &n, &last) > 0) {
        if (team_is_full(team))
            ok = take(a, team, results);
        if (ok && team_start_prose(team, document, at, at + n) != 0)
            ok = fail(a, N_("cannot go on"), errno);
        at += n;
    }
    while (ok && team->count > 0)
        ok = take(a, team, results);
    return ok;
}

/* Converts a piece of the text as a document. */
static bool convert_piece(struct article *a, struct article_piece *piece, const char *format,
                          const struct options *o, struct team *team) {
    struct bytes results = {0};
    bool ok = ivn_prose_read(&piece->prose, format, a->text + piece->from, piece->size,
                             o->json_path, &a->err) == IVN_OK &&
              convert_windows(a, piece->prose, team, &results);
    ivn_result **parts = (ivn_result **)(void *)results.data;
    const size_t count = results.size / sizeof *parts;
    if (ok)
        ok = ivn_prose_finish(piece->prose, parts, count, &piece->result, &a->err) == IVN_OK;
    for (size_t i = 0; !piece->result && i < count; i++)
        ivn_result_free(parts[i]);
    bytes_fini(&results);
    return ok;
}

/* Each line is a document; one that cannot be converted stays as it is. */
static bool convert_records(struct article *a, const char *format, const struct options *o,
                            struct team *team) {
    for (size_t at = 0, line = 0, next; at < a->size; at = next, line++) {
        const char *newline = memchr(a->text + at, '\n', a->size - at);
        next = newline ? (size_t)(newline - a->text) + 1 : a->size;
        const size_t end = newline ? next - 1 : next;
        struct article_piece *piece = add_piece(a, at, end - at);
        struct record_failure failure = {.line = line};
        if (!piece)
            return false;
        if (records_is_blank(a->text + at, end - at) || convert_piece(a, piece, format, o, team))
            continue;
        failure.err = a->err;
        if (a->what || a->err.status == IVN_NO_MEMORY ||
            bytes_add(&a->failures, &failure, sizeof failure) != 0)
            return false;
    }
    return true;
}

/* Puts the text together from the pieces and what stands between them. */
static bool join(struct article *a) {
    size_t at = 0, n;
    int bad = 0;
    if (a->piece_count == 1 && a->pieces[0].result && a->pieces[0].size == a->size) {
        a->converted = ivn_result_text(a->pieces[0].result, &a->converted_size);
        return true;
    }
    for (size_t i = 0; i < a->piece_count && !bad; i++) {
        const struct article_piece *piece = &a->pieces[i];
        if (!piece->result)
            continue;
        const char *text = ivn_result_text(piece->result, &n);
        bad |=
            bytes_add(&a->joined, a->text + at, piece->from - at) | bytes_add(&a->joined, text, n);
        at = piece->from + piece->size;
    }
    bad |= bytes_add(&a->joined, a->text + at, a->size - at);
    a->converted = a->joined.data ? a->joined.data : "";
    a->converted_size = a->joined.size;
    return bad ? fail(a, N_("cannot go on"), ENOMEM) : true;
}

static bool differs(const void *a, size_t a_size, const void *b, size_t b_size) {
    return a_size != b_size || (a_size > 0 && memcmp(a, b, a_size) != 0);
}

/* ---- encoding ---- */

/* The edits of all pieces, in offsets of the whole text; the caller frees them. */
static ivn_edit *all_edits(const struct article *a, size_t *count) {
    size_t n;
    struct bytes all = {0};
    for (size_t i = 0; i < a->piece_count; i++) {
        const ivn_edit *edits = NULL;
        n = 0;
        if (a->pieces[i].result && !(edits = ivn_result_edits(a->pieces[i].result, &n)) && n > 0)
            goto fail;
        for (size_t k = 0; k < n; k++) {
            ivn_edit e = edits[k];
            e.offset += a->pieces[i].from;
            if (bytes_add(&all, &e, sizeof e) != 0)
                goto fail;
        }
    }
    *count = all.size / sizeof(ivn_edit);
    if (bytes_reserve(&all, 1) == 0)
        return (ivn_edit *)(void *)all.data;
fail:
    bytes_fini(&all);
    return NULL;
}

/* &#x8EDF; is for what a browser or a renderer reads. */
static bool takes_entities(const char *format) {
    return strcmp(format, "html") == 0 || strcmp(format, "markdown") == 0 ||
           strcmp(format, "plain") == 0;
}

/* Makes the new file. Text in UTF-8 is the file. */
static bool encode(struct article *a, const struct options *o, const char *format) {
    size_t count = 0;
    a->changed = differs(a->converted, a->converted_size, a->text, a->size);
    if (!o->to_encoding &&
        (!a->changed || !a->source || strcmp(ivn_source_encoding(a->source), "UTF-8") == 0))
        return true;
    const bool entities = o->unmappable != IVN_UNMAPPABLE_ENTITY || takes_entities(format);
    ivn_edit *edits = all_edits(a, &count);
    if (!edits)
        return fail(a, N_("cannot go on"), ENOMEM);
    ivn_status status = ivn_source_encode(
        a->source, o->to_encoding, entities ? o->unmappable : IVN_UNMAPPABLE_ERROR, a->converted,
        a->converted_size, edits, count, &a->made, &a->made_size, &a->err);
    free(edits);
    if (status == IVN_ENCODING && !entities)
        return fail(a, N_("--unmappable=entity is not for this format; use replace or utf-8"), 0);
    a->changed = differs(a->made, a->made_size, a->bytes.data, a->bytes.size);
    return status == IVN_OK;
}

static bool convert(struct article *a, const struct options *o, struct engine *engine,
                    const char *format, size_t threads) {
    struct team team;
    bool ok;
    team_init(&team, engine, threads);
    if (records_are_wanted(o, a->name)) {
        ok = convert_records(a, format, o, &team);
    } else {
        struct article_piece *piece = add_piece(a, 0, a->size);
        ok = piece && convert_piece(a, piece, format, o, &team);
    }
    team_fini(&team);
    return ok;
}

bool article_convert(struct article *a, const struct options *o, struct engine *engine,
                     size_t threads, bool skip_binary) {
    bool ok = decode(a, o);
    if (skip_binary && is_binary(a)) {
        a->binary = true;
        return true;
    }
    if (!ok)
        return false;
    const char *format = article_format(o, a->name, a->text, a->size);
    return convert(a, o, engine, format, threads) && join(a) && encode(a, o, format);
}

enum status article_say(const struct article *a) {
    if (!a->what)
        return message_library(a->name, &a->err);
    return a->error ? message_errno(message_name(a->name), gettext(a->what), a->error)
                    : message_error("%s: %s", message_name(a->name), gettext(a->what));
}

enum status article_say_failures(const struct article *a) {
    return records_say_failures(&a->failures, a->name, 0);
}

const void *article_bytes(const struct article *a, size_t *n) {
    *n = a->made ? a->made_size : a->changed ? a->converted_size : a->bytes.size;
    return a->made ? a->made : a->changed ? a->converted : a->bytes.data ? a->bytes.data : "";
}
