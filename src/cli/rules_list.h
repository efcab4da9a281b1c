/* SPDX-License-Identifier: Apache-2.0 */
/* rules_list.h - --list-rules: the cleanup rules in the order in which they are applied. */
#ifndef CLI_RULES_LIST_H
#define CLI_RULES_LIST_H

#include "ivnorm.h"

#include <stdio.h>

/* One rule a line: id, on or off for the profile's target, file:line, why it is there. */
void rules_list(FILE *out, const ivn_context *context);

#endif
