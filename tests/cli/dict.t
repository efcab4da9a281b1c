# SPDX-License-Identifier: Apache-2.0
# --dict: a user's words win over ours, wherever they stand, and hide nothing while their gates are shut.
. "${srcdir:-.}/tests/cli/cli.sh"

# converts TEXT WANTED NAME, with the dictionaries in $dicts.
converts() {
    printf '%s\n' "$1" >in
    # shellcheck disable=SC2086
    "$IVNORM" -t zh-TW $dicts <in >out 2>err
    is "$?:$(cat err)" "0:" "$3: no errors"
    is "$(cat out)" "$2" "$3"
    "$IVNORM" -t zh-TW $dicts <out >again 2>err
    same out again "$3: stable"
}

printf 'zh-CN\tzh-TW\twhen\n公司\t企業體\n软件\t軟件程式\n鼠标\t老鼠標記\tnear=实验室\n' >one.tsv
printf 'zh-CN\tzh-TW\n软件\t軟體工具\n' >two.tsv
dicts=--dict=one.tsv
converts '公司开会。' '企業體開會。' 'a word by itself'
converts '这家公司制企业和总公司都讲公司法。' '這家企業體制企業和總企業體都講企業體法。' \
    'a word inside longer ones'
converts '公共司机。' '公共司機。' 'no word is cut'
converts '这款软件很好。' '這款軟件程式很好。' 'over our own word'
converts '他买了鼠标。' '他買了滑鼠。' 'our word where the gate is shut'
converts '实验室里的鼠标。' '實驗室裡的老鼠標記。' 'and the user'"'"'s where it is open'
dicts='--dict=one.tsv --dict=two.tsv'
converts '这款软件很好。' '這款軟體工具很好。' 'the last dictionary wins'

printf 'zh-CN\tzh-TW\n编程\t寫程式\n服务器\t伺服器\n' >one.tsv
dicts=
converts '服务器要编程。这个程序很多。' '伺服器要寫程式。這個程式很多。' 'our gates'
dicts=--dict=one.tsv
converts '服务器要编程。这个程序很多。' '伺服器要寫程式。這個程式很多。' \
    'open as well where a user has words of his own'

# Rows that act in titles only, forms with marks inside, and words that are to stay.
printf 'zh-CN\tzh-TW\taliases\twhen\n' >one.tsv
printf '纸船\t紙舟渡河\t\ttitle\n' >>one.tsv
printf '银河邮差：归途\t星際郵差：回家！\n' >>one.tsv
printf 'X-Turtle\tX-龜\n' >>one.tsv
printf '软件\t\t鼠标|后面\tkeep; !right=厂\n' >>one.tsv
converts '《纸船》讲纸船。《纸船2》《纸船：续集》《纸船模型》' \
    '《紙舟渡河》講紙船。《紙舟渡河2》《紙舟渡河：續集》《紙船模型》' 'a title and not the thing'
converts '《银河邮差：归途》和银河邮差:归途？' '《星際郵差：回家！》和星際郵差：回家！？' \
    'a form with a mark, full width or not'
converts '看X-Turtle和X-Turtles。' '看X-龜和X-Turtles。' 'a form with a hyphen'
converts '软件厂的鼠标在软件后面。' '軟體廠的鼠标在软件后面。' 'words that are to stay'
converts '纸船沉了，软件厂。' '紙船沉了，軟體廠。' 'the spelling below a shut gate'

