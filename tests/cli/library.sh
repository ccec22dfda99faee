#!/bin/sh
# SPDX-License-Identifier: MIT
# library: results are listed, shown, carried away, brought back and deleted.
. "$(dirname "$0")/lib.sh"
store="$XDG_DATA_HOME/vmm_monitor/results"

run list
check 'empty list' exits 0
run list --json
check 'empty list as JSON' json "$scratch/out" 'd == []'
run show last
check 'nothing to show' exits 1
run delete last --yes
check 'nothing to delete' exits 1
run compare --by vmm
check 'nothing to compare' exits 1

run --duration 5 --interval 500 --ping-target none --label one --quiet
check 'measured' exits 0
run list
check 'list: the label' prints one
run list --json
check 'list as JSON' json "$scratch/out" 'len(d) == 1 and d[0]["label"] == "one"'
id=$(ls "$store" | sed 's/\.json$//')

for name in last "$id" "${id%????}" "$store/$id.json"; do
  run show "$name"
  check "show $name" exits 0
  check "show $name: the report" prints 'Fixed computation'
done
run show "$id" --json
check 'show as JSON' json "$scratch/out" 'd["label"] == "one"'
run show nonsense
check 'show nonsense' exits 1
check 'show nonsense names it' complains nonsense

run export last --json "$scratch/one.json"
check 'export JSON' json "$scratch/one.json" 'd["label"] == "one"'
run export last --csv
check 'export CSV' prints '^time_s,cpu.busy,'
run export last --openmetrics
check 'export OpenMetrics' is "$(tail -n 1 "$scratch/out")" '# EOF'
run export last --prometheus
check 'export for Prometheus' prints '^vmm_window_quality{quality="clean"} '
run export "$RECORDED/idle.1.json" --paste
check 'export to paste' prints "^SHA-256  *[0-9a-f]*\$"
check 'export to paste: once, and short' is "$(wc -l <"$scratch/out")" 11
run export last --paste --markdown "$scratch/block.md"
check 'export as Markdown' is "$(head -c 2 "$scratch/block.md")" '**'
run export last --html "$scratch/page.html"
check 'export a page' is "$(head -n 1 "$scratch/page.html")" '<!DOCTYPE html>'
run export last --html -
check 'export a page to standard output' prints '^</html>'
run export last --card "$scratch/card.gif"
check 'export a card that is no PNG' exits 1
run export last --paste --html "$scratch/x.html"
check 'export in two forms' exits 2
run export last --csv --prometheus
check 'export in two formats' exits 2
run export last --csv "$scratch/absent/x.csv"
check 'export to nowhere' exits 1
check 'export to nowhere names it' complains 'absent/x.csv'

run import "$scratch/one.json"
check 'import what is known' exits 0
check 'import what is known says so' prints "known already $id"
check 'import what is known: one line' is "$(wc -l <"$scratch/out")" 1
sed 's/"label": "one"/"label": "two"/' "$scratch/one.json" >"$scratch/relabelled.json"
run import "$scratch/relabelled.json"
check 'import under another label' exits 0
check 'import under another label says what was kept' prints "^known already $id, under another label.*: one\$"
run list --json
check 'import under another label: kept' json "$scratch/out" '[r["label"] for r in d] == ["one"]'

run label last 'zwölf & "mehr"'
check 'label' exits 0
check 'label: which' prints "^labelled $id\$"
run list --json
check 'label: changed' json "$scratch/out" 'len(d) == 1 and d[0]["label"] == "zwölf & \"mehr\""'
run label "$id" "$(printf 'a\033[31m')"
check 'label: a control character' exits 2
run label "$id"
check 'label: no text' exits 2
run label nonsense x
check 'label: no such result' exits 1
run label "$id" ''
check 'label: none' exits 0
run import "$scratch/one.json"
check 'import where the label was taken away' prints "^known already $id, where it has no label"
run label "$id" one

# The clock of another machine was wrong.
sed 's/"created": "20../"created": "9980/' "$scratch/one.json" >"$scratch/future.json"
run import "$scratch/future.json"
check 'import from the future' exits 0
check 'import from the future: said' complains 'from the future'
future=$(sed -n 's/^imported //p' "$scratch/out")
run label last one
check 'last is not from the future' prints "^labelled $id\$"
run delete "$future" --yes

# A damaged file is named once in its row.
printf '{' >"$store/20260101T000000.000Z-kvm-dead.json"
run list
check 'list: damaged' prints '^20260101T000000.000Z-kvm-dead  *damaged: the name of a member was expected at byte 1$'
rm "$store/20260101T000000.000Z-kvm-dead.json"

run delete "$id"
check 'delete asks, and nobody is there' exits 2
run delete "$id" --yes
check 'delete' exits 0
check 'deleted' is "$(ls -A "$store" | wc -l)" 0
run import "$scratch/one.json"
check 'import' prints "^imported $id"

