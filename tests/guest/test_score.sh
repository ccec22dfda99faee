#!/bin/sh
# SPDX-License-Identifier: MIT
# test_score.sh PROGRAM: a whole window in each kind of guest; the results carried out, imported, compared.
. "$(dirname "$0")/lib.sh"
program=$1
need python3 qemu-system-x86_64 linux.uml
[ -e "$GUEST_WORK/disk.img" ] || "$here/prepare.sh"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

run='./vmm_monitor_terminal -t --json - --no-save --scratch $SCRATCH'
"$here/qemu.sh" -n 2 -- "$run --label virtio" "$program" > "$out/virtio.json"
"$here/qemu.sh" -n 2 -f emulated -- "$run --label emulated" "$program" > "$out/emulated.json"
"$here/uml.sh" -- "$run --label uml" "$program" > "$out/uml.json"

echo 1..5
n=0
failed=0
# say DESCRIPTION COMMAND...: one line of TAP for the command's success
say() {
  what=$1
  shift
  n=$((n + 1))
  if "$@"; then echo "ok $n - $what"; else echo "not ok $n - $what"; failed=1; fi
}

# has_score FILE VMM: a number above zero with its interval, or an invalid window that says why
has_score() {
  python3 - "$1" "$2" <<'P'
import json, sys
r = json.load(open(sys.argv[1]))
s, w = r["score"], r["window"]
print("#", sys.argv[2], s["total"], s["low"], s["high"], w["quality"], w["reasons"])
sys.exit(not (r["host"]["vmm"]["id"] == sys.argv[2] and s["total"] and s["total"] > 0
              and s["low"] <= s["total"] <= s["high"]))
P
}
say "a score in a virtio guest" has_score "$out/virtio.json" qemu
say "a score in a guest of emulated devices" has_score "$out/emulated.json" qemu
say "a score in user-mode Linux" has_score "$out/uml.json" uml

export XDG_DATA_HOME=$out/data
"$program" import "$out/virtio.json" "$out/emulated.json" "$out/uml.json" > "$out/import.txt"
say "three results imported" \
  sh -c '[ "$("$1" list --json | python3 -c "import json, sys; print(len(json.load(sys.stdin)))")" = 3 ]' sh "$program"
"$program" compare --by label > "$out/compare.txt" || true
sed 's/^/# /' "$out/compare.txt"
say "they are compared by label, as far as they are alike" \
  grep -q 'totals are not compared: network.*; still compared: .*CPU' "$out/compare.txt"
exit $failed
