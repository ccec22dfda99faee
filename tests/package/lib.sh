# SPDX-License-Identifier: MIT
# lib.sh: what the tests of packages share. Sourced, never run. Needs root, debootstrap, and Debian's
# archive (DEBIAN_MIRROR). PACKAGE_WORK keeps a clean root of each Debian that they begin from.
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
project=$(cd "$here/../.." && pwd)
PACKAGE_WORK=${PACKAGE_WORK:-$project/build/tests/package}
mkdir -p "$PACKAGE_WORK"
PACKAGE_WORK=$(cd "$PACKAGE_WORK" && pwd)
scratch=$(mktemp -d "$PACKAGE_WORK/scratch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
checks=0
failed=0
isolated=

# skip REASON: ends a test as skipped.
skip () {
  echo "1..0 # SKIP $*"
  exit
}

# need TOOL...: skips unless every tool is on the path, and this is root.
need () {
  [ "$(id -u)" = 0 ] || skip 'a root of its own needs root'
  for tool in "$@"; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
  done
}

# check NAME COMMAND...: one line of TAP for the command's success.
check () {
  checks=$((checks + 1)) name=$1
  shift
  if "$@" >"$scratch/check" 2>&1; then
    echo "ok $checks - $name"
  else
    failed=1
    echo "not ok $checks - $name"
    sed 's/^/# /' "$scratch/check" | tail -n 30
  fi
}

finish () {
  echo "1..$checks"
  exit $failed
}

# enter ROOT COMMAND...: runs it in there, with the network.
enter () {
  unshare $isolated --mount --pid --fork --kill-child sh -euc '
    root=$1
    shift
    ip link set lo up
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mkdir -p "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o ptmxmode=666 devpts "$root/dev/pts"
    mount -t tmpfs tmpfs "$root/dev/shm"
    exec chroot "$root" env -i LC_ALL="$LC_ALL" DEBIAN_FRONTEND=noninteractive HOME=/root TERM=dumb \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"' sh "$@"
}

# confine ROOT COMMAND...: the same without a network.
confine () {
  isolated=--net
  enter "$@" && code=0 || code=$?
  isolated=
  return $code
}

# make_base SUITE: a minimal Debian in $PACKAGE_WORK/SUITE, made once.
make_base () {
  [ ! -d "$PACKAGE_WORK/$1" ] || return 0
  rm -rf "$PACKAGE_WORK/$1.new"
  debootstrap --variant=minbase "$1" "$PACKAGE_WORK/$1.new" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" \
    >"$PACKAGE_WORK/$1.log" 2>&1 || skip "debootstrap cannot make $1: $(tail -n 1 "$PACKAGE_WORK/$1.log")"
  echo force-unsafe-io >"$PACKAGE_WORK/$1.new/etc/dpkg/dpkg.cfg.d/fast" # no sync for every file
  mv "$PACKAGE_WORK/$1.new" "$PACKAGE_WORK/$1"
}

# make_builder SUITE PACKAGE...: the same with what a build needs and some packages, in SUITE-build.
make_builder () {
  suite=$1
  shift
  make_base "$suite"
  builder=$PACKAGE_WORK/$suite-build
  [ ! -d "$builder" ] || return 0
  rm -rf "$builder.new"
  cp -a --reflink=auto "$PACKAGE_WORK/$suite" "$builder.new"
  mkdir -p "$builder.new/project"
  cp -R "$project/data/packaging" "$builder.new/project"
  enter "$builder.new" sh -euc 'apt-get -qq update
    apt-get -qq install -y --no-install-recommends dpkg-dev "$@"
    apt-get -qq build-dep -y --no-install-recommends /project/packaging
    rm -r /project' sh "$@" >"$builder.log" 2>&1 || {
    echo "# $(tail -n 3 "$builder.log")"
    skip "$suite has not what a build needs"
  }
  mv "$builder.new" "$builder"
}

# copy_project DIRECTORY: what belongs to it, and nothing that was built.
copy_project () {
  mkdir -p "$1"
  (cd "$project" && cp -R src include data tests meson.build meson_options.txt README.md LICENSE \
    .clang-format .clang-tidy "$1")
}
