#!/bin/sh
# SPDX-License-Identifier: MIT
# debian.sh [DIRECTORY]: makes the Debian packages vmm-monitor and vmm-monitor-cli in DIRECTORY (.).
# Needs dpkg-dev and what is in debian/control below Build-Depends: "apt-get build-dep" reads it there.
set -eu
out=$(cd "${1:-.}" && pwd)
cd "$(dirname "$0")/../.."

version=$(sed -n "s/^ *version: '\(.*\)',/\1/p" meson.build)
head -n 1 data/packaging/debian/changelog | grep -qF "vmm-monitor ($version)" || {
  echo "data/packaging/debian/changelog: its first line must name version $version" >&2
  exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/vmm-monitor-$version"
cp -R src include data tests meson.build meson_options.txt README.md LICENSE .clang-format .clang-tidy \
  "$work/vmm-monitor-$version"
cp -R data/packaging/debian "$work/vmm-monitor-$version"
(cd "$work/vmm-monitor-$version" && dpkg-buildpackage -us -uc -b)
for file in "$work"/*.deb "$work"/*.buildinfo "$work"/*.changes; do
  cp "$file" "$out"
  echo "$out/${file##*/}"
done
