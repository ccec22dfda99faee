#!/bin/sh
# SPDX-License-Identifier: MIT
# test_carry.sh: the one file to carry is made, and does all it can where there is nothing but itself:
# in an empty root, and in a guest without a library. Prints TAP. Minutes.
# CARRIED names a file that was made before; GLIB_SOURCE and JSON_GLIB_SOURCE as in carry.sh.
. "$(dirname "$0")/lib.sh"
need unshare chroot ip
program=${CARRIED:-$scratch/vmm_monitor}
[ -n "${CARRIED:-}" ] || "$project/data/packaging/carry.sh" "$program" >"$scratch/log" 2>&1 ||
  skip "carry.sh: $(grep -E '^E:|error|ERROR|not found' "$scratch/log" | tail -n 1)"

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
for format in json csv openmetrics; do
  check "export as $format" alone export last --$format /tmp/exported.$format
  check '  has something in it' [ -s "$root/tmp/exported.$format" ]
done
check 'delete' alone delete last --yes
check 'import' alone import /tmp/exported.json
check 'without a home and a list of users' env -u HOME -u XDG_DATA_HOME \
  unshare --net --mount chroot "$root" /vmm_monitor --version

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
else
  for what in measures imported compared name QEMU; do
    checks=$((checks + 1))
    echo "ok $checks - $what # SKIP qemu-system-x86_64 or busybox is not installed"
  done
fi
finish
