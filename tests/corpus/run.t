# SPDX-License-Identifier: Apache-2.0
# Every Markdown and HTML file of the machine comes through with its structure, as it is and with
# Chinese put into it. What is not prose is compared by the program itself, byte by byte, or it
# writes nothing.
. "${srcdir:-.}/tests/cli/cli.sh"

# (Those in other encodings would be in two with Chinese in them.)
find /usr/share/doc /usr/lib/node_modules -type f \( -name '*.md' -o -name '*.html' \) \
    -exec sh -c 'for f; do iconv -f utf-8 -t utf-8 <"$f" >/dev/null 2>&1 && echo "$f"; done' - {} + \
    2>/dev/null | sort >all
count=$(wc -l <all | tr -d ' ')
if [ "$count" -eq 0 ]; then
    skip 'the structure of the documents here' 'there are none'
    finish
    exit 0
fi

mkdir old new
tar -c -h -T all 2>/dev/null | tar -x -C old 2>/dev/null
# Chinese with all that a conversion and a clean-up change, in the place of some English words; it
# lands in code and in attributes, too. What says that it is English would be left alone.
find old -type f -exec sed -i -e 's/\(lang=["'"'"']\)en/\1zh/g' -e 's/ the / 软件,的信息 /g' -e 's/ and /和(内存)/g' -e 's/\. /。  /g' {} +
cp -R old/. new
sed 's/^\///' all >names

"$IVNORM" --no-config -t zh-TW -i --no-journal --no-ignore --hidden new >out 2>err
sed -n 's/^ivnorm: /# /p' err | grep -v rule | tail -n 20
is "$(grep -c ': ' err | sed 's/^0$//')" "$(grep -c -e '^ivnorm: files: ' -e '^ivnorm: skipped: ' \
    -e '^ivnorm: changes by rule: ' err)" "no error over $count files"
"$here/tests/corpus/structure" old new <names >differ
is "$(head -n 20 differ)" '' "the structure of $count files is unchanged"
cp -R new again
"$IVNORM" --no-config -t zh-TW -i --no-journal --no-ignore --hidden again >out 2>err
is "$(sed -n 's/^ivnorm: files: changed \([0-9]*\),.*/\1/p' err)" 0 'a second run changes nothing'
finish
