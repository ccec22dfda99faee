#!/bin/bash
# SPDX-License-Identifier: MIT
# units: systemd understands the units, and nothing in them falsifies what is measured.
# Usage: units.sh SOURCE_ROOT; prints TAP.
. "$(dirname "$0")/../cli/lib.sh"
if ! command -v systemd-analyze >/dev/null; then
  echo '1..0 # SKIP no systemd-analyze'
  exit
fi
cd "$1/data" || exit 1

# The units as they would be installed, with our program.
for file in fleet/vmm_monitor.service fleet/vmm_monitor-once.service fleet/vmm_monitor-once.timer \
  watch/vmm_monitor-watch.service watch/vmm_monitor-watch.timer; do
  unit=${file#*/}
  sed "s#/usr/bin/vmm_monitor#$VMM_MONITOR#" "$file" >"$scratch/$unit"
  systemd-analyze verify --man=no --recursive-errors=no "$scratch/$unit" >"$scratch/out" 2>"$scratch/err"
  code=$?
  check "$unit: no complaint" exits 0
  check "$unit: none of this file" not complains "$unit"
done

# Each of these installs a seccomp filter, or gives the guest's own limits for the VMM's.
for unit in */*.service; do
  for wrong in SystemCall RestrictAddressFamilies MemoryDenyWriteExecute LockPersonality RestrictNamespaces \
    RestrictRealtime RestrictSUIDSGID PrivateDevices ProtectClock ProtectHostname ProtectKernel DynamicUser \
    CPUQuota CPUWeight IOWeight Nice MemoryMax; do
    check "$unit: no $wrong" not grep -q "^$wrong" "$unit"
  done
  check "$unit: the program is there" grep -qE "^ExecStart=/usr/bin/vmm_monitor (serve|watch) " "$unit"
  options=$(sed -n 's#^ExecStart=/usr/bin/vmm_monitor ##p' "$unit")
  run $options --help
  check "$unit: its options are known" exits 0
done
finish
