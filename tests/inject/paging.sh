#!/bin/sh
# SPDX-License-Identifier: MIT
# paging.sh: runs a command, for instance a whole VMM, with so little memory that the host pages it
# out to its disk: a host that has promised its guests more than it has.
#
#   paging.sh MIB COMMAND...            needs root, swapon, a memory control group; exit 77 without
#
# Where there is no swap, a file in $SCRATCH (/var/tmp) of $SWAP_MIB (1200) becomes such meanwhile: a VMM that
# finds none left is killed, or its guest's programs wait for ever.
set -eu
limit=$1
shift
[ "$(id -u)" = 0 ] && command -v swapon >/dev/null && command -v mkswap >/dev/null || exit 77
file=
finish() {
  [ -z "$file" ] || { swapoff "$file" 2>/dev/null || true; rm -f "$file"; }
}
trap finish EXIT
trap 'exit 1' INT TERM

if [ -z "$(swapon --show --noheadings)" ]; then
  file=$(mktemp "${SCRATCH:-/var/tmp}/paging.XXXXXX")
  dd if=/dev/zero of="$file" bs=1M count="${SWAP_MIB:-1200}" status=none
  mkswap "$file" >/dev/null && swapon "$file" || exit 77
fi
status=0
"$(dirname "$0")/cgroup.sh" memory "$limit" "$@" || status=$?
exit $status
