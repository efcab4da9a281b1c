# SPDX-License-Identifier: Apache-2.0
# Catalogues are well-formed and complete, and every source with messages is in POTFILES.in.
. "${srcdir:-.}/tests/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "${srcdir:-.}" || exit 1

unlisted() {
    grep -lE '(^|[^A-Za-z0-9_])(N_|_|ngettext)\(("|$)' src/lib/*.c src/cli/*.c src/cli/*.h | sort |
        grep -vxF "$(grep -v '^#' po/POTFILES.in)"
}
check_silent 'each source with messages is in POTFILES.in' unlisted

if ! command -v xgettext >/dev/null || ! command -v msgmerge >/dev/null; then
    skip 'catalogues' 'no gettext tools'
    finish
    exit
fi
xgettext --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --from-code=UTF-8 -o "$work/now.pot" \
    -f po/POTFILES.in 2>"$work/err"
check 'messages can be extracted' test -s "$work/now.pot"

# The texts of a catalogue on standard input, less its header.
messages() {
    awk '/^msgid / { more = $0 == "msgid \"\""; if (!more) print; next }
         /^msgstr/ { more = 0 }
         more { print }'
}

incomplete() {
    msgmerge --quiet --no-fuzzy-matching -o "$work/now.po" "po/$1.po" "$work/now.pot"
    msgattrib --no-obsolete --untranslated --no-wrap "$work/now.po" | messages
    msgattrib --no-obsolete --only-fuzzy --no-wrap "$work/now.po" | messages
}
for language in $(grep -v '^#' po/LINGUAS); do
    check "$language: well-formed" msgfmt --check -o /dev/null "po/$language.po"
    check_silent "$language: complete" incomplete "$language"
done
finish
