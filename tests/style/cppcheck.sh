#!/bin/sh
# SPDX-License-Identifier: MIT
# cppcheck: finds nothing. Usage: cppcheck.sh SOURCE_ROOT
#
# It reads our files alone and knows GLib and GTK from its own tables, so it takes seconds. What it
# says wrongly is named where it stands, cppcheck-suppress, with the reason. Left out, and why:
#   variableScope       variables stand at the top of their function
#   unusedStructMember  it does not see members through what G_DECLARE_FINAL_TYPE() makes
#   varFuncNullUB       NULL is a pointer in every C library of Linux
#   MIN                 its table's macro makes it believe that MIN (n, 32) is 0
set -eu
cd "$1"

command -v cppcheck >/dev/null || { echo 'cppcheck is not installed'; exit 77; }
folders=$(find src/gui -type d | sed 's/^/-I /') # of a room that has some

# shellcheck disable=SC2086 # each is a word
cppcheck src -I include $folders -j 2 --std=c11 --library=gtk,posix,gnu \
  -U MIN -D _GNU_SOURCE -D 'G_GNUC_PRINTF(a,b)=' -D 'G_GNUC_FORMAT(a)=' \
  --enable=warning,style,performance,portability \
  --suppress=variableScope --suppress=unusedStructMember --suppress=varFuncNullUB \
  --inline-suppr \
  --quiet --error-exitcode=1
