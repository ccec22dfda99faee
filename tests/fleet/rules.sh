#!/bin/bash
# SPDX-License-Identifier: MIT
# rules: Prometheus understands what data/fleet/ has for it, each alert fires when it should and else not, and
# each figure that a rule or the test of one names is one that we tell.
# Usage: rules.sh SOURCE_ROOT; prints TAP.
. "$(dirname "$0")/../cli/lib.sh"
if ! command -v promtool >/dev/null; then
  echo '1..0 # SKIP no promtool (Debian: apt-get install prometheus)'
  exit
fi
cd "$1/data/fleet" || exit 1

# told COMMAND...: it succeeds; what it says is shown when not.
told () { "$@" >"$scratch/out" 2>"$scratch/err"; code=$?; [ "$code" -eq 0 ]; }

check 'the rules' told promtool check rules vmm.rules.yml
check 'the rules: their tests' told promtool test rules vmm.rules.test.yml
check 'the configuration' told promtool check config prometheus.yml
check 'the targets' json targets.json 'all(t["targets"] and t["labels"]["vmm_host"] for t in d)'
check 'each alert has a test' is \
  "$(sed -n 's/.*- alert: //p' vmm.rules.yml | sort)" \
  "$(grep -o 'alertname: Vmm[A-Za-z]*' vmm.rules.test.yml | cut -d ' ' -f 2 | sort -u)"
for name in $(grep -ohE '\bvmm_[a-z_]+' vmm.rules.yml vmm.rules.test.yml | grep -vxE 'vmm_(host|monitor)' | sort -u); do
  check "$name is told" grep -qF "\"$name\"" "$1/src/results/exposition.c" "$1/src/results/snapshot.c"
done
finish
