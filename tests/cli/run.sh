#!/bin/sh
# SPDX-License-Identifier: MIT
# run: measurements without a terminal: lines, documents, files, and how they end.
. "$(dirname "$0")/lib.sh"

short='--duration 5 --interval 500 --ping-target none'

# Two at once where nothing is timed: the tests are long enough.
"$VMM_MONITOR" $short --label 'für später' --json "$scratch/a.json" --csv "$scratch/a.csv" \
  >"$scratch/lines" 2>"$scratch/lines.err" </dev/null &
lines=$!
run $short --passive --json -
check 'passive' exits 0
check 'passive: no complaint' is_silent err
check 'JSON on standard output, and nothing else' json "$scratch/out" \
  'd["format"] == "vmm-monitor-result" and d["score"]["total"] is None'
wait $lines
code=$?
cp "$scratch/lines" "$scratch/out"
cp "$scratch/lines.err" "$scratch/err"
check 'lines' exits 0
check 'lines: no escape codes' is_plain
check 'lines: one a tick' is "$(grep -c '^ *[0-9]\.[0-9]  ' "$scratch/out")" 10
check 'lines: the score line comes last' is "$(tail -n 1 "$scratch/out" | cut -d' ' -f1)" Score
check 'report: label' prints 'für später'
check 'report: interval' prints '95 % interval'
check 'report: probes' prints 'Disk sync, 4 KiB'
check 'report: not 30 seconds' prints 'defined for 30'
check 'report: own cost' prints 'of one CPU'
sed '$d' "$scratch/out" >"$scratch/page"
check 'report: 80 columns' not grep -Eq '^.{81}' "$scratch/page"
check 'report: the missing network and why' prints 'Round trip time.*: '
check 'file: JSON' json "$scratch/a.json" \
  'd["score"]["total"] > 0 and d["label"] == "für später" and d["plan"]["duration_s"] == 5'
check 'file: CSV has a line a tick and a heading' is "$(wc -l <"$scratch/a.csv")" 11
check 'kept' is "$(ls "$XDG_DATA_HOME/vmm_monitor/results" | wc -l)" 2

# Quiet, several windows, numbered files, nothing kept.
rm -r "$XDG_DATA_HOME"
run $short --repeat 2 --quiet --no-save --passive --json "$scratch/n.json"
check 'repeat' exits 0
check 'quiet: a line a window' is "$(wc -l <"$scratch/out")" 2
check 'passive has no score' prints '^No score: '
check 'repeat: numbered files' json "$scratch/n-2.json" 'd["window"]["ticks"] == 10'
check 'not kept' not test -e "$XDG_DATA_HOME"

# Files that cannot be written are known before the window; a result that cannot be kept is shown.
run $short --passive --json "$scratch/absent/x.json"
check 'unwritable file' exits 2
check 'unwritable file is named' complains 'absent/x.json: .*No such file'
check 'unwritable file: nothing is measured for it' is_silent out
: >"$scratch/file"
XDG_DATA_HOME="$scratch/file" run $short --passive
check 'a result that is not kept is a failure' exits 1
check 'a result that is not kept: known before the window' is "$(sed -n '1s/.*the result will not be kept.*/yes/p' "$scratch/err")" yes
check 'a result that is not kept says why' complains 'not kept: .*No\(t a\| such\)'
check 'a result that is not kept is shown' prints 'Memory used'
run $short --passive --no-save --csv /dev/full --label größe
check 'full device' exits 1
check 'full device is named' complains '/dev/full.*No space left'

# limited LIMIT ARGUMENT...: run, under a limit as prlimit(1) knows it. (LeakSanitizer would need
# descriptors of its own at the end.)
limited () {
  limit=$1
  shift
  ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}" prlimit "$limit" -- "$VMM_MONITOR" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
  code=$?
}
limited --fsize=512 $short --passive --no-save --json "$scratch/limited.json"
check 'limited file size' exits 1
check 'limited file size is named' complains 'limited.json.*too large'
check 'limited file size: no half of a file' not test -e "$scratch/limited.json"
for n in 8 12; do
  limited --nofile=$n -t $short --no-save
  check "$n descriptors: goes on with what is left" exits 0
  check "$n descriptors: names what is lost" prints 'Too many open files'
done
limited --nofile=5 -t $short --no-save
check 'too few descriptors' exits 1
check 'too few descriptors are named' complains 'ulimit -n'

# Somebody else's machine: nothing of this one, no probes.
run $short --no-save --sysroot "$FIXTURES/one-cpu"
check 'sysroot' exits 0
check 'sysroot: no score without probes' prints 'Score *none'
run $short --sysroot "$scratch/absent"
check 'sysroot that is not there' exits 1
check 'sysroot that is not there is named' complains 'absent'

# A reader that has seen enough ends the run: quietly and at once.
start=$(date +%s)
{ "$VMM_MONITOR" -t --duration 60 --interval 200 --passive --no-save --ping-target none \
  2>"$scratch/err"
  echo $? >"$scratch/code"; } | head -n 3 >"$scratch/out"
code=$(cat "$scratch/code")
check 'reader gone' exits 1
check 'reader gone: no complaint' is_silent err
check 'reader gone: at once' test $(($(date +%s) - start)) -lt 20

# An output that was never there is no crash, and no file of ours takes its place.
"$VMM_MONITOR" -t $short --passive --no-save >&- 2>"$scratch/err"
code=$?
check 'closed output' exits 1
check 'closed output is named' complains 'standard output'
"$VMM_MONITOR" $short --passive --no-save --json "$scratch/closed.json" <&- >&- 2>&-
check 'everything closed: the file is whole' json "$scratch/closed.json" 'd["version"] == 1'

# stop SIGNAL: interrupts a run after two lines.
stop () {
  : >"$scratch/out"
  "$VMM_MONITOR" -t --duration 60 --interval 200 --ping-target none --json "$scratch/cut.json" \
    >"$scratch/out" 2>"$scratch/err" </dev/null &
  program=$!
  while [ "$(wc -l <"$scratch/out")" -lt 4 ]; do sleep 0.1; done
  kill -s "$1" $program
  wait $program
  code=$?
}
for signal in INT TERM HUP; do
  stop $signal
  check "SIG$signal" exits 3
  check "SIG$signal: no score, and why" prints '^No score: .*stopped'
  check "SIG$signal: says how long it was" prints ' [0-9]\.[0-9]* seconds, [1-9]'
  check "SIG$signal: shows what it measured" prints 'Memory used  '
  check "SIG$signal: keeps it" prints '^Kept as'
  check "SIG$signal: the document says so" json "$scratch/cut.json" \
    'd["window"]["quality"] == "invalid" and d["score"]["total"] is None'
done
check 'cut short: is kept' is "$(ls "$XDG_DATA_HOME/vmm_monitor/results" | wc -l)" 3
run show last
check 'cut short: shown again' exits 0
check 'cut short: says how long it was' prints ' [0-9]\.[0-9]* seconds, [1-9]'

# Two windows fit in, whenever it begins: one is waited for.
run turns 1/1 --for 36s --duration 5 --unsynchronised --passive --ping-target none --no-save --json "$scratch/turns.json"
check 'turns' exits 0
check 'turns: says what it waits for' prints '^turn 1 of 1: the next measurement begins at '
check 'turns: the files are numbered, however many there are' test ! -e "$scratch/turns.json"
check 'turns: the result knows its slot' json "$scratch/turns-1.json" \
  'd["session"]["turn"] == 1 and d["session"]["turns"] == 1 and d["session"]["slot"] > 1e8'

finish
