#!/bin/sh
# SPDX-License-Identifier: MIT
# sources.sh: runs a command where a GPU and energy meters are to be read: an NVIDIA card by a made NVML, eight
# RAPL zones, and a battery that feeds the machine. Only the command sees them.
#
#   sources.sh COMMAND...
#
# Needs root, unshare and the library that is built from core/fake_nvml.c in $FAKE_NVML. Exit 77 without.
set -eu
[ "$(id -u)" = 0 ] && [ -f "${FAKE_NVML:-}/nvml.so" ] && command -v unshare >/dev/null || exit 77
if [ -z "${VMM_SOURCES:-}" ]; then
  unshare --mount true 2>/dev/null || exit 77
  VMM_SOURCES=$(mktemp -d)
  export VMM_SOURCES
  trap 'rm -rf "$VMM_SOURCES"' EXIT
  trap 'exit 1' INT TERM
  status=0
  unshare --mount --propagation private "$0" "$@" || status=$?
  exit "$status"
fi
place=$VMM_SOURCES
unset VMM_SOURCES

mount -t tmpfs none /proc/driver
mkdir /proc/driver/nvidia
echo "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14" > /proc/driver/nvidia/version
mkdir "$place/library"
ln -s "$FAKE_NVML/nvml.so" "$place/library/libnvidia-ml.so.1"
export LD_LIBRARY_PATH="$place/library${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"

# Writes each NAME=VALUE into the directory.
fill() {
  directory=$1
  shift
  mkdir -p "$directory"
  for pair; do echo "${pair#*=}" > "$directory/${pair%%=*}"; done
}

# All classes that are there, and ours beside them.
mkdir "$place/class"
mount -t tmpfs none "$place/class"
for class in /sys/class/*; do
  name=${class##*/}
  case $name in powercap | power_supply) continue ;; esac
  mkdir "$place/class/$name"
  mount --bind "$class" "$place/class/$name"
done
for package in 0 1 2 3; do
  zone=$place/class/powercap/intel-rapl:$package
  fill "$zone" name=package-$package energy_uj=123456789 max_energy_range_uj=262143328850
  fill "$zone:0" name=dram energy_uj=23456789 max_energy_range_uj=65712999613
done
fill "$place/class/power_supply/BAT0" type=Battery status=Discharging power_now=9870000
mount --rbind "$place/class" /sys/class
exec "$@"
