# SPDX-License-Identifier: MIT
# lib: what the tests of the command line share. Usage: VMM_MONITOR=PROGRAM SCRIPT; prints TAP.
set -u
: "${VMM_MONITOR:?the program to test}" "${FIXTURES:?tests/fixtures}"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
unset DISPLAY WAYLAND_DISPLAY NO_COLOR
export XDG_DATA_HOME="$scratch/data" LC_ALL=C.UTF-8 HOME="$scratch"

checks=0

# run ARGUMENT...: the program without a terminal; fills $code, $scratch/out and $scratch/err.
run () {
  "$VMM_MONITOR" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
  code=$?
}

# check NAME COMMAND...: COMMAND must succeed.
check () {
  checks=$((checks + 1)) checked=$1
  shift
  if "$@"; then
    echo "ok $checks - $checked"
  else
    echo "not ok $checks - $checked"
    echo "# failed: $* (exit code of the program: ${code:-none})"
    for stream in out err; do
      [ -e "$scratch/$stream" ] && sed "s/^/# $stream: /" "$scratch/$stream" | cut -c 1-160 | head -12
    done
  fi
}

is () { [ "$1" = "$2" ]; }
not () { ! "$@"; }
exits () { [ "$code" -eq "$1" ]; }
prints () { grep -qe "$1" "$scratch/out"; }
complains () { grep -qe "$1" "$scratch/err"; }
is_silent () { [ ! -s "$scratch/$1" ]; }
is_plain () { ! LC_ALL=C grep -q "$(printf '\033')" "$scratch/out"; }

# json FILE EXPRESSION: FILE is JSON, called d, for which the Python EXPRESSION is true.
json () {
  python3 - "$1" "$2" <<'EOF'
import json, math, sys
d = json.load(open(sys.argv[1]), parse_constant=lambda name: sys.exit(f"# {name} in JSON"))
sys.exit(not eval(f"({sys.argv[2]})"))
EOF
}

finish () {
  echo "1..$checks"
}
