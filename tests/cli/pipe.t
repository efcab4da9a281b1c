# SPDX-License-Identifier: Apache-2.0
# Standard input and files to standard output; bytes that are not ours to change.
. "${srcdir:-.}/tests/cli/cli.sh"

# through INPUT-FORMAT WANTED-FORMAT NAME: both are printf formats.
through() {
    # shellcheck disable=SC2059
    printf "$1" >in
    # shellcheck disable=SC2059
    printf "$2" >wanted
    "$IVNORM" -t zh-TW <in >out 2>err
    is "$?:$(cat err)" "0:" "$3: no errors"
    same out wanted "$3"
}

through '软件\n' '軟體\n' 'a word'
through '你好,世界\n' '你好，世界\n' 'a comma'
through '他走後我們才到。\n' '他走後我們才到。\n' 'what is right already'
through '' '' 'empty input'
through '\n' '\n' 'a line end alone'
through '软件' '軟體' 'no final line end'
through '软件\r\n软件\r\n' '軟體\r\n軟體\r\n' 'CRLF'
through '\357\273\277软件\n' '\357\273\277軟體\n' 'byte order mark'
through '软件\000软件\n' '軟體軟體\n' 'NUL in a Chinese line'
printf '软件\000软件\000' >in
printf '軟體\000軟體\000' >wanted
"$IVNORM" -t zh-TW --style=-char.nul <in >out 2>err
is "$?:$(cat err)" '0:' 'records with NUL: no errors'
same out wanted 'records with NUL'
through '\000' '\000' 'NUL alone'
through 'plain English, 12:05 and 3.14\n' 'plain English, 12:05 and 3.14\n' 'English'

printf '软件\n' >a
printf '你好,世界\n' >b
run -t zh-TW a b
no_errors 'two files'
is "$(cat out)" '軟體
你好，世界' 'files come out one after the other'

"$IVNORM" -t zh-TW a - <b >out 2>err
is "$?:$(cat err)" '0:' 'a file and standard input'
is "$(cat out)" '軟體
你好，世界' '- is standard input'

run --to=zh-TW --only=cleanup b
is "$(cat out)" '你好，世界' '--only=cleanup cleans up'
printf '软件,你好\n' >c
run --to=zh-TW --only=script,terms c
is "$(cat out)" '軟體,你好' '--only=script,terms leaves punctuation alone'

for name in zh_TW tw TW zh-Hant-TW zh_TW.UTF-8; do
    run --to=$name a
    is "$(cat out)" '軟體' "--to=$name"
done

cp a ./-dash
run -t zh-TW -- -dash
is "$status:$(cat out)" '0:軟體' 'a name after --'

"$IVNORM" -t zh-TW a >>a 2>err
is "$?:$(cat err)" "2:ivnorm: a: is also the output; use --in-place to replace it" \
    'a file is not appended to itself'
is "$(cat a)" '软件' 'and stays as it was'

finish
