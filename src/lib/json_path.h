/* SPDX-License-Identifier: Apache-2.0 */
/* json_path.h - which values of a JSON document are asked for: $.text, $.items[*].title, $..note.
 *
 *     $            the root; every path begins with it
 *     .name ['a b'] the member of that name    .* [*]  every member or item
 *     [3]          the item, from 0            ..name ..* ..[3]  the same at any depth
 *
 * Several paths are separated by commas. A path is compiled into steps; while the document is read,
 * the set of steps that may come next is carried along, so that nothing is ever read twice.
 */
#ifndef IVN_JSON_PATH_H
#define IVN_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"
#include "ivnorm.h"

enum { JSON_PATH_STEPS = 64 }; /* a bit each */

typedef uint64_t json_steps;

struct json_step {
    enum { STEP_NAME, STEP_INDEX, STEP_ANY, STEP_END } kind;
    bool deep;         /* at any depth */
    size_t at, length; /* of the name */
    uint64_t index;
};

struct json_path {
    struct json_step steps[JSON_PATH_STEPS]; /* each path's, then STEP_END */
    size_t count;
    json_steps first; /* of each path */
    struct buffer names;
};

/* Compiles text; the caller calls json_path_fini(), also on failure. IVN_SYNTAX, with a message
 * that names the text and the character in it; IVN_NO_MEMORY. */
ivn_status json_path_init(struct json_path *path, const char *text, ivn_error *err);
void json_path_fini(struct json_path *path);

/* The steps that may come behind the member of n bytes of `name`, written as JSON has it, or behind
 * item `index`, where `now` may come. */
json_steps json_path_enter_member(const struct json_path *path, json_steps now, const char *name,
                                  size_t n);
json_steps json_path_enter_item(const struct json_path *path, json_steps now, uint64_t index);

/* Whether a path ends here. */
bool json_path_ends(const struct json_path *path, json_steps now);

#endif
