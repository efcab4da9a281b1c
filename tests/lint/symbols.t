# SPDX-License-Identifier: Apache-2.0
# The shared library exports what ivnorm.h marks IVN_API, and nothing else.
. "${srcdir:-.}/tests/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
library=src/lib/.libs/libivnorm.so

tr '\n' ' ' <"${srcdir:-.}/src/lib/ivnorm.h" | sed 's/IVN_API/\n&/g' |
    sed -n 's/^IVN_API[^(]*[ *]\(ivn_[a-z0-9_]*\)(.*/\1/p' | sort >"$work/declared"
if [ -e "$library" ]; then
    # $NM may hold options: split on purpose.
    # shellcheck disable=SC2086
    ${NM:-nm} -D --defined-only "$library" | awk '$2 ~ /[TDBRVW]/ { print $3 }' |
        sort >"$work/exported"
    check 'exported = declared IVN_API' diff -u "$work/declared" "$work/exported"
else
    skip 'exported = declared IVN_API' 'no shared library in this build'
fi
check 'the header declares something' test -s "$work/declared"
finish
