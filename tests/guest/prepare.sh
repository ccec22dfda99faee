#!/bin/sh
# SPDX-License-Identifier: MIT
# prepare.sh: makes, once, what every guest boots from: a Debian kernel, an initramfs, a disk.
# Needs apt (to fetch the kernel package; nothing is installed), dpkg, busybox-static, cpio,
# e2fsprogs. Everything goes into GUEST_WORK.
. "$(dirname "$0")/lib.sh"
need busybox cpio mkfs.ext4 apt-cache apt-get dpkg

modules="virtio_pci virtio_net virtio_blk e1000 ata_piix ahci sd_mod ext4 null_blk crc32c_generic \
crct10dif_generic crc64_rocksoft_generic virtio-gpu bochs qxl cirrus 9p 9pnet_virtio"

cd "$GUEST_WORK"
[ "$(cat modules 2>/dev/null)" = "$modules" ] || rm -f base.cpio
if [ ! -e base.cpio ]; then
  package=$(apt-cache depends linux-image-amd64 |
            sed -n 's/.*Depends: \(linux-image-[0-9].*-amd64\)$/\1/p' | head -n 1)
  [ -n "$package" ] || skip "apt knows no linux-image-amd64"
  rm -rf unpacked
  apt-get -qq download "$package" 2>/dev/null || skip "$package cannot be downloaded"
  dpkg -x "$package"_*.deb unpacked
  rm -f "$package"_*.deb
  mv unpacked/boot/vmlinuz-* kernel

  version=$(ls unpacked/lib/modules)
  root=$(mktemp -d "$GUEST_WORK/root.XXXXXX")
  make_root "$root"
  mkdir "$root/lib/modules/$version"
  # Only the few modules the guests load; busybox depmod finds what they need of each other.
  busybox depmod -b unpacked "$version"
  deps=unpacked/lib/modules/$version/modules.dep
  for module in $modules; do
    line=$(grep "/$module\.ko:" "$deps") || continue
    for path in $(echo "$line" | tr -d :); do
      mkdir -p "$root/lib/modules/$version/$(dirname "$path")"
      cp -n "unpacked/lib/modules/$version/$path" "$root/lib/modules/$version/$path"
    done
  done
  busybox depmod -b "$root" "$version"
  (cd "$root" && find . | cpio -o -H newc --quiet) > base.cpio.new
  mv base.cpio.new base.cpio
  echo "$modules" > modules
  rm -rf "$root" unpacked
fi

if [ ! -e disk.img ]; then
  truncate -s 384M disk.img.new
  mkfs.ext4 -q -F -O ^has_journal disk.img.new
  mv disk.img.new disk.img
fi
