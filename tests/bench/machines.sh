#!/bin/sh
# SPDX-License-Identifier: MIT
# machines.sh: what a tick costs on machines with many CPUs and disks, beside reading the same files
# for nothing, where a real kernel writes the files. Each is a QEMU guest in software emulation, which
# boots no more in any time worth waiting for; its disks are null_blk's.
#
# Usage: machines.sh BENCH_TICK
. "$(dirname "$0")/../guest/lib.sh"

run () {
  printf '%s CPUs, %s disks\n' "$1" "$2"
  ../guest/qemu.sh -n "$1" -m 4096 -t 900 -- \
    "modprobe null_blk queue_mode=0 nr_devices=$2; ./$(basename "$bench") real" "$bench"
}

bench=$(realpath "$1")
cd "$(dirname "$0")"
for size in '2 10' '8 10' '16 10' '2 100' '2 1000'; do
  run $size
done
