#!/bin/sh
# SPDX-License-Identifier: MIT
# host: which machine this is, at once, for people and for programs.
. "$(dirname "$0")/lib.sh"

run host
check 'this machine' exits 0
check 'this machine: no complaint' is_silent err
check 'this machine: no escape codes' is_plain
check 'this machine: 80 columns' not grep -Eq '^.{81}' "$scratch/out"
for word in '^Machine' '^Evidence' '^Steal' '^Can be measured here' 'Fixed computation'; do
  check "this machine: $word" prints "$word"
done
run host --json
check 'JSON' json "$scratch/out" \
  'd["vmm"]["id"] and d["cpus"] >= 1 and d["memory_bytes"] > 0 and
   d["measurable"]["cpu.busy"]["measurable"] is True and
   "remedy" in d["measurable"]["probe.read"] and "self.cpu" not in d["measurable"]'

mkdir "$scratch/machines"
for machine in "$FIXTURES"/*/; do
  name=$(basename "$machine")
  [ -d "$machine/proc" ] || continue
  run host --sysroot "$machine"
  check "$name: for people" exits 0
  run host --json --sysroot "$machine"
  check "$name: for programs" exits 0
  cp "$scratch/out" "$scratch/machines/$name.json"
done
(cd "$scratch/machines" && python3 -c '
import glob, json
print(json.dumps({name: json.load(open(name)) for name in glob.glob("*.json")}))
') >"$scratch/all.json"
check 'machines: some' json "$scratch/all.json" 'len(d) >= 8'
check 'machines: nothing is tried out on any' json "$scratch/all.json" \
  'not any(machine["measurable"][channel]["measurable"] for machine in d.values()
           for channel in ("probe.compute", "probe.sync", "network.rtt"))'
check 'machines: VirtualBox behind the interface of KVM' json "$scratch/all.json" \
  'd["virtualbox.json"]["vmm"]["id"] == "virtualbox" and
   d["virtualbox.json"]["vmm"]["interface"] == "KVM"'
check 'machines: what would count flushes' json "$scratch/all.json" \
  'd["kernel-2.6.json"]["measurable"]["disk.flush"]["remedy"] == "Linux 5.5 or newer"'
check 'machines: what would count the missing columns' json "$scratch/all.json" \
  '"a newer kernel" in [row["remedy"] for row in d["kernel-2.6.json"]["measurable"].values()]'

mkdir "$scratch/empty"
run host --json --sysroot "$scratch/empty"
check 'empty machine' exits 0
check 'empty machine: nothing is measurable, and every loss has a reason' json "$scratch/out" \
  'all(row["reason"] for row in d["measurable"].values() if not row["measurable"]) and
   not d["measurable"]["cpu.busy"]["measurable"]'
run host --sysroot "$scratch/absent"
check 'absent machine' exits 1

finish
