# SPDX-License-Identifier: Apache-2.0
# Prose with every mark typed as ASCII gets its marks back: tests/data/prose.LOCALE.txt is our own text,
# set as it should be printed. At least 98 of 100 lines must come back exactly.
. "${srcdir:-.}/tests/cli/cli.sh"
prose=$srcdir/tests/data

degrade() {
    sed "s/，/,/g; s/。/./g; s/：/:/g; s/；/;/g; s/？/?/g; s/！/!/g; s/（/(/g; s/）/)/g
         s/……/.../g; s/——/--/g; s/～/~/g; s/[‘’『』]/'/g"'; s/[“”「」]/"/g' "$1"
}

for locale in zh-CN zh-TW; do
    run -t "$locale" --only=cleanup "$prose/prose.$locale.txt"
    same out "$prose/prose.$locale.txt" "$locale: what is right stays"
    degrade "$prose/prose.$locale.txt" >degraded
    "$IVNORM" -t "$locale" --only=cleanup --line-buffered <degraded >out 2>err
    all=$(wc -l <out)
    back=$(paste -d '\n' out "$prose/prose.$locale.txt" |
        awk 'NR % 2 { line = $0; next } line == $0 { n++ } END { print n + 0 }')
    ok "$((back * 100 < all * 98))" "$locale: $back of $((all)) lines come back"
done
finish
