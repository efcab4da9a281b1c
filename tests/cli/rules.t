# SPDX-License-Identifier: Apache-2.0
# --rules: rules of one's own, and what is wrong with them.
. "${srcdir:-.}/tests/cli/cli.sh"

printf '甲,乙,aaab\n' >text

printf 'rule: punct.comma\nwhy: our comma\nmatch: (?<=甲),\nwith: 、\nbad: 甲,\ngood: 甲、\n' >ours.rules
run -t zh-CN --rules=ours.rules text
no_errors 'a rule of our own'
is "$(cat out)" '甲、乙,aaab' 'it takes the place of the built-in rule with its id'
run -t zh-CN --rules=ours.rules --list-rules
is "$(grep '^punct.comma ' out | tr -s ' ')" 'punct.comma on default ours.rules:1 our comma' \
    'and is listed there'
run -t zh-CN --rules=ours.rules --style=-punct.comma text
is "$(cat out)" '甲,乙,aaab' '--style switches it'

printf 'style: ours = a b\nwhy: ours\n\nrule: our.rule\nmatch: 甲\nwith: {{ours}}\n' >style.rules
run -t zh-CN --rules=style.rules --style=ours=b text
is "$(cat out)" 'b，乙，aaab' 'a style of our own'

# refused RULES MESSAGE NAME
refused() {
    printf "$1" >my.rules
    run -t zh-CN --rules=my.rules text
    fails "ivnorm: my.rules:$2" "$3"
    is "$(cat out)" '' "$3: nothing is written"
}
endless="never ends: it changes again what it has written; let its 'match' exclude that"
refused 'rule: my.loop\nmatch: a\nwith: aa\nlines: any\n' "1: rule 'my.loop' $endless" 'a rule that loops'
refused 'rule: my.a\nmatch: 甲\nwith: 乙\n\nrule: my.b\nmatch: 乙\nwith: 甲\n' \
    "1: rule 'my.a' $endless" 'two rules that undo each other'
refused 'rule: my.slow\nlines: any\nmatch: (a+)+b\nwith: c\n' \
    "3: rule 'my.slow': the pattern takes too long here; make its repetitions definite" 'a slow rule'
refused 'rule: my.bad\nmatch: 甲\nwith: 乙\nbad: 甲\ngood: 丙\n' \
    "4: rule 'my.bad': the example '甲' comes out as '乙'" 'a failing example'
refused 'rule: my.bad\ndefault: off\nmatch: 甲\nwith: 乙\nbad: 甲\ngood: 丙\n' \
    "5: rule 'my.bad': the example '甲' comes out as '乙'" 'a failing example of a rule that is off'
refused 'rule: my.bad\nmatch: 甲\nwith: 乙\nbad@quotes=keep:甲\ngood: 丙\n' \
    "4: rule 'my.bad': the example '甲' comes out as '乙'" 'a failing example of a style'
refused 'rule: my.bad\nmatch: 甲\nwith@qoutes=keep: 乙\n' \
    "2: rule 'my.bad': there is no such style or value: 'qoutes=keep'" 'a misspelt style'
refused 'rule: my.bad\nmatch: 甲\nwith@zh-XX: 乙\n' \
    "3:6: unknown target in 'zh-XX'; use zh-CN, zh-TW, zh-HK" 'an unknown target'
refused 'rule: my.bad\nmatch: 甲[\n' \
    "2:10: rule 'my.bad': missing terminating ] for character class (at character 2 of the pattern)" \
    'a malformed pattern'
refused 'rule: my.bad\nmatch: 甲\nwith: {{dahs}}\n' \
    "2: rule 'my.bad': '{{dahs}}' is no style; define it with 'style: name = value'" 'an unknown style'
finish
