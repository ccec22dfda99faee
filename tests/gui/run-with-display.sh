#!/bin/sh
# SPDX-License-Identifier: MIT
# run-with-display: a program on a display, a session bus and an accessibility bus of its own.
# Usage: run-with-display.sh PROGRAM [ARGUMENT...]. 77 (skipped) where a tool for it is missing.
set -eu

for tool in xvfb-run xauth dbus-run-session; do
  command -v $tool >/dev/null || { echo "1..0 # SKIP no $tool"; exit 77; }
done

# A home of its own: the user's settings and results stay out of the test, and the test out of them.
home=$(mktemp -d)
# What a window manager started may still write while it ends.
trap 'rm -rf "$home" 2>/dev/null || { sleep 1; rm -rf "$home"; }' EXIT
export HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data"
export XDG_CACHE_HOME="$home/cache" XDG_RUNTIME_DIR="$home/run"
mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME"
export GDK_BACKEND=x11 GSETTINGS_BACKEND=memory
unset GTK_THEME GTK_A11Y
unset WAYLAND_DISPLAY GTK_MODULES DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS

# A window manager that tells a window when it loses the focus, where there is one; for costs there
# is none (WINDOW_MANAGER=none).
manager=
for tool in xfwm4 xprop; do
  command -v $tool >/dev/null || WINDOW_MANAGER=none
done
[ "${WINDOW_MANAGER:-}" = none ] || manager='
  env -u G_DEBUG -u LD_PRELOAD NO_AT_BRIDGE=1 xfwm4 --compositor=off >/dev/null 2>&1 3>&- &
  until xprop -root _NET_SUPPORTING_WM_CHECK | grep -q "window id"; do
    kill -0 $! || break
    sleep 0.1
  done'

# The buses' own talk is not the test's: the program alone has standard output.
exec 3>&1
xvfb-run --auto-servernum --server-args='-screen 0 1280x900x24 -nolisten tcp' \
  dbus-run-session -- sh -c "set -eu$manager
  exec \"\$@\" >&3 3>&-" sh "$@" >/dev/null
