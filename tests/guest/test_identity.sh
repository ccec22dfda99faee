#!/bin/sh
# SPDX-License-Identifier: MIT
# test_identity.sh PROGRAM: boots a guest for each identity and asks the program which VMM it sees.
# Every guest here is QEMU's software emulation, and its CPUID says so. SMBIOS strings that a VMM
# of its own right leaves (VirtualBox, Xen, Parallels) come first; those of VMware and Hyper-V and
# of clouds do not outrank the signature, as in systemd's detect-virt.
. "$(dirname "$0")/lib.sh"
program=$1
need python3 qemu-system-x86_64
[ -e "$GUEST_WORK/disk.img" ] || "$here/prepare.sh"

failed=0
n=0
# check NAME EXPECTED-VMM EXPECTED-CLOUD SCRIPT OPTIONS...
check() {
  name=$1 expected="$2 $3"
  shift 3
  n=$((n + 1))
  seen=$("$@" -- './vmm_monitor_terminal host --json' "$program" |
         python3 -c 'import json, sys; h = json.load(sys.stdin); print(h["vmm"]["id"], h["cloud"]["id"])') || seen=nothing
  if [ "$seen" = "$expected" ]; then
    echo "ok $n - $name: $seen"
  else
    echo "not ok $n - $name: saw \"$seen\", expected \"$expected\""
    failed=1
  fi
}

echo 1..11
check plain qemu none "$here/qemu.sh"
check emulated-devices qemu none "$here/qemu.sh" -f emulated
check virtualbox virtualbox none "$here/qemu.sh" -s virtualbox
check vmware qemu none "$here/qemu.sh" -s vmware
check hyperv qemu none "$here/qemu.sh" -s hyperv
check azure qemu azure "$here/qemu.sh" -s azure
check ec2 qemu aws "$here/qemu.sh" -s ec2
check gce qemu gcp "$here/qemu.sh" -s gce
check xen xen none "$here/qemu.sh" -s xen
check parallels parallels none "$here/qemu.sh" -s parallels
if command -v linux.uml >/dev/null; then
  check uml uml none "$here/uml.sh"
else
  echo "ok 11 - uml # SKIP user-mode-linux is not installed"
fi
exit $failed
