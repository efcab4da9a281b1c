# SPDX-License-Identifier: Apache-2.0
# What README.md shows is what happens: its console examples, its C program, its commands' options.
. "${srcdir:-.}/tests/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
readme=${srcdir:-.}/README.md
build=$PWD

sed -n '/^```console$/,/^```$/p' "$readme" | grep -v '^```' >"$work/console"
# The examples as promised, and the same commands run.
transcript() {
    while IFS= read -r line; do
        case $line in
        '$ '*)
            printf '%s\n' "$line"
            (cd "$build" && sh -c "${line#\$ }" </dev/null)
            ;;
        esac
    done <"$work/console"
}
transcript >"$work/got" 2>&1
check 'there are console examples' test -s "$work/console"
check 'console examples' diff -u "$work/console" "$work/got"

sed -n '/^```c$/,/^```$/p' "$readme" | grep -v '^```' >"$work/example.c"
compile() {
    # $CC and its options are words: split on purpose.
    # shellcheck disable=SC2086
    ${CC:-cc} $SANITIZERS -Wall -Wextra -Werror -I"${srcdir:-.}/src/lib" "$work/example.c" \
        -Lsrc/lib/.libs -livnorm -o "$work/example"
}
if [ -e src/lib/.libs/libivnorm.so ]; then
    check 'the C program compiles' compile
    printf '滑鼠和軟體\n' >"$work/want"
    LD_LIBRARY_PATH=src/lib/.libs "$work/example" dict/ivnorm.lex >"$work/out" 2>&1
    check 'and converts' diff -u "$work/want" "$work/out"
else
    skip 'the C program' 'no shared library in this build'
fi

"$IVNORM" --help >"$work/help" 2>&1
options_unknown() {
    grep -o '`ivnorm [^`]*`' "$readme" | grep -oE -- '--[a-z][a-z-]*' | sort -u |
        while read -r option; do
            grep -q -e "$option" "$work/help" || echo "$option"
        done
}
check_silent 'each option that it names is in --help' options_unknown
finish
