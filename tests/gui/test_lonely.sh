#!/bin/sh
# SPDX-License-Identifier: MIT
# test_lonely: without a session bus the window measures all the same, and it starts no other
# program, not even a bus. Usage, on a display (run-with-display.sh): test_lonely.sh VMM_MONITOR.
set -eu

strace -o /dev/null true 2>/dev/null || { echo '1..0 # SKIP strace is not here, or may not trace'; exit; }
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}" NO_AT_BRIDGE=1
unset DBUS_SESSION_BUS_ADDRESS
# GTK complains of what only a bus has.
unset G_DEBUG

is_kept () {
  [ -n "$(find "$XDG_DATA_HOME" -name '*.json' -size +0)" ]
}

# report N WORDS COMMAND...
report () {
  number=$1 words=$2
  shift 2
  if "$@"; then
    echo "ok $number $words"
  else
    grep -E 'execve|v?fork' "$HOME/calls" | head -n 5 | cut -c 1-200 | sed 's/^/# /'
    sed 's/^/# /' "$HOME/log"
    echo "not ok $number $words"
  fi
}

echo 1..4
strace -f -qq -o "$HOME/calls" -e trace=execve,execveat,fork,vfork,clone,clone3 \
  "$1" --window --duration 5 --ping-target none >"$HOME/log" 2>&1 &
tracer=$!
n=600
until is_kept || [ $n = 0 ]; do
  n=$((n - 1))
  sleep 0.1
done
report 1 'a run is measured and kept' is_kept
kill -TERM $(cat /proc/$tracer/task/$tracer/children)
report 2 'it ends when it is asked to' wait $tracer
report 3 'it starts no program' [ "$(grep -cE ' execve(at)?\(' "$HOME/calls")" = 1 ]
# One probe has a process made, and again, by a copy of the program.
report 4 'it has no child but copies of itself' [ "$(grep -E ' (v?fork|clone3?)\(' "$HOME/calls" |
  grep -cvE 'CLONE_THREAD| clone\(child_stack=NULL, flags=SIGCHLD[ )]')" = 0 ]
