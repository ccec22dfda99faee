#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage: how many lines of the core its own tests run, file by file; less than 90 % is a
# failure. Usage: tests/coverage.sh [BUILD_DIRECTORY (build-coverage)]
set -eu
cd "$(dirname "$0")/.."
build=${1:-build-coverage}

[ -d "$build" ] || meson setup "$build" -Dbuildtype=debug -Db_coverage=true -Dgui=disabled >/dev/null
ninja -C "$build" >/dev/null
find "$build" -name '*.gcda' -delete
meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 3 \
  --suite core --suite fuzz --quiet
gcovr -j 2 --filter 'src/(collect|host|ping|probe|measure|results)/' --exclude-unreachable-branches \
  --object-directory "$build" --fail-under-line 90 "$build"
