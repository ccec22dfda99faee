#!/bin/sh
# SPDX-License-Identifier: MIT
# disk.sh: runs a command beside a file system of its own, 16 MiB, that is full or read-only.
#
#   disk.sh full|read-only COMMAND...     "{}" in the command is its directory
#
# Needs root, unshare, mkfs.ext4 and loop devices. Exit 77 without.
set -eu
[ "$(id -u)" = 0 ] && command -v unshare mkfs.ext4 >/dev/null || exit 77
if [ -z "${DISK_INSIDE:-}" ]; then
  DISK_INSIDE=1 exec unshare -m --propagation private "$0" "$@"
fi
unset DISK_INSIDE
what=$1
shift

directory=$(mktemp -d)
image=$directory/image disk=$directory/disk
finish() {
  umount "$disk" 2>/dev/null || true
  rm -r "$directory"
}
trap finish EXIT
trap 'exit 1' INT TERM

truncate -s 16M "$image"
mkfs.ext4 -q "$image"
mkdir "$disk"
mount -o loop "$image" "$disk" 2>/dev/null || exit 77
case $what in
  full) cat /dev/zero >"$disk/filler" 2>/dev/null || true ;;
  read-only) mount -o remount,ro "$disk" ;;
  *) exit 2 ;;
esac

for word in "$@"; do
  shift
  [ "$word" != '{}' ] || word=$disk
  set -- "$@" "$word"
done
status=0
"$@" || status=$?
exit $status
