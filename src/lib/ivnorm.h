/* SPDX-License-Identifier: Apache-2.0 */
/* ivnorm.h - public interface of libivnorm: Chinese text normalisation with explained edits.
 *
 *     bytes ─► ivn_convert() ─► ivn_result: the new text, and every edit with its reasons
 *
 * Sizes and offsets are bytes unless a comment says otherwise. Input is never NUL-terminated.
 * "*out" is written on success only. Every _free takes NULL. Nothing here prints, exits, calls
 * setlocale() or reads the environment.
 *
 * Threads: a lexicon and a profile never change once built and may be shared; a context serves one
 * thread at a time; a result belongs to its caller. A lexicon must outlive its profiles, a profile
 * its contexts, and a context its results: free in the reverse order of creation.
 */
#ifndef IVNORM_H
#define IVNORM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define IVN_API __attribute__((visibility("default")))
#else
#define IVN_API
#endif

/* Values are never reused. */
typedef enum ivn_status {
    IVN_OK = 0,
    IVN_NO_MEMORY = 1,
    IVN_IO = 2,        /* a file cannot be opened, read or mapped */
    IVN_DAMAGED = 3,   /* a lexicon is truncated or fails its checksum */
    IVN_VERSION = 4,   /* a lexicon of another format version */
    IVN_LOCALE = 5,    /* unknown target locale */
    IVN_SYNTAX = 6,    /* a dictionary, a rule file or a document is malformed */
    IVN_CONFLICT = 7,  /* two rows, or two rules, contradict each other */
    IVN_ENCODING = 8,  /* bytes or characters do not fit the encoding, or it is not known */
    IVN_LIMIT = 9,     /* input too large, or a rule exceeded the match limit */
    IVN_OPENCC = 10,   /* libopencc refused its configuration or the text */
    IVN_INTERNAL = 11, /* an invariant broke; nothing was produced */
    IVN_FORMAT = 12    /* unknown document format */
} ivn_status;

enum { IVN_ERROR_ARGS = 3, IVN_ERROR_ARG_SIZE = 256 };

/* Why a call failed. Owned by the caller, may be uninitialised before the call. `message` is a
 * constant with %s for each argument (translate it, then fill it in); file is "" when the error is
 * about the input text. line and column count from 1 (column in code points); 0 = not known. */
typedef struct ivn_error {
    ivn_status status;
    const char *message;
    char args[IVN_ERROR_ARGS][IVN_ERROR_ARG_SIZE];
    char file[IVN_ERROR_ARG_SIZE];
    size_t offset;
    size_t line;
    size_t column;
} ivn_error;

typedef struct ivn_lexicon ivn_lexicon; /* the compiled dictionary; immutable, shared */
typedef struct ivn_profile ivn_profile; /* target, stages, rules, user terms; immutable once used */
typedef struct ivn_context ivn_context; /* scratch memory; one per thread */
typedef struct ivn_result ivn_result;   /* text and edits of one call */
typedef struct ivn_prose ivn_prose;     /* what of a document is prose; immutable, shared */

/* ---- lexicon ---- */

/* Maps the lexicon file at `path` read-only and checks its version and checksum.
 * IVN_IO, IVN_DAMAGED, IVN_VERSION, IVN_NO_MEMORY. */
IVN_API ivn_status ivn_lexicon_open(ivn_lexicon **out, const char *path, ivn_error *err);
IVN_API void ivn_lexicon_free(ivn_lexicon *lexicon);

/* What the lexicon is made of and under which licences: UTF-8 text, borrowed from the lexicon. */
IVN_API const char *ivn_lexicon_about(const ivn_lexicon *lexicon, size_t *n);

/* ---- profile ---- */

typedef enum ivn_stage {
    IVN_SCRIPT = 1,
    IVN_TERMS = 2,
    IVN_CLEANUP = 4,
    IVN_ALL_STAGES = 7
} ivn_stage;

