#!/bin/sh
# SPDX-License-Identifier: MIT
# carry.sh [FILE]: makes FILE (vmm_monitor-MACHINE), one executable of the terminal face that needs
# nothing of the guest that it is carried to: no library, no GLib, no certain C library.
#
# The C library, libffi, PCRE2 and zlib are linked as Debian has them. GLib and JSON-GLib are built
# from Debian's source packages, which "apt-get source" fetches: Debian has JSON-GLib as a shared
# library only, and a GLib that wants libmount, which is shared only as well. Elsewhere GLIB_SOURCE and
# JSON_GLIB_SOURCE name directories that hold their sources; exits with 3 where they are missing. Needs
# gcc, meson, pkg-config, gettext, dpkg-dev, libffi-dev, libpcre2-dev and zlib1g-dev; takes some minutes.
set -eu
out=${1:-vmm_monitor-$(uname -m)}
case $out in /*) ;; *) out=$PWD/$out ;; esac
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fetch PACKAGE VARIABLE: its source, from where apt has its packages, into $work/PACKAGE. The machine's
# own lists are left as they are.
fetch () {
  mkdir -p "$work/apt/parts" "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    case $file in
      *.sources) sed 's/^Types:.*/Types: deb-src/' "$file" >"$work/apt/parts/${file##*/}" ;;
      *.list) [ ! -e "$file" ] || sed -n 's/^deb /deb-src /p' "$file" >"$work/apt/parts/main-${file##*/}" ;;
    esac
  done
  package=$1 variable=$2
  set -- -qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/apt/parts" \
    -o Dir::State::lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" \
    -o APT::Sandbox::User="$(id -un)"
  [ -e "$work/apt/updated" ] || apt-get "$@" update
  touch "$work/apt/updated"
  mkdir "$work/source-$package"
  (cd "$work/source-$package" && apt-get "$@" source "$package") || {
    echo "carry.sh: apt cannot fetch the source of $package; $variable may name a directory that holds it" >&2
    exit 3
  }
  mv "$work/source-$package/$package"-*/ "$work/$package"
}

# build SOURCE DIRECTORY TARGET OPTION...: what a program that loads no modules needs of it.
build () {
  source=$1 directory=$work/$2 target=$3
  shift 3
  meson setup "$directory" "$source" --prefix="$work/prefix" --libdir=lib --buildtype=plain \
    --default-library=static --auto-features=disabled -Dc_args='-O2 -g -fPIE' "$@"
  ninja -C "$directory" "$target"
}

[ -n "${GLIB_SOURCE:-}" ] || fetch glib2.0 GLIB_SOURCE
[ -n "${JSON_GLIB_SOURCE:-}" ] || fetch json-glib JSON_GLIB_SOURCE
export PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig"
build "${GLIB_SOURCE:-$work/glib2.0}" build-glib install -Dtests=false -Dxattr=false \
  -Dgio_module_dir=/nonexistent
build "${JSON_GLIB_SOURCE:-$work/json-glib}" build-json install -Dtests=false
build "$root" build vmm_monitor -Dprefer_static=true -Dc_link_args=-static-pie
strip -o "$out" "$work/build/vmm_monitor"
if readelf -ld "$out" | grep -E 'INTERP|NEEDED'; then
  echo "$out: still needs the above" >&2
  exit 1
fi
ls -l "$out"
