/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "lookup.h"

#include "mask.h"
#include "message.h"

#include <string.h>

static void write_fact(void *user, const ivn_fact *fact) {
    FILE *out = user;
    const char *locale = fact->locale && *fact->locale ? fact->locale : "*";
    fprintf(out, "  %-5s  ", locale);
    mask_write(out, fact->form, strlen(fact->form));
    fputs("  ", out);
    mask_write(out, fact->rule, strlen(fact->rule));
    fputs("  ", out);
    mask_write(out, fact->file, strlen(fact->file));
    if (fact->line > 0)
        fprintf(out, ":%u", fact->line);
    if (fact->when && *fact->when) {
        fputs("  ", out);
        mask_write(out, fact->when, strlen(fact->when));
    }
    putc('\n', out);
}

void lookup_word(FILE *out, const ivn_profile *profile, const char *word) {
    mask_write(out, word, strlen(word));
    putc('\n', out);
    if (ivn_lookup(profile, word, strlen(word), write_fact, out) == 0)
        fprintf(out, "  %s\n", _("not in the lexicon"));
}
