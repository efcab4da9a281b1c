# SPDX-License-Identifier: Apache-2.0
# Configuration files: which count for a file, who wins, --print-config, and what is wrong in one.
. "${srcdir:-.}/tests/cli/cli.sh"

XDG_CONFIG_HOME=$work/xdg
mkdir -p xdg/ivnorm/dict tree/docs/hk tree/src outside
cd tree || exit 99
printf '软件\n' >a.md
cp a.md docs/a.md && cp a.md docs/hk/a.md && cp a.md docs/hk/a.cn.md && cp a.md src/a.txt

# converts FILE WANTED NAME [OPTION...]
converts() {
    file=$1 wanted=$2 name=$3
    shift 3
    run "$@" "$file"
    is "$status:$(cat out err)" "0:$wanted" "$name"
}

# shows FILE LINE NAME [OPTION...]: the line of --print-config for the key of LINE.
shows() {
    file=$1 wanted=$2 name=$3
    shift 3
    run "$@" --print-config "$file"
    is "$status:$(grep "^${wanted%% *} =" out)$(cat err)" "0:$wanted" "$name"
}

converts a.md '软件' 'no configuration at all'
printf 'to = zh-TW\n' >../.ivnorm.conf
converts a.md '軟體' 'one in a parent directory'
converts docs/hk/a.md '軟體' 'further up'
converts "$PWD/docs/../a.md" '軟體' 'a path with ..'
printf 'root = true\n' >docs/.ivnorm.conf
converts docs/hk/a.md '软件' 'root = true hides those above'
converts a.md '軟體' 'for what is below it only'
printf 'tp = zh-TW\n' >../.ivnorm.conf
converts docs/hk/a.md '软件' 'a mistake above a root is not even read'
rm ../.ivnorm.conf

printf '\357\273\277to = zh-TW ; here\r\n\r\n[*.cn.md] # by name\r\nto: zh-CN\r\n[docs/hk/**]\r\n  to = zh-HK\r\n' \
    >.ivnorm.conf
rm docs/.ivnorm.conf
shows a.md 'to = zh-TW  # .ivnorm.conf:1' 'BOM, comments and CRLF'
shows docs/hk/a.md 'to = zh-HK  # .ivnorm.conf:6' 'a section'
shows docs/hk/a.cn.md 'to = zh-HK  # .ivnorm.conf:6' 'the later section wins'
shows docs/a.cn.md 'to = zh-CN  # .ivnorm.conf:4' 'a glob without a slash, for a file that is not there'
shows docs/hk 'to = zh-TW  # .ivnorm.conf:1' 'a directory has no sections'
shows a.md 'to = zh-CN  # command line' 'the command line wins' -t zh-CN
shows a.md 'only = script,terms,cleanup  # default' 'a default'
shows a.md 'to =  # default' '--no-config' --no-config
run <a.md
is "$status:$(cat out err)" '0:軟體' 'standard input: that of the working directory'
cd docs/hk || exit 99
run --print-config -
is "$status:$(head -n 1 out)" "0:to = zh-TW  # $work/tree/.ivnorm.conf:1" '- is standard input'
shows a.md "to = zh-HK  # $work/tree/.ivnorm.conf:6" 'a section, from inside its directory'
rm -f out err
cd ../..

printf 'to = zh-HK\nstyle = quotes=curly\n[tmp/**]\nto = zh-CN\n' >../xdg/ivnorm/config
printf 'style = +punct.dash\n' >docs/.ivnorm.conf
shows docs/a.md 'to = zh-TW  # .ivnorm.conf:1' "the project's wins over the user's"
run --print-config docs/a.md --style=-punct
is "$(grep ^style out)" "style = quotes=curly  # $work/xdg/ivnorm/config:2
style = +punct.dash  # docs/.ivnorm.conf:1
style = -punct  # command line" 'values that add up, in their order'
printf 'style =\nto =\n' >docs/.ivnorm.conf
shows docs/a.md 'style =  # docs/.ivnorm.conf:1' 'an empty value resets a list'
shows docs/a.md 'to =  # docs/.ivnorm.conf:2' 'and unsets a value'
converts docs/a.md '软件' 'which has its effect'
run --print-config a.md docs/a.md
is "$(grep -n -e '^\[' -e '^to =' -e '^$' out)" '1:[a.md]
2:to = zh-TW  # .ivnorm.conf:1
15:
16:[docs/a.md]
17:to =  # docs/.ivnorm.conf:2' 'several files'
run --print-config a.md
sed -n 's/^  *\(-[a-z], \)*--\([a-z-]*\).*/\2/p' <<END >order
$("$IVNORM" --help)
END
sed 's/ =.*//' out >keys
grep -xFf keys order >wanted
same keys wanted 'the keys have the order of --help'
cp out docs/.ivnorm.conf
run --print-config docs/a.md
is "$status:$(cat err)" 0: 'what it prints can be a configuration'
rm ../xdg/ivnorm/config docs/.ivnorm.conf

