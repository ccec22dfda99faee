#!/bin/bash
# SPDX-License-Identifier: MIT
# run.sh [DIRECTORY]: builds everything afresh under DIRECTORY (build-tests), runs all tests, runs
# them again under the address and undefined behaviour sanitizers, tells the coverage, and counts.
set -u
cd "$(dirname "$0")/.."
directory=${1:-build-tests}
broken=0

# test_build NAME SETUP_OPTION... -- TEST_OPTION...
test_build () {
  local build=$directory/$1 setup=()
  shift
  while [ "$1" != -- ]; do
    setup+=("$1")
    shift
  done
  shift
  echo "== $build: ${setup[*]}"
  rm -rf "$build"
  meson setup "$build" --werror "${setup[@]}" >"$build.log" 2>&1 &&
    ninja -k 0 -C "$build" >>"$build.log" 2>&1 || {
    grep -A 5 -E 'FAILED|error|ERROR' "$build.log" | head -n 60
    broken=$((broken + 1))
    return
  }
  meson test -C "$build" --no-rebuild --print-errorlogs --no-suite guest --no-suite slow --no-suite package \
    "$@"
}

mkdir -p "$directory"
test_build plain -Dgui=enabled --
CC=clang test_build sanitized -Dgui=disabled -Db_sanitize=address,undefined -Db_lundef=false \
  -- --no-suite style --no-suite analysis --timeout-multiplier 3
echo '== coverage of the core'
tests/coverage.sh "$directory/coverage" >"$directory/coverage.log" 2>&1 || broken=$((broken + 1))
tail -n 4 "$directory/coverage.log"

python3 - "$broken" "$directory"/{plain,sanitized}/meson-logs/testlog.json <<'EOF'
import json
import os
import sys

broken, logs = int(sys.argv[1]), [log for log in sys.argv[2:] if os.path.exists(log)]
tests = [(log.split(os.sep)[-3], json.loads(line)) for log in logs for line in open(log)]
passed = [test for _, test in tests if test["result"] in ("OK", "EXPECTEDFAIL")]
skipped = [(build, test) for build, test in tests if test["result"] == "SKIP"]
failed = [(build, test) for build, test in tests
          if test["result"] not in ("OK", "EXPECTEDFAIL", "SKIP")]
for word, some in ("skipped", skipped), ("failed", failed):
    for build, test in some:
        print(f"{word}: {build}: {test['name']} ({test['result']})")
print(f"{len(passed)} passed, {len(failed) + broken} failed")
sys.exit(1 if failed or broken or not passed else 0)
EOF
