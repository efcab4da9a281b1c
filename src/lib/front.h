/* SPDX-License-Identifier: Apache-2.0 */
/* front.h - front matter: what of its keys and values is for people. doc_front.c finds it,
 * front_yaml.c and front_toml.c read it. */
#ifndef IVN_FRONT_H
#define IVN_FRONT_H

#include "doc.h"

/* How deep values may nest; what is deeper is no front matter (libyaml takes quadratic time). */
enum { FRONT_DEPTH = 256 };

/* Whether the values of a key are left as they are: slug, image, date … */
bool front_keeps(const char *key, size_t n);

/* Tells the value that stands in the source at [from, to), without its quotation marks, as a block
 * of its own, if it is for people: it has Han and is no path or address. Line ends, indentation and
 * escaped line ends are markup. */
void front_tell(ivn_prose *p, size_t from, size_t to, enum front_style style);

/* Reads what stands at [from, to): of YAML with the line "---" before it, of TOML without "+++".
 * false: it is none, and p is unchanged. *mapping: whether it is keys and values, not some other
 * YAML; *empty: whether it is nothing at all. */
bool front_yaml_read(ivn_prose *p, size_t from, size_t to, bool *mapping, bool *empty);
bool front_toml_read(ivn_prose *p, size_t from, size_t to);

/* What the readers note of the structure: keys and values with the way they are written, and what
 * opens and closes. */
enum { FRONT_KEY = 200, FRONT_VALUE = 206, FRONT_OPEN = 212 };

#endif
