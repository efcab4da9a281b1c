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

/* The widest of them; a style's "NAME=VALUE" fits as well. */
enum { CAUSE_WIDTH = 16 };

static const char *cause_name(ivn_cause cause) {
    switch (cause) {
    case IVN_BY_TARGET:
        return "target";
    case IVN_BY_CALLER:
        return "--style";
    default:
        return "default";
    }
}

static void write_source(FILE *out, const char *file, unsigned line, const char *why) {
    mask_write(out, file, strlen(file));
    fprintf(out, ":%u  ", line);
    mask_write(out, why, strlen(why));
}

static void list_styles(FILE *out, const ivn_context *context, int width) {
    ivn_style style;
    for (size_t i = 0; ivn_context_style(context, i, &style); i++) {
        int n = fprintf(out, "%s=%s", style.name, style.value);
        fprintf(out, "%*s  %-*s  ", n < width + 5 ? width + 5 - n : 0, "", CAUSE_WIDTH,
                cause_name(style.cause));
        write_source(out, style.file, style.line, style.why);
        fprintf(out, " (%s)\n", style.values);
    }
}

static void list_rule(FILE *out, const ivn_rule *rule, int width) {
    char style[2 * CAUSE_WIDTH];
    const char *cause = cause_name(rule->cause);
    if (rule->cause == IVN_BY_STYLE) {
        snprintf(style, sizeof style, "%s=%s", rule->style, rule->value);
        cause = style;
    }
    fprintf(out, "%-*s  %-3s  %-*s  ", width, rule->id, rule->enabled ? "on" : "off", CAUSE_WIDTH,
            cause);
    write_source(out, rule->file, rule->line, rule->why);
    putc('\n', out);
}

void rules_list(FILE *out, const ivn_context *context) {
    int width = id_width(context);
    ivn_rule rule;
    list_styles(out, context, width);
    for (size_t i = 0; ivn_context_rule(context, i, &rule); i++)
        list_rule(out, &rule, width);
}
