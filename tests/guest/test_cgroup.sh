#!/bin/sh
# SPDX-License-Identifier: MIT
# test_cgroup.sh: the limits of tests/inject/cgroup.sh under cgroup v2, in a guest, whatever this
# machine has.
. "$(dirname "$0")/lib.sh"
need qemu-system-x86_64 busybox
[ -e "$GUEST_WORK/disk.img" ] || "$here/prepare.sh"

inside='
mkdir -p /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup
export SCRATCH=/mnt CGROUP_BASE=/sys/fs/cgroup
told() { echo "$1: $(./cgroup.sh "$1" "$2" sh -c "cat /sys/fs/cgroup\$(cut -d: -f3 /proc/self/cgroup)/$3")"; }
told cpu 20 cpu.max
told memory 64 memory.max
told iops 50 io.max
./cgroup.sh cpu 20 sh -c "i=0; while [ \$i -lt 100000 ]; do i=\$((i + 1)); done
  grep nr_throttled /sys/fs/cgroup\$(cut -d: -f3 /proc/self/cgroup)/cpu.stat"
./cgroup.sh cpu 20 false; echo "exit: $?"
echo "left: $(ls -d /sys/fs/cgroup/inject.* 2>/dev/null | wc -l)"'
out=$("$here/qemu.sh" -- "$inside" "$here/../inject/cgroup.sh")
echo "$out" | sed 's/^/# /'

echo 1..6
n=0
failed=0
# say DESCRIPTION PATTERN: whether a line of the output is like that
say() {
  n=$((n + 1))
  if echo "$out" | grep -q "$2"; then echo "ok $n - $1"; else echo "not ok $n - $1"; failed=1; fi
}
say "a CPU quota is set" '^cpu: 4000 20000$'
say "a memory limit is set" '^memory: 67108864$'
say "a limit of the disk is set" '^iops: .*riops=50 wiops=50'
say "the quota holds its command back" '^nr_throttled [1-9]'
say "the command's exit code is handed on" '^exit: 1$'
say "no group is left" '^left: 0$'
exit $failed