# The user's own dictionaries, and the cache of what was compiled.
XDG_CONFIG_HOME=$work/config[1] XDG_CACHE_HOME=$work/cache
mkdir -p "$XDG_CONFIG_HOME/ivnorm/dict"
printf 'zh-CN\tzh-TW\n鼠标\t指標鼠\n硬盘\t硬圓盤\n' >"$XDG_CONFIG_HOME/ivnorm/dict/a.tsv"
printf 'zh-CN\tzh-TW\n鼠标\t點選器\n' >"$XDG_CONFIG_HOME/ivnorm/dict/b.tsv"
printf 'zh-CN\tzh-TW\n硬盘\t磁石盤\n' >one.tsv
dicts=
converts '鼠标和硬盘' '點選器和硬圓盤' 'the dictionaries of the configuration directory'
is "$(find cache -name '*.lex' | wc -l | tr -d ' ')" 2 'each is kept compiled'
converts '鼠标和硬盘' '點選器和硬圓盤' 'read from the cache'
for f in cache/ivnorm/*.lex; do printf damage >>"$f"; done
converts '鼠标和硬盘' '點選器和硬圓盤' 'a damaged cache is made anew'
dicts=--dict=one.tsv
converts '鼠标和硬盘' '點選器和磁石盤' '--dict comes after them'
dicts='--dict=one.tsv --no-config'
converts '鼠标和硬盘' '滑鼠和磁石盤' '--no-config leaves them out'
printf 'zh-CN\tzh-TW\n硬盘\t唱盤\n' >one.tsv
converts '鼠标和硬盘' '滑鼠和唱盤' 'an edited dictionary'
is "$(find cache -name '*.lex' | wc -l | tr -d ' ')" 3 'leaves nothing behind in the cache'
rm -rf cache && : >cache
converts '鼠标和硬盘' '滑鼠和唱盤' 'a cache that cannot be written'
printf '甲\t乙\t丙\n' >>"$XDG_CONFIG_HOME/ivnorm/dict/b.tsv"
"$IVNORM" -t zh-TW <in >out 2>err
is "$?" 2 'a bad dictionary there is an error'
is "$(grep -c '/b.tsv:3:5: ' err)" 1 'which names it'

# --check-dict
# finds TEXT WANTED NAME: something that it finds in a dictionary.
finds() {
    printf '%b' "$1" >lint.tsv
    "$IVNORM" --check-dict=lint.tsv >out 2>err
    status=$?
    case $(grep -F "$2" out) in
    "${2:+lint.tsv:}$2"*) pass "$3" ;;
    *) fail "$3" && sed 's/^/# /' out ;;
    esac
    is "$status:$(cat err)" "$([ -n "$2" ] && echo 1 || echo 0):" "$3: status"
}
finds 'zh-CN\tzh-TW\twhen\n星糖\t月糖\t\n星糖\t日糖\tleft=吃\n#= zh-TW: 吃星糖。 → 吃日糖。\n' '' \
    'a row with a condition comes first'
finds 'zh-CN\tzh-TW\n星糖\t月糖\n#= zh-TW: 吃星糖。 → 吃月糖。\n' '' 'nothing'
finds 'zh-CN\tzh-TW\n星糖\t月糖\n星糖\t日糖\n' "3:1: '星糖' is already a key of" 'a conflict'
finds 'zh-CN\tzh-TW\twhen\n星糖\t月糖\tleft=吃\n星糖\t日糖\tleft=吃\n' \
    "3:1: duplicate: '星糖' is a key of line 2" 'a duplicate'
finds 'zh-CN\tzh-TW\twhen\n星糖\t月糖\n月糖\t日糖\t!left=吃\n' \
    "2:4: chain: '月糖' is written for zh-TW, and user.lint.月糖 (lint.tsv:3)" 'a chain'
finds 'zh-CN\tzh-TW\twhen\n星糖\t月糖\n月糖\t星糖\t!left=吃\n' \
    "3:1: cycle: '月糖' becomes '星糖' again, which line 2 changes" 'a cycle'
finds 'zh-CN\tzh-TW\n星糖\t月糖\n#= zh-TW: 星糖 → 日糖\n' \
    "3:1: example: '星糖' became '月糖', expected '日糖'" 'an example'
printf 'zh-CN\tzh-TW\n星糖\t月糖\t日糖\n' >lint.tsv
"$IVNORM" --check-dict lint.tsv /nonexistent.tsv >out 2>err
is "$?:$(wc -l <err | tr -d ' ')" 2:1 'what cannot be read is an error'

finish
