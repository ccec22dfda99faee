# SPDX-License-Identifier: MIT
# lib.sh: what the guest scripts share. Sourced, never run.
# GUEST_WORK holds the kernel, the initramfs and the scratch disk that prepare.sh makes.

set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
GUEST_WORK=${GUEST_WORK:-$here/../../build/guest-work}
mkdir -p "$GUEST_WORK"
GUEST_WORK=$(cd "$GUEST_WORK" && pwd)

# skip REASON: ends a test as skipped (meson: exit code 77).
skip() {
  echo "SKIP: $*" >&2
  exit 77
}

# need TOOL...: skips unless every tool is on the path.
need() {
  for tool in "$@"; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (see tests/README.md)"
  done
}

# pack DIR COMMAND FILE...: puts the init, a shell command for it, and files, with the shared
# libraries of those that have any, into a guest's root.
pack() {
  dir=$1 command=$2
  shift 2
  mkdir -p "$dir/payload/lib" "$dir/lib64"
  cp "$here/init" "$dir/init"
  for file in "$@"; do
    cp "$file" "$dir/payload/"
    ldd "$file" 2>/dev/null | while read -r name arrow path rest; do
      case $arrow in
        '=>') [ ! -f "$path" ] || cp -n "$path" "$dir/payload/lib/" ;;
        *) case $name in */ld-linux*) cp -n "$name" "$dir/lib64/" ;; esac ;;
      esac
    done
  done
  echo "$command" > "$dir/payload/run.sh"
}

# make_root DIR: an empty root of a guest, with busybox and its names.
make_root() {
  for name in bin proc sys dev tmp mnt root lib/modules; do mkdir -p "$1/$name"; done
  cp "$(command -v busybox)" "$1/bin/busybox"
  for name in sh mount umount modprobe ifconfig route cat ls echo mkdir poweroff sleep cut sync sed \
              grep kill nice true wc head dirname false mktemp rmdir stat; do
    ln -sf busybox "$1/bin/$name"
  done
}

# open_work NAME: a directory $work for one guest, with a disk of its own; gone when the script ends.
open_work() {
  [ -e "$GUEST_WORK/disk.img" ] || "$here/prepare.sh"
  work=$(mktemp -d "$GUEST_WORK/$1.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' INT TERM
  cp --reflink=auto --sparse=always "$GUEST_WORK/disk.img" "$work/disk"
}
