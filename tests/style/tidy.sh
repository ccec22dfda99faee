#!/bin/sh
# SPDX-License-Identifier: MIT
# tidy: clang-tidy finds nothing in what was written by hand (.clang-tidy says what it looks for).
# Usage: tidy.sh BUILD_ROOT
set -eu

for tool in clang-tidy run-clang-tidy; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed"; exit 77; }
done
source=$(cd "$(dirname "$0")/../.." && pwd -P)
status=0
said=$(run-clang-tidy -quiet -j 2 -p "$1" "^$source/src/([a-z]+/)*[a-z0-9_]+\.c\$" 2>&1) || status=$?
printf '%s\n' "$said" | sed 's/\x1b\[[0-9;]*m//g' |
  grep -v 'warning: Potential leak of memory .*\[clang-analyzer-unix.Malloc\]' |
  grep -A 3 -E '(error|warning): |^Error' && exit 1
case $said in *src/main.c*) exit "$status" ;; esac
echo "$1: clang-tidy did not come by src/main.c"
exit 1
