#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""slower.py: how many minutes of turns the program needs to see a guest that is slower by a known part.

    slower.py --run CYCLES DIR [--program PROGRAM]     measures; root, $GATEWAY; nothing else running
    slower.py DIR [--program PROGRAM]                  what is there (recorded-3/slower), judged by `compare`

A cycle is one window of the guest as it is and one at each of LEVELS, in an order taken by chance; the next cycle has
the same ones in the opposite order (A B B A). The slower guest loses so much of its CPUs' time to timer interrupts
(tests/inject/ticks.c), which takes from CPU, memory and files; its gateway answers later, and less evenly, by that part
of what the guest's round trip is (tests/inject/network.sh). So one run measures all levels beside the same windows,
and a pair of a level lies up to two and a half minutes apart where in turns it would be half a minute.

Runs of as many cycles as so many minutes of turns have pairs are given to `compare`. They overlap; how many of them
have no window in common is said.
"""
import argparse
import json
import math
import pathlib
import random
import re
import statistics
import subprocess
import sys

from drift import thin
from score import QUIET_NETWORK
from verdicts import MINUTES, SLOT_S, see, tell_seen, values_of

HERE = pathlib.Path(__file__).resolve().parent
INJECT = HERE.parent / "inject"
LEVELS = (0, 3, 5, 10, 20)  # %
DELAY_MS, JITTER_MS, LOSS = QUIET_NETWORK
REACHED = "reached.json"  # {file: by how many percent a loop was slower}


# ---- Measuring

def orders():
    """Each one, then the same backwards; the same ones each time."""
    chance = random.Random(1)
    while True:
        order = chance.sample(LEVELS, len(LEVELS))
        yield order
        yield order[::-1]


def command_of(words, level, rtt_ms, path):
    part = level / 100
    slower = [words.ticks, str(level)] if level else []
    return [INJECT / "network.sh", str(DELAY_MS + part * rtt_ms), str(JITTER_MS * (1 + part)), str(LOSS), *slower,
            words.program, "-t", "--quiet", "--no-save", "--json", path, "--label", f"{level} %"]


def level_of(name):
    return int(pathlib.Path(name).stem.split("-")[2])


def run(words):
    words.directory.mkdir(parents=True, exist_ok=True)
    rtts, reached = [], {}
    for cycle, order in zip(range(words.run), orders()):
        for place, level in enumerate(order):
            path = words.directory / f"{cycle:02}-{place}-{level}.json"
            rtt_ms = statistics.median(rtts) if rtts else 2 * DELAY_MS
            done = subprocess.run(command_of(words, level, rtt_ms, path), capture_output=True, text=True, check=False,
                                  stdin=subprocess.DEVNULL)
            if done.returncode == 77:
                sys.exit("slower: no network namespace, no $GATEWAY, or no control groups for perf")
            document = json.loads(path.read_text())
            path.write_text(thin(document) + "\n")
            if level:
                reached[path.name] = float(re.search(r"ticks: (\S+) % slower", done.stderr)[1])
            else:
                rtts.append(document["probes"]["rtt"]["value"])
            print(f"{path.name} {level} %: {done.stdout.strip()} {done.stderr.strip()}", flush=True)
    (words.directory / REACHED).write_text(json.dumps(reached, indent=0) + "\n")


# ---- Judging

def load_cycles(directory):
    """[{level: path}] of the cycles, of windows that are clean and have a total."""
    cycles = {}
    for path in sorted(directory.glob("??-?-*.json")):
        document = json.loads(path.read_text())
        of = cycles.setdefault(int(path.name[:2]), {})
        if document["window"]["quality"] == "clean" and document["score"]["total"] is not None:
            of[level_of(path.name)] = path
    return [cycles[number] for number in sorted(cycles)]


def read_values(path):
    return values_of(json.loads(path.read_text())["score"])


def print_reached(directory):
    reached = json.loads((directory / REACHED).read_text())
    for level in LEVELS[1:]:
        some = [percent for name, percent in reached.items() if level_of(name) == level]
        print(f"asked for {level} %, reached in a loop: {statistics.fmean(some):.1f} % ({min(some):.1f} to {max(some):.1f})")


def print_losses(cycles):
    print("slower, of all pairs: mean (95 %)")
    for level in LEVELS[1:]:
        pairs = [(read_values(of[0]), read_values(of[level])) for of in cycles if 0 in of and level in of]
        told = [loss_of(name, [math.log(a[name]["value"] / b[name]["value"]) for a, b in pairs if name in a and name in b])
                for name in pairs[0][0]]
        print(f"{level:4} % {len(pairs):3} pairs  {', '.join(told)}")


def loss_of(name, lns):
    mean, half = statistics.fmean(lns), 1.96 * statistics.stdev(lns) / math.sqrt(len(lns))
    middle, low, high = (100 * math.expm1(value) for value in (mean, mean - half, mean + half))
    return f"{name} {middle:.1f} ({low:.1f} to {high:.1f})"


def print_power(program, cycles):
    print(f"{'slower':>6} {'minutes':>7} {'runs':>5} {'disjoint':>8}  called different, of total and categories")
    for level in LEVELS[1:]:
        for minutes in MINUTES:
            pairs = minutes * 60 // SLOT_S // 2
            runs = [cycles[first:first + pairs] for first in range(len(cycles) - pairs + 1)]
            whole = [some for some in runs if all(0 in of and level in of for of in some)]
            seen = [see(program, [of[side] for of in some for side in (0, level)]) for some in whole]
            print(f"{level:4} % {minutes:7} {len(seen):5} {len(cycles) // pairs:8}  {tell_seen(seen)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=HERE.parent.parent / "build/tests/vmm_monitor_terminal")
    parser.add_argument("--ticks", type=pathlib.Path, default=HERE.parent.parent / "build/tests/ticks")
    parser.add_argument("--run", type=int, metavar="CYCLES")
    parser.add_argument("directory", type=pathlib.Path)
    words = parser.parse_args()
    words.program, words.ticks = words.program.resolve(), words.ticks.resolve()
    if words.run:
        run(words)
    cycles = load_cycles(words.directory)
    if len(cycles) < 2:
        sys.exit(f"slower: {words.directory} has {len(cycles)} cycles of windows, two at least are needed")
    print_reached(words.directory)
    print_losses(cycles)
    print_power(words.program, cycles)


if __name__ == "__main__":
    main()
