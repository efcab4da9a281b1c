# SPDX-License-Identifier: Apache-2.0
# --check, --diff, --explain, --list-rules, --lookup.
. "${srcdir:-.}/tests/cli/cli.sh"

printf '软件\n' >bad
printf '他走後我們才到。\n' >good

run -t zh-TW --check good
is "$status:$(cat out err)" '0:' '--check: nothing to change'
run -t zh-TW --check good bad
is "$status:$(cat out):$(cat err)" '1:bad:' '--check: names the file, status 1'
is "$(cat bad)" '软件' '--check writes nothing'
run -t zh-TW --check bad missing
is "$status:$(cat out)" '2:bad' '--check: the worst status wins'
run -t zh-TW --check --quiet bad
is "$status:$(cat out)" '1:' '--check --quiet: status alone'
"$IVNORM" -t zh-TW --check <bad >out 2>err
is "$?:$(cat out err)" '1:-' '--check on standard input'

printf '一\n二\n三\n四\n软件\n六\n七\n八\n九\n' >d
run -t zh-TW --diff d
no_errors '--diff'
is "$(cat out)" '--- d
+++ d
@@ -2,7 +2,7 @@
 二
 三
 四
-软件
+軟體
 六
 七
 八' '--diff: three lines of context'
run -t zh-TW --diff good
is "$status:$(cat out)" '0:' '--diff: nothing to show'
run -t zh-TW --diff --check d
is "$status:$(head -n 1 out)" '1:--- d' '--diff --check'
printf '软件' >n
run -t zh-TW --diff n
is "$(cat out)" '--- n
+++ n
@@ -1 +1 @@
-软件
\ No newline at end of file
+軟體
\ No newline at end of file' '--diff: no newline at the end'

# far N: a text of N lines with a change in every line whose number is in $changes.
far() {
    awk -v n="$1" -v changes="$changes" 'BEGIN {
        split(changes, list, " ")
        for (i in list)
            change[list[i]] = 1
        for (i = 1; i <= n; i++)
            print (i in change) ? "软件" : "第"
    }'
}
applies() {
    if ! command -v patch >/dev/null; then
        skip "$1" 'no patch'
        return
    fi
    "$IVNORM" -t zh-TW p.txt >wanted
    "$IVNORM" -t zh-TW --diff p.txt >p.diff
    patch -s -p0 -F0 <p.diff >patch.out 2>&1
    is "$(cat patch.out)" '' "$1: patch says nothing"
    same p.txt wanted "$1"
}
for changes in 1 40 '1 40' '1 2 3' '5 12 18 26' '4 11 19' '1 3 6 10 15 21 28 36 40' ''; do
    far 40 >p.txt
    applies "--diff applies: lines $changes"
done
changes=20
{ far 40; printf '软件\r\n你好,世界\r\n软件'; } >p.txt
applies '--diff applies: mixed line ends'
long_text 9000000 >p.txt
applies '--diff applies: long text'
printf '软件\n' >'a b'
cp 'a b' p.old
run -t zh-TW --diff 'a b'
patch -s -p0 <out >patch.out 2>&1
is "$(cat 'a b')" '軟體' '--diff applies: a name with a space'

printf '好\n好软件\n你好,世界\n' >e
run -t zh-TW --explain e
no_errors '--explain'
is "$(cut -d' ' -f1-4 out)" 'e:2:2: 软件 → 軟體
e:3:3: , → ，' '--explain: place, before, after'
grep -q '^e:2:2: 软件 → 軟體  [^ ]*  [^ ]*:[0-9]' out
ok $? '--explain: rule, file and line'
printf '总统布什来了。\n打开软件的菜单，服务器和浏览器都有。\n' >gated
run -t zh-TW --explain gated
is "$(grep -c '布希.*\[near=总统\]$' out):$(grep -c '選單.*\[from=zh-CN; subject=it ([0-9]* nearby, [0-9]* in all)\]$' out)" \
    1:1 '--explain: what opened a gate'
run -t zh-TW --explain good
is "$status:$(cat out)" '0:' '--explain: nothing to explain'
printf '\357\273\277软件\n' >bom
run -t zh-TW --explain bom
is "$(cut -d' ' -f1 out)" 'bom:1:1:' '--explain: a byte order mark takes no column'
printf '软件\n' >in
run -t zh-TW --explain --in-place in
is "$(cat in):$(cut -d' ' -f1-4 out)" '軟體:in:1:1: 软件 → 軟體' '--explain --in-place does both'

run -t zh-TW --list-rules
no_errors '--list-rules'
awk '$1 ~ /=/ { styles++; if ($3 !~ /:[0-9]+$/) bad = 1; next }
     $2 != "on" && $2 != "off" || $3 == "" || $4 !~ /:[0-9]+$/ { bad = 1 }
     END { exit bad || styles < 8 || NR < 80 }' out
ok $? '--list-rules: styles, then id, on or off, why, file:line'
is "$(awk '$1 ~ /^quotes=/ { print $1, $2 }' out)" 'quotes=corner target' \
    '--list-rules: the style of the target'
run -t zh-HK --list-rules --style=spacing=insert,-punct.comma,+punct.dash-single
is "$(awk '$1 == "spacing=insert" || $1 == "punct.comma" || $1 == "punct.dash-single" ||
           $1 == "space.no-han-latin" { print $1, $2, $3 }' out)" \
    "$(printf '%s\n' 'spacing=insert --style dict/rules/space.rules:3' \
        'punct.dash-single on --style' 'punct.comma off --style' \
        'space.no-han-latin off spacing=insert')" '--list-rules says why a rule is in force'

printf '他说，。好\n' >doubt
run -t zh-CN --check doubt
is "$status:$(cat out err)" '0:' '--check is silent about suggestions'
run -t zh-CN --check --suggestions doubt bad
is "$status:$(cat out)" '1:doubt: changes 0, suggestions 1' '--check --suggestions counts them'
run -t zh-CN --explain doubt
is "$(cut -d : -f 1-5 out)" 'doubt:1:3: suggestion: ，。  punct.mixed-pause  dict/rules/punct.rules' \
    '--explain lists them'
printf '中\342\200\213文\n他：\343\200\200好\n' >unseen
run -t zh-CN --explain unseen
is "$(cut -d ' ' -f 2-4 out)" '\u{200B} → ""
"　" → ""' '--explain shows what has no width, and quotes spaces'
run -t zh-CN doubt
is "$(cat out)" '他说，。好' 'they are not made'

run --lookup=软件
no_errors '--lookup'
is "$(head -n 1 out)" '软件' '--lookup shows the word'
grep -q '^  zh-TW  軟體  ' out
ok $? '--lookup shows its form for zh-TW'
run --lookup=软件 zzzqq
is "$(tail -n 2 out)" 'zzzqq
  not in the lexicon' '--lookup: further words, and one that nobody knows'

finish
