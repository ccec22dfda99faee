#!/bin/sh
# SPDX-License-Identifier: MIT
# test_large.sh PROGRAM: real kernels with 64 CPUs and 1000 disks, and with 128 CPUs: the program
# counts them, misses no tick, and sees the one disk that works.
. "$(dirname "$0")/lib.sh"
program=$1
need python3 qemu-system-x86_64
[ -e "$GUEST_WORK/disk.img" ] || "$here/prepare.sh"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
disks=1000 busy=nullb731

failed=0
n=0
# check NAME EXPRESSION: true of the documents `host` and `run` of the guest.
check() {
  n=$((n + 1))
  if python3 - "$work/out" "$2" 2>"$work/err" <<'END'
import json, sys
host, run = (json.loads(text) for text in open(sys.argv[1]).read().split("\f"))
series, window = run["series"], run["window"]
sys.exit(not eval(sys.argv[2]))
END
  then
    echo "ok $n - $1"
  else
    cat "$work/out" "$work/err" | sed 's/^/# /' | cut -c 1-200 | head -n 20
    echo "not ok $n - $1"
    failed=1
  fi
}

# boot CPUS COMMAND: what the guest says of itself, and a run in it, after COMMAND.
boot() {
  "$here/qemu.sh" -n "$1" -m 3072 -t 300 -- "$2
    export XDG_DATA_HOME=/mnt
    ./vmm_monitor_terminal host --json; printf '\f'
    ./vmm_monitor_terminal --passive --duration 5 --ping-target none --no-save --json - --csv /dev/null" \
    "$program" >"$work/out" || true
}

echo 1..7
boot 64 "modprobe null_blk queue_mode=2 submit_queues=1 hw_queue_depth=1 nr_devices=$disks
  busybox dd if=/dev/$busy of=/dev/null bs=64k 2>/dev/null &"
check '64 CPUs: counted' 'host["cpus"] == 64'
check '64 CPUs, 1000 disks: measured whole, no tick missed' \
  'window["quality"] != "invalid" and window["ticks"] == 5 and window["missed"] == 0'
check '64 CPUs: their shares are shares' 'all(0 <= v <= 100 for v in series["cpu.busy"])'
check '1000 disks: the one that reads is seen' 'min(series["disk.read"]) > 0'
check '1000 disks: its utilisation is a share' 'all(0 < v <= 100 for v in series["disk.util"])'
boot 128 true
check '128 CPUs: counted' 'host["cpus"] == 128'
check '128 CPUs: measured whole, no tick missed' \
  'window["quality"] != "invalid" and window["ticks"] == 5 and window["missed"] == 0'
exit $failed
