/* SPDX-License-Identifier: Apache-2.0 */
/* article.h - a document that is read as a whole: its encoding and format are found out, it is
 * converted, and goes back into its encoding. Nothing is printed before article_say(), so that it
 * may be made in any thread. */
#ifndef CLI_ARTICLE_H
#define CLI_ARTICLE_H

#include "bytes.h"
#include "engine.h"
#include "message.h"
#include "options.h"

#include <stdbool.h>
#include <sys/stat.h>

/* A stretch of the text that was converted as a document: all of it, or a record. */
struct article_piece {
    size_t from, size;
    ivn_prose *prose;
    ivn_result *result;
};

struct article {
    const char *name; /* borrowed */
    struct stat input;
    struct bytes bytes; /* of the file */
    ivn_source *source; /* NULL: the bytes are the text */
    const char *text;   /* in UTF-8; borrowed from those */
    size_t size;
    struct article_piece *pieces; /* of the text, in its order */
    size_t piece_count;
    const char *converted; /* the new text, in UTF-8; borrowed from the piece or from: */
    size_t converted_size;
    struct bytes joined;
    bool changed; /* the new file has other bytes */
    void *made;   /* the new file, if it had to be encoded */
    size_t made_size;
    bool binary;           /* it is no text, and was not converted */
    struct bytes failures; /* records that were not converted (records.h) */

    const char *what; /* what could not be done: a message, or NULL and the library's error */
    int error;        /* errno for what; 0: it says all */
    ivn_error err;
};

/* Reads the whole file. false: it failed. article_fini() in any case. */
bool article_open(struct article *article, const char *name);
void article_fini(struct article *article);

/* Converts what was read; article->bytes may be the caller's work too. threads as team_init(). A
 * file that has NULs and is in no encoding with such is binary, and if `skip_binary` left alone.
 * false: it failed. */
bool article_convert(struct article *article, const struct options *options, struct engine *engine,
                     size_t threads, bool skip_binary);

/* The format that a document is in, by the options, its name and its text. Borrowed. */
const char *article_format(const struct options *options, const char *name, const char *text,
                           size_t n);

/* Says what failed. */
enum status article_say(const struct article *article);

/* Says which records were not converted. */
enum status article_say_failures(const struct article *article);

/* The new file. */
const void *article_bytes(const struct article *article, size_t *n);

#endif
