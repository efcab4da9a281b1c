# SPDX-License-Identifier: Apache-2.0
# The include firewall: which file may see which outside interface.
. "${srcdir:-.}/tests/tap.sh"
cd "${srcdir:-.}" || exit 1

# only PATTERN ALLOWED FILE...: lines matching PATTERN in files whose path does not match ALLOWED.
only() {
    pattern=$1
    allowed=$2
    shift 2
    grep -nE "$pattern" "$@" | grep -vE "^($allowed):"
}

# Code without comments and strings would need a parser; a comment's line starts with * or /*.
calls() {
    only "$@" | grep -vE ':[0-9]+:[[:space:]]*(/?\*|//)'
}

lib='src/lib/*.[ch]'
cli='src/cli/*.[ch]'
all="$lib $cli src/lexc/*.[ch]"
# The lists are globs, expanded on purpose.
# shellcheck disable=SC2086
{
    check_silent 'unicode/: chars, decode, detect, encode and lexc' \
        only '#[[:space:]]*include <unicode/' 'src/lib/(chars|decode|detect|encode)\.c|src/lexc/[^:]*' $all
    check_silent 'pcre2.h: the rules module' \
        only '#[[:space:]]*include <pcre2' 'src/lib/rules[a-z_]*\.[ch]' $all
    check_silent 'opencc: src/lib/opencc.c' \
        only '#[[:space:]]*include <opencc' 'src/lib/opencc\.c' $all
    check_silent 'ini.h: src/cli/config_file.c' \
        only '#[[:space:]]*include <ini\.h>' 'src/cli/config_file\.c' $all
    check_silent 'jsmn.h: src/lib/doc_json.c' \
        only '#[[:space:]]*include <jsmn' 'src/lib/doc_json\.c' $all
    check_silent 'yaml.h: src/lib/front_yaml.c' \
        only '#[[:space:]]*include <yaml' 'src/lib/front_yaml\.c' $all
    check_silent 'libintl.h: not in the library' \
        only '#[[:space:]]*include <(libintl|locale)\.h>' 'src/(cli|lexc)/[^:]*' $all
    check_silent 'stdio.h: not in the library' only '#[[:space:]]*include <stdio\.h>' 'none' $lib
    check_silent 'FILE, getenv, exit, abort, setlocale: not in the library' \
        calls '(^|[^A-Za-z0-9_"])(FILE[[:space:]]*\*|(getenv|exit|abort|setlocale|printf|fprintf)\()' \
        'none' $lib
    check_silent 'no file-scope variables in the library' \
        calls '^(static )?(char|int|unsigned|size_t|bool|struct [a-z_]+|uint[0-9]+_t)[ *]+[a-z_]+(\[[^]]*\])*( =.*)?;' \
        'none' src/lib/*.c
}

# The program includes its own headers and, of the library's, ivnorm.h only.
foreign_headers() {
    for file in src/cli/*.[ch]; do
        sed -n 's/^#[[:space:]]*include "\([^"]*\)".*/\1/p' "$file" | while read -r header; do
            case $header in
            ivnorm.h | config.h) ;;
            *) [ -e "src/cli/$header" ] || echo "$file: $header" ;;
            esac
        done
    done
}
check_silent 'src/cli sees only ivnorm.h' foreign_headers
finish
