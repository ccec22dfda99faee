#!/bin/sh
# SPDX-License-Identifier: MIT
# capture: what tests/capture.sh records of displays, GPU and energy says the same as the machine it is of.
. "$(dirname "$0")/lib.sh"

unshare -m true 2>/dev/null || { echo '1..0 # SKIP no mount namespace may be made here'; exit; }
capture=$(dirname "$0")/../capture.sh
tree=$scratch/tree

# put FILE TEXT; on DIRECTORY DRIVER; link NAME PLACE: below the tree's sys.
put () { mkdir -p "$tree/sys/$(dirname "$1")" && echo "$2" >"$tree/sys/$1"; }
on () { mkdir -p "$tree/sys/$1" && ln -s "/sys/bus/drivers/$2" "$tree/sys/$1/driver"; }
link () { mkdir -p "$tree/sys/$(dirname "$1")" && ln -s "../../../$2" "$tree/sys/$1"; }

mkdir -p "$tree/proc"
cp /proc/cpuinfo "$tree/proc/cpuinfo" # whether it is a guest

a=devices/pci0/0000:00:02.0
on $a virtio-pci
put $a/class 0x030000
put $a/virtio1/drm/card0/dev 226:0
on $a/virtio1 virtio_gpu
put $a/virtio1/device 0x0010
put $a/virtio1/features 1100
mkdir -p "$tree/sys/class/drm/card0" "$tree/sys/class/drm/renderD128" "$tree/sys/class/drm/card1" \
  "$tree/sys/class/drm/renderD129" "$tree/sys/bus/pci/devices" "$tree/sys/bus/virtio/devices"
for name in card0 renderD128; do ln -s ../../../../sys/$a/virtio1 "$tree/sys/class/drm/$name/device"; done
link bus/pci/devices/0000:00:02.0 $a
link bus/virtio/devices/virtio1 $a/virtio1

b=devices/pci0/0000:00:03.0
on $b amdgpu
put $b/class 0x030000
put $b/drm/card1/dev 226:1
put $b/gpu_busy_percent 37
put $b/mem_info_vram_used 1
put $b/mem_info_vram_total 4
put $b/hwmon/hwmon3/name amdgpu
put $b/hwmon/hwmon3/power1_average 33000000
for name in card1 renderD129; do ln -s ../../../../sys/$b "$tree/sys/class/drm/$name/device"; done
link bus/pci/devices/0000:00:03.0 $b

c=devices/pci0/0000:00:04.0
on $c nvidia
put $c/class 0x030200
link bus/pci/devices/0000:00:04.0 $c

put class/powercap/intel-rapl:a/name package-10
put class/powercap/intel-rapl:a/energy_uj 4711
put class/power_supply/BAT0/type Battery
put class/power_supply/BAT0/status Discharging
put class/power_supply/BAT0/power_now 4830000
put class/hwmon/hwmon9/name power_meter
put class/hwmon/hwmon9/power1_average 245500000
mkdir -p "$tree/run/systemd/sessions"
printf 'UID=1000\nUSER=somebody\nTYPE=wayland\nCLASS=user\nREMOTE=0\n' >"$tree/run/systemd/sessions/3"

unshare -m sh -eu -c 'mount --bind "$1/sys" /sys; mount -t tmpfs none /run
  mkdir -p /run/systemd; cp -r "$1/run/systemd/sessions" /run/systemd/
  CAPTURE_CPUID=false sh "$2" "$3"' sh "$tree" "$capture" "$scratch/captured" \
  >"$scratch/out" 2>"$scratch/err"
code=$?
check 'a machine is recorded' exits 0

# What of a machine is told of displays, GPU and energy.
tell () {
  run host --json --sysroot "$1"
  python3 - "$scratch/out" <<'PYTHON'
import json, sys
host = json.load(open(sys.argv[1]))
print(host["desktop"])
for device in host["devices"]:
    if device["kind"] == "display":
        print(*(value for name, value in device.items() if name != "queues"))
for id, row in host["measurable"].items():
    if id.startswith(("gpu.", "energy.")):
        print(id, *row.values())
PYTHON
}
tell "$tree" >"$scratch/told"
tell "$scratch/captured" >"$scratch/told_again"
diff "$scratch/told" "$scratch/told_again" >"$scratch/out"
check 'the record says the same' cmp -s "$scratch/told" "$scratch/told_again"
check 'and something' grep -q 'card1 display amdgpu physical None True amdgpu has a render node' "$scratch/told"
check 'and that there is a desktop' grep -q '^graphical' "$scratch/told"
check 'and that the load is told' grep -q '^gpu.busy True' "$scratch/told"
check 'nobody is named' not grep -rq somebody "$scratch/captured"
finish
