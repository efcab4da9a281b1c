# SPDX-License-Identifier: Apache-2.0
# What goes wrong: files, bytes, disks, pipes. A bad file does not stop a batch.
. "${srcdir:-.}/tests/cli/cli.sh"

printf '软件\n' >good

run -t zh-TW missing good
fails 'ivnorm: missing: cannot open: No such file or directory' 'a missing file'
is "$(cat out)" '軟體' 'the other file was converted'

mkdir dir
run -t zh-TW dir good
fails 'ivnorm: dir: is a directory; use --in-place, --output=DIR, --check or --diff' 'a directory'
is "$(cat out)" '軟體' 'the other file was converted'

name=$(printf 'a\033[31mb\nc')
run "$name"
fails 'ivnorm: a\x1B[31mb\nc: cannot open: No such file or directory' 'a name cannot drive the terminal'

printf '好\n软件\nab\265c\n' >bad
run -t zh-TW bad
is "$status:$(sed -n 's/^\(ivnorm: bad:3:3: \).*0xB5.*/\1/p' err)" '2:ivnorm: bad:3:3: ' \
    'invalid UTF-8: line, column and byte'
is "$(wc -c <out | tr -d ' ')" 0 'invalid UTF-8: nothing is written'
"$IVNORM" -t zh-TW <bad >out 2>err
is "$?:$(grep -c '^ivnorm: standard input:3:3: ' err)" '2:1' 'invalid UTF-8 on standard input'
printf '\357\273\277ab\377\n' >bom
run bom
is "$status:$(cut -d' ' -f1-4 err)" '2:ivnorm: bom:1:3: byte 0xFF' 'a byte order mark takes no column'
run -t zh-TW --invalid=keep bad
no_errors '--invalid=keep'
printf '好\n軟體\nab\265c\n' >wanted
same out wanted '--invalid=keep passes the byte through'
cp bad copy
run -t zh-TW -i copy
is "$status" 2 'invalid UTF-8 with --in-place'
same bad copy 'the original is unchanged'
run -t zh-TW -o new bad
is "$status:$(ls -A new)" '2:' 'invalid UTF-8 with --output: no file'

if [ -w /dev/full ]; then
    "$IVNORM" -t zh-TW good >/dev/full 2>err
    is "$?:$(cat err)" '2:ivnorm: standard output: cannot write: No space left on device' \
        'a full disk'
    "$IVNORM" --help >/dev/full 2>err
    is "$?:$(cat err)" '2:ivnorm: standard output: cannot write: No space left on device' \
        'a full disk, --help'
    long_text 9000000 >long
    "$IVNORM" -t zh-TW long good >/dev/full 2>err
    is "$?:$(cat err)" '2:ivnorm: standard output: cannot write: No space left on device' \
        'a full disk, long text'
else
    skip 'a full disk' 'no /dev/full'
    long_text 9000000 >long
fi

"$IVNORM" -t zh-TW long 2>err | head -n 1 >out
is "$(cat err)" '' 'a closed pipe is silent'
(
    trap '' PIPE
    "$IVNORM" -t zh-TW long 2>err
    echo $? >code
) | head -n 1 >out
is "$(cat code):$(cat err)" '2:' 'a closed pipe with SIGPIPE ignored is silent, with status 2'

"$IVNORM" -t zh-TW good >&- 2>err
is "$?:$(grep -c 'standard output: cannot write' err)" '2:1' 'no standard output'
"$IVNORM" -t zh-TW -i good >&- 2>err
is "$?:$(cat err)" '0:' 'no standard output, and none needed'
is "$(cat good)" '軟體' 'the file holds its own text only'
"$IVNORM" -t zh-TW <&- >out 2>err
is "$?:$(wc -l <err | tr -d ' ')" '2:1' 'no standard input'

finish
