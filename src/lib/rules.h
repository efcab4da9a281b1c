/* SPDX-License-Identifier: Apache-2.0 */
/* rules.h - the cleanup rules: *.rules files in, a compiled rule set out.
 *
 * A rules file is UTF-8 text. `#` at the start of a line makes a comment; blank lines separate
 * blocks. A line is `field: value`; `field@LOCALE: value` holds for that target only and goes
 * before the plain field. White space around a value is dropped. A block is either one rule or some
 * classes, which later patterns of any file use as {{name}}:
 *
 *     class: han = \x{3400}-\x{9fff}
 *
 *     rule: punct.comma             its id, for ever: GROUP.NAME
 *     why: a sentence for --list-rules
 *     step: marks                   default; all steps, in the order in which they are done:
 *                                   protect, chars, pairs, marks, tidy, spaces
 *     action: replace               default; what else there is, see below
 *     match: (?<=[{{han}}]),        a PCRE2 pattern (UTF) on one line; several match/with pairs
 *     with: ，                      may follow each other
 *     map: ０0 １1 ﹐，              instead of match and with: single characters and what each becomes
 *     lines: chinese                default; `any` = lines without Chinese as well
 *     when: prose !tabular          conditions, all of which must hold; ! = must not hold
 *     in: zh-CN zh-TW zh-HK         targets; default all
 *     default: on                   or off
 *     bad: 你好,世界                examples, tried by rule_set_test() through the whole stage:
 *     good: 你好，世界              what the line before becomes
 *     keep: 1,000                   what must stay
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
 *         builtin   code (quotes and brackets) does the work, under this id
 *
 * when: embedded    the Latin run that ends at the match is a term within a Chinese sentence
 *       prose       the innermost pair of brackets or quotes, else the line, has ， 。 or ；
 *       tabular     the line has a tab, a table's bars, or columns made of spaces
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

/* Adds the rules of one file's text (n bytes, copied); `file` is its name for messages and reasons
 * (copied). A rule whose id is known from another file replaces that one and keeps its place.
 * IVN_SYNTAX with file, line and column; IVN_NO_MEMORY. After an error the set is good for
 * rule_set_free() only. */
ivn_status rule_set_add(struct rule_set *s, const char *file, const char *text, size_t n,
                        ivn_error *err);

/* Compiles the rules in force for the locale. on and off: ids or groups separated by spaces, or
 * NULL; off is done after on. Call it once; after it the set never changes and may be shared.
 * IVN_LOCALE; IVN_SYNTAX: a pattern, with file and line, or an unknown name; IVN_NO_MEMORY. */
ivn_status rule_set_compile(struct rule_set *s, const char *locale, const char *on,
                            const char *off, ivn_error *err);

/* Runs the examples of the rules in force that `file` gives (NULL: all) through the whole stage, twice.
 * IVN_CONFLICT: the first one that fails, with file, line and what came out; IVN_NO_MEMORY; IVN_LIMIT. */
ivn_status rule_set_test(const struct rule_set *s, const char *file, ivn_error *err);

/* Fills *rule with the rule at `index` (the index of its reasons), in the order of application;
 * false past the last one. Strings are borrowed from the set. */
bool rule_set_get(const struct rule_set *s, size_t index, ivn_rule *rule);

#endif
