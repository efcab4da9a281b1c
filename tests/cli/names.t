# SPDX-License-Identifier: Apache-2.0
# --names: persons who are named in more than one way.
. "${srcdir:-.}/tests/cli/cli.sh"

printf 'person\tzh-CN\tzh-TW\tzh-HK\taliases\twhen\n' >who.tsv
printf 'Zora Quillfeather\t佐拉·奎尔费瑟\t柔拉‧奎費勒\t\t\t\n' >>who.tsv
printf 'Quillfeather\t奎尔费瑟\t奎費勒|奎費瑟\t\t桂飞纱@doc=灯塔出版社\t\n' >>who.tsv
printf 'Tobin Marsh\t马什\t馬許\t\t\tnear=船长; !left=·\n' >>who.tsv

# names HOW IN WANTED NAME
names() {
    printf '%s\n' "$2" >in
    "$IVNORM" -t zh-TW --dict=who.tsv --names="$1" <in >out 2>err
    is "$?:$(cat err)" "0:" "$4: no errors"
    is "$(cat out)" "$3" "$4"
    test "$1" = report && return
    "$IVNORM" -t zh-TW --dict=who.tsv --names="$1" <out >again 2>err
    same out again "$4: stable"
}

names unify '奎费瑟来了，奎尔费瑟说，奎費瑟走了。' '奎費瑟來了，奎費瑟說，奎費瑟走了。' \
    'the form that the document has most often'
names unify '奎尔费瑟来了。' '奎費勒來了。' 'or the first one'
names unify '奎尔费瑟（Quillfeather）来了，Quillfeather笑了。' \
    '奎費勒（Quillfeather）來了，奎費勒笑了。' 'a Latin name beside the Chinese one'
names unify '奎尔费瑟来了，Zora Quillfeather笑了。' '奎費勒來了，奎費勒笑了。' \
    'a whole Latin name beside a part of it in Chinese'
names unify '只有Quillfeather来了。' '只有Quillfeather來了。' 'a Latin name alone'
names unify '奎尔费瑟写了The Quillfeather Papers。' '奎費勒寫了The Quillfeather Papers。' \
    'a Latin name in a title'
names unify '灯塔出版社的桂飞纱说，奎费瑟来了。' '燈塔出版社的奎費勒說，奎費勒來了。' \
    'an alias that asks for the document'
names annotate '奎尔费瑟来了，奎尔费瑟走了。' '奎費勒（Quillfeather）來了，奎費勒走了。' \
    'the Latin name at the first mention'
names annotate '佐拉·奎尔费瑟来了，奎尔费瑟走了。' \
    '柔拉‧奎費勒（Zora Quillfeather）來了，奎費勒走了。' 'not again for a part of the name'
names annotate '奎尔费瑟（出版人）来了。' '奎費勒（出版人）來了。' 'nor before a bracket'
names annotate '奎尔费瑟来了。外号Mr Quillfeather。' '奎費勒來了。外號Mr Quillfeather。' \
    'nor where the document tells it'
names report '马什船长来了。马什说，奎费瑟和奎尔费瑟走了，奎费瑟。' \
    '-: Tobin Marsh → 馬許: 马什 2 (1:1)
-: Quillfeather → 奎費勒|奎費瑟: 奎费瑟 2 (1:12), 奎尔费瑟 1 (1:16)' 'the report'

printf '马什船长来了。\n后来马什走了。\n约翰·马什没来。\n' >in
"$IVNORM" -t zh-TW --dict=who.tsv in >out
is "$(cat out)" '馬許船長來了。
後來馬許走了。
約翰‧馬什沒來。' 'a person who is there beyond doubt is there throughout'
printf '后来马什走了。\n' | "$IVNORM" -t zh-TW --dict=who.tsv >out
is "$(cat out)" '後來馬什走了。' 'and nobody else'

# A roster of one's own.
printf 'person\tzh-TW\nDonald Trump\t唐納‧特朗普\n' >trump.tsv
printf '唐纳德·特朗普来了。\n' | "$IVNORM" -t zh-TW --dict=trump.tsv >out
is "$(cat out)" '唐納‧特朗普來了。' 'a roster names a person by the Latin name alone'

for bad in '--names=all -t zh-TW' '--names=unify' '--names=unify -t zh-TW --only=script' \
    '--names=report --diff -t zh-TW'; do
    # shellcheck disable=SC2086
    "$IVNORM" $bad <in >out 2>err
    is "$?" 2 "$bad: refused"
done

finish
