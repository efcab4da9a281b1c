# SPDX-License-Identifier: Apache-2.0
# For the tests of the program, which source it: a directory to work in, and ways to run and compare.
# shellcheck shell=sh
# $IVNORM is the program (default ./ivnorm), $srcdir the root of the sources (default .).
# Tests run in $work, which is removed at the end; $here is where they were started.

set -u
LC_ALL=C.UTF-8
unset LANGUAGE
export LC_ALL
here=$PWD
case ${srcdir:=.} in
/*) ;;
*) srcdir=$here/$srcdir ;;
esac
case ${IVNORM:=./ivnorm} in
/*) ;;
*) IVNORM=$here/$IVNORM ;;
esac
export IVNORM srcdir
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM
cd "$work" || exit 99
. "$srcdir/tests/tap.sh"
XDG_STATE_HOME=$work/.state

# ok STATUS NAME: passes if STATUS is 0.
ok() {
    if [ "$1" -eq 0 ]; then
        pass "$2"
    else
        fail "$2"
    fi
}

# is GOT WANTED NAME
is() {
    if [ "$1" = "$2" ]; then
        pass "$3"
    else
        fail "$3"
        printf 'got:    %s\nwanted: %s\n' "$1" "$2" | sed 's/^/# /'
    fi
}

# same FILE FILE NAME: passes if the two have the same bytes.
same() {
    cmp "$1" "$2" >same.diff 2>&1
    ok $? "$3"
    sed 's/^/# /' same.diff
}

# run ARGUMENT...: the program, with its output in the file out, errors in err, status in $status.
run() {
    "$IVNORM" "$@" >out 2>err
    status=$?
}

# no_errors NAME: after run: status 0 and nothing on standard error.
no_errors() {
    is "$status:$(cat err)" "0:" "$1"
}

# fails WANTED-MESSAGE NAME: after run: status 2 and this one message.
fails() {
    is "$status:$(cat err)" "2:$1" "$2"
}

# long_text BYTES: some varied paragraphs of about that size.
long_text() {
    awk -v size="$1" 'BEGIN {
        for (n = 0; total < size; n++) {
            line = "第" n "段,这个软件的使用说明,你好,世界。今天天气不错。"
            for (i = 0; i < n % 7; i++)
                line = line "我们去公园散步。"
            total += 90 + 24 * (n % 7)
            print line
            if (n % 5 == 0)
                print ""
        }
    }'
}
