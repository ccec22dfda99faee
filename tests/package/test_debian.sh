#!/bin/sh
# SPDX-License-Identifier: MIT
# test_debian.sh: the packages are built on a clean Debian 12, and a user of another clean one installs
# them, starts the menu entry, measures, and removes them. Prints TAP. Minutes.
# DEBS names a directory with packages that were made before.
. "$(dirname "$0")/lib.sh"
need debootstrap unshare chroot ip dpkg-deb
make_base bookworm

# ---- Building

mkdir "$scratch/debs"
if [ -n "${DEBS:-}" ]; then
  cp "$DEBS"/*.deb "$scratch/debs"
else
  make_builder bookworm lintian
  rm -rf "$builder/build"
  copy_project "$builder/build/project"
  mkdir "$builder/build/out"
  check 'built by one command' enter "$builder" /build/project/data/packaging/debian.sh /build/out
  check 'lintian has nothing against them' \
    enter "$builder" sh -c 'lintian --fail-on error,warning /build/out/*.changes'
  mv "$builder"/build/out/*.deb "$scratch/debs"
  rm -rf "$builder/build"
fi
window=$(cd "$scratch/debs" && echo vmm-monitor_*.deb)
terminal=$(cd "$scratch/debs" && echo vmm-monitor-cli_*.deb)

# ---- What a user does with them

root=$scratch/root
cp -a --reflink=auto "$PACKAGE_WORK/bookworm" "$root"
mkdir "$root/debs"
cp "$scratch/debs"/*.deb "$root/debs"
cp "$here/session.sh" "$root/session.sh"

# list_files: all but what the package manager and caches keep.
list_files () {
  (cd "$root" && find . -xdev \( -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache \
    -o -path ./var/log -o -path ./tmp -o -path ./root -o -path ./debs -o -name '*.cache' \) \
    -prune -o -print | sort)
}

# install NAME: as a user does, with what it depends on.
install () {
  enter "$root" apt-get -qq install -y --no-install-recommends "/debs/$1"
}

# holds DOCUMENT: a result of a whole window.
holds () {
  [ -s "$1" ] && grep -q '"duration_s": 30' "$1" && grep -q '"format": "vmm-monitor-result"' "$1" &&
    grep -qE '"quality": "(clean|busy|disturbed)"' "$1"
}

enter "$root" apt-get -qq update >"$scratch/log" 2>&1
check 'the terminal is installed' install "$terminal"
check '  and has no GTK with it' sh -c "! ls '$root'/usr/lib/*/libgtk*"
check '  and no menu entry' [ ! -e "$root/usr/share/applications" ]
check '  and tells the machine' confine "$root" vmm_monitor host
check '  and measures' confine "$root" vmm_monitor -t --duration 5 --label carried --json /root/short.json
check '  and its result can be read' confine "$root" vmm_monitor show /root/short.json

check 'the window takes its place' install "$window"
check '  alone' sh -c "! grep -A 1 '^Package: vmm-monitor-cli$' '$root/var/lib/dpkg/status' | grep -q 'ok installed'"
check '  and what a session needs beside it' enter "$root" apt-get -qq install -y --no-install-recommends \
  xvfb xauth dbus dbus-x11 x11-utils libgtk-3-bin desktop-file-utils appstream man-db
check 'desktop-file-validate' enter "$root" desktop-file-validate \
  /usr/share/applications/io.github.vmm_monitor.desktop
check 'appstreamcli validate' enter "$root" appstreamcli validate --no-net --pedantic \
  /usr/share/metainfo/io.github.vmm_monitor.metainfo.xml
check 'man finds the page' enter "$root" sh -c 'man -w vmm_monitor'
check 'started by its menu entry it shows a window, measures, and keeps the result' \
  confine "$root" sh /session.sh
check '  which is that of a whole window' holds "$(ls "$root"/root/.local/share/vmm_monitor/results/*.json | tail -n 1)"

# ---- Removal. Once more, since what came beside it stays.

enter "$root" dpkg --purge vmm-monitor >"$scratch/log" 2>&1
list_files >"$scratch/before"
check 'installed again' enter "$root" dpkg -i "/debs/$window"
list_files >"$scratch/with"
check '  with files' sh -c "! cmp -s '$scratch/before' '$scratch/with'"
check 'removed' enter "$root" apt-get -qq purge -y vmm-monitor
list_files >"$scratch/after"
check '  and nothing is left' diff "$scratch/before" "$scratch/after"
check '  but the user'"'"'s results' sh -c "ls '$root'/root/.local/share/vmm_monitor/results/*.json"
finish
