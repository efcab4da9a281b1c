# SPDX-License-Identifier: Apache-2.0
# Lines as documents of their own: one line out for each line in, wherever the input is cut.
. "${srcdir:-.}/tests/cli/cli.sh"

printf '软件,测试.\r\n\n```\n打印机\n最后,没有换行' >in
printf '軟體，測試。\r\n\n```\n印表機\n最後，沒有換行' >wanted
run -t zh-TW --lines in
same out wanted '--lines'
"$IVNORM" -t zh-TW --lines <in >out
same out wanted '--lines of standard input'
printf '甲\342\200\250乙,丙\n软件\n' | "$IVNORM" -t zh-TW --lines >out
is "$(wc -l <out | tr -d ' ')" 2 'no line end is put in'

printf '{"id":1,"text":"软件,信息"}\n\n{"id":2,"软件":"\\u8f6f\\u4ef6","n":[1,2.50,"打印机"]}\n' >in.jsonl
printf '{"id":1,"text":"軟體，資訊"}\n\n{"id":2,"软件":"\\u8edf\\u9ad4","n":[1,2.50,"印表機"]}\n' >wanted
run -t zh-TW in.jsonl
same out wanted 'JSON Lines, by name'
"$IVNORM" -t zh-TW --format=jsonl <in.jsonl >out
same out wanted 'JSON Lines, by option'
run -t zh-TW --json-path='$.text' in.jsonl
is "$(head -n 1 out):$(tail -n 1 out | cut -c1-26)" '{"id":1,"text":"軟體，資訊"}:{"id":2,"软件":"\u8f6f\u' '--json-path'
printf '{"a":"软件"}\n{"a":\n{"b":"软件"}\n' >bad.jsonl
run -t zh-TW bad.jsonl
is "$status:$(cat out)" '2:{"a":"軟體"}
{"a":
{"b":"軟體"}' 'a bad record comes out as it is'
is "$(grep -c '^ivnorm: bad.jsonl:2:' err)" 1 'and is told with its line'
run -t zh-TW --check bad.jsonl
is "$status" 2 '--check of records with a bad one'
run -t zh-TW --check in.jsonl
is "$status:$(cat out)" '1:in.jsonl' '--check of records'

# A corpus, long enough for several windows and blocks.
awk 'BEGIN {
    for (i = 0; i < 60000; i++) {
        text = "第" i "条,这个软件的默认信息"
        for (k = 0; k < i % 11; k++)
            text = text "保存在内存里,重启后丢失."
        print "{\"id\": " i ", \"text\": \"" text "\"}"
    }
}' >corpus.jsonl
run -t zh-TW -j1 corpus.jsonl
mv out one
run -t zh-TW -j4 corpus.jsonl
same out one 'the same from one thread and from four'
is "$(wc -l <one | tr -d ' ')" 60000 'a line for each line'
split -l 17003 corpus.jsonl part.
for part in part.*; do
    "$IVNORM" -t zh-TW --format=jsonl <"$part"
done >out
same out one 'the same wherever it is cut'
if command -v parallel >/dev/null 2>&1; then
    parallel --will-cite --pipe --keep-order --block 1M "$IVNORM" -j1 -t zh-TW --format=jsonl \
        <corpus.jsonl >out 2>err
    same out one 'the same from GNU parallel'
    sed 's/.*"text": //' corpus.jsonl >lines
    "$IVNORM" -t zh-TW --lines <lines >one
    parallel --will-cite --pipe --keep-order --block 1M "$IVNORM" -j1 -t zh-TW --lines <lines >out 2>err
    same out one 'the same from GNU parallel, --lines'
else
    skip 'the same from GNU parallel' 'it is not installed'
    skip 'the same from GNU parallel, --lines' 'it is not installed'
fi
finish