/* A profile for a target ("zh-CN", "zh-TW", "zh-HK"), or, with locale NULL, for text that is to
 * keep its own script and region. All stages are on. IVN_LOCALE, IVN_NO_MEMORY. */
IVN_API ivn_status ivn_profile_new(ivn_profile **out, const ivn_lexicon *lexicon,
                                   const char *locale, ivn_error *err);
IVN_API void ivn_profile_free(ivn_profile *profile);

/* The locales a lexicon has, in its own order; NULL past the last. Borrowed. */
IVN_API const char *ivn_lexicon_locale(const ivn_lexicon *lexicon, size_t index);

/* Which stages run: an OR of ivn_stage values. */
IVN_API void ivn_profile_set_stages(ivn_profile *profile, unsigned stages);

/* Passes bytes that are not UTF-8 through untouched instead of failing with IVN_ENCODING. */
IVN_API void ivn_profile_keep_invalid(ivn_profile *profile, int keep);

/* Lets ivn_result_suggestions() tell what the cleanup's report rules find, too, and reasons what
 * opened the gates of rows; it takes time. */
IVN_API void ivn_profile_set_reports(ivn_profile *profile, int on);

/* What is done about the names of persons, beside the conversion of foreign ones. */
typedef enum ivn_names {
    IVN_NAMES_CONVERT = 0, /* nothing */
    IVN_NAMES_REPORT = 1,  /* ivn_result_mentions() tells where they are */
    IVN_NAMES_UNIFY = 2,   /* a person has one name in the whole document */
    IVN_NAMES_ANNOTATE = 3 /* and the name in Latin letters stands behind the first mention */
} ivn_names;

/* Default IVN_NAMES_CONVERT. The others need a target and the stage IVN_TERMS. */
IVN_API void ivn_profile_set_names(ivn_profile *profile, ivn_names mode);

/* Adds a user dictionary, in the format of ivnorm-dict(5); `name` is used in messages and reasons
 * and copied. Later dictionaries win over earlier ones and over the lexicon.
 * IVN_SYNTAX, IVN_CONFLICT, IVN_LIMIT (more than 15), IVN_NO_MEMORY. */
IVN_API ivn_status ivn_profile_add_terms(ivn_profile *profile, const char *name, const char *tsv,
                                         size_t n, ivn_error *err);

/* The same in two steps, for a caller who keeps what the first makes: compiles a dictionary into an
 * image, malloc'ed and the caller's, for use with this lexicon only. IVN_SYNTAX, IVN_CONFLICT,
 * IVN_NO_MEMORY. */
IVN_API ivn_status ivn_terms_compile(const ivn_lexicon *lexicon, const char *name, const char *tsv,
                                     size_t n, void **image, size_t *size, ivn_error *err);
/* Looks for what is wrong with a dictionary beyond its syntax, each finding a message with file,
 * line and column: rows that repeat or hide each other, words that are changed again (chain) or
 * back (cycle), rows that never act (dead), examples that come out otherwise. The errors are those
 * of ivn_terms_compile(). */
typedef void ivn_finding_fn(void *user, const ivn_error *finding);
IVN_API ivn_status ivn_check_terms(const ivn_lexicon *lexicon, const char *name, const char *tsv,
                                   size_t n, ivn_finding_fn *fn, void *user, ivn_error *err);
/* Tells the image of one lexicon, name and text from all others. */
IVN_API uint64_t ivn_terms_key(const ivn_lexicon *lexicon, const char *name, const char *tsv,
                               size_t n);
/* Takes over an image, which must be malloc'ed; on failure it stays the caller's. IVN_DAMAGED,
 * IVN_VERSION (it is of another key, or of another version of the library), IVN_LIMIT,
 * IVN_NO_MEMORY. */
IVN_API ivn_status ivn_profile_add_compiled(ivn_profile *profile, uint64_t key, void *image,
                                            size_t size, ivn_error *err);

