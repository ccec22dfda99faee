#!/bin/sh
# SPDX-License-Identifier: MIT
# options: what the command line takes, refuses, and says about it.
. "$(dirname "$0")/lib.sh"

run --version
check 'version' exits 0
check 'version is one line' is "$(wc -l <"$scratch/out")" 1
check 'version has a number' prints '^vmm_monitor [0-9]*\.[0-9]*\.[0-9]*$'

run --help
check 'help' exits 0
for word in --duration --interval --passive --ping-target --label --json --csv --sysroot \
  --scratch --quiet --repeat --pause --no-save host compare 'Exit codes:' '  3  '; do
  check "help mentions $word" prints "$word"
done

# refused NAME ARGUMENT...: exit 2, a message, nothing on standard output.
refused () {
  what=$1
  shift
  run "$@"
  check "$what: exit code" exits 2
  check "$what: says why" complains '^vmm_monitor: ..'
  check "$what: nothing on standard output" is_silent out
}
refused 'unknown option' --nonsense
refused 'unknown command' nonsense
refused 'command behind an option' -t host
refused 'duration too short' --duration 4
refused 'duration too long' --duration 3601
refused 'duration negative' --duration -5
refused 'duration no number' --duration 5x
refused 'duration overflow' --duration 99999999999999999999
refused 'duration missing' --duration
refused 'interval too short' --interval 99
refused 'interval too long' --interval 10001
refused 'interval longer than the window' --duration 5 --interval 6000
refused 'ping target is a name' --ping-target gateway.example
refused 'ping target is empty' --ping-target ''
refused 'ping target is nobody' --ping-target 0.0.0.0
refused 'ping target is everybody' --ping-target 255.255.255.255
refused 'ping target is many' --ping-target ff02::1
refused 'label with a control character' --label "$(printf 'a\tb')"
refused 'label that is no UTF-8' --label "$(printf 'gr\366\337e')"
refused 'label too long' --label "$(printf '%0257d' 0)"
refused 'label of 200 characters that take 600 bytes' --label "$(printf '%0200d' 0 | sed 's/0/漢/g')"
for file in '' . "$scratch" "$scratch/absent/x" /proc/x "$scratch/" "$scratch/$(printf '%0300d' 0)"; do
  for option in --json --csv; do
    name=$(printf '%.16s' "$file" | tr '[:cntrl:]' ' ')
    refused "$option \"$name\"" -t --no-save --passive --ping-target none $option "$file"
  done
done
check 'nothing was made of a file that was refused' is "$(ls -A "$scratch" | grep -cv '^\(out\|err\)$')" 0
mkdir "$scratch/numbered-2.json"
refused 'one of several files is a directory' -t --no-save --repeat 2 --json "$scratch/numbered.json"
for dir in '' "$scratch/absent" /etc/passwd /proc; do
  refused "--scratch \"$dir\"" -t --no-save --ping-target none --scratch "$dir"
done
refused 'two faces' -t -w
refused 'guided turns of a third VM' turns --guided 3
refused 'guided turns without a name' turns --guided 1
refused 'guided turns in slots' turns --guided 1 --label a --for 5min
refused 'guided turns that are not kept' turns --guided 1 --label a --no-save
refused 'guided turns, too many windows' turns --guided 1 --label a --repeat 21
run turns --guided
check 'guided turns that were never begun' exits 1
check 'guided turns that were never begun: says what comes first' complains 'turns --guided 1 --label NAME'
refused 'before without a label' before
refused 'before with an empty label' before ''
refused 'before with an option for a label' before -t
for option in '--label x' --no-save -w --nonsense '--duration 4'; do
  # shellcheck disable=SC2086 # several words
  refused "before with $option" before x $option
done
run after
check 'after nothing' exits 1
check 'after nothing: says what comes first' complains 'vmm_monitor before LABEL'
for code in '' 3/2 0/2 1/17 x -- -t; do
  refused "turns \"$code\"" turns "$code"
