# SPDX-License-Identifier: Apache-2.0
# Every source names its licence, dict/LICENCE that of the data and is built; files stay under 700 lines, functions under 100.
. "${srcdir:-.}/tests/tap.sh"
cd "${srcdir:-.}" || exit 1

unlicensed() {
    find src tests man bootstrap Makefile.am configure.ac \
        \( -name '*.[ch15]' -o -name '*.t' -o -name '*.sh' -o -name '*.mk' \
        -o -name bootstrap -o -name bench \
        -o -name Makefile.am -o -name configure.ac \) -type f |
        while read -r file; do
            head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2\.0' || echo "$file"
        done
}

long_files() {
    wc -l src/*/*.[ch] tests/*/*.[ch] | awk '$2 != "total" && $1 > 700 { print $2 ": " $1 " lines" }'
}

# A function starts at the last line in column 0 that is no end of another and ends at "}" there.
long_functions() {
    awk '
        FNR == 1 { start = 0 }
        /^[A-Za-z]/ && !/;[ \t]*$/ && !/^[A-Za-z_]+:/ { if (!start) { start = FNR; head = $0 } }
        /^[A-Za-z#].*;[ \t]*$/ || /^};/ { start = 0 }
        /^}[ \t]*$/ {
            if (start && head ~ /\(/ && FNR - start + 1 > 100)
                print FILENAME ":" start ": " FNR - start + 1 " lines: " head
            start = 0
        }' src/*/*.c tests/*/*.c
}

# What make does not know it neither runs nor ships.
unlisted() {
    for file in tests/*/*.t tests/unit/test_*.c src/*/*.[ch]; do
        grep -qE "(^|[[:space:]])${file%.c}(\.c)?([[:space:]]|\$)" "${file%%/*}/local.mk" || echo "$file"
    done
}

check_silent 'an SPDX line in each source' unlicensed
check 'the licence of the data' grep -q 'Apache License 2.0' dict/LICENCE
check_silent 'no file over 700 lines' long_files
check_silent 'no function over 100 lines' long_functions
check_silent 'each source and test is listed in local.mk' unlisted
finish
