#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cures.py: what findings were said to cost, and what is measured where they are not.

    cures.py --plain FILE... -- FILE...    each result with a fault beside each one without it

The program compares every two (compare --json). A row for each finding that the faulty one alone has and points hang on: those
it was said to cost, the median and the range of those by which its total would change if what the finding slows
or takes from were as in the plain ones, and whether another finding is felt there as well. One result each, so
there are no intervals: the range is over the plain ones. Needs nothing but Python 3 and a build.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def compare(program, faulty, plain):
    run = subprocess.run([str(program), "compare", str(faulty), str(plain), "--json"], capture_output=True,
                         text=True, check=False, stdin=subprocess.DEVNULL)
    if run.returncode:
        sys.exit(f"cures: {faulty}: {run.stderr.strip()}")
    return json.loads(run.stdout)["findings"]


def rows_of(program, faulty, plains):
    """By finding: (points said, points measured beside each plain result, whether others are felt there)."""
    rows = {}
    for plain in plains:
        for one in compare(program, faulty, plain):
            if one["with"] == 0 and not one["both"] and one["said"] is not None:
                said, measured, shared = rows.setdefault(one["id"], (one["said"], [], one["shared"]))
                if one["gained"] is not None:
                    measured.append(one["gained"])
                rows[one["id"]] = said, measured, shared
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faulty", nargs="+", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--plain", nargs="+", type=pathlib.Path, required=True, metavar="FILE")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "tests" / "vmm_monitor_terminal")
    words = parser.parse_args()
    print("| result | finding | said | measured | |\n|---|---|---|---|---|")
    for faulty in words.faulty:
        for name, (said, measured, shared) in rows_of(words.program.resolve(), faulty, words.plain).items():
            told = (f"{statistics.median(measured):.1f} ({min(measured):.1f} to {max(measured):.1f})"
                    if measured else "not compared")
            print(f"| {faulty.stem} | {name} | {said:.1f} | {told} | {'with others' if shared else ''} |")


if __name__ == "__main__":
    main()
