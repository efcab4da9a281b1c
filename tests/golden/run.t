# SPDX-License-Identifier: Apache-2.0
# tests/golden/NAME/: input goes in with the options in args (without it: -t zh-TW), expected comes
# out; status holds the exit status where it is not 0. What a case needs else, such as a dictionary,
# lies beside them: the program runs in that folder, without configuration. Text that came out goes
# in once more.
. "${srcdir:-.}/tests/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# run CASE INPUT OUTPUT: prints what differs from the promised exit status and empty stderr.
run() {
    args='-t zh-TW'
    [ ! -e "$1/args" ] || args=$(cat "$1/args")
    want=0
    [ ! -e "$1/status" ] || want=$(cat "$1/status")
    status=0
    # Options are words: split on purpose.
    # shellcheck disable=SC2086
    (cd "$1" && exec "$IVNORM" --no-config $args <"$2" >"$3" 2>"$work/err") || status=$?
    [ "$status" -eq "$want" ] || echo "exit status $status, expected $want"
    cat "$work/err"
}

for case in "${srcdir:-.}"/tests/golden/*/; do
    [ -e "$case/input" ] || continue
    case=$(cd "$case" && pwd)
    name=$(basename "$case")
    check_silent "$name: runs" run "$case" "$case/input" "$work/out"
    check "$name: output" diff -u "$case/expected" "$work/out"
    case $(cat "$case/args" 2>/dev/null) in
    *--diff* | *--check* | *--explain* | *--list* | *--lookup* | *--report*) continue ;;
    esac
    run "$case" "$work/out" "$work/again" >/dev/null
    check "$name: a second run changes nothing" diff -u "$work/out" "$work/again"
done
finish
