#!/bin/sh
# SPDX-License-Identifier: MIT
# machine.sh: runs an unmodified command in a mount namespace where DIR/proc and DIR/sys files lie
# over the real ones: 1024 CPUs, steal, counters that run backwards, malformed lines, other DMI.
#
#   machine.sh DIR COMMAND...            needs root; exit 77 without
set -eu
[ "$(id -u)" = 0 ] && command -v unshare >/dev/null || exit 77
if [ -z "${MACHINE_INSIDE:-}" ]; then
  MACHINE_INSIDE=1 exec unshare -m --propagation private "$0" "$@"
fi
unset MACHINE_INSIDE
dir=$(realpath "$1")
shift

(cd "$dir" && find proc -type f) | while read -r path; do
  if [ -e "/$path" ]; then mount --bind "$dir/$path" "/$path"; fi
done
if [ -d "$dir/sys/class/dmi" ]; then
  # /sys/class takes no new entries: a copy of it, with links to the real ones.
  keep=$(mktemp -d)
  mount --rbind /sys "$keep"
  mount -t tmpfs machine /sys/class
  for entry in "$keep"/class/*; do ln -s "$entry" "/sys/class/$(basename "$entry")"; done
  rm -f /sys/class/dmi
  cp -a "$dir/sys/class/dmi" /sys/class/dmi
fi
exec "$@"
