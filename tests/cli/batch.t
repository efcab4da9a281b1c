# SPDX-License-Identifier: Apache-2.0
# Directories: what is found and what is left alone, writing in place and elsewhere, the same
# whatever the number of threads, undone and gone on with.
. "${srcdir:-.}/tests/cli/cli.sh"

make_tree() {
    rm -rf "$1"
    mkdir -p "$1/sub/deep" "$1/.hidden" "$1/node_modules"
    printf '软件测试，第一章。\n' >"$1/a.txt"
    printf '# 软件\n\n人工**智**能，`软件`。\n' >"$1/sub/b.md"
    printf '已經是正體字。\n' >"$1/sub/deep/same.txt"
    printf '软件\n' >"$1/.hidden/c.txt"
    printf '软件\n' >"$1/.dot.txt"
    printf '软件\n' >"$1/node_modules/d.md"
    printf '软件\n' >"$1/code.c"
    printf 'a\000软件\001\002' >"$1/binary.txt"
    printf 'node_modules/\n' >"$1/.gitignore"
    printf '软件\n' >"$1/keep.txt"
    printf 'keep.txt\n' >"$1/.ivnormignore"
    printf '' >"$1/empty.txt"
}
listing() { (cd "$1" && find . -type f -exec cksum {} + | sort -k 3 | cksum); }
stats() { (cd "$1" && find . -type f -exec stat -c '%n %a %y' {} + | sort | cksum); }

make_tree tree
touch -d '2001-02-03 04:05:06' tree/a.txt tree/sub/b.md tree/sub/deep/same.txt
chmod 640 tree/a.txt
cp -a tree before
run -t zh-TW -i tree
is "$status:$(cat out)" '0:' 'a directory in place'
is "$(cat tree/a.txt tree/sub/b.md)" "$(printf '軟體測試，第一章。\n# 軟體\n\n人工**智**慧，`软件`。')" \
    'text and Markdown were converted, code in it not'
is "$(cat tree/.hidden/c.txt tree/.dot.txt tree/node_modules/d.md tree/code.c tree/keep.txt | sort -u)" \
    '软件' 'hidden, ignored and unknown files were not'
is "$(head -n 1 err)" 'ivnorm: files: changed 2, unchanged 2, skipped 8, failed 0' 'the numbers'
is "$(sed -n 's/^ivnorm: skipped: //p' err | tr ',' '\n' | sed 's/^ //' | sort)" "binary 1
hidden 4
ignored by a .gitignore or .ivnormignore 2
not of a known type 1" 'why files were skipped'
is "$(sed -n 's/^ivnorm: changes by rule: .*\(term\.it [0-9]*\).*/\1/p' err)" 'term.it 3' \
    'changes by rule'
is "$(stat -c '%Y' tree/sub/deep/same.txt)" "$(stat -c '%Y' before/sub/deep/same.txt)" \
    'an unchanged file keeps its time'
is "$(stat -c '%a' tree/a.txt)" 640 'a changed one its mode'
is "$(find tree -name '.ivnorm-*')" '' 'nothing is left behind'
run -q -t zh-TW -i tree
is "$status:$(cat err)" '0:' '--quiet'

run --runs
is "$(cut -f 3,4 out)" "$(printf 'finished\t2')" 'the run is listed, and one that did nothing is not'
run --undo
no_errors '--undo'
is "$(listing tree)" "$(listing before)" 'undone, the bytes are the former ones'
is "$(stats tree)" "$(stats before)" 'modes and times too'
run --undo
is "$status:$(cat out)" '2:' 'nothing more can be undone'
run --undo no-such-run
is "$status" 2 'an unknown run'

run -t zh-TW -i tree
printf '改过了\n' >tree/a.txt
run --undo
is "$status:$(cat tree/a.txt):$(cat tree/sub/b.md | head -n 1)" '2:改过了:# 软件' \
    'what somebody has changed since is left, and told'

make_tree tree
run -t zh-TW -o out-tree tree
is "$status:$(cd out-tree && find . -type f | sort | tr '\n' ' ')" \
    '0:./a.txt ./empty.txt ./sub/b.md ./sub/deep/same.txt ' '--output of a directory'
is "$(listing tree)" "$(make_tree again && listing again)" 'the sources are as they were'
run -t zh-TW -o out-tree tree
is "$status" 0 '--output over what is there'

