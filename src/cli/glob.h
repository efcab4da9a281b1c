/* SPDX-License-Identifier: Apache-2.0 */
/* glob.h - gitignore's patterns over a relative path with '/' between its components.
 *
 * Within one component: `*` any run of characters, `?` one character, `[a-z]`, `[!a]`, `[^a]`,
 * `[[:digit:]]`, and a backslash before a character that is meant as itself. Between components:
 * `**` followed by a slash stands for any number of directories, at the head and in the middle;
 * a slash and `**` at the end for everything inside. A pattern without a slash, other than a last
 * one, is compared with the last component of the path, at whatever depth; one with a slash with
 * the whole path. A slash or `./` at the head only says that it is the whole path. A slash at the
 * end says that directories only are meant. `{a,b}` stands for either; braces without a comma, or
 * without a partner, mean themselves.
 *
 * Names are UTF-8 whatever the locale; a byte that is not is a character of its own. Upper and
 * lower case differ. Time grows with the product of both lengths at worst. */
#ifndef CLI_GLOB_H
#define CLI_GLOB_H

#include <stdbool.h>
#include <stddef.h>

enum {
    GLOB_LONGEST = 4096,    /* bytes of a pattern */
    GLOB_ALTERNATIVES = 256 /* what the braces of one pattern may multiply to */
};

/* Whether the path matches; a path that ends in '/' is a directory's. Only the path itself counts:
 * `docs` does not match docs/a.md. False for what is no pattern (see glob_wrong()) and without
 * memory. */
bool glob_match(const char *pattern, const char *path);

/* NULL if it is a pattern, otherwise why not: a clause for gettext(), such as "a '[' without its
 * ']'". */
const char *glob_wrong(const char *pattern);

/* A pattern made ready for many paths. */
struct glob;

/* Free with glob_free(). `braces` false: braces mean themselves, as in .gitignore. NULL with
 * *wrong as glob_wrong() has it, or NULL there and errno if memory is short. */
struct glob *glob_new(const char *pattern, bool braces, const char **wrong);
void glob_free(struct glob *glob);

/* What is compared: `path` up to `end`, borrowed, without a slash at its end. */
struct glob_subject {
    const char *path;
    const char *name; /* its last component */
    const char *end;
    bool directory;
};

struct glob_subject glob_subject(const char *path, bool directory);
bool glob_test(const struct glob *glob, const struct glob_subject *subject);

#endif
