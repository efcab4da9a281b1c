# SPDX-License-Identifier: Apache-2.0
# --style: what each choice does, and that a second run changes nothing under any combination.
. "${srcdir:-.}/tests/cli/cli.sh"

# style LOCALE STYLE INPUT WANTED
style() {
    printf '%s\n' "$3" >in
    run -t "$1" --only=cleanup --style="$2" in
    is "$status:$(cat out)" "0:$4" "$1 $2"
}

style zh-CN quotes=corner '他说:"看‘这里’吧."' '他说：「看『这里』吧。」'
style zh-TW quotes=curly '他說:「看『這裡』吧.」' '他說：“看‘這裡’吧。”'
style zh-CN quotes=straight '他说：“看‘这里’吧。”' "他说：\"看'这里'吧。\""
style zh-TW quotes=keep '他說:"看“這裡”吧."' '他說："看“這裡”吧。"'
style zh-CN spacing=insert '用Mac写了3篇文章,共5万字.' '用 Mac 写了 3 篇文章，共 5 万字。'
style zh-CN spacing=strip '用 Mac 写了 3 篇文章,共 5 万字.' '用Mac写了3篇文章，共5万字。'
style zh-CN spacing=keep '用 Mac写了 3篇文章' '用 Mac写了 3篇文章'
style zh-TW dash=⸺,ellipsis=⋯⋯ '等等...來了--是他' '等等⋯⋯來了⸺是他'
style zh-TW dash=keep '等等...來了--是他' '等等……來了--是他'
style zh-TW name-dot=． '達文西.芬奇，李奧納多·達文西' '達文西．芬奇，李奧納多．達文西'
style zh-HK brackets=half '金管局（HKMA）宣布（今日）' '金管局(HKMA)宣布(今日)'
style zh-HK brackets=keep '金管局(HKMA）宣布(今日)' '金管局(HKMA）宣布(今日)'
style zh-TW digits=full '第3天來了25人，均價3.5元' '第３天來了２５人，均價3.5元'
style zh-TW digits=keep '第３天來了２５人' '第３天來了２５人'
style zh-CN indent=two '从前有一条河。' '　　从前有一条河。'
style zh-CN indent=strip '　　从前有一条河。' '从前有一条河。'
style zh-TW 'range=~' '氣溫3～8度' '氣溫3~8度'
style zh-TW han-spacing=all '山路坍方 三村中斷' '山路坍方三村中斷'
style zh-TW lenticular=all '唱了【漁歌】嗎' '唱了《漁歌》嗎'
style zh-CN +punct.dash-single,-punct.comma '他来了—带着雨,走了' '他来了——带着雨,走了'
style zh-CN -punct '他来了,走了.' '他来了,走了.'

# Marks behind a pair are full-width under every choice of the pair's own.
style zh-CN brackets=half '小明（挠头）:好;他走了(昨天).' '小明(挠头)：好；他走了(昨天)。'
style zh-CN quotes=straight '上演"帽子戏法".他说‘好’,走了' "上演\"帽子戏法\"。他说\"好\"，走了"

# A rule of quotes alone takes no mark away.
for rule in locale straight single nesting direction narrow; do
    printf '%s\n' "他说:\"好\",又说'行'，再说”去“" >in
    run -t zh-CN --only=cleanup "--style=-quote.$rule" in
    is "$(tr -cd "\"'“”‘’「」" <out | wc -m | tr -d ' ')" 6 "-quote.$rule keeps every mark"
done

printf '第一段的第一行有二十多个字,它在中间被断开了,后面\n还有一行.\n- 一项,\n  续行.\n' >in
run -t zh-CN --only=cleanup --style=indent=two in
is "$(cat out)" '　　第一段的第一行有二十多个字，它在中间被断开了，后面
还有一行。
- 一项，
  续行。' 'indent=two: the first line of a paragraph, and no item of a list'

run -t zh-CN --only=script --style=quotes=keep /dev/null
fails 'ivnorm: --style: is about the cleanup, which --only leaves out' '--style without the cleanup'
run -t zh-CN --style=quotes=round /dev/null
fails "ivnorm: --style: unknown value in 'quotes=round'; use one of: corner curly straight keep" \
    'an unknown value'
run -t zh-CN --style=spacing=insert,quote=curly /dev/null
fails "ivnorm: --style: there is no style as in 'quote=curly'; --list-rules shows them" \
    'an unknown style'
run -t zh-CN --style=-punct.comna /dev/null
fails "ivnorm: --style: there is no rule or group 'punct.comna'; --list-rules shows them" \
    'an unknown rule'

# Every text of the tests that cleanup has something to do with, as one document.
{
    cat "$srcdir"/tests/golden/*/input "$srcdir"/tests/data/prose.*.txt
    cut -f 2 "$srcdir"/tests/data/cleanup.tsv | awk '{ gsub(/\\n/, "\n"); gsub(/\\[rt]/, " "); print }'
    sed -n -e 's/^bad[^:]*: *//p' -e 's/^good[^:]*: *//p' -e 's/^keep[^:]*: *//p' \
        "$srcdir"/dict/rules/*.rules | awk '{ gsub(/\\n/, "\n"); gsub(/\\s/, " "); print }'
} >all

# second_run STYLE...: lines that a second run changes, in any of the targets.
second_run() {
    for locale in zh-CN zh-TW zh-HK; do
        "$IVNORM" -t "$locale" --only=cleanup --style="$1" all >once 2>err || cat err
        "$IVNORM" -t "$locale" --only=cleanup --style="$1" once >twice 2>err || cat err
        cmp -s once twice || diff once twice | sed -n "s/^[<>]/$locale &/p"
    done
}
for quotes in corner curly straight keep; do
    for spacing in keep insert strip; do
        check_silent "stable: quotes=$quotes spacing=$spacing" second_run \
            "quotes=$quotes,spacing=$spacing"
    done
done
"$IVNORM" -t zh-TW --list-rules | sed -n 's/^\([a-z-]*\)=.*(\(.*\))$/\1 \2/p' >styles
while read -r name values; do
    for value in $values; do
        check_silent "stable: $name=$value" second_run "$name=$value"
    done
done <styles
check_silent 'stable: every rule' second_run \
    "+char,+punct,+quote,+space,+title,+width,quotes=straight,spacing=insert,brackets=half"
finish
