#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""drift.py: two equal guests on one host whose load steps: what turns say of them, and what one after the other would.

    drift.py --run DIR [--program PROGRAM] [--minutes M]    measures; root, $GUEST_WORK, QEMU; nothing else running
    drift.py DIR [--program PROGRAM]                        what is there, judged by `compare`

Two guests of QEMU run at the same time and measure in alternate slots of the wall clock; a window is 10 s, a slot 15 s,
and the host's other load changes every 90 s, which stands for 30 s, a minute and three minutes. In turns: three windows
of each as they followed one another. One after the other: three of the one, and of the other the three after those.
There `compare` makes no verdict: what is counted is what its test alone would have said.
"""
import argparse
import json
import pathlib
import random
import shlex
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
GUEST = HERE.parent / "guest" / "qemu.sh"
WINDOW_S, SLOT_S, STEP_S = 10, 15, 90
LOOPS = (0, 1, 2, 3)
PAIRS = 3
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


def documents(text):
    decoder, at = json.JSONDecoder(), 0
    while (at := text.find("{", at)) >= 0:
        document, at = decoder.raw_decode(text, at)
        yield document


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
            (directory / f"{side}.{number:02}.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")
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
    output = subprocess.run([program, "compare", "--json", "--by", "label", *map(str, paths)], check=True,
                            stdout=subprocess.PIPE).stdout
    return next(item for item in json.loads(output)["items"] if item["level"] == "total")["pairs"][0]


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
    print(f"{'design':20} {'draws':>6} {'different':>9} {'by the test alone':>18} {'disjoint':>9} {'different':>9}")
    later = range(PAIRS, 2 * PAIRS)
    for name, of_a, of_b in (("in turns", range(PAIRS), range(PAIRS)), ("one after the other", range(PAIRS), later)):
        length, next_free, counts = max(of_b) + 1, -1, [0] * 5
        for first, paths in draw(windows, of_a, of_b):
            pair = judge(program, paths)
            alone = pair["tested"] == "different"
            counts = [a + b for a, b in zip(counts, (1, pair["verdict"] == "different", alone, 0, 0))]
            if first >= next_free:
                counts[3], counts[4], next_free = counts[3] + 1, counts[4] + alone, first + length
        print(f"{name:20} {counts[0]:6} {counts[1]:9} {counts[2]:18} {counts[3]:9} {counts[4]:9}")


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


main()
