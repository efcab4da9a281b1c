# SPDX-License-Identifier: Apache-2.0
# Long documents go through in windows, whose places depend on the content alone.
. "${srcdir:-.}/tests/cli/cli.sh"

long_text 9500000 >long
printf '软件\n' >>long
lines=$(wc -l <long | tr -d ' ')
run -t zh-TW long
no_errors 'a long file'
mv out wanted
is "$(tail -n 1 wanted)" '軟體' 'its end is converted'
is "$(wc -l <wanted | tr -d ' ')" "$lines" 'it has as many lines as before'

for size in 997 65537 5000000; do
    dd if=long bs=$size 2>/dev/null | "$IVNORM" -t zh-TW >out 2>err
    is "$(cat err)" '' "in pieces of $size bytes: no errors"
    same out wanted "in pieces of $size bytes: as from the file"
done
{
    head -c 4194303 long
    sleep 0.2
    tail -c +4194304 long
} | "$IVNORM" -t zh-TW >out 2>err
same out wanted 'with a pause where a window ends'

run -t zh-TW --explain long
is "$(tail -n 1 out | cut -d' ' -f1-4)" "long:$lines:1: 软件 → 軟體" 'lines are counted on'
printf 'ab\377\n' >>long
run -t zh-TW -o new long
is "$status:$(cut -d' ' -f1,2 err)" "2:ivnorm: long:$((lines + 1)):3:" \
    'an error late in the text has the right place'
is "$(ls -A new)" '' 'and no file is written'

# One line of more than the largest window.
awk 'BEGIN { for (i = 0; i < 400000; i++) printf "今天天气不错。" ; printf "软件" }' >one
run -t zh-TW one
no_errors 'one long line'
is "$(wc -c <out | tr -d ' '):$(tail -c 6 out)" "$(wc -c <one | tr -d ' '):軟體" \
    'one long line comes out whole'
awk 'BEGIN { for (i = 0; i < 400000; i++) printf "今天天气不错啊" ; printf "软件" }' >one
run -t zh-TW one
is "$status:$(wc -c <out | tr -d ' ')" "0:$(wc -c <one | tr -d ' ')" \
    'no code point is split where there is nowhere to cut'
column=$((400000 * 7 + 1))
run -t zh-TW --explain one
is "$(tail -n 1 out | cut -d' ' -f1)" "one:1:$column:" 'columns are counted on'

mkfifo fifo
: >out # else the last run may be taken for this one
"$IVNORM" -t zh-TW --line-buffered <fifo >out 2>err &
pid=$!
exec 3>fifo
printf '软件\n半' >&3
tries=0
while [ "$(wc -l <out)" -lt 1 ] && [ $tries -lt 50 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
is "$(cat out)" '軟體' '--line-buffered answers a line at once'
printf '软件' >&3
exec 3>&-
wait $pid
is "$?:$(cat err)" '0:' '--line-buffered ends without errors'
is "$(tail -n 1 out)" '半軟體' '--line-buffered: a line in two pieces, without a line end'

finish
