#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""findings.py: on how many clean windows the program names a cause.

    findings.py FILE-OR-DIRECTORY...              of the results there
    findings.py --run N DIRECTORY                 measures what the directory lacks of N windows, 31 s each,
                                                  on a machine from which nothing is taken; then the same

A window that is not clean does not count. What is found on a clean window of such a machine is wrong, or the
machine is not what it was taken for: at most 2 of 100 may have a finding. Needs nothing but Python 3, a build,
and to --run root and $GATEWAY (tests/inject/network.sh), unless --ping-target says otherwise.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE / "criterion"))

from measure import findings_of  # pylint: disable=wrong-import-position

ROOT = HERE.parent.parent
GOAL = 0.02
NO_CAUSE = "The greatest loss has no known cause"  # the program's own word for none


def command_of(words, path):
    program = [str(words.program), "-t", "--quiet", "--no-save", "--json", str(path)]
    if words.ping_target:
        return [*program, "--ping-target", words.ping_target]
    return [str(HERE.parent / "inject" / "network.sh"), "0.1", "0.05", "0", *program]


def measure(words):
    directory = pathlib.Path(words.paths[0])
    directory.mkdir(parents=True, exist_ok=True)
    for n in range(1, words.run + 1):
        path = directory / f"clean.{n}.json"
        if path.exists():
            continue
        run = subprocess.run(command_of(words, path), capture_output=True, text=True, check=False,
                             stdin=subprocess.DEVNULL)
        if run.returncode == 77:
            sys.exit("findings: no network namespace, or no $GATEWAY; or say --ping-target none")
        print(f"{n} of {words.run}: {(run.stdout or run.stderr).strip()}", flush=True)


def files_of(paths):
    for path in map(pathlib.Path, paths):
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


def count(words):
    """How many clean windows there are, for how many a cause is named, and which."""
    clean, found, by_id = 0, 0, collections.Counter()
    for path in files_of(words.paths):
        if json.loads(path.read_text())["window"]["quality"] != "clean":
            continue
        findings = [one for one in findings_of(str(words.program), path) if one != NO_CAUSE]
        clean += 1
        found += bool(findings)
        by_id.update(findings)
        if findings:
            print(f"  {path.name}: {' '.join(findings)}")
    return clean, found, by_id


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", metavar="FILE-OR-DIRECTORY")
    parser.add_argument("--run", type=int, metavar="N")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "tests" / "vmm_monitor_terminal")
    parser.add_argument("--ping-target", metavar="ADDR|none", help="none: nothing is sent, and no root is needed")
    words = parser.parse_args()
    words.program = words.program.resolve()
    if words.run:
        measure(words)
    clean, found, by_id = count(words)
    share = found / clean if clean else 0
    verdict = "nothing to count" if not clean else "met" if share <= GOAL else "MISSED"
    print(f"{found} of {clean} clean windows have a finding, {100 * share:.1f} %: <= {100 * GOAL:.0f} %  {verdict}")
    for name, n in by_id.most_common():
        print(f"  {name:<20} {n}")


if __name__ == "__main__":
    main()