/* Adds a rule file, copied; a rule whose id exists already replaces it. It is read when a context
 * is made, which reports what is wrong in it. IVN_NO_MEMORY. */
IVN_API ivn_status ivn_profile_add_rules(ivn_profile *profile, const char *name, const char *text,
                                         size_t n, ivn_error *err);

/* Uses libopencc with `config` (a built-in name such as "s2twp", or a path) instead of the lattice
 * for the script stage. It is loaded when a context is made. IVN_NO_MEMORY. */
IVN_API ivn_status ivn_profile_use_opencc(ivn_profile *profile, const char *config, ivn_error *err);

/* Chooses the style of the cleanup: words separated by spaces, each NAME=VALUE ("quotes=curly"), or
 * +RULE or -RULE to switch a rule or a group of rules on or off ("-space.han-han"). They add to
 * what was chosen before, and later words win. Copied; read when a context is made, which reports
 * an unknown name. IVN_NO_MEMORY. */
IVN_API ivn_status ivn_profile_set_style(ivn_profile *profile, const char *words, ivn_error *err);

/* Who decided that a rule is in force, or the value of a style. */
typedef enum ivn_cause {
    IVN_BY_DEFAULT = 0, /* the rules file */
    IVN_BY_TARGET = 1,  /* the target's house style, or the rule's list of targets */
    IVN_BY_CALLER = 2,  /* ivn_profile_set_style() */
    IVN_BY_STYLE = 3    /* a style that the rule belongs to */
} ivn_cause;

/* One cleanup rule as --list-rules shows it; strings are borrowed from the context. */
typedef struct ivn_rule {
    const char *id;
    const char *why;
    const char *file;
    unsigned line;
    int report;        /* it only makes suggestions */
    int enabled;       /* for the context's target and style */
    ivn_cause cause;   /* why it is or is not */
    const char *style; /* IVN_BY_STYLE: the name and the value of the style that decides; else "" */
    const char *value;
} ivn_rule;

/* A choice of house style, such as the quotes; strings are borrowed from the context. */
typedef struct ivn_style {
    const char *name;
    const char *value;  /* chosen */
    const char *values; /* all, separated by spaces, the default first */
    const char *why;
    const char *file;
    unsigned line;
    ivn_cause cause;
} ivn_style;

/* ---- conversion ---- */

/* IVN_SYNTAX, IVN_CONFLICT (rule files), IVN_OPENCC, IVN_NO_MEMORY. */
IVN_API ivn_status ivn_context_new(ivn_context **out, const ivn_profile *profile, ivn_error *err);
IVN_API void ivn_context_free(ivn_context *context);

/* Fills *rule with the rule at `index`, in the order of application; 0 past the last one. A profile
 * without a target shows the rules of the lexicon's first locale. */
IVN_API int ivn_context_rule(const ivn_context *context, size_t index, ivn_rule *rule);

/* Fills *style with the choice of style at `index`; 0 past the last one. */
IVN_API int ivn_context_style(const ivn_context *context, size_t index, ivn_style *style);

/* Converts one plain text of n bytes (at most 1 GiB). The result is the caller's; free it before
 * its context. IVN_ENCODING (with line, column, offset), IVN_LIMIT, IVN_OPENCC, IVN_NO_MEMORY,
 * IVN_INTERNAL. */
IVN_API ivn_status ivn_convert(ivn_context *context, const void *bytes, size_t n, ivn_result **out,
                               ivn_error *err);
IVN_API void ivn_result_free(ivn_result *result);

/* ---- documents that are not plain text ---- */

/* The formats: "markdown", "html" ...; NULL past the last, which is "plain". */
IVN_API const char *ivn_format_name(size_t index);
/* The format that a file's name tells; NULL: none. */
IVN_API const char *ivn_format_of_file(const char *file_name);
/* The format that a text looks like, "plain" if like no other. */
IVN_API const char *ivn_format_of_text(const char *text, size_t n);

