#!/bin/sh
# SPDX-License-Identifier: MIT
# step.sh: boots a QEMU guest whose whole VMM gets as much of a CPU as the guest's command asks for:
# a host that steals, seen from inside.
#
#   step.sh COMMAND FILE...      COMMAND and FILEs as in qemu.sh
#
# COMMAND asks by a line "quota: PERCENT" (of one CPU) or "quota: none" on its stderr, and gives the
# host a second. Needs root and a cpu control group (v1 or v2).
. "$(dirname "$0")/lib.sh"
need qemu-system-x86_64
[ "$(id -u)" = 0 ] || skip "a CPU quota on the VMM needs root"

if [ -w /sys/fs/cgroup/cpu/tasks ]; then
  group=$(mktemp -d /sys/fs/cgroup/cpu/step.XXXXXX)
  echo 10000 > "$group/cpu.cfs_period_us"
  echo 262144 > "$group/cpu.shares" # nobody else takes from it
  quota() { if [ "$1" = none ]; then echo -1; else echo $(($1 * 100)); fi > "$group/cpu.cfs_quota_us"; }
elif grep -qsw cpu /sys/fs/cgroup/cgroup.controllers; then
  echo +cpu > /sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || skip "no cpu control group"
  group=$(mktemp -d /sys/fs/cgroup/step.XXXXXX)
  echo 10000 > "$group/cpu.weight"
  quota() { if [ "$1" = none ]; then echo max; else echo "$(($1 * 100)) 10000"; fi > "$group/cpu.max"; }
else
  skip "no cpu control group"
fi
console=$(mktemp)
trap 'rmdir "$group" 2>/dev/null || true; rm -f "$console"' EXIT

CONSOLE=$console sh -c 'echo $$ > "$1"; shift; exec "$@"' sh "$group/cgroup.procs" \
  "$here/qemu.sh" -n 2 -t "${SECONDS_LIMIT:-400}" -- "$@" &
guest=$!
set=
while kill -0 $guest 2>/dev/null; do
  asked=$(tr -d '\r' < "$console" | sed -n 's/^quota: \([0-9]\{1,\}\|none\)$/\1/p' | tail -n 1)
  if [ -n "$asked" ] && [ "$asked" != "$set" ]; then
    quota "$asked"
    set=$asked
  fi
  sleep 0.2
done
wait $guest
