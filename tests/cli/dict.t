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

finish
