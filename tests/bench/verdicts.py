#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""verdicts: how often equal guests are called different, by the program's own verdict.

Usage: verdicts.py [--program VMM_MONITOR] [--keep QUALITY] [--power] [DIRECTORY_OR_FILE...]

Takes recorded windows of one guest (without an argument, recorded/idle.*.json), in the order of their
times, and gives them to two sides as the designs below say: the guest is the same, so every "different"
is false. Windows of a design follow one another as they did when they were measured. `compare --json`
judges them as it does for everybody.

Designs that are drawn from the same windows are not independent. So the bound (Clopper and Pearson's,
upper, 95 %) is of those draws alone that have no window in common. "by the test" counts what the test
alone would have called different, where the design makes no verdict.

With --power, what a real difference takes: the guest that takes the second, third, sixth, seventh .. turn
(ABBA) is made slower by so much, by arithmetic: its total and its categories are divided. So the noise is
the recorded one, and a slower guest's own noise is not in it. Each row is of as many minutes of turns.
"""
import argparse
import calendar
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ADJACENT_S = 600    # as the program's own blocks
SESSION_S = 3600    # as its sessions
ALPHA = 0.05

MINUTES = (2, 4, 6, 8, 12, 16, 20)
SLOWER = (0, 3, 5, 10, 20)  # %
WINDOWS_A_MINUTE = 2
RATES = ("copy", "streamread")  # of what is scored; the rest are times

# Letters follow one another; "." stands for windows that are left out: 2 at least, and up to 5.
DESIGNS = ["AAABBB", "AAA.BBB", "AAAAAABBBBBB", "ABABAB", "ABBAAB", "ABABABABABAB", "ABBAABBAABBA"]


class Window:
    def __init__(self, path, document):
        self.path, self.document = path, document
        whole, _, fraction = document["created"].rstrip("Z").partition(".")
        self.start = calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) + float("0." + (fraction or "0"))
        self.end = self.start + document["plan"]["duration_s"]


def load(names, quality):
    paths = []
    for name in names:
        path = pathlib.Path(name)
        paths += sorted(path.rglob("*.json")) if path.is_dir() else [path]
    windows = []
    for path in paths:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document.get("format") == "vmm-monitor-result" and document["window"]["quality"] in quality:
            windows.append(Window(path, document))
    return sorted(windows, key=lambda window: window.start)


def lie_together(windows):
    return all(b.start - a.end <= ADJACENT_S for a, b in zip(windows, windows[1:]))


def draw(design, windows):
    """Every way to lay the design over the windows: (those of A, those of B)."""
    pauses = range(2, 6) if "." in design else [0]
    for first in range(len(windows)):
        for pause in pauses:
            steps = design.replace(".", "." * pause)
            taken = windows[first:first + len(steps)]
            if len(taken) == len(steps) and lie_together(taken):
                yield tuple([window for window, step in zip(taken, steps) if step == side] for side in "AB")


def list_sessions(windows):
    sessions = []
    for window in windows:
        if not sessions or window.start - sessions[-1][-1].end >= SESSION_S:
            sessions.append([])
        sessions[-1].append(window)
    return sessions


def draw_sessions(windows):
    """Three sessions of each in turns, three windows a session."""
    sessions = [session[:3] for session in list_sessions(windows) if len(session) >= 3]
    for first in range(len(sessions) - 5):
        taken = sessions[first:first + 6]
        yield sum(taken[0::2], []), sum(taken[1::2], [])


def slow_down(document, part):
    """By so many percent, in all that is scored: a category follows from its probes."""
    factor, score = 1 + part / 100, document["score"]
    probes = {name: slow_probe(name, probe, factor) for name, probe in document["probes"].items()}
    parts = {name: divide(value, factor) for name, value in score["categories"].items()}
    return dict(document, probes=probes, score=dict(divide(score, factor), categories=parts))


def slow_probe(name, probe, factor):
    if not probe.get("scored"):
        return probe
    return dict(divide(probe, factor), value=probe["value"] / factor if name in RATES else probe["value"] * factor)


def divide(of, factor):
    names = [name for name in ("total", "value", "ratio", "low", "high") if of.get(name) is not None]
    return dict(of, **{name: of[name] / factor for name in names})


def compare(program, paths):
    """What the program's `compare` says of each item; the label is the side."""
    output = subprocess.run([program, "compare", "--json", "--by", "label", *paths], stdout=subprocess.PIPE,
                            check=True).stdout
    return json.loads(output)["items"]


