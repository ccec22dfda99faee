#!/bin/sh
# SPDX-License-Identifier: MIT
# cgroup.sh: runs a command under one control group limit, cgroup v2 or v1, whichever is there.
#
#   cgroup.sh cpu PERCENT-OF-ONE-CPU COMMAND...      (period 20 ms, or $PERIOD_US)
#   cgroup.sh memory MIB COMMAND...
#   cgroup.sh iops IOPS COMMAND...                   (reads and writes, the disk of $SCRATCH)
#
# Exit 77 when the limit cannot be set here. Prints nothing of its own.
set -eu
kind=$1 limit=$2
shift 2
trap 'exit 1' INT TERM # the EXIT traps below tidy up
base=${CGROUP_BASE:-/sys/fs/cgroup}
period=${PERIOD_US:-20000}

# The block device of $SCRATCH, "major:minor" of the whole disk.
device() {
  number=$(stat -c %d "${SCRATCH:-/var/tmp}")
  pair=$((number >> 8 & 0xfff)):$((number & 0xff))
  if [ -e "/sys/dev/block/$pair/partition" ]; then
    pair=$(cat "/sys/dev/block/$pair/../dev")
  fi
  echo "$pair"
}

if [ -w "$base/cgroup.subtree_control" ]; then # v2
  case $kind in
    cpu) controller=cpu file=cpu.max value="$((period * limit / 100)) $period" ;;
    memory) controller=memory file=memory.max value=$((limit << 20)) ;;
    iops) controller=io file=io.max value="$(device) riops=$limit wiops=$limit" ;;
    *) exit 2 ;;
  esac
  grep -qw "$controller" "$base/cgroup.controllers" || exit 77
  echo "+$controller" > "$base/cgroup.subtree_control" 2>/dev/null || exit 77
  group=$(mktemp -d "$base/inject.XXXXXX") members=cgroup.procs
  trap 'rmdir "$group"' EXIT
  echo "$value" > "$group/$file" || exit 77
else # v1
  case $kind in
    cpu) controller=cpu ;;
    memory) controller=memory ;;
    iops) controller=blkio ;;
    *) exit 2 ;;
  esac
  [ -w "$base/$controller/tasks" ] || exit 77
  group=$(mktemp -d "$base/$controller/inject.XXXXXX") members=cgroup.procs
  trap 'rmdir "$group"' EXIT
  case $kind in
    cpu)
      echo "$period" > "$group/cpu.cfs_period_us"
      echo $((period * limit / 100)) > "$group/cpu.cfs_quota_us" ;;
    memory) echo $((limit << 20)) > "$group/memory.limit_in_bytes" ;;
    iops)
      [ -e "$group/blkio.throttle.read_iops_device" ] || exit 77
      echo "$(device) $limit" > "$group/blkio.throttle.read_iops_device"
      echo "$(device) $limit" > "$group/blkio.throttle.write_iops_device" ;;
  esac
fi

status=0
sh -c 'echo $$ > "$1"; shift; exec "$@"' sh "$group/$members" "$@" || status=$?
# A command that left children behind keeps the group: move them out.
while read -r pid; do echo "$pid" > "$(dirname "$group")/$members"; done < "$group/$members" 2>/dev/null || true
exit $status
