#!/bin/sh
# SPDX-License-Identifier: MIT
# hardening: the program is built so that a mistake is hard to exploit, and starts no other one.
# Usage: hardening.sh PROGRAM fortified|''
set -eu
command -v readelf >/dev/null || exit 77
program=$1
failed=0

# expect WHAT PATTERN OPTION...: readelf says so. The table is what a distribution asks for.
expect () {
  what=$1 pattern=$2
  shift 2
  readelf -W "$@" "$program" | grep -Eq -- "$pattern" && return
  echo "$program: no $what (readelf $* shows no $pattern)"
  failed=1
}

# refuse WHAT PATTERN OPTION...: readelf does not.
refuse () {
  what=$1 pattern=$2
  shift 2
  readelf -W "$@" "$program" | grep -Eq -- "$pattern" || return 0
  echo "$program: $what (readelf $* shows $pattern)"
  failed=1
}

expect 'position independent code' '^ *Type: *DYN ' -h
expect 'tables that are read-only once linked' '^ *GNU_RELRO ' -l
expect 'linking before main' 'FLAGS.*NOW' -d
expect 'stack that cannot be executed' '^ *GNU_STACK .* RW +0x' -l
expect 'stack protector' ' __stack_chk_fail(@|$)' --dyn-syms
[ "$2" != fortified ] || expect 'checked copies' ' __[a-z]+_chk(@|$)' --dyn-syms
refuse 'writable and executable memory' '^ *LOAD .* RWE ' -l
refuse 'code that is patched when it is loaded' 'TEXTREL' -d
refuse 'libraries from where it was built' '(RPATH|RUNPATH)' -d
refuse 'another program or a shell' \
  ' (system|popen|v?fork|exec[lvpe]+|posix_spawnp?|g_(spawn|subprocess|app_info_launch)_[a-z_]+)(@|$)' \
  --dyn-syms
refuse 'temporary names that can be guessed' ' (tmpnam|tempnam|mktemp|tmpfile|g_mktemp)(@|$)' --dyn-syms
refuse 'copies without a limit' ' (gets|strcpy|strcat|sprintf|vsprintf)(@|$)' --dyn-syms
exit $failed