# Dictionaries: the user's, the project's, the command line's.
printf 'zh-CN\tzh-TW\n软件\t使用者甲\n硬盘\t使用者乙\n鼠标\t使用者丙\n' >../xdg/ivnorm/dict/u.tsv
printf 'zh-CN\tzh-TW\n硬盘\t專案乙\n鼠标\t專案丙\n' >docs/names.tsv
printf 'zh-CN\tzh-TW\n鼠标\t命令丙\n' >cli.tsv
printf '软件、硬盘、鼠标\n' >docs/a.md
printf 'dict = names.tsv\n' >docs/.ivnorm.conf
converts docs/a.md '使用者甲、專案乙、命令丙' 'the order of the dictionaries' --dict=cli.tsv
run --explain docs/a.md
is "$(grep -c 'docs/names.tsv:2' out)" 1 'they are named as seen from here'
(cd docs/hk && "$IVNORM" ../a.md >"$work/out" 2>&1)
is "$(cat "$work/out")" '使用者甲、專案乙、專案丙' 'a name is relative to its file'
converts docs/a.md '軟體、硬碟、命令丙' '--no-config leaves all out' --no-config --only=terms \
    --dict=cli.tsv -t zh-TW
run a.md docs/a.md src/a.txt
is "$status:$(cat out err)" '0:使用者甲
使用者甲、專案乙、專案丙
使用者甲' 'each file has its own options'
rm ../xdg/ivnorm/dict/u.tsv

# wrong TEXT MESSAGE NAME: the message is given once, other trees go on.
wrong() {
    printf '%b' "$1" >docs/.ivnorm.conf
    run docs/a.md docs/hk/a.md a.md
    is "$status:$(cat out):$(cat err)" "2:軟體:ivnorm: docs/.ivnorm.conf$2" "$3"
}
wrong '# a\n\ntp = zh-TW\n' ":3: unknown key 'tp'; did you mean 'to'?" 'a misspelt key'
wrong 'frobnicate = 1\n' ":1: unknown key 'frobnicate'; see ivnorm --help for the options" \
    'a key like none'
wrong 'Root = true\n' ":1: unknown key 'Root'; did you mean 'root'?" 'a misspelt root'
wrong 'in-place = true\n' ":1: 'in-place' is an option for the command line, not for a file" \
    'an option that is no key'
wrong 'to = zh-XX\n' ':1:6: to = zh-XX: unknown target; use one of zh-CN, zh-TW, zh-HK' \
    'an unknown target'
wrong '[hk/**]\nstyle=-punct\n[*]\nto  =  zh-XX' \
    ':4:8: to = zh-XX: unknown target; use one of zh-CN, zh-TW, zh-HK' \
    'once, though the files differ otherwise'
wrong 'invalid = kepp\n' ":1:11: invalid = kepp: unknown value; did you mean 'keep'?" \
    'an unknown value'
wrong 'only = terms,cleanpu\n' \
    ":1:8: only = terms,cleanpu: unknown stage 'cleanpu'; did you mean 'cleanup'?" 'an unknown stage'
wrong 'style = quotes=round\n' \
    ":1:9: style: unknown value in 'quotes=round'; use one of: corner curly straight keep" \
    'an unknown style'
wrong 'names = unify\nto =\n' ":1:9: names = unify: needs a target; name it with 'to'" \
    'a value that needs another'
wrong 'dict = none.tsv\n' ':1:8: dict = docs/none.tsv: cannot read: No such file or directory' \
    'a dictionary that is not there'
wrong 'rules = -\n' ':1:9: rules = docs/-: cannot read: No such file or directory' \
    'never standard input'
