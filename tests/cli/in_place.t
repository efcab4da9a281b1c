# SPDX-License-Identifier: Apache-2.0
# --in-place and --output: the whole new file or the whole old one, and nothing else changed.
. "${srcdir:-.}/tests/cli/cli.sh"

mode_of() {
    stat -c '%a %u %g' "$1"
}

printf '软件\n' >a
printf '软件\n' >b
chmod 640 a
before=$(mode_of a)
run -t zh-TW -i a b
no_errors '--in-place'
is "$(cat a b):$(cat out)" '軟體
軟體:' 'both files are replaced, standard output is empty'
is "$(mode_of a)" "$before" 'mode and owner are kept'
chmod 4711 b
printf '软件\n' >b
chmod 4711 b
run -t zh-TW -i b
is "$(stat -c %a b)" 4711 'an unusual mode is kept'

if [ "$(id -u)" -eq 0 ]; then
    printf '软件\n' >owned
    chown 12345:54321 owned
    run -t zh-TW -i owned
    is "$(stat -c %u:%g owned)" 12345:54321 'the owner is kept'
else
    skip 'the owner is kept' 'needs root'
fi

touch -d '2001-02-03 04:05:06' a
before=$(stat -c '%i %Y' a)
run -t zh-TW -i a
no_errors 'nothing to change'
is "$(stat -c '%i %Y' a)" "$before" 'a file that would not change is not rewritten'

mkdir real link
printf '软件\n' >real/text
ln -s ../real/text link/text
run -t zh-TW -i link/text
no_errors 'a symbolic link'
is "$(readlink link/text):$(cat real/text)" '../real/text:軟體' 'the link stays, its file is replaced'

: >empty
run -t zh-TW -i empty
is "$status:$(wc -c <empty | tr -d ' ')" '0:0' 'an empty file'

long=$(printf '%0250d' 0)
printf '软件\n' >"$long"
run -t zh-TW -i "$long"
is "$status:$(cat "$long")" '0:軟體' 'a name as long as it can be'
is "$(find . -name '.ivnorm-*')" '' 'no temporary file is left'

if [ "$(id -u)" -ne 0 ]; then
    printf '软件\n' >locked
    chmod 444 locked
    run -t zh-TW -i locked
    fails 'ivnorm: locked: not replaced: Permission denied; the original file is unchanged' \
        'a write-protected file'
    mkdir shut
    printf '软件\n' >shut/a
    chmod 555 shut
    run -t zh-TW -i shut/a
    fails 'ivnorm: shut/a: not replaced: Permission denied; the original file is unchanged' \
        'a write-protected directory'
    chmod 755 shut
else
    skip 'write protection' 'root may write everything'
fi

run -t zh-TW -i /dev/null
fails 'ivnorm: /dev/null: not a regular file; --in-place cannot replace it' 'a device'
run -t zh-TW -i -
fails 'ivnorm: standard input: --in-place and --output need a named file' 'standard input'

# A limit on the size of files is a disk that fills up.
long_text 9000000 >long
cp long long.old
(
    trap '' XFSZ
    ulimit -f 2000
    "$IVNORM" -t zh-TW -i long 2>err
    echo $? >code
)
is "$(cat code):$(cat err)" \
    '2:ivnorm: long: not replaced: File too large; the original file is unchanged' \
    'no room for the new file'
same long long.old 'the original is unchanged'
is "$(find . -name '.ivnorm-*')" '' 'no temporary file is left'

# Killed at any moment: the old file or the new one. TERM leaves no temporary file either.
"$IVNORM" -t zh-TW long >long.new
for signal in TERM INT KILL; do
    whole=0
    litter=0
    for delay in 0.005 0.01 0.02 0.03 0.05 0.08 0.1 0.15 0.2 0.3; do
        cp long.old long
        # In a shell of its own: a background job would have SIGINT ignored.
        env -i PATH="$PATH" IVNORM_LEXICON="${IVNORM_LEXICON-}" \
            timeout --signal=$signal $delay "$IVNORM" -t zh-TW -i long >/dev/null 2>&1
        cmp -s long long.old || cmp -s long long.new || whole=1
        [ $signal = KILL ] || [ -z "$(find . -name '.ivnorm-*')" ] || litter=1
    done
    ok $whole "killed by $signal: the file is the old one or the new one"
    ok $litter "killed by $signal: no temporary file that could be removed is left"
done
rm -f .ivnorm-*

mkdir sub
printf '软件\n' >sub/a
printf '後\n' >b
chmod 600 sub/a
run -t zh-TW -o new/tree sub/a b "$PWD/real/text"
no_errors '--output'
is "$(cat new/tree/sub/a new/tree/b):$(cat out)" '軟體
後:' 'files keep their names below the directory, changed or not'
is "$(cat "new/tree$PWD/real/text")" '軟體' 'an absolute name stays below the directory'
is "$(cat sub/a):$(stat -c %a new/tree/sub/a)" '软件:600' 'the input stays; the mode is taken over'
cd sub || exit 99
run -t zh-TW -o ../out.d ../b
is "$status:$(cat ../out.d/b)" '0:後' 'a name with .. stays below the directory'
cd ..
run -t zh-TW -o . b
fails 'ivnorm: ./b: is the input itself; use --in-place to replace it' '--output onto the input'
run -t zh-TW -o new b sub/../b
fails "ivnorm: --output: 'b' and 'sub/../b' would both be written to 'new/b'" \
    'two files to the same place'
run -t zh-TW -o b sub/a
fails 'ivnorm: b/sub/a: cannot create its directory: Not a directory' '--output names a file'

finish
