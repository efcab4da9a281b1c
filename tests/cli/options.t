# SPDX-License-Identifier: Apache-2.0
# The command line: mistakes, --help, --version.
. "${srcdir:-.}/tests/cli/cli.sh"

printf '软件\n' >a

run --chek a
fails 'ivnorm: --chek: unknown option; did you mean --check?' 'a typo in an option'
run --explian a
fails 'ivnorm: --explian: unknown option; did you mean --explain?' 'letters exchanged'
run --inplace=x a
fails 'ivnorm: --inplace: unknown option; did you mean --in-place?' 'a typo with a value'
run --frobnicate a
fails 'ivnorm: --frobnicate: unknown option; see ivnorm --help' 'like no option'
run --check -iZ a
fails 'ivnorm: -Z: unknown option; see ivnorm --help' 'an unknown letter in a cluster'
run --check=yes a
fails 'ivnorm: --check: takes no value' 'a value too many'
run a --to
fails 'ivnorm: --to: needs a value: --to=LOCALE' 'a value missing'
run a -t
fails 'ivnorm: --to: needs a value: --to=LOCALE' 'a value missing after a letter'
run --in a
fails 'ivnorm: --in: may mean several options; write it in full' 'an ambiguous abbreviation'
run --expl -t zh-TW a
no_errors 'a clear abbreviation'

run --to=zh-XX a
fails 'ivnorm: --to=zh-XX: unknown target; use one of zh-CN, zh-TW, zh-HK' 'an unknown target'
run --to= a
fails 'ivnorm: --to=: unknown target; use one of zh-CN, zh-TW, zh-HK' 'an empty target'
run --only=script,clenup a
fails "ivnorm: --only=script,clenup: unknown stage 'clenup'; did you mean 'cleanup'?" \
    'a typo in a stage'
run --only=script,x a
fails "ivnorm: --only=script,x: unknown stage 'x'; use one or more of script, terms, cleanup" \
    'an unknown stage'
run --invalid=maybe a
fails 'ivnorm: --invalid=maybe: unknown value; use error or keep' 'an unknown --invalid'

run --invalid=kepe a
fails "ivnorm: --invalid=kepe: unknown value; did you mean 'keep'?" 'a typo in a value'

run --check --in-place a
fails 'ivnorm: --check writes nothing; leave out --in-place or --output' '--check --in-place'
run --diff --explain a
fails 'ivnorm: --diff and --explain exclude each other' '--diff --explain'
run --in-place --output=x a
fails 'ivnorm: --in-place and --output exclude each other' '--in-place --output'
run --in-place
fails 'ivnorm: --in-place: name at least one file or directory' '--in-place without a file'
is "$(cat a)" '软件' 'nothing was written'

run --dict=none.tsv a
fails 'ivnorm: none.tsv: cannot read: No such file or directory' 'a dictionary that is not there'
run --lexicon=none.lex a
is "$status:$(wc -l <err | tr -d ' ')" '2:1' 'a lexicon that is not there'
printf 'not a lexicon' >bad.lex
IVNORM_LEXICON=bad.lex run a
is "$status:$(grep -c '^ivnorm: bad.lex: ' err)" '2:1' 'IVNORM_LEXICON is used; damage is an error'

run --version
no_errors '--version'
is "$(sed -n '1s/ [0-9][0-9.]*$//p' out)" 'ivnorm' '--version names the program'
grep -q OpenCC out
ok $? '--version names the sources of the data'
run --help
no_errors '--help'
LC_ALL=C awk 'length($0) > 80 { bad = 1 } END { exit bad }' out
ok $? '--help fits 80 columns'

finish
