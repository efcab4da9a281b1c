/* SPDX-License-Identifier: Apache-2.0 */
/* rules.h - the cleanup rules: *.rules files in, a compiled rule set out.
 *
 * A rules file is UTF-8 text. `#` at the start of a line makes a comment; blank lines separate
 * blocks. A line is `field: value`. White space around a value is dropped. A block is one rule, or
 * some classes, which patterns of any file use as {{name}}, or a choice of house style:
 *
 *     class: han = \x{3400}-\x{9fff}
 *
 *     style: dash = —— ⸺ keep       its values, the default first; --style=dash=⸺ chooses. A `with`
 *     why: The dash.                uses it as {{dash}}; a rule that does is off where it is `keep`
 *
 *     rule: punct.comma             its id, for ever: GROUP.NAME
 *     why: a sentence for --list-rules
 *     step: marks                   default; all steps, in the order in which they are done:
 *                                   protect, chars, pairs, marks, tidy, spaces, narrow
 *                                   (what was full-width for the other steps only), report
 *     action: replace               default; what else there is, see below
 *     match: (?<=[{{han}}]),        a PCRE2 pattern (UTF) on one line; several match/with pairs
 *     with: ，                      may follow each other
 *     map: ０0 １1 ﹐，              instead of match and with: single characters and what each
 * becomes lines: chinese                default; `any` = lines without Chinese as well when: prose
 * !tabular          conditions, all of which must hold; ! = must not hold in: zh-CN zh-TW zh-HK
 * targets; default all only: quotes=corner           styles; of several for one name, one must be
 * chosen default: on                   or off bad: 你好,世界                examples, tried by
 * rule_set_test() through the whole stage: good: 你好，世界              what the line before
 * becomes keep: 1,000                   what must stay
 *
 * with, bad, good and keep can be limited: `with@zh-TW: ‧`, `bad@spacing=insert: …`,
 * `keep@zh-CN,dash=keep: …`. A limited `with` goes before a plain one; an example holds under its
 * styles, a plain one where the target's own style is chosen, and always with its rule on.
 *
 * with: $1 to $9 are groups, $$ a dollar; \n \r \t \\ \s (a space) and \u{HEX} are escapes, here
 * and in the examples. Text of a group that is written back in its place is not touched by the
 * edit. A map takes no `when`.
 * \K works as in PCRE2. A pattern should begin with the character that it is about and look at its
 * neighbours with (?<=…) and (?=…): it is tried only where its first byte occurs. Each stretch that
 * no rule may touch is one character in the subject: {{opaque}} counts as a Latin word, {{url}} is
 * an address, {{tag}} is markup that neighbours look through.
 *
 * action: replace   put `with` in the place of the match
 *         protect   the match is opaque to all other rules (step protect)
 *         url       the same, for addresses: the mark behind it stays
 *         tag       the same, for markup that has no width
 *         line      the whole line is left alone
 *         report    change nothing: the match is told as a suggestion (step report), with `with`
 *                   as a proposal if there is one. In `good` ⟦ and ⟧ enclose what is reported, and
 *                   → stands before a proposal
 *         builtin   code (see builtin.h) does the work, under this id
 *
 * when: embedded    the Latin run that ends at the match is a term within a Chinese sentence
 *       prose       the innermost pair of brackets or quotes, else the line, has ， 。 or ；
 *       tabular     the line has a tab, a table's bars, or columns made of spaces
 *       title       the innermost pair of brackets or quotes is 《》 or 〈〉
 *       first, last the line is the first or the last one of its paragraph
 *       rtl         the line has Hebrew or Arabic letters
 */
#ifndef IVN_RULES_H
#define IVN_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "ivnorm.h"

struct rule_set;

/* An empty set; the caller's. IVN_NO_MEMORY. */
ivn_status rule_set_new(struct rule_set **out, ivn_error *err);
void rule_set_free(struct rule_set *s);

/* Whose a rules file is: ours are tested when they are built, a user's when they are read. */
enum rule_owner { RULES_SHIPPED, RULES_USER };

/* Adds the rules of one file's text (n bytes, copied); `file` is its name for messages and reasons
 * (copied). A rule whose id is known from another file replaces that one and keeps its place.
 * IVN_SYNTAX with file, line and column; IVN_NO_MEMORY. After an error the set is good for
 * rule_set_free() only. */
ivn_status rule_set_add(struct rule_set *s, const char *file, enum rule_owner owner,
                        const char *text, size_t n, ivn_error *err);

/* Compiles the rules in force for the locale. house and asked, each NULL or words separated by
 * spaces, say what differs from the defaults: `NAME=VALUE` chooses a style, `+RULE` and `-RULE` (or
 * a group) switch; later words win. house is the locale's own, asked the caller's. Call it once.
 * After it the set stays as it is, but for patterns that are compiled further as they are used: it
 * serves one thread. IVN_LOCALE; IVN_SYNTAX: a pattern, with file and line, or an unknown name;
 * IVN_NO_MEMORY. */
ivn_status rule_set_compile(struct rule_set *s, const char *locale, const char *house,
                            const char *asked, ivn_error *err);

/* How many examples the rule at `index` has. */
struct rule_examples {
    size_t changed; /* bad and good */
    size_t kept;
};
void rule_set_count_examples(const struct rule_set *s, size_t index, struct rule_examples *out);

/* Which examples to run: of the rules that the file gives, of that rule; NULL = of all. */
struct rule_filter {
    const char *file;
    const char *id;
};

/* Runs the examples that hold under the set's locale and style, of rules in force, through the
 * whole stage, twice. IVN_CONFLICT: the first one that fails, with file, line and what came out;
 * IVN_NO_MEMORY; IVN_LIMIT. */
ivn_status rule_set_test(const struct rule_set *s, struct rule_filter filter, ivn_error *err);

/* How to test a file's rules under all styles that their examples are about. */
struct rule_trial {
    /* *out = the caller's set for its locale, with this asked for; freed by the trial. */
    ivn_status (*make)(void *user, const char *asked, struct rule_set **out, ivn_error *err);
    void *user;
    const char *file;                                /* NULL = all */
    void (*complain)(void *user, const ivn_error *); /* told of each failure, to go on; or NULL */
};

/* Runs the examples in the locale's own style, those of each rule that is off with it on, and those
 * that name a style under it. Returns the first failure, as above. */
ivn_status rules_try(const struct rule_trial *trial, ivn_error *err);

/* Fills *style with the style at `index`; false past the last one. Strings are borrowed. */
bool rule_set_get_style(const struct rule_set *s, size_t index, ivn_style *style);

/* Tries the user's rules on what they write themselves and on texts that make slow patterns slow.
 * IVN_LIMIT: a rule, with file and line, that has no end or takes too long; IVN_NO_MEMORY. */
ivn_status rule_set_probe(const struct rule_set *s, ivn_error *err);

/* Fills *rule with the rule at `index` (the index of its reasons), in the order of application;
 * false past the last one. Strings are borrowed from the set. */
bool rule_set_get(const struct rule_set *s, size_t index, ivn_rule *rule);

#endif
