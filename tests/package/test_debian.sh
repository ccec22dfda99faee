#!/bin/sh
# SPDX-License-Identifier: MIT
# test_debian.sh: the packages are built on a clean Debian 12, and a user of another clean one installs
# them, finds the entry in the desktop's menu, measures, in three languages, compares, and removes them.
# Prints TAP. Minutes. DEBS names a directory with packages that were made before, PICTURES one in which
# what was seen is left.
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
cp "$here/session.sh" "$here/menu.py" "$root"

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
check '  and a desktop beside it' enter "$root" apt-get -qq install -y --no-install-recommends \
  adwaita-icon-theme appstream at-spi2-core dbus dbus-x11 desktop-file-utils fonts-dejavu-core \
  gir1.2-atspi-2.0 imagemagick libgdk-pixbuf2.0-bin librsvg2-common locales man-db python3-gi \
  x11-utils xdotool xfce4-panel xfconf xfwm4 xvfb
check 'desktop-file-validate' enter "$root" desktop-file-validate \
  /usr/share/applications/io.github.vmm_monitor.VmmMonitor.desktop
check 'appstreamcli validate' enter "$root" appstreamcli validate --no-net --pedantic \
  /usr/share/metainfo/io.github.vmm_monitor.VmmMonitor.metainfo.xml
check 'man finds the page' enter "$root" sh -c 'man -w vmm_monitor'

# In the menu, clicked, measured: in each language. The menu and the category are the desktop's words.
for words in 'C:Applications:System:Start over' 'de_DE:Anwendungen:System:Von vorn beginnen' \
  'fr_FR:Applications:Système:Recommencer'; do
  locale=${words%%:*} button=${words##*:} words=${words#*:}
  words=${words%:*}
  [ $locale = C ] || enter "$root" localedef -i $locale -f UTF-8 $locale.UTF-8
  check "$locale: clicked in the menu it shows a window, measures, keeps the result, and closes" \
    confine "$root" env LC_ALL=$locale.UTF-8 sh /session.sh "${words%:*}" "${words#*:}" "$button"
  check '  which is that of a whole window' \
    holds "$(ls "$root"/root/.local/share/vmm_monitor/results/*.json | tail -n 1)"
done

# paints ICON SIZE: with some shades, at that size.
paints () {
  enter "$root" sh -euc 'gdk-pixbuf-thumbnailer -s $2 /usr/share/icons/hicolor/$1.svg "/pictures/${1##*/}-$2.png"
    [ "$(identify -format %wx%h "/pictures/${1##*/}-$2.png")" = $2x$2 ]
    [ "$(identify -format %k "/pictures/${1##*/}-$2.png")" -gt 3 ]' sh "$1" $2
}
for size in 16 32 128; do
  check "icon: $size pixels" paints scalable/apps/io.github.vmm_monitor.VmmMonitor $size
  check '  symbolic' paints symbolic/apps/io.github.vmm_monitor.VmmMonitor-symbolic $size
done
[ -z "${PICTURES:-}" ] || cp -R "$root/pictures/." "$PICTURES"

# What the carried file measured in a guest, left by test_carry.sh.
if [ -s "$PACKAGE_WORK/carried.json" ]; then
  cp "$PACKAGE_WORK/carried.json" "$root/root"
  check 'a result of the carried file is imported' confine "$root" vmm_monitor import /root/carried.json
  check '  and compared with the window'"'"'s' confine "$root" vmm_monitor compare --by vmm
  confine "$root" vmm_monitor compare --by vmm | sed 's/^/# /'
  check '  both sides named' enter "$root" sh -c 'vmm_monitor compare --by vmm | grep "^  QEMU: 1 window$"'
else
  for what in imported compared named; do
    checks=$((checks + 1))
    echo "ok $checks - $what # SKIP test_carry.sh has left no result of a guest"
  done
fi

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
