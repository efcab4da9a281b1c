# SPDX-License-Identifier: Apache-2.0
# Files in other encodings: found out, converted, and back in what they came in.
. "${srcdir:-.}/tests/cli/cli.sh"

printf '这个软件的默认设置很好,大家都喜欢用它.\n信息技术发展得很快。\n' >cn
printf '這個軟體的預設設定很好，大家都喜歡用它。\n資訊科技發展得很快。\n' >tw
encode() { iconv -f UTF-8 -t "$1" "$2"; }

for encoding in GB18030 GBK UTF-16 UTF-16LE UTF-16BE UTF-32; do
    encode "$encoding" cn >in
    run -t zh-TW --from-encoding="$encoding" in
    iconv -f "$encoding" -t UTF-8 out >back
    same back tw "$encoding, named"
done
for encoding in GB18030 UTF-16 UTF-32; do
    encode "$encoding" cn >in
    run -t zh-TW in
    iconv -f "$encoding" -t UTF-8 out >back
    same back tw "$encoding, found out"
    encode "$encoding" tw >in
    run -t zh-TW in
    same out in "$encoding, nothing to change: not a byte moves"
done
encode BIG5 tw >in
run -t zh-TW in
same out in 'Big5, found out: not a byte moves'
run -t zh-CN --to-encoding=utf-8 in
is "$(head -n 1 out)" '这个软件的默认设置很好，大家都喜欢用它。' '--to-encoding'
encode GB18030 cn | "$IVNORM" -t zh-TW --to-encoding=big5 >out
encode BIG5 tw >wanted
same out wanted 'standard input, from one to another'

run -t zh-CN in
is "$status:$(wc -c <out | tr -d ' ')" '2:0' 'simplified characters do not fit into Big5'
is "$(grep -c '这 (U+8FD9): 1' err)" 1 'they are listed with their lines'
run -t zh-CN --unmappable=entity in
is "$status:$(grep -c '&#x8FD9;' out)" '0:1' '--unmappable=entity'
run -t zh-CN --unmappable=replace in
is "$status:$(head -c 1 out)" '0:?' '--unmappable=replace'
run -t zh-CN --unmappable=utf-8 in
is "$status:$(head -n 1 out)" '0:这个软件的默认设置很好，大家都喜欢用它。' '--unmappable=utf-8'

mkdir tree
encode GB18030 cn >tree/gb.txt
encode UTF-16 cn >tree/utf16.txt
cp cn tree/utf8.txt
printf '<meta charset="gbk"><p>软件</p>\n' | iconv -f UTF-8 -t GBK >tree/page.html
cp -r tree before
run -t zh-TW -i tree
is "$status:$(iconv -f GB18030 -t UTF-8 tree/gb.txt | cmp - tw && echo same)" '0:same' \
    'a directory in several encodings'
is "$(iconv -f UTF-16 -t UTF-8 tree/utf16.txt | cmp - tw && echo same)" 'same' 'each keeps its own'
is "$(iconv -f GBK -t UTF-8 tree/page.html)" '<meta charset="gbk"><p>軟體</p>' 'a declaration is believed'
run -t zh-TW -i tree
is "$(sed -n 's/^ivnorm: files: //p' err)" 'changed 0, unchanged 4, skipped 0, failed 0' \
    'a second run changes nothing'
run -t zh-TW -o utf8 --to-encoding=utf-8 before
is "$(cat utf8/page.html)" '<meta charset="UTF-8"><p>軟體</p>' 'a declaration follows'
run -t zh-TW --diff before/gb.txt
is "$(grep -c '^+這個軟體' out)" 1 'a diff is in UTF-8'

printf '\260\241\000\001\377\376\200\201' >binary
run -t zh-TW binary
is "$status" 2 'bytes that are no text'
run -t zh-TW --from-encoding=nonsense cn
is "$status:$(grep -c nonsense err)" '2:1' 'an unknown encoding'
run -t zh-TW --from-encoding=iso-2022-jp cn
is "$status" 2 'one with shift states'
run -t zh-TW --unmappable=entities cn
fails "ivnorm: --unmappable=entities: unknown value; did you mean 'entity'?" 'a typo'
finish
