# SPDX-License-Identifier: Apache-2.0
# Runs the examples of the manual pages. In their sources, `.\" setup COMMAND` prepares the
# directory and `.\" test` stands before an example that must print what the page says:
# lines after "$ " are commands, those after "> " go on with them, the others are output.
. "${srcdir:-.}/tests/cli/cli.sh"

mkdir bin play
ln -s "$IVNORM" bin/ivnorm
PATH=$work/bin:$PATH
HOME=$work
export PATH HOME
# The link is not in the build tree.
if [ -z "${IVNORM_LEXICON-}" ] && [ -f "${IVNORM%/*}/dict/ivnorm.lex" ]; then
    IVNORM_LEXICON=${IVNORM%/*}/dict/ivnorm.lex
    export IVNORM_LEXICON
fi

# Numbered files: N.cmd and N.out.
awk '
    function plain(s) {
        gsub(/\\&/, "", s)
        gsub(/\\\(aq/, "\047", s)
        gsub(/\\\(ha/, "^", s)
        gsub(/\\\(ti/, "~", s)
        gsub(/\\-/, "-", s)
        gsub(/\\e/, "\\", s)
        return s
    }
    /^\.\\" setup / { sub(/^\.\\" setup /, ""); n++; print > (n ".cmd"); printf "" > (n ".out"); next }
    /^\.\\" test$/ { marked = 1; next }
    /^\.EX$/ { inside = marked; marked = 0; next }
    /^\.EE$/ { inside = 0; next }
    inside && /^\$ / { n++; print plain(substr($0, 3)) > (n ".cmd"); printf "" > (n ".out"); next }
    inside && /^> / { print plain(substr($0, 3)) > (n ".cmd"); next }
    inside { print plain($0) > (n ".out") }
' "$srcdir/man/ivnorm.1" "$srcdir/man/ivnorm-dict.5"

# Long options: those that --help shows at the head of a line, and those that OPTIONS describes.
LC_ALL=C.UTF-8 "$IVNORM" --help | sed -n 's/^  \(-.,\)\{0,1\} *--\([a-z-]*\).*/\2/p' | sort >helped
awk '/^\.SH / { inside = /OPTIONS/ }
    inside && before == ".TP" && match($0, /\\-\\-[a-z\\-]+/) {
        name = substr($0, RSTART + 4, RLENGTH - 4)
        gsub(/\\/, "", name)
        print name
    }
    { before = $0 }' "$srcdir/man/ivnorm.1" | sort >described
same described helped 'ivnorm.1 describes each option of --help, once'

n=1
while [ -f $n.cmd ]; do
    (cd play && sh "../$n.cmd") >got 2>&1 </dev/null
    same got $n.out "$(head -n 1 $n.cmd)"
    n=$((n + 1))
done
[ $n -gt 10 ]
ok $? 'there are examples'

finish