/* Finds the prose of a document of n bytes (at most 1 GiB), which are borrowed. chosen: which part
 * of it is asked for, as the format has it (a path such as "$.text" for JSON); NULL = all. The
 * prose is the caller's; free it after what was made from it. IVN_FORMAT; IVN_ENCODING and IVN_SYNTAX,
 * with line and column, where the document is not UTF-8 (plain text may be anything) or not of that
 * format; IVN_LIMIT, IVN_NO_MEMORY. */
IVN_API ivn_status ivn_prose_read(ivn_prose **out, const char *format, const char *text, size_t n,
                                  const char *chosen, ivn_error *err);
IVN_API void ivn_prose_free(ivn_prose *prose);
/* The prose as a text: inline markup is left out, code and pictures are U+FFFC, and blocks are
 * separated by blank lines. Borrowed. */
IVN_API const char *ivn_prose_text(const ivn_prose *prose, size_t *n);

/* Converts the part [from, to) of the prose. Parts of a long document may be converted at the same
 * time by several contexts; each should end with a paragraph. Errors as ivn_convert(). The result
 * is for ivn_prose_finish() alone. */
IVN_API ivn_status ivn_convert_prose(ivn_context *context, const ivn_prose *prose, size_t from,
                                     size_t to, ivn_result **out, ivn_error *err);

/* Makes one result from the parts, which it takes over (their contexts must outlive it), in the
 * order of the prose: the document's new text, and edits in its own offsets. What is not prose is
 * compared with the original's byte by byte, and edits that would change the document's structure
 * are undone. IVN_INTERNAL: a byte that is not prose would change; IVN_NO_MEMORY. */
IVN_API ivn_status ivn_prose_finish(const ivn_prose *prose, ivn_result **parts, size_t count,
                                    ivn_result **out, ivn_error *err);

/* The three in one: converts a document. */
IVN_API ivn_status ivn_convert_document(ivn_context *context, const char *format, const char *text,
                                        size_t n, const char *chosen, ivn_result **out,
                                        ivn_error *err);

/* The converted text; borrowed from the result. */
IVN_API const char *ivn_result_text(const ivn_result *result, size_t *n);

/* Why an edit was made. `rule` is the stable id ("script.phrase", "term.it.软件", "punct.comma");
 * file:line is the dictionary or rule line behind it; note is "" or the row's own remark. */
typedef struct ivn_reason {
    const char *rule;
    const char *file;
    unsigned line;
    const char *note;
    const char *because; /* what opened the gate of a row: "near=总统"; "" if nothing had to, or
                            without ivn_profile_set_reports() */
} ivn_reason;

/* Replace `length` input bytes at `offset` by text_length bytes of `text`. */
typedef struct ivn_edit {
    size_t offset;
    size_t length;
    const char *text;
    size_t text_length;
    const ivn_reason *reasons; /* at least one */
    size_t reason_count;
} ivn_edit;

/* The edits, sorted by offset and disjoint; applying them to the input gives the text.
 * Borrowed from the result; NULL with *count > 0 means no memory. */
IVN_API const ivn_edit *ivn_result_edits(ivn_result *result, size_t *count);
/* Doubtful changes that were not made, in the same form. One whose text is what it would replace is
 * a place to look at, with no proposal. */
IVN_API const ivn_edit *ivn_result_suggestions(ivn_result *result, size_t *count);

/* A place of the input where a person is named, in any form. Strings live as long as the lexicon
 * and the profile. */
typedef struct ivn_mention {
    size_t offset;
    size_t length;
    const char *person;  /* the name in Latin letters */
    const char *written; /* the target's forms of it, separated by '|', the first one first */
} ivn_mention;

/* The mentions in the order of the text, with IVN_NAMES_REPORT; borrowed from the result. */
IVN_API const ivn_mention *ivn_result_mentions(const ivn_result *result, size_t *count);

