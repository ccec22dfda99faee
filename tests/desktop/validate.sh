#!/bin/sh
# SPDX-License-Identifier: MIT
# validate: a validator has nothing against a file. Usage: validate.sh COMMAND FILE
set -eu
command -v "${1%% *}" >/dev/null || { echo "${1%% *} is not installed"; exit 77; }
remarks=$($1 "$2" 2>&1) && code=0 || code=$?
echo "$remarks"
# AppStream before 1.0 does not know the tag that Flathub asks for.
[ $code -eq 0 ] && ! echo "$remarks" | grep -v 'unknown-tag developer' | grep -qE '^[EWI]:|(warning|hint):'