printf 'to = zh-TW\nrules = -\n' >.ivnorm.conf
run a.md </dev/null
fails 'ivnorm: .ivnorm.conf:2:9: rules = ./-: cannot read: No such file or directory' \
    'nor in the working directory'
printf 'to = zh-TW\n' >.ivnorm.conf
wrong 'zh-TW\n' ":1: neither 'key = value' nor a [section]" 'no key'
wrong 'to = zh-TW\n[*.md\nto = zh-TW\n' ":2: a section without its ']'; write [GLOB]" \
    'a section without an end'
wrong '[ ]\n' ':1: a section without a name; write [GLOB]' 'a section without a name'
wrong '[docs/]\n' ':1: [docs/]: a section is about files; write [docs/**]' 'a section for a directory'
wrong '[*.md]\nroot = true\n' ":2: 'root' is for all files; move it before the first section" \
    'root in a section'
wrong 'root = perhaps\n' ':1: root = perhaps: unknown value; use true or false' 'no truth'
wrong 'to = zh\0-TW\n' ':1: a NUL byte; a configuration file is text' 'a NUL byte'
wrong 'to = \033[31m\n' ':1:6: to = \x1B[31m: unknown target; use one of zh-CN, zh-TW, zh-HK' \
    'what drives a terminal'
printf 'to = zh-TW\nto\n' >docs/.ivnorm.conf
run --check docs/a.md
is "$status:$(wc -l <err | tr -d ' ')" 2:1 'a mistake in the last line'
{ printf 'style = ' && head -c 3000 /dev/zero | tr '\0' + && echo; } >docs/.ivnorm.conf
run --print-config docs/a.md
is "$status:$(cat err)" 0: 'a long line'
{ printf 'style = ' && head -c 5000 /dev/zero | tr '\0' + && echo; } >docs/.ivnorm.conf
run --print-config docs/a.md
is "$status:$(grep -c '^ivnorm: docs/.ivnorm.conf:1: a line may have at most [0-9]* bytes$' err)" \
    2:1 'too long a line'
head -c 2000000 /dev/zero >docs/.ivnorm.conf
run docs/a.md
fails 'ivnorm: docs/.ivnorm.conf: a configuration file may have at most 1048576 bytes' \
    'something large'
rm docs/.ivnorm.conf && mkdir docs/.ivnorm.conf
run docs/a.md
fails 'ivnorm: docs/.ivnorm.conf: not a regular file; it cannot be a configuration' 'a directory'
rmdir docs/.ivnorm.conf && mkfifo docs/.ivnorm.conf
run docs/a.md
fails 'ivnorm: docs/.ivnorm.conf: not a regular file; it cannot be a configuration' 'a FIFO'
rm docs/.ivnorm.conf && ln -s .ivnorm.conf docs/.ivnorm.conf
run docs/a.md
fails 'ivnorm: docs/.ivnorm.conf: cannot read: Too many levels of symbolic links' 'a link in a circle'
rm docs/.ivnorm.conf && printf 'to = zh-HK\n' >docs/.ivnorm.conf && chmod 0 docs/.ivnorm.conf
if [ -r docs/.ivnorm.conf ]; then
    skip 'no permission' 'run by root'
else
    run docs/a.md
    fails 'ivnorm: docs/.ivnorm.conf: cannot read: Permission denied' 'no permission'
fi
rm -f docs/.ivnorm.conf
printf 'root = true\n' >../xdg/ivnorm/config
run a.md
is "$status:$(grep -c "config:1: unknown key 'root'" err)" 2:1 "no root in the user's own"
rm ../xdg/ivnorm/config

# Where the command line leaves no room for it.
printf 'to = zh-TW\nnames = report\nstyle = quotes=curly\n' >.ivnorm.conf
run --check --only=script a.md
is "$status:$(cat out err)" '1:a.md' 'what a file says gives way to the command line'
run --names=unify -t zh-CN --only=script a.md a.md
fails 'ivnorm: --names: belongs to the terms, which --only leaves out' 'the command line itself'
printf 'to = zh-TW\n' >.ivnorm.conf
converts a.md '軟體' '--names needs a target, which may be configured' --names=unify

mkdir 'new
line' && printf 'x\n' >'new
line/.ivnorm.conf'
run 'new
line/a.md'
fails "ivnorm: new\\nline/.ivnorm.conf:1: neither 'key = value' nor a [section]" 'an odd name'

finish