def total_of(items):
    return next(item for item in items if item["level"] == "total")


class Judge:
    """The program, with a copy of each window for either side."""

    def __init__(self, program, windows, slower=0):
        self.program = program
        self.folder = tempfile.TemporaryDirectory()
        self.names = {}
        for number, window in enumerate(windows):
            for side, part in ("A", 0), ("B", slower):
                path = pathlib.Path(self.folder.name) / f"{number}{side}.json"
                path.write_text(json.dumps(slow_down(dict(window.document, label=side), part)), encoding="utf-8")
                self.names[id(window), side] = str(path)

    def compare(self, sides):
        names = [self.names[id(window), side] for side, of in zip("AB", sides) for window in of]
        return compare(self.program, names)

    def judge(self, sides):
        return total_of(self.compare(sides))["pairs"][0]

    def see(self, sides):
        """{what: whether it is called different}, of the total and of each category that has a value."""
        return {item["id"]: pair["verdict"] == "different" for item in self.compare(sides)
                if item["level"] != "probe" for pair in item["pairs"] if pair["verdict"] != "none"}


def bound(k, n):
    """The greatest rate at which k of n or fewer still have a chance of one in twenty."""
    low, high = k / n if n else 0, 1
    if k >= n:
        return 1
    for _ in range(60):
        middle = (low + high) / 2
        chance = sum(math.comb(n, i) * middle ** i * (1 - middle) ** (n - i) for i in range(k + 1))
        low, high = (middle, high) if chance > ALPHA else (low, middle)
    return high


def count(judge, draws):
    """(draws, false, false by the test alone, without a verdict, disjoint draws, false ones of them, names)"""
    used, numbers, designs = set(), [0] * 6, set()
    for sides in draws:
        pair = judge.judge(sides)
        false = pair["verdict"] == "different"
        ids = {id(window) for side in sides for window in side}
        disjoint = not ids & used
        used |= ids if disjoint else set()
        for i, one in enumerate([True, false, pair["tested"] == "different",
                                 pair["verdict"] == "indicative", disjoint, disjoint and false]):
            numbers[i] += one
        designs.add(pair["design"])
    return numbers, sorted(designs)


def report(judge, windows):
    print(f"{'design':14} {'taken as':12} {'draws':>6} {'no verdict':>10} {'false':>6} {'by the test':>11} "
          f"{'disjoint':>8} {'false':>6} {'bound':>7}")
    rows = [(design, draw(design, windows)) for design in DESIGNS]
    for name, draws in rows + [("sessions", draw_sessions(windows))]:
        (n, false, tested, without, disjoint, of_disjoint), designs = count(judge, draws)
        limit = f"{100 * bound(of_disjoint, disjoint):.0f} %" if disjoint else "-"
        print(f"{name:14} {'+'.join(designs):12} {n:6} {without:10} {false:6} {tested:11} "
              f"{disjoint:8} {of_disjoint:6} {limit:>7}")


def report_power(program, windows):
    print(f"{'slower':>6} {'minutes':>7} {'draws':>6}  called different, of total and categories")
    for part in SLOWER:
        judge = Judge(program, windows, part)
        for minutes in MINUTES:
            design = ("ABBA" * minutes)[:minutes * WINDOWS_A_MINUTE]
            seen = [judge.see(sides) for sides in draw(design, windows)]
            names = list(seen[0]) if seen else []
            told = [f"{name} {100 * sum(one[name] for one in seen) / len(seen):.0f} %" for name in names]
            print(f"{part:4} % {minutes:7} {len(seen):6}  {', '.join(told) or 'no windows that lie together so long'}",
                  flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][7:])
    parser.add_argument("--program", default="vmm_monitor")
    parser.add_argument("--keep", action="append", help="quality of windows to take (clean)")
    parser.add_argument("--power", action="store_true", help="what a difference takes to be seen")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    names = options.names or sorted((HERE / "recorded").glob("idle.*.json"))
    windows = load(names, options.keep or ["clean"])
    if len(windows) < 6:
        sys.exit(f"verdicts: {len(windows)} windows, six at least are needed")
    print(f"{len(windows)} windows in {len(list_sessions(windows))} sessions")
    if options.power:
        report_power(options.program, windows)
    else:
        report(Judge(options.program, windows), windows)


if __name__ == "__main__":
    main()
