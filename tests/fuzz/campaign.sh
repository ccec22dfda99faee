#!/bin/bash
# SPDX-License-Identifier: MIT
# campaign: fuzzes every parser of foreign bytes with libFuzzer and prints what came of it.
#
# Usage: campaign.sh [-j N] [-k] [-b DIRECTORY] [SECONDS [TARGET...]]
#   SECONDS       of CPU time that each target gets (600)
#   TARGET        "cpu", "result", ...: those of tests/fuzz/fuzz_*.c that are wanted (all)
#   -j N          so many at a time (2)
#   -k            keep what covers a new edge: add it to tests/fuzz/corpus/, minimised
#   -b DIRECTORY  where it builds, and what it found stays for the next campaign (build-fuzz)
#
# A crash, a leak or an input that takes longer than 10 s is a finding: it lies in
# DIRECTORY/findings/ and becomes a test by being moved to tests/fuzz/corpus/TARGET/. Any finding is
# a failure.
set -eu
cd "$(dirname "$0")/../.."

export G_DEBUG=fatal-warnings # what GLib complains of is a finding

slice_s=60 # of the clock: a machine may stop a process, and that is no time spent fuzzing
patience_s=10
at_once=2 keep='' build=build-fuzz
while getopts j:kb: option; do
  case $option in
  j) at_once=$OPTARG ;;
  k) keep=yes ;;
  b) build=$OPTARG ;;
  *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
budget_s=${1:-600}
shift $(($# > 0))
targets=("$@")
if [ $# = 0 ]; then
  targets=(tests/fuzz/fuzz_*.c)
  targets=("${targets[@]#tests/fuzz/fuzz_}")
  targets=("${targets[@]%.c}")
fi

# Coverage must be told by the core itself: it is built for it, like the targets.
build_targets () {
  [ -d "$build" ] || CC=clang meson setup "$build" -Dgui=disabled -Db_lundef=false \
    -Db_sanitize=address,undefined \
    -Dc_args='-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined'
  ninja -C "$build" "${targets[@]/#/tests/fuzz_}"
}

# The words of a corpus, for what is made of words.
write_words () {
  grep -aohE '[A-Za-z_][A-Za-z0-9_./-]{2,31}' -r "tests/fuzz/corpus/$1" | sort -u | sed 's/.*/"&"/'
}

# take LOG NAME: the number that libFuzzer gave it last.
take () {
  grep -aoE "$2:? +[0-9]+" "$1" | tail -n 1 | grep -oE '[0-9]+$' || echo 0
}

# What a slice left behind: a finding only if it fails by itself too. Time that passes while a
# process is stopped passes for an input as well.
check_findings () {
  local target=$1 finding
  for finding in "$build/findings/.new-$target-"*; do
    [ -e "$finding" ] || continue
    if (ulimit -t "$patience_s" && exec "$build/tests/fuzz_$target" "$finding") >/dev/null 2>&1; then
      rm "$finding"
    else
      mv "$finding" "${finding/.new-/}"
    fi
  done
}

count_findings () {
  find "$build/findings" -name "$1-*" | wc -l
}

# fuzz TARGET: slice after slice until its CPU time is spent. A line of the table on its own.
fuzz () {
  local target=$1 found=$build/found/$1 log=$build/log/$1 spent_ms=0 executions=0 user system
  mkdir -p "$found"
  write_words "$target" >"$log.words"
  TIMEFORMAT='%U %S'
  while [ "$spent_ms" -lt $((budget_s * 1000)) ] && [ "$(count_findings "$target")" -lt 10 ]; do
    local left_s=$((budget_s - spent_ms / 1000))
    { time "$build/tests/fuzz_$target" -max_total_time=$((left_s < slice_s ? left_s : slice_s)) \
      -dict="$log.words" -artifact_prefix="$build/findings/.new-$target-" -print_final_stats=1 \
      -timeout=300 -rss_limit_mb=2048 -close_fd_mask=3 -verbosity=1 \
      "$found" "tests/fuzz/corpus/$target" >"$log" 2>&1 || true; } 2>"$log.time"
    read -r user system < <(tail -n 1 "$log.time") # above it: that it was killed
    spent_ms=$((spent_ms + 10#${user/./} + 10#${system/./} + 1))
    executions=$((executions + $(take "$log" 'stat::number_of_executed_units')))
    check_findings "$target"
  done
  printf '%-10s %7d %12d %9d %9d %9d\n' "$target" $((spent_ms / 1000)) "$executions" \
    "$(take "$log" cov)" "$(take "$log" ft)" "$(count_findings "$target")" | tee "$log.row"
}

keep_inputs () {
  local target
  for target in "${targets[@]}"; do
    "$build/tests/fuzz_$target" -merge=1 -use_counters=0 "tests/fuzz/corpus/$target" "$build/found/$target" \
      >"$build/log/$target.merge" 2>&1
  done
}

build_targets
mkdir -p "$build"/{findings,found,log}
printf '%-10s %7s %12s %9s %9s %9s\n' target 'CPU s' executions edges features findings
for target in "${targets[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do
    wait -n
  done
  fuzz "$target" &
done
wait
[ -z "$keep" ] || keep_inputs
[ -z "$(ls "$build/findings")" ]
