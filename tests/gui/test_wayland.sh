#!/bin/sh
# SPDX-License-Identifier: MIT
# test_wayland: the window measures, keeps its colours, though it never has the focus, and ends on a
# Wayland compositor that shows it to nobody.
# Usage: test_wayland.sh VMM_MONITOR TEST_STYLE. 77 (skipped) without weston.
set -eu

for tool in weston dbus-run-session; do
  command -v $tool >/dev/null || { echo "1..0 # SKIP no $tool"; exit 77; }
done

home=$(mktemp -d)
weston=
trap '[ -z "$weston" ] || kill $weston; rm -rf "$home"' EXIT
export HOME="$home" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home" XDG_RUNTIME_DIR="$home/run"
export GSETTINGS_BACKEND=memory NO_AT_BRIDGE=1
mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME"
# The headless compositor has no seat, and GTK 3 complains of that: no fatal criticals here.
unset DISPLAY G_DEBUG

# until SECONDS COMMAND...: waits for the command to be true.
until_true () {
  n=$(($1 * 10))
  shift
  until "$@"; do
    n=$((n - 1))
    [ $n -gt 0 ] || return 1
    sleep 0.1
  done
}

is_kept () {
  [ -n "$(find "$XDG_DATA_HOME" -name '*.json' -size +0)" ]
}

weston --backend=headless-backend.so --socket=vmm-test --idle-time=0 >"$home/weston.log" 2>&1 &
weston=$!
until_true 20 test -S "$XDG_RUNTIME_DIR/vmm-test" || {
  echo '1..0 # SKIP weston does not start here'
  exit 77
}
export WAYLAND_DISPLAY=vmm-test GDK_BACKEND=wayland

# start SECONDS: the program on a bus of its own; the session's children are the bus and the program.
start () {
  dbus-run-session -- "$program" --window --duration "$1" --ping-target none >"$home/log" 2>&1 &
  session=$!
}

find_program () {
  for child in $(cat /proc/$session/task/$session/children); do
    [ "$(cat /proc/$child/comm)" != vmm_monitor ] || echo "$child"
  done
}

is_probing () {
  cat /proc/"$(find_program)"/task/*/comm 2>/dev/null | grep -q vmm-probes
}

has_ended () {
  [ -z "$(find_program 2>/dev/null)" ]
}

# report N WORDS COMMAND...
report () {
  number=$1 words=$2
  shift 2
  if "$@"; then
    echo "ok $number $words"
  else
    sed 's/^/# /' "$home/log"
    echo "not ok $number $words"
  fi
}

program=$1 test_style=$2
echo 1..4
start 5
report 1 'a run is measured and kept' until_true 60 is_kept
kill -TERM $(find_program) || :
report 2 'it ends when it is asked to' wait $session

is_styled () {
  "$test_style" seatless >"$home/log" 2>&1
}
report 3 'it has its colours without the focus' is_styled

start 60
until_true 60 is_probing || :
kill -KILL $weston
weston=
report 4 'it ends when its compositor is killed' until_true 20 has_ended
