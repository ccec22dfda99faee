#!/bin/sh
# SPDX-License-Identifier: MIT
# test_carry.sh: the one file to carry is made, and does all it can where there is nothing but itself:
# in an empty root, on Debian 11, and in a guest without a library. Prints TAP. Minutes.
# CARRIED names a file that was made before; GLIB_SOURCE and JSON_GLIB_SOURCE as in carry.sh.
. "$(dirname "$0")/lib.sh"
need unshare chroot ip
program=${CARRIED:-$scratch/vmm_monitor}
if [ -z "${CARRIED:-}" ]; then
  "$project/data/packaging/carry.sh" "$program" >"$scratch/log" 2>&1 && code=0 || code=$?
  [ $code != 3 ] || skip "$(tail -n 1 "$scratch/log")"
  check 'made by one command' sh -c "tail -n 30 '$scratch/log'; exit $code"
fi
check 'it needs no library and no loader' sh -c "! readelf -ld '$program' | grep -E 'INTERP|NEEDED'"

# ---- An empty root

root=$scratch/root
mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/results"
cp "$program" "$root/vmm_monitor"

# alone ARGUMENT...: the program, with nothing else. Its output: $scratch/out.
alone () {
  unshare --net --mount --pid --fork --kill-child sh -euc '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    exec chroot "$root" /vmm_monitor "$@"' sh "$root" "$@" >"$scratch/out"
}
prints () { grep -qe "$1" "$scratch/out"; }

export HOME=/tmp XDG_DATA_HOME=/results
unset DISPLAY WAYLAND_DISPLAY
check 'version' alone --version
check 'help' alone --help
check 'host' alone host
check '  has a machine' prints '^Machine '
check 'a short run' alone -t --duration 5 --label empty --json /tmp/empty.json
check '  ends with a report' prints '^Score '
check 'list' alone list
check '  has the run' prints empty
for format in json csv prometheus openmetrics; do
  check "export as $format" alone export last --$format /tmp/exported.$format
  check '  has something in it' [ -s "$root/tmp/exported.$format" ]
done
check 'delete' alone delete last --yes
check 'import' alone import /tmp/exported.json

# homeless ARGUMENT...: without a home, an entry in a list of users, or a word about it.
homeless () {
  (unset HOME XDG_DATA_HOME; alone "$@") 2>"$scratch/err" && [ ! -s "$scratch/err" ] && return
  cat "$scratch/err"
  return 1
}
check 'without a home: help' homeless --help
check '  a short run' homeless -t --duration 5 --ping-target none
check '  list' homeless list

# ---- A distribution that is too old to build it

command -v debootstrap >/dev/null && (make_base bullseye) >/dev/null
if [ -d "$PACKAGE_WORK/bullseye" ]; then
  cp -a --reflink=auto "$PACKAGE_WORK/bullseye" "$scratch/bullseye"
  cp "$program" "$scratch/bullseye/usr/bin/vmm_monitor"
  check 'Debian 11: the machine' confine "$scratch/bullseye" vmm_monitor host
  check '  a short run' confine "$scratch/bullseye" vmm_monitor -t --duration 5 --ping-target none
  check '  is kept' confine "$scratch/bullseye" vmm_monitor show last
else
  for what in machine run kept; do
    checks=$((checks + 1))
    echo "ok $checks - Debian 11: $what # SKIP debootstrap cannot make it"
  done
fi

# ---- A guest that has a kernel, busybox, and this file

if command -v qemu-system-x86_64 >/dev/null && command -v busybox >/dev/null; then
  export GUEST_WORK="${GUEST_WORK:-$PACKAGE_WORK/../guests}"
  cp "$program" "$scratch/vmm_monitor.static"
  check 'a guest without a library measures' sh -euc '
    "$1" -n 2 -t 240 -- "for file in /payload/lib/* /lib64/* /usr/lib/* /lib/*.so*; do
        [ ! -e \$file ] || exit 1
      done
      HOME=/tmp ./vmm_monitor.static -t --json - --label guest --scratch \$SCRATCH" "$2" >"$3"' \
    sh "$project/tests/guest/qemu.sh" "$scratch/vmm_monitor.static" "$root/tmp/guest.json"
  check '  and its result is imported' alone import /tmp/guest.json
  check '  and compared' alone compare --by label
  check '  by its name' prints guest
  check '  which ran in QEMU' grep -q '"id": "qemu"' "$root/tmp/guest.json"
  cp "$root/tmp/guest.json" "$PACKAGE_WORK/carried.json" # for test_debian.sh
else
  for what in measures imported compared name QEMU; do
    checks=$((checks + 1))
    echo "ok $checks - $what # SKIP qemu-system-x86_64 or busybox is not installed"
  done
fi
finish
