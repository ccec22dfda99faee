#!/bin/sh
# SPDX-License-Identifier: MIT
# session.sh: in the root of test_debian.sh: starts the menu entry on a display, and waits for the
# window and for the result of its 30 seconds.
set -eu
export GTK_A11Y=none NO_AT_BRIDGE=1 DISPLAY=:9
results=/root/.local/share/vmm_monitor/results
kept=$(ls "$results" | wc -l)

# await SECONDS COMMAND...: until it succeeds.
await () {
  left=$(($1 * 5))
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ $left -gt 0 ] || { echo "waited in vain: $*"; exit 1; }
    sleep 0.2
  done
}

has_window () { xwininfo -root -tree | grep -q '("vmm_monitor" "Vmm_monitor")'; }
has_result () { [ "$(ls "$results" | wc -l)" -gt "$kept" ]; }

Xvfb :9 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
await 30 xwininfo -root
dbus-run-session -- sh -c 'gtk-launch io.github.vmm_monitor && exec sleep 600' &
await 60 has_window
await 120 has_result
