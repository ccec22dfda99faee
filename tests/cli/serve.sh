#!/bin/bash
# SPDX-License-Identifier: MIT
# serve: measures by a timetable, writes its figures, and ends when it is told to.
. "$(dirname "$0")/lib.sh"

text=$scratch/vmm.prom
store=$XDG_DATA_HOME/vmm_monitor/results

# counts NAME VALUE: the figure is in the text file.
counts () { grep -qxe "$1 $2" "$text"; }

for wrong in '--every 4m' '--every 8d' '--every soon' '--every 1h30' '--duration 4' '--every 5m --duration 151' \
  '--ping-target nobody' '--textfile /nowhere/vmm.prom' '--scratch /nowhere' 'word' '--passive' '--repeat 2' '--json x' '-t'; do
  run serve $wrong
  check "serve $wrong" exits 2
  check "serve $wrong: why" complains 'vmm_monitor'
done

run serve --once --duration 5 --ping-target none --textfile "$text"
check 'once' exits 0
check 'once: says nothing' is_silent out
check 'once: no complaint' is_silent err
check 'once: a window' counts vmm_windows_total 1
check 'once: a score, or why there is none' grep -qE '^vmm_(score|window_quality\{quality="(disturbed|invalid)"\}) ' "$text"
check 'once: kept' is "$(ls "$store" | wc -l)" 1
run serve --once --light --duration 5 --ping-target none --no-save
check 'once, printed' prints '^vmm_windows_total 1$'
check 'once, light: no burst' not grep -q 'probe="parallel"' "$scratch/out"
check 'once, not kept' is "$(ls "$store" | wc -l)" 1

run watch --once --duration 5 --ping-target none
check 'watch once' exits 0
check 'watch once: a line' prints ': \(Score\|No score\|skipped\)'
for wrong in '--every 4m' '--no-save' '--textfile x' '--passive' 'word'; do
  run watch $wrong
  check "watch $wrong" exits 2
done
"$VMM_MONITOR" watch --ping-target none >"$scratch/out" 2>"$scratch/err" </dev/null &
pid=$!
sleep 1
kill -TERM "$pid"
wait "$pid"
code=$?
check 'watch is stopped' exits 0
check 'watch: what it did' prints '0 measured, 0 skipped'

# until COMMAND...: within 20 s.
until_it () {
  for _ in $(seq 200); do
    "$@" && return
    sleep 0.1
  done
  return 1
}

# stopped SIGNAL: $pid ends with 0.
stopped () {
  kill -"$1" "$pid"
  wait "$pid"
  code=$?
  [ "$code" -eq 0 ]
}

for signal in TERM INT HUP; do
  rm -f "$text"
  "$VMM_MONITOR" serve --ping-target none --textfile "$text" >"$scratch/out" 2>"$scratch/err" </dev/null &
  pid=$!
  check "$signal: a text at once" until_it test -e "$text"
  check "$signal: without a window" counts vmm_windows_total 0
  check "$signal: and without a score" not grep -q '^vmm_score' "$text"
  check "$signal: when the next is due" grep -q '^vmm_window_next_timestamp_seconds' "$text"
  check "$signal ends it" stopped "$signal"
  check "$signal: no complaint" is_silent err
  check "$signal: no temporary file is left" is "$(ls "$scratch" | grep -c prom)" 1
done
finish
