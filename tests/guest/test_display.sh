#!/bin/sh
# SPDX-License-Identifier: MIT
# test_display.sh PROGRAM: boots a guest for each of QEMU's displays and asks the program what it is: its
# driver, its nature, whether it draws in 3D, and that it tells nothing of its load.
. "$(dirname "$0")/lib.sh"
program=$1
need python3 qemu-system-x86_64
"$here/prepare.sh"

failed=0
n=0
# check NAME DEVICE EXPECTED: the displays, each "DRIVER NATURE ACCELERATED", and why there is no load.
check() {
  n=$((n + 1))
  if [ -n "$2" ] && ! qemu-system-x86_64 -device help 2>&1 | grep -q "name \"$2\""; then
    echo "ok $n - $1 # SKIP this QEMU has no $2"
    return
  fi
  seen=$("$here/qemu.sh" ${2:+-g "$2"} -- './vmm_monitor_terminal host --json' "$program" |
         python3 -c '
import json, sys
host = json.load(sys.stdin)
for device in host["devices"]:
    if device["kind"] == "display":
        assert device["accelerated_reason"]
        print(device["driver"], device["nature"], device["accelerated"], end="; ")
told = [id for id, row in host["measurable"].items() if row["measurable"] and id.startswith("gpu.")]
print(host["measurable"]["gpu.busy"]["reason"], *told)') || seen=nothing
  case $seen in
    "$3"*) echo "ok $n - $1: $seen" ;;
    *)
      echo "not ok $n - $1: saw \"$seen\", expected \"$3\""
      failed=1
      ;;
  esac
}

echo 1..7
check none '' 'there is no GPU'
check virtio-gpu virtio-gpu-pci 'virtio_gpu paravirtual False; virtio_gpu tells its guest nothing'
check virtio-vga virtio-vga 'virtio_gpu paravirtual False; virtio_gpu tells its guest nothing'
check std VGA 'bochs-drm emulated False; bochs-drm tells its guest nothing'
check bochs bochs-display 'bochs-drm emulated False; bochs-drm tells its guest nothing'
check qxl qxl-vga 'qxl paravirtual False; qxl tells its guest nothing'
check cirrus cirrus-vga 'cirrus emulated False; cirrus tells its guest nothing'
exit $failed
