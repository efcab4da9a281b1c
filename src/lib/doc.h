/* SPDX-License-Identifier: Apache-2.0 */
/* doc.h - the readers and writers of the formats, one doc_*.c each; format.c calls them, format.h
 * says what they do. */
#ifndef IVN_DOC_H
#define IVN_DOC_H

#include "prose.h"

ivn_status doc_markdown_read(ivn_prose *p, ivn_error *err);
bool doc_markdown_write(const ivn_prose *p, const struct prose_piece *piece, const char *text,
                        size_t n, struct buffer *out);

/* Whether the text begins as HTML does. */
bool doc_html_is(const char *text, size_t n);
ivn_status doc_html_read(ivn_prose *p, ivn_error *err);
bool doc_html_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                    struct buffer *out);

/* Reads the stretch [from, to) of a document of another format, which is HTML. */
void doc_html_read_part(ivn_prose *p, size_t from, size_t to);

/* Reads one tag or comment of a document whose text the caller reads. quiet: how many elements are
 * open whose text is no prose (code, kbd …); returns how many there are then. */
unsigned doc_html_read_tag(ivn_prose *p, size_t offset, size_t length, unsigned quiet);

/* JSON; p->chosen is a JSON path (json_path.h) or NULL. */
ivn_status doc_json_read(ivn_prose *p, ivn_error *err);
bool doc_json_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                    struct buffer *out);
bool doc_json_is(const char *text, size_t n);

/* JSON Lines, which doc_json_write() writes, too. */
ivn_status doc_jsonl_read(ivn_prose *p, ivn_error *err);
bool doc_jsonl_is(const char *text, size_t n);

ivn_status doc_srt_read(ivn_prose *p, ivn_error *err);
bool doc_srt_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                   struct buffer *out);
bool doc_srt_is(const char *text, size_t n);

ivn_status doc_vtt_read(ivn_prose *p, ivn_error *err);
bool doc_vtt_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                   struct buffer *out);
bool doc_vtt_is(const char *text, size_t n);

ivn_status doc_ass_read(ivn_prose *p, ivn_error *err);
bool doc_ass_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                   struct buffer *out);
bool doc_ass_is(const char *text, size_t n);

/* The style of the pieces of front matter: how the value is written that they stand in. */
enum front_style {
    FRONT_STYLE = 64,          /* all have this, and no others */
    FRONT_AS_IS = FRONT_STYLE, /* nothing can be escaped: plain, block scalars, 'literal' of TOML */
    FRONT_SINGLE,              /* 'single' of YAML: ' is doubled */
    FRONT_DOUBLE               /* "double": backslashes escape */
};

/* Reads the front matter that may begin at `start`; *end receives where the document's body begins:
 * start if there is none. */
ivn_status doc_front_read(ivn_prose *p, size_t start, size_t *end, ivn_error *err);
bool doc_front_write(const ivn_prose *p, const struct prose_piece *piece, const char *text,
                     size_t n, struct buffer *out);

#endif