/* ---- encodings ---- */

/* A file's bytes as UTF-8, and where each character came from. Immutable; may be shared. */
typedef struct ivn_source ivn_source;

/* Reads n bytes (at most 1 GiB), which are borrowed until ivn_source_free(), in the encoding of
 * that name. NULL: in the one that a byte order mark tells, else UTF-8 if the bytes are valid, else
 * what the document declares (HTML, XML), else what they look like. Known are UTF-8, UTF-16 and
 * UTF-32 (also LE and BE), GB18030, GBK, GB2312, Big5, Big5-HKSCS and ICU's others without shift
 * states. UTF-8 is not copied and keeps its byte order mark as part of the text; those of UTF-16
 * and UTF-32 are taken off, and come back when the text is encoded.
 * IVN_ENCODING: the name is unknown, or nothing tells the encoding well enough; or a sequence is
 * not valid: then with line, column, and offset in the bytes. IVN_LIMIT, IVN_NO_MEMORY. */
IVN_API ivn_status ivn_source_decode(ivn_source **out, const void *bytes, size_t n,
                                     const char *encoding, ivn_error *err);
IVN_API void ivn_source_free(ivn_source *source);

/* Whether n bytes are UTF-8. */
IVN_API int ivn_is_utf8(const void *bytes, size_t n);

/* The text in UTF-8; borrowed from the source, or, of UTF-8, the bytes themselves. */
IVN_API const char *ivn_source_text(const ivn_source *source, size_t *n);

/* The canonical name of the encoding, such as "GB18030" or "UTF-16LE"; borrowed. */
IVN_API const char *ivn_source_encoding(const ivn_source *source);

/* What becomes of characters that an encoding does not have. */
typedef enum ivn_unmappable {
    IVN_UNMAPPABLE_ERROR = 0,   /* IVN_ENCODING, with their list */
    IVN_UNMAPPABLE_ENTITY = 1,  /* &#x8EDF; */
    IVN_UNMAPPABLE_REPLACE = 2, /* ? */
    IVN_UNMAPPABLE_UTF8 = 3     /* all of the text is written in UTF-8 instead */
} ivn_unmappable;

/* Encodes `text`, which is the source's text with `edits` done (sorted, disjoint). encoding NULL,
 * or the source's own: what lies outside the edits keeps its bytes exactly. Another: all is encoded
 * anew; UTF-16 and UTF-32 get a byte order mark, and by their names with LE or BE only if the
 * source had one; a declaration that named the source's encoding names the new one. *bytes is
 * malloc'ed and the caller's.
 * IVN_ENCODING: the name is unknown, or characters do not fit: then with the place of the first one
 * in the source's text. IVN_NO_MEMORY, IVN_INTERNAL (the edits do not make the text). */
IVN_API ivn_status ivn_source_encode(const ivn_source *source, const char *encoding,
                                     ivn_unmappable how, const char *text, size_t n,
                                     const ivn_edit *edits, size_t count, void **bytes,
                                     size_t *size, ivn_error *err);

/* ---- what the lexicon knows ---- */

/* One line of knowledge about a word: "zh-TW", "軟體", "term.it.软件", file and line, and the
 * condition under which it is written ("" = always). Strings live until the callback returns. */
typedef struct ivn_fact {
    const char *locale;
    const char *form;
    const char *rule;
    const char *file;
    unsigned line;
    const char *when;
} ivn_fact;
typedef void ivn_fact_fn(void *user, const ivn_fact *fact);

/* Calls fn for every fact about `word` (any script or region), user dictionaries first.
 * Returns how many there were. */
IVN_API size_t ivn_lookup(const ivn_profile *profile, const char *word, size_t n, ivn_fact_fn *fn,
                          void *user);

IVN_API const char *ivn_version(void);

#ifdef __cplusplus
}
#endif
#endif
