#!/bin/sh
# SPDX-License-Identifier: MIT
# session.sh MENU CATEGORY BUTTON: in the root of test_debian.sh, in the language of LC_ALL: a desktop, in
# whose MENU the entry is found below CATEGORY and clicked. A window with BUTTON comes, and the result of
# its 30 seconds; then it is told to close. What was seen is left in /pictures.
set -eu
export DISPLAY=:9 XDG_RUNTIME_DIR=/tmp/runtime
results=/root/.local/share/vmm_monitor/results
pictures=/pictures/${LC_ALL%.*}

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
has_no_window () { ! has_window; }
has_result () { [ "$(ls "$results" | wc -l)" -gt "$kept" ]; }

if [ -z "${DBUS_SESSION_BUS_ADDRESS:-}" ]; then
  mkdir -p "$results" "$XDG_RUNTIME_DIR" "$pictures" /root/.config/gtk-3.0
  chmod 700 "$XDG_RUNTIME_DIR"
  printf '[Settings]\ngtk-menu-images=1\n' >/root/.config/gtk-3.0/settings.ini
  rm -f /tmp/.X9-lock # left by a session before
  Xvfb :9 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
  await 30 xwininfo -root
  exec dbus-run-session -- sh "$0" "$@" # what follows, on a bus
fi
kept=$(ls "$results" | wc -l)
xfwm4 >/dev/null 2>&1 &
xfce4-panel >/dev/null 2>&1 &
python3 /menu.py "$pictures/menu.png" "$1" "$2" 'VMM Performance Monitor' "$3"
await 60 has_window
await 120 has_result
sleep 2 # for the picture alone
import -window root "$pictures/window.png"
xdotool key ctrl+q
await 30 has_no_window
