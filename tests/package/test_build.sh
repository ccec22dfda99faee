#!/bin/sh
# SPDX-License-Identifier: MIT
# test_build.sh SUITE: builds without a warning on that Debian, and its tests pass there. Prints TAP.
. "$(dirname "$0")/lib.sh"
need debootstrap unshare chroot ip
make_builder "$1" python3 python3-jsonschema locales

rm -rf "$builder/build"
copy_project "$builder/build"
enter "$builder" sh -c 'gcc --version | head -n 1; meson --version; pkg-config --modversion glib-2.0 gtk+-3.0' |
  sed 's/^/# /'
check "$1: set up with the window" enter "$builder" meson setup /build/with /build --werror -Dgui=enabled
check "$1: built" enter "$builder" ninja -C /build/with
check "$1: tested" confine "$builder" meson test -C /build/with --no-rebuild --print-errorlogs \
  --suite core --suite cli --suite fuzz --suite desktop
check "$1: set up without GTK" enter "$builder" meson setup /build/without /build --werror -Dgui=disabled
check "$1: built without GTK" enter "$builder" ninja -C /build/without vmm_monitor
rm -rf "$builder/build"
finish
