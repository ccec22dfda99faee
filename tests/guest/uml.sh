#!/bin/sh
# SPDX-License-Identifier: MIT
# uml.sh: boots a user-mode Linux guest, runs one command in it, prints its stdout.
#
#   uml.sh [-m MIB] [-t SECONDS] [-w WRAPPER] [-N TAP] -- COMMAND FILE...     (as in qemu.sh)
#
# Its network is the TAP device of that name; without, it has none.
. "$(dirname "$0")/lib.sh"
need linux.uml busybox

mib=384 seconds=150 wrapper= network=
while getopts m:t:w:N: option; do
  case $option in
    m) mib=$OPTARG ;;
    t) seconds=$OPTARG ;;
    w) wrapper=$OPTARG ;;
    N) network=vec0:transport=tap,ifname=$OPTARG,depth=64 ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
command=$1
shift

open_work uml
root=$work/root
make_root "$root"
pack "$root" "$command" "$@"

console=${CONSOLE:-$work/console}
# root= must be a path it can see before hostfs is there; the guest's memory file lives in TMPDIR.
$wrapper timeout -k 5 "$seconds" linux.uml "mem=${mib}M" "ubda=$work/disk" root=/dev/root \
  rootfstype=hostfs "rootflags=$root" rw init=/init quiet con=null con0=null,fd:2 "uml_dir=$work/" $network \
  > "$console" 2>&1 < /dev/null || true
# Older ones keep the registers of a process in less room than newer CPUs have (AMX), and die with the first.
if [ ! -e "$root/out" ] && grep -q put_fp_registers "$console"; then
  skip "this user-mode Linux cannot hold the registers of this CPU"
fi
[ ! -s "$root/err" ] || cat "$root/err" >&2
cat "$root/out"
