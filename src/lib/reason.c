/* SPDX-License-Identifier: Apache-2.0 */
#include "reason.h"

enum { INDEX_MASK = 0xFFFFFF };

void reason_set_source(const ivn_lexicon *lexicon, uint32_t file_line, const char **file,
                       unsigned *line) {
    *file = lexicon_string(lexicon, lexicon->files[file_line >> 24]);
    *line = file_line & INDEX_MASK;
}

static void resolve_char(const ivn_lexicon *l, unsigned locale, uint32_t id, ivn_reason *out) {
    bool conversion = l->locales[locale].traditional ? l->chars[id].class == CLASS_SIMPLIFIED
                                                     : l->chars[id].class == CLASS_TRADITIONAL;
    bool variant = l->glyph[locale * l->char_count + id] != id;
    out->rule = variant && !conversion ? "script.variant" : "script.char";
    uint32_t source = variant && !conversion ? l->locales[locale].file_line : l->char_sources[id];
    reason_set_source(l, source, &out->file, &out->line);
}

void reason_resolve(const ivn_context *context, unsigned locale, const struct because *because,
                    reason_id id, ivn_reason *out) {
    uint32_t index = reason_index_of(id), in_layer = index & INDEX_MASK;
    const struct layers *layers = &context->profile->layers;
    const ivn_lexicon *l = layers->items[0];
    ivn_rule rule = {0};
    *out = (ivn_reason){.rule = "", .file = "", .note = "", .because = ""};
    switch (reason_kind_of(id)) {
    case REASON_CHAR:
        resolve_char(l, locale, index, out);
        break;
    case REASON_WORD:
    case REASON_DAMAGE:
        l = layers->items[index >> 24];
        out->rule = reason_kind_of(id) == REASON_DAMAGE ? "damage.overlap" : "script.phrase";
        reason_set_source(l, l->sources[in_layer].file_line, &out->file, &out->line);
        break;
    case REASON_TERM:
        l = layers->items[index >> 24];
        out->rule = lexicon_string(l, l->concepts[in_layer].rule);
        out->note = lexicon_string(l, l->concepts[in_layer].note);
        reason_set_source(l, l->concepts[in_layer].file_line, &out->file, &out->line);
        break;
    case REASON_RULE:
        if (rule_set_get(context->rules[locale], index, &rule))
            *out = (ivn_reason){rule.id, rule.file, rule.line, rule.report ? rule.why : "", ""};
        break;
    case REASON_OPENCC:
        *out = (ivn_reason){"script.opencc", context->profile->opencc, 0, "", ""};
        break;
    case REASON_GATED:
        reason_resolve(context, locale, because, because->items[index].reason, out);
        out->because = because->texts.data + because->items[index].text;
        break;
    case REASON_MANY: /* edit_reasons() has taken these apart */
        break;
    }
}
