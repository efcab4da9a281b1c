/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "rules_list.h"

#include "mask.h"

#include <string.h>

/* In bytes: an id that is not ASCII only spoils the column. */
static int id_width(const ivn_context *context) {
    int width = 0;
    ivn_rule rule;
    for (size_t i = 0; ivn_context_rule(context, i, &rule); i++) {
        size_t n = strlen(rule.id);
        if (n > (size_t)width && n < 64)
            width = (int)n;
    }
    return width;
}

void rules_list(FILE *out, const ivn_context *context) {
    int width = id_width(context);
    ivn_rule rule;
    for (size_t i = 0; ivn_context_rule(context, i, &rule); i++) {
        fprintf(out, "%-*s  %-3s  ", width, rule.id, rule.enabled ? "on" : "off");
        mask_write(out, rule.file, strlen(rule.file));
        fprintf(out, ":%u  ", rule.line);
        mask_write(out, rule.why, strlen(rule.why));
        putc('\n', out);
    }
}
