# SPDX-License-Identifier: Apache-2.0
# tests/data/*.tsv: each row one TAP line. Columns, tab-separated:
#   target    zh-CN, zh-TW, zh-HK, or - for none; further options may follow after a blank
#   input     one line of text, a document of its own
#   expected  what must come out; = where nothing may change
#   note      why; TODO at its start marks a known bug, and the test fails once it passes
# Lines that start with # and the heading are skipped. Every output must also survive a second run.
# All rows of a target go through one process, a document a line.
set -- "${srcdir:-.}"/tests/data/*.tsv
[ -e "$1" ] || { echo '1..0 # SKIP no tables'; exit; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
: >"$work/groups"

awk -F '\t' -v work="$work" '
    FNR == 1 { file = FILENAME; sub(/.*\//, "", file) }
    /^#/ || /^$/ || ($1 == "target" && $2 == "input") { next }
    NF < 3 { print file ":" FNR > (work "/malformed"); next }
    {
        if (!($1 in group)) {
            group[$1] = ++groups
            print groups "\t" $1 > (work "/groups")
        }
        id = group[$1]
        print $2 > (work "/" id ".in")
        print file ":" FNR "\t" ($3 == "=" ? $2 : $3) "\t" $4 > (work "/" id ".want")
    }' "$@" || exit 1

: >"$work/tap"
while IFS='	' read -r id options; do
    target=${options%% *}
    rest=${options#"$target"}
    to=
    [ "$target" = - ] || to="-t $target"
    # Options are words: split on purpose.
    # shellcheck disable=SC2086
    "$IVNORM" --no-config $to $rest --line-buffered <"$work/$id.in" >"$work/$id.out" 2>"$work/$id.err" ||
        echo "# $options: exit $?" >>"$work/tap"
    # shellcheck disable=SC2086
    "$IVNORM" --no-config $to $rest --line-buffered <"$work/$id.out" >"$work/$id.again" 2>>"$work/$id.err"
    sed 's/^/# /' "$work/$id.err" >>"$work/tap"
    awk -F '\t' -v base="$work/$id" -v options="$options" '
        {
            if ((getline input < (base ".in")) <= 0) input = ""
            if ((getline got < (base ".out")) <= 0) got = "(no output)"
            if ((getline again < (base ".again")) <= 0) again = "(no output)"
            good = (got "") == ($2 "")
            stable = (again "") == (got "")
            name = $1 " " options ": " input
            gsub(/#/, "\\#", name)
            todo = $3 ~ /^TODO/ ? " # " $3 : ""
            print (good && stable ? "ok" : "not ok") " - " name todo
            if (!good)
                print "#   expected: " $2 "\n#        got: " got
            if (!stable)
                print "# second run: " again
            if (!(good && stable) && $3 != "")
                print "#       note: " $3
        }' "$work/$id.want" >>"$work/tap"
done <"$work/groups"
if [ -e "$work/malformed" ]; then
    sed 's/^/not ok - fewer than three columns: /' "$work/malformed" >>"$work/tap"
fi

# Numbered here, because awk above starts anew for each target.
awk '/^(not )?ok - / { sub(/ok - /, "ok " (++n) " - ") } { print } END { print "1.." n + 0 }' \
    "$work/tap"
