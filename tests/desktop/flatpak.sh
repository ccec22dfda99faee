#!/bin/sh
# SPDX-License-Identifier: MIT
# flatpak: the manifest is of this application, and names only options that there are. Where flatpak-builder
# is installed, it reads the file too. Usage: flatpak.sh SOURCE_ROOT ID
set -eu
manifest=$1/data/packaging/$2.yml
grep -qx "id: $2" "$manifest" || { echo "the manifest's id is not $2"; exit 1; }
grep -qx "command: vmm_monitor" "$manifest" || { echo 'the manifest starts another program'; exit 1; }
for option in $(sed -n 's/^ *- -D\([a-z_]*\)=.*/\1/p' "$manifest"); do
  grep -q "^option('$option'" "$1/meson_options.txt" || { echo "no option $option"; exit 1; }
done
! command -v flatpak-builder >/dev/null || flatpak-builder --show-manifest "$manifest" >/dev/null
