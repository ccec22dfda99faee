#!/bin/sh
# SPDX-License-Identifier: MIT
# load.sh: runs a command while the guest itself is busy with something else.
#
#   load.sh cpu LOOPS COMMAND...        busy loops ($NICE, default 0)
#   load.sh memory WORKERS COMMAND...   stress-ng touching $BYTES (default 256m) a worker
#   load.sh disk DEPTH COMMAND...       fio, 4 KiB random O_DIRECT reads and writes in $SCRATCH
#
# Exit 77 when the tool is not installed.
set -eu
kind=$1 amount=$2
shift 2

pids=
file=
finish() {
  [ -z "$pids" ] || kill $pids 2>/dev/null || true
  wait 2>/dev/null || true
  [ -z "$file" ] || rm -f "$file"
}
trap finish EXIT
trap 'exit 1' INT TERM

case $kind in
  cpu)
    i=0
    while [ $i -lt "$amount" ]; do
      nice -n "${NICE:-0}" sh -c 'while :; do :; done' &
      pids="$pids $!"
      i=$((i + 1))
    done ;;
  memory)
    command -v stress-ng >/dev/null || exit 77
    stress-ng -q --vm "$amount" --vm-bytes "${BYTES:-256m}" --vm-keep --vm-method rand-set &
    pids=$! ;;
  disk)
    command -v fio >/dev/null || exit 77
    file=$(mktemp "${SCRATCH:-/var/tmp}/load.XXXXXX")
    fio --name=load --filename="$file" --size=256m --rw=randrw --bs=4k --direct=1 --ioengine=libaio \
        --iodepth="$amount" --time_based --runtime=600 --output=/dev/null &
    pids=$!
    # fio writes the file before it begins to read and write at random.
    while [ "$(stat -c %b "$file")" -lt 524288 ] && kill -0 $pids 2>/dev/null; do sleep 0.2; done ;;
  *) exit 2 ;;
esac

status=0
"$@" || status=$?
exit $status
