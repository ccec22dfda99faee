#!/bin/sh
# capture.sh DIR: records this machine's identity in DIR as a fixture: DIR/proc, DIR/sys, DIR/cpuid.
#
# Left out, because nobody may want to publish it: serial numbers, UUIDs, MAC and IP addresses, an
# owner's asset tag, most of the kernel's command line, kernel addresses, bus paths. Read the result
# before you share it all the same.
#
# CPUID comes from tests/capture_cpuid.c, compiled here with $CC (cc), or ready made as
# $CAPTURE_CPUID. Unprivileged is enough; only root sees the version of VirtualBox.
set -eu
[ $# -eq 1 ] && [ ! -e "$1" ] || { echo "usage: $0 NEW_DIRECTORY" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)

# keep PATH [sed program]: copies one readable file, through sed.
keep() {
  [ -f "$1" ] && [ -r "$1" ] || return 0
  mkdir -p "$out$(dirname "$1")"
  sed -e "${2:-}" "$1" >"$out$1" 2>/dev/null && [ -s "$out$1" ] || rm -f "$out$1"
}

for file in meminfo diskstats sys/kernel/osrelease pressure/memory pressure/io \
            xen/capabilities; do
  keep /proc/$file
done
keep /proc/stat 's/^\(intr [0-9]*\).*/\1/'
keep /proc/vmstat '/^balloon_/!d'
keep /proc/cpuinfo '/^Serial/d'
keep /proc/modules 's/0x[0-9a-f]*/0x0/'
mkdir -p "$out/proc"
tr -s ' \t' '\n\n' </proc/cmdline |
  grep -E '^(mitigations|no-steal-acc|clocksource|tsc|psi|nosmt|idle)(=|$)' |
  tr '\n' ' ' | sed 's/ $//' >"$out/proc/cmdline" || true

for field in sys_vendor product_name product_version bios_vendor bios_version; do
  keep /sys/class/dmi/id/$field
done
tag=/sys/class/dmi/id/chassis_asset_tag
if grep -qE '^(7783-7084-3265-9085-8269-3286-77|OracleCloud.com|OpenStack |OpenTelekomCloud|HUAWEICLOUD|SAP CCloud VM|Samsung Cloud Platform)' \
   $tag 2>/dev/null; then
  keep $tag
fi
for entry in 0-0 11-0; do
  raw=/sys/firmware/dmi/entries/$entry/raw
  [ -r $raw ] && grep -q VirtualBox /sys/class/dmi/id/product_name 2>/dev/null || continue
  mkdir -p "$out$(dirname $raw)"
  cat $raw >"$out$raw"
done
for file in type version/major version/minor version/extra properties/features; do
  keep /sys/hypervisor/$file
done
keep /sys/class/ptp/ptp0/clock_name
for file in compatible hypervisor/compatible; do
  [ -r /proc/device-tree/$file ] || continue
  mkdir -p "$out$(dirname /proc/device-tree/$file)"
  cat /proc/device-tree/$file >"$out/proc/device-tree/$file"
done
for node in /proc/device-tree/fw-cfg*; do
  [ -e "$node" ] && keep "$node/compatible"
done

keep /sys/devices/system/cpu/online
keep /sys/devices/system/clocksource/clocksource0/current_clocksource
for file in /sys/devices/system/cpu/vulnerabilities/*; do
  keep "$file"
done
for module in vboxguest vboxsf vmw_balloon vmw_vmci vmwgfx hv_vmbus hv_utils hv_balloon \
              virtio_balloon virtio_mem virtio_gpu virtio_net virtio_blk virtio_scsi qemu_fw_cfg \
              xen_balloon xen_blkfront xen_netfront; do
  if [ -d /sys/module/$module ]; then
    mkdir -p "$out/sys/module/$module"
    echo 1 >"$out/sys/module/$module/present"
  fi
done

# A device becomes the chain of the drivers above it: sys/devices/NAME/0/1/..., one directory per
# directory of the real path that has a driver.
device() { # real directory, name to store, directory below DIR/sys, the way from there back to sys
  [ -e "$1/device" ] || return 0
  path=$(readlink -f "$1/device")
  chain=
  while [ "$path" != /sys/devices ] && [ "$path" != / ]; do
    [ -L "$path/driver" ] && chain="$path $chain"
    path=$(dirname "$path")
  done
  target=devices/$2
  mkdir -p "$out/sys/$target"
  level=0
  for path in $chain; do
    target=$target/$level
    level=$((level + 1))
    mkdir -p "$out/sys/$target"
    ln -s "drivers/$(basename "$(readlink "$path/driver")")" "$out/sys/$target/driver"
    [ -r "$path/vendor" ] && grep -q '^0x' "$path/vendor" &&
      cp "$path/vendor" "$out/sys/$target/vendor"
  done
  mkdir -p "$out/sys/$3"
  ln -s "$4/$target" "$out/sys/$3/device"
}
for path in /sys/block/*; do
  name=$(basename "$path")
  keep "$path/size"
  for queue in "$path"/mq/*; do
    keep "$queue/cpu_list"
  done
  device "$path" "$name" "block/$name" ../..
done
for path in /sys/class/nvme/nvme*; do
  name=$(basename "$path")
  device "$path" "$name" "class/nvme/$name" ../../..
done
for path in /sys/class/net/*; do
  name=$(basename "$path" | sed 's/^enx[0-9a-f]\{12\}$/enx0/')
  device "$path" "$name" "class/net/$name" ../../..
done

# What tells of a GPU and of energy: names and kinds, and the counters as they stand.
for card in /sys/class/drm/card*; do
  name=$(basename "$card")
  case $name in *-* | 'card*') continue ;; esac
  device "$card" "$name" "class/drm/$name" ../../..
  keep "$card/device/power/runtime_status"
  for file in device/gpu_busy_percent device/mem_info_vram_used device/mem_info_vram_total \
              gt/gt0/rc6_residency_ms device/tile0/gt0/gtidle/idle_residency_ms; do
    [ "$(cat "$card/device/power/runtime_status" 2>/dev/null)" = suspended ] || keep "$card/$file"
  done
done
for path in /sys/class/drm/renderD*; do
  [ -e "$path/device" ] || continue
  name=$(basename "$path")
  for card in "$out"/sys/class/drm/card*; do
    [ -e "$card" ] && [ "$(readlink -f "$path/device")" = "$(readlink -f "/sys/class/drm/$(basename "$card")/device")" ] ||
      continue
    mkdir -p "$out/sys/class/drm/$name"
    ln -s "$(readlink "$card/device")" "$out/sys/class/drm/$name/device"
  done
done
# Displays without a card. An address is the same in all machines of a kind.
for path in /sys/bus/pci/devices/*; do
  grep -q '^0x03' "$path/class" 2>/dev/null || continue
  [ ! -e "$path/drm" ] && ! ls -d "$path"/virtio*/drm >/dev/null 2>&1 || continue
  keep "$path/class"
  [ ! -L "$path/driver" ] || ln -s "drivers/$(basename "$(readlink "$path/driver")")" "$out$path/driver"
done
for path in /proc/driver/nvidia/gpus/*/information; do
  keep "$path" '/^\(Model\|Device Minor\):/!d'
done
for path in /proc/driver/nvidia/capabilities/gpu*/mig/gi*; do
  [ ! -d "$path" ] || mkdir -p "$out$path"
done
for path in /run/systemd/sessions/*; do
  case $path in *.ref) continue ;; esac
  keep "$path" '/^\(TYPE\|CLASS\|REMOTE\)=/!d'
done
for path in /sys/bus/virtio/devices/*; do
  for file in device features; do
    keep "$path/$file"
  done
done
keep /proc/driver/nvidia/version
for path in /sys/class/powercap/*; do
  for file in name energy_uj max_energy_range_uj; do
    keep "$path/$file"
  done
done
for path in /sys/class/power_supply/*; do
  for file in type scope status power_now current_now voltage_now; do
    keep "$path/$file"
  done
done
for path in /sys/class/hwmon/* /sys/class/drm/card*/device/hwmon/*; do
  for file in name power1_average power1_input energy1_input; do
    keep "$path/$file"
  done
done
keep /var/scaphandre/intel-rapl:0/energy_uj

# What tells a container, without saying whose.
for mark in .dockerenv run/.containerenv; do
  if [ -e /$mark ]; then
    mkdir -p "$out/$(dirname $mark)"
    : >"$out/$mark"
  fi
done
keep /run/systemd/container
keep /run/host/container-manager
for ns in pid cgroup; do
  link=$(readlink /proc/self/ns/$ns) || continue
  mkdir -p "$out/proc/self/ns"
  ln -s "$link" "$out/proc/self/ns/$ns"
done

case $(uname -m) in
x86_64 | i?86)
  helper=${CAPTURE_CPUID:-}
  if [ -z "$helper" ]; then
    helper=$(mktemp)
    ${CC:-cc} -o "$helper" "$here/capture_cpuid.c"
    "$helper" >"$out/cpuid" || rm -f "$out/cpuid"
    rm -f "$helper"
  else
    "$helper" >"$out/cpuid" || rm -f "$out/cpuid"
  fi
  ;;
esac
