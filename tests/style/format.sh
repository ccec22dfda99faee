#!/bin/sh
# SPDX-License-Identifier: MIT
# format: every source is as clang-format leaves it. Usage: format.sh SOURCE_ROOT
set -eu
cd "$1"

if ! command -v clang-format >/dev/null; then
  echo 'clang-format is not installed'
  exit 77
fi
find include src tests \( -name '*.c' -o -name '*.h' \) -print0 |
  xargs -0 clang-format --dry-run -Werror
