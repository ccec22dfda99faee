#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""drift.py: two equal guests on one host whose load steps: what turns say of them, and what one after the other would.

    drift.py --run DIR [--program PROGRAM] [--minutes M]    measures; root, $GUEST_WORK, QEMU; nothing else running
    drift.py DIR [--program PROGRAM]                        what is there (recorded-3/drift, drift-2), judged by `compare`

Two guests of QEMU run at the same time and measure in alternate slots of the wall clock; a window is 10 s, a slot 15 s,
and the host's other load changes every 67 s, which stands for 30 s, 40 s and three minutes; that is no multiple of two
slots, so a change comes at another place of them each time. In turns: so many windows of each as they followed one
another. One after the other: so many of the one, and of the other as many after those. There `compare` makes no
verdict: what is counted is what its test alone would have said.
"""
import argparse
import json
import pathlib
import random
import shlex
import subprocess
import sys
import time

from score import documents
from verdicts import compare, total_of

HERE = pathlib.Path(__file__).resolve().parent
GUEST = HERE.parent / "guest" / "qemu.sh"
WINDOW_S, SLOT_S, STEP_S = 10, 15, 67
LOOPS = (0, 1, 2, 3)
PAIRS = (3, 4, 6)
SIDES = "AB"


# ---- Measuring

def command_of(side, program, seconds):
    """In the guest: at each slot of its own one window, until its time is over."""
    measure = shlex.join([f"./{program.name}", "-t", "--quiet", "--no-save", "--ping-target", "none", "-d",
                          str(WINDOW_S), "--json", "-", "--label", side]) + ' --scratch "$SCRATCH"'
    period, begin = 2 * SLOT_S, SIDES.index(side) * SLOT_S
    return (f"end=$(($(date +%s) + {seconds})); while [ $(date +%s) -lt $end ]; do "
            f"sleep $((({begin} - $(date +%s) % {period} + {period}) % {period})); {measure}; done")


class Load:
    """Busy loops on the host, another number of them every so often; the same ones each time."""

    def __init__(self):
        self.chance, self.loops, self.steps = random.Random(1), [], []

    def step(self):
        number = self.chance.choice([n for n in LOOPS if n != len(self.loops)])
        self.steps.append(number)
        while len(self.loops) > number:
            self.loops.pop().kill()
        while len(self.loops) < number:
            self.loops.append(subprocess.Popen(["sh", "-c", "while :; do :; done"]))

    def end(self):
        for loop in self.loops:
            loop.kill()


def thin(document):
    """Without its readings, which `compare` does not look at."""
    few = {**document, "series": {"time_s": []}, "gaps": {}, "summary": {}}
    few.pop("outlook", None)
    return json.dumps(few, separators=(",", ":"))


def run(directory, program, minutes):
    directory.mkdir(parents=True, exist_ok=True)
    load, end = Load(), time.monotonic() + minutes * 60
    guests = [subprocess.Popen([GUEST, "-t", str(minutes * 60 + 120), "--", command_of(side, program, minutes * 60),
                                program], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
              for side in SIDES]
    try:
        while time.monotonic() < end:
            load.step()
            time.sleep(min(STEP_S, max(0, end - time.monotonic())))
    finally:
        load.end()
    for side, guest in zip(SIDES, guests):
        for number, document in enumerate(documents(guest.communicate()[0]), 1):
            (directory / f"{side}.{number:02}.json").write_text(thin(document) + "\n")
    print(f"busy loops beside, each for {STEP_S} s: {' '.join(map(str, load.steps))}")


# ---- Judging

def number_of(path):
    """The period of its slot."""
    created = json.loads(path.read_text())["created"]
    hours, minutes, seconds = created[11:19].split(":")
    return (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) // (2 * SLOT_S)


def load_windows(directory):
    """{period: path} of each side, of those that have a total and count."""
    found = {}
    for side in SIDES:
        fit = [path for path in sorted(directory.glob(f"{side}.*.json")) if is_fit(path)]
        found[side] = {number_of(path): path for path in fit}
    return found


def is_fit(path):
    document = json.loads(path.read_text())
    return document["score"]["total"] is not None and document["window"]["quality"] in ("clean", "busy")


def judge(program, paths):
    """The pair of totals; None where they are not compared."""
    total = total_of(compare(program, paths))
    return None if total["reason"] else total["pairs"][0]


def draw(windows, of_a, of_b):
    """Each run of periods in which A has those of_a, and B those of_b, counted from its first."""
    for first in range(min(windows["A"]), max(windows["A"]) + 1):
        a, b = [first + k for k in of_a], [first + k for k in of_b]
        if all(k in windows["A"] for k in a) and all(k in windows["B"] for k in b):
            yield first, [windows["A"][k] for k in a] + [windows["B"][k] for k in b]


def report(program, directory):
    windows = load_windows(directory)
    print(", ".join(f"{side}: {len(some)} windows" for side, some in windows.items()))
    if not all(windows.values()):
        sys.exit("drift: no windows of both guests")
    print(f"{'design':20} {'draws':>6} {'unlike':>7} {'different':>10} {'by the test':>12} {'disjoint':>9} "
          f"{'different':>10}")
    for n in PAIRS:
        print_design(program, windows, f"in turns, {n} each", range(n), range(n))
    for n in PAIRS:
        print_design(program, windows, f"in blocks, {n} each", range(n), range(n, 2 * n))


def print_design(program, windows, name, of_a, of_b):
    """Unlike: short windows of which one lacks a probe are not compared."""
    draws = unlike = different = by_test = disjoint = of_disjoint = 0
    length, next_free = max(of_b) + 1, -1
    for first, paths in draw(windows, of_a, of_b):
        pair = judge(program, paths)
        if pair is None:
            unlike += 1
            continue
        alone = pair["tested"] == "different"
        draws, different, by_test = draws + 1, different + (pair["verdict"] == "different"), by_test + alone
        if first >= next_free:
            disjoint, of_disjoint, next_free = disjoint + 1, of_disjoint + alone, first + length
    print(f"{name:20} {draws:6} {unlike:7} {different:10} {by_test:12} {disjoint:9} {of_disjoint:10}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=HERE.parent.parent / "build/tests/vmm_monitor_terminal")
    parser.add_argument("--run", action="store_true")
    parser.add_argument("--minutes", type=int, default=25)
    parser.add_argument("directory", type=pathlib.Path)
    words = parser.parse_args()
    if words.run:
        run(words.directory, words.program.resolve(), words.minutes)
    report(words.program.resolve(), words.directory)


if __name__ == "__main__":
    main()