# Foreign files: each is refused by name, none harms what is there.
head -c 500 "$scratch/one.json" >"$scratch/cut.json"
printf '[[[[' >"$scratch/deep.json"
sed 's/"version": 1,/"version": 99,/' "$scratch/one.json" >"$scratch/newer.json"
sed 's/"cpus": [0-9]*/"cpus": NaN/' "$scratch/one.json" >"$scratch/nan.json"
sed 's/"label": "one"/"label": "\\u001b[31m"/' "$scratch/one.json" >"$scratch/control.json"
truncate -s 1G "$scratch/huge.json"
mkfifo "$scratch/pipe.json"
mkdir "$scratch/folder.json"
ln -s loop.json "$scratch/loop.json"
before=$(cksum "$store"/*)
for name in cut deep newer nan control huge pipe folder loop absent; do
  run import "$scratch/$name.json"
  check "import $name" exits 1
  check "import $name: named" complains "$name.json"
done
run import "$scratch/cut.json" "$scratch/one.json"
check 'one bad file of two' exits 1
check 'one bad file of two: the other is taken' prints "$id"
check 'one result is kept' is "$(ls -A "$store" | wc -l)" 1
check 'it is as it was' is "$(cksum "$store"/*)" "$before"

# A file given twice, under two names: one run.
run delete "$id" --yes
cp "$scratch/one.json" "$scratch/copy.json"
run import "$scratch/one.json" "$scratch/copy.json" "$scratch/one.json"
check 'a run given three times' exits 0
check 'a run given three times: kept once' is "$(grep -c "^imported $id\$" "$scratch/out")" 1
check 'a run given three times: known then' is "$(grep -c "^known already $id\$" "$scratch/out")" 2
check 'a run given three times: one file' is "$(ls -A "$store" | wc -l)" 1

# What is not for comparison is in brackets, as in the report.
sed 's/"quality": "[a-z]*"/"quality": "disturbed"/; s/"label": "one"/"label": "other"/
     s/"created": "20../"created": "2020/' \
  "$scratch/one.json" >"$scratch/disturbed.json"
run import "$scratch/disturbed.json"
check 'a disturbed run' exits 0
other=$(sed -n 's/^imported //p' "$scratch/out")
run list
check 'a disturbed run: its score' prints '  ([0-9.]*) .*disturbed *other$'
run delete "$other" --yes

# Two copies of one run, under two labels, are two sides of a comparison.
sed 's/"label": "one"/"label": "two"/; s/"created": "20../"created": "2021/' "$scratch/one.json" \
  >"$scratch/two.json"
run compare last "$scratch/two.json"
check 'compare' exits 0
check 'compare: a verdict' prints '^Verdict'
run compare "$RECORDED/idle.1.json" "$RECORDED/tcg.1.json" --paste
check 'compare to paste' prints '^SHA-256 '
check 'compare to paste: short' is "$(wc -l <"$scratch/out")" 12
run compare "$RECORDED/idle.1.json" "$RECORDED/tcg.1.json" --html "$scratch/both.html"
check 'compare as a page' is "$(tail -n 1 "$scratch/both.html")" '</html>'
run compare "$RECORDED/idle.1.json" "$RECORDED/tcg.1.json" --json --paste
check 'compare in two forms' exits 2
run compare --json last "$scratch/two.json"
check 'compare as JSON' json "$scratch/out" 'len(d["sides"]) == 2'
run compare --by label last "$scratch/two.json"
check 'compare by label' exits 0
run compare --by vmm last "$scratch/two.json"
check 'compare by VMM: one side' exits 1

run history --since 3650d
check 'history' exits 0
check 'history: a page' prints '^History '
run history --json --label nobody
check 'history as JSON' json "$scratch/out" 'd["windows"] == 0 and d["changes"] == []'
printf 'damaged' > "$store/watch.skipped"
run history --since 3650d
check 'history: what was skipped is not known' prints 'how many were skipped is not known:'
run history --json
check 'history: not known as JSON' json "$scratch/out" '"watch.skipped" in d["skipped"]["reason"]'
rm "$store/watch.skipped"

# Of two VMs that cannot run at the same time: five turns, of which this one has three.
guided () { run turns --guided "$@" --duration 5 --interval 500 --ping-target none --passive --quiet; }
guided 1 --label sata
check 'guided: the first turn' exits 0
check 'guided: how long' prints '^Turn 1 of 5: 2 measurements of “sata”'
check 'guided: which VM is next' prints '^  vmm_monitor turns --guided 2 --label NAME$'
sed -i 's/^done=1$/done=2/' "$XDG_DATA_HOME/vmm_monitor/turns" # as if the third turn were over
guided
check 'guided: the last turn' prints '^Turn 5 of 5: 2 measurements of “sata”'
check 'guided: what then' prints '^  vmm_monitor compare --by label$'
guided
check 'guided: after the last' exits 1
guided 1 --label one -n 1
check 'guided: one window a turn, where that is said' prints '^Turn 1 of 5: 1 measurement of “one”'
for name in "$store"/*.json; do
  if grep -q '"label": "sata"' "$name"; then sed -n '/"session"/,/}/p' "$name"; fi
done >"$scratch/sessions"
check 'guided: one session' is "$(grep '"id"' "$scratch/sessions" | sort -u | wc -l)" 1
check 'guided: numbered through' is "$(sed -n 's/.*"number": \([0-9]*\).*/\1/p' "$scratch/sessions" | tr -d '\n')" 1278
printf 'x' >"$XDG_DATA_HOME/vmm_monitor/turns"
guided
check 'guided: not what was remembered' exits 1
check 'guided: not what was remembered: says what to do' complains 'delete it'

run before '3D off' -n 2 --passive --ping-target none --duration 5 --quiet
check 'before' exits 0
run after -n 2 --passive --ping-target none --duration 5 --quiet
check 'after' exits 0
check 'after: compares both' prints '“3D off, after”: '
check 'after: with what was before' prints '^  “3D off”: '

finish