make_tree tree
run -t zh-TW --check tree
is "$status:$(cat out)" '1:tree/a.txt
tree/sub/b.md' '--check of a directory'
is "$(head -n 1 err)" 'ivnorm: files: would change 2, unchanged 2, skipped 8, failed 0' 'its numbers'
run -q -t zh-TW --check --include='*.txt' tree
is "$(cat out)" '' '--quiet --check'
run -t zh-TW --check --include='*.c' --include=sub tree
is "$(cat out)" 'tree/code.c
tree/sub/b.md' '--include'
run -t zh-TW --check --exclude='**/*.md' tree
is "$(cat out)" 'tree/a.txt' '--exclude'
run -t zh-TW --check --hidden --no-ignore tree
is "$(cat out | tr '\n' ' ')" 'tree/.dot.txt tree/.hidden/c.txt tree/a.txt tree/keep.txt tree/node_modules/d.md tree/sub/b.md ' \
    '--hidden and --no-ignore'
run -t zh-TW --diff tree
is "$(grep -c '^+++ ' out)" 2 '--diff of a directory'

make_tree tree
ln tree/a.txt elsewhere
ln -s ../elsewhere tree/link.txt
ln -s a.txt tree/inside.txt
run -t zh-TW -i tree
is "$status:$(grep -c 'tree/a.txt: has other hard links' err):$(cat elsewhere)" \
    '2:1:软件测试，第一章。' 'a hard link is refused, with the reason'
is "$(test -L tree/link.txt && cat tree/sub/b.md | head -n 1)" '# 軟體' 'links stay, other files are converted'
rm elsewhere

make_tree tree
printf 'ab\377\376cd\n' >tree/bad.txt
run -t zh-TW -i tree
is "$status:$(grep -c '^ivnorm: tree/bad.txt' err):$(head -n 1 tree/sub/b.md)" '2:1:# 軟體' \
    'a bad file is told and does not stop the batch'
is "$(sed -n 's/.*\(failed [0-9]*\)$/\1/p' err)" 'failed 1' 'and counted'

make_tree tree
run -t zh-TW -i --backup=.orig tree
is "$(cat tree/a.txt.orig):$(cat tree/a.txt)" '软件测试，第一章。:軟體測試，第一章。' '--backup'
run --undo
is "$(cat tree/a.txt; ls tree | grep -c orig)" '软件测试，第一章。
0' 'the undo takes the backup away'
run --runs
mv out runs
run -t zh-TW -i --no-journal tree
run --runs
same out runs '--no-journal leaves no run'

# Threads.
many() {
    mkdir -p "$1"
    i=0
    while [ $i -lt 120 ]; do
        cp "$srcdir/tests/data/prose.zh-CN.txt" "$1/$i.txt"
        printf '# 软件%s\n\n信息，**人工**智能。\n' $i >"$1/$i.md"
        i=$((i + 1))
    done
}
many one
cp -R one eight
run -t zh-TW -j1 --explain one
mv out explain-one
run -t zh-TW -j8 --explain one
same out explain-one 'the same report from one thread and from eight'
run -t zh-TW -j1 -i one
run -t zh-TW -j8 -i eight
is "$(listing one)" "$(listing eight)" 'the same bytes'

# A kill leaves each file old or new; the next run goes on, and one undo takes back both.
rm -rf tree before
many tree
cp -a tree before
cp -a tree whole
"$IVNORM" -t zh-TW -i --no-journal -q whole
(
    "$IVNORM" -t zh-TW -i -q tree &
    pid=$!
    while ! ls "$XDG_STATE_HOME"/ivnorm/runs/*/3 >/dev/null 2>&1 && kill -0 $pid 2>/dev/null; do
        :
    done
    kill -KILL $pid 2>/dev/null
    wait $pid
) >/dev/null 2>&1
bad=0
for file in $(cd tree && find . -type f -name '[0-9]*'); do
    cmp -s "tree/$file" "before/$file" || cmp -s "tree/$file" "whole/$file" || bad=1
done
is "$bad" 0 'after a kill each file is old or new'
run -t zh-TW -i tree
is "$status:$(listing tree)" "0:$(listing whole)" 'the next run goes on'
run --undo
is "$status:$(stats tree)" "0:$(stats before)" 'one undo takes all of it back'
is "$(listing tree)" "$(listing before)" 'byte by byte'

run -i tree --jobs=0
fails 'ivnorm: --jobs=0: not a number from 1 to 256' '--jobs=0'
run -i tree no-such-file -t zh-TW
is "$status:$(grep -c 'no-such-file: cannot open' err)" '2:1' 'a missing file beside a directory'
finish