done
refused 'turns without a code' turns
for option in '--for x' '--for 0' '--for 8000000' '--for 20' '--until 0' '--until 60' '--until x' '-n 3' \
  '--pause 3' -w '--json -' --nonsense '--duration 4'; do
  # shellcheck disable=SC2086 # several words
  refused "turns with $option" turns 1/16 $option
done
refused 'window with an output' -w --json -
refused 'fleet without an address' --fleet ''
refused 'fleet that is no URL' --fleet prometheus:9090
refused 'fleet with a password in its URL' --fleet http://a:b@127.0.0.1
refused 'two documents on standard output' --json - --csv -
refused 'two documents in one file' --json both --csv both
refused 'many documents on standard output' --repeat 2 --json -
refused 'passive with probes' --passive --probes
refused 'repeat 0' --repeat 0
refused 'negative pause' --pause -1
refused 'repeat too often' --repeat 1001
refused 'repeat beyond 32 bits' --repeat 4294967297
refused 'pause too long' --pause 86401
refused 'interval beyond 64 bits' --interval 18446744073709551617
refused 'option that is no UTF-8' "$(printf -- '--gr\366\337e')"
refused 'command of 128 KiB' "$(printf '%0131000d' 0)"
refused 'ten thousand words' $(seq 10000)
refused 'command with escapes' "$(printf 'a\nb\033[2J\302\233m\342\200\256c')"
check 'command with escapes: two lines' is "$(wc -l <"$scratch/err")" 2
check 'command with escapes: none is said' \
  not grep -q "$(printf '\033\|\302\233\|\342\200\256')" "$scratch/err"
refused 'command that is no UTF-8' "$(printf 'gr\366\337e')"
check 'command that is no UTF-8: what is said is' iconv -f UTF-8 -t UTF-8 -o /dev/null "$scratch/err"
for name in "$(printf '%0131000d' 0)" "$(printf '../a\nb')" "$(printf '\377')" '' /dev/zero /proc/self/mem .; do
  for command in show 'export --csv' import 'delete --yes'; do
    short=$(printf '%.9s' "$name" | tr -dc '[:print:]')
    run $command "$name"
    check "$command \"$short\": fails" exits 1
    check "$command \"$short\": says so in one line" is "$(wc -l <"$scratch/err")" 1
  done
done

# Options that do nothing say so; what they go with is refused here, so that nothing is measured.
for idle in '--fleet http://127.0.0.1' '--pause 5' '--probes' '--passive --scratch .'; do
  run -t $idle --json /proc/x
  check "$idle: does nothing, and says so" complains ' does nothing '
done
run -t --repeat 1 --pause 5 --sysroot "$FIXTURES/one-cpu" --probes --json /proc/x
check 'options that do something: nothing is said' not complains ' does nothing '

for command in host list show export import label delete compare history watch serve fleet; do
  refused "$command: unknown option" $command --nonsense
  run $command --help
  check "$command --help" exits 0
  check "$command --help says what it does" prints "$command .*OPTION"
done
refused 'host with an argument' host here
refused 'show nothing' show
refused 'export without a format' export last
refused 'export in two formats' export last --csv --json
refused 'compare one' compare last
refused 'history since nonsense' history --since nonsense
refused 'history since a number' history --since 30
refused 'history of an argument' history last
refused 'history of no directory' history --sysroot /absent
refused 'compare by nonsense' compare --by nonsense

# Without a display the window cannot be had.
run -w
check 'window without a display' exits 1
check 'window without a display says why' complains 'display\|without the window'

# Closed and full outputs.
"$VMM_MONITOR" --version >&- 2>"$scratch/err"
code=$?
check 'closed output' exits 1
check 'closed output is named' complains 'standard output'
"$VMM_MONITOR" --help >/dev/full 2>"$scratch/err"
code=$?
check 'full device' exits 1
check 'full device is named' complains 'No space left'
"$VMM_MONITOR" --version <&- >&- 2>&-
code=$?
check 'everything closed' exits 1

# The right words in a locale that is not UTF-8.
LC_ALL=C run host --sysroot "$FIXTURES/one-cpu"
check 'ASCII where the locale is' not env LC_ALL=C grep -q '[^ -~]' "$scratch/out"

finish
