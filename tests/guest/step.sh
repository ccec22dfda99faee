#!/bin/sh
# SPDX-License-Identifier: MIT
# step.sh: boots one QEMU guest whose VMM gets ever less of a CPU: a host that steals, from inside.
#
#   step.sh SECONDS-PER-STEP COMMAND FILE...   the quota goes none, 60, 30, 15 % of one CPU
#
# The first step begins when COMMAND does. Needs root and a cpu control group (v1 or v2).
. "$(dirname "$0")/lib.sh"
need qemu-system-x86_64
[ "$(id -u)" = 0 ] || skip "a CPU quota on the VMM needs root"
step=$1 command=$2
shift 2

if [ -w /sys/fs/cgroup/cpu/tasks ]; then
  group=$(mktemp -d /sys/fs/cgroup/cpu/step.XXXXXX)
  echo 10000 > "$group/cpu.cfs_period_us"
  quota() { if [ "$1" = none ]; then echo -1; else echo $(($1 * 100)); fi > "$group/cpu.cfs_quota_us"; }
elif grep -qsw cpu /sys/fs/cgroup/cgroup.controllers; then
  echo +cpu > /sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || skip "no cpu control group"
  group=$(mktemp -d /sys/fs/cgroup/step.XXXXXX)
  quota() { if [ "$1" = none ]; then echo max; else echo "$(($1 * 100)) 10000"; fi > "$group/cpu.max"; }
else
  skip "no cpu control group"
fi
console=$(mktemp)
trap 'rmdir "$group" 2>/dev/null || true; rm -f "$console"' EXIT

CONSOLE=$console sh -c 'echo $$ > "$1"; shift; exec "$@"' sh "$group/cgroup.procs" \
  "$here/qemu.sh" -n 2 -t $((step * 4 + 120)) -- "$command" "$@" &
guest=$!
while ! grep -q 'guest: begin' "$console" 2>/dev/null; do
  kill -0 $guest 2>/dev/null || exit 1
  sleep 0.2
done
for percent in none 60 30 15; do
  quota $percent
  sleep "$step"
done
quota none
wait $guest
