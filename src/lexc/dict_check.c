/* SPDX-License-Identifier: Apache-2.0 */
#include "dict_check.h"

#include "dict_lint.h"
#include "fail.h"

static void count(void *user, const ivn_error *finding) {
    size_t *findings = user;
    complain(finding);
    ++*findings;
}

size_t dict_check(const ivn_lexicon *lexicon, bool examples_only, const char *file,
                  const char *text, size_t n) {
    size_t findings = 0;
    ivn_error err;
    if (dict_lint(lexicon, examples_only, file, text, n, count, &findings, &err) != IVN_OK)
        fail_error(&err);
    return findings;
}
