#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""verdicts: how often equal guests are called different, by the program's own verdict.

Usage: verdicts.py [--program VMM_MONITOR] [--keep QUALITY] [--power | --next] [DIRECTORY_OR_FILE...]

Takes recorded windows of one guest (without an argument, recorded/idle.*.json), in the order of their
times, and gives them to two sides as the designs below say: the guest is the same, so every "different"
is false. Windows of a design follow one another as they did when they were measured. `compare --json`
judges them as it does for everybody.

Designs that are drawn from the same windows are not independent. So the bound (Clopper and Pearson's,
upper, 95 %) is of those draws alone that have no window in common. "by the test" counts what the test
alone would have called different, where the design makes no verdict.

With --power, what a real difference takes: the guest that takes the second, third, sixth, seventh .. turn
(ABBA) is made slower by so much, by arithmetic: its total and its categories are divided. So the noise is
the recorded one, and a slower guest's own noise is not in it. Each row is of as many windows as so many
minutes of turns have, and of every fourth draw there is: they overlap.

With --next, how often the value of a later window lies in the interval of an earlier one, and whether the
mean of all of its session does. The program is not asked: the interval is that of the file, with the spread
between windows that the program would take today.
"""
import argparse
import calendar
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from definitions import CATEGORIES, betweens

HERE = pathlib.Path(__file__).parent
ADJACENT_S = 600    # as the program's own blocks
SESSION_S = 3600    # as its sessions
ALPHA = 0.05

MINUTES = (4, 6, 8, 12, 16, 20)
SLOWER = (0, 3, 5, 10, 20)  # %
SLOT_S = 40  # of turns: a window of 30 s and ten for keeping it
STRIDE = 4
LATER = (1, 2, 5, 10, 30, 60)  # windows
NORMAL_95 = 1.96
# What intervals had for the sd of ln between windows before that time.
CHANGED = "2026-11-29T07:00"
BEFORE = {"total": 0.05, "cpu": 0.04, "memory": 0.05, "disk": 0.08, "network": 0.10}
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


def see(program, paths):
    """{what: whether it is called different}, of the total and of each category that has a value."""
    return {item["id"]: pair["verdict"] == "different" for item in compare(program, paths)
            if item["level"] != "probe" for pair in item["pairs"] if pair["verdict"] != "none"}


def tell_seen(seen):
    """In how many percent of the draws each is called different."""
    shares = {name: [one[name] for one in seen if name in one] for name in ("total", *CATEGORIES)}
    return ", ".join(f"{name} {100 * statistics.fmean(some):.0f} %" for name, some in shares.items() if some)


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

    def paths(self, sides):
        return [self.names[id(window), side] for side, of in zip("AB", sides) for window in of]

    def judge(self, sides):
        return total_of(compare(self.program, self.paths(sides)))["pairs"][0]

    def see(self, sides):
        return see(self.program, self.paths(sides))



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
            design = ("ABBA" * minutes)[:minutes * 60 // SLOT_S]
            seen = [judge.see(sides) for sides in list(draw(design, windows))[::STRIDE]]
            print(f"{part:4} % {minutes:7} {len(seen):6}  {tell_seen(seen) or 'no windows that lie together so long'}",
                  flush=True)


def values_of(score):
    """{name: what has its value, low and high} of the total and the categories that have a value."""
    parts = {"total": dict(score, value=score["total"]), **score["categories"]}
    return {name: part for name, part in parts.items() if part and part["value"]}


def parts_of(window, between):
    """{name: (value, low, high)} of the total and the categories that have a value, as of today's program."""
    parts = values_of(window.document["score"])
    halves = {name: math.log(part["high"] / part["value"]) for name, part in parts.items()}
    if window.document["created"] < CHANGED:
        halves = {name: NORMAL_95 * math.sqrt((half / NORMAL_95) ** 2 - BEFORE[name] ** 2 + between[name] ** 2)
                  for name, half in halves.items()}
    return {name: (parts[name]["value"], parts[name]["value"] * math.exp(-half), parts[name]["value"] * math.exp(half))
            for name, half in halves.items()}


def tell_covered(what, cases):
    """`cases`: of each name, whether each value lay in its interval."""
    told = [f"{name} {100 * statistics.fmean(held):.0f} %" for name, held in cases.items() if held]
    number = max((len(held) for held in cases.values()), default=0)
    print(f"{what:26} {number:6}  {', '.join(told) or 'none lie so'}")


def pair_off(session, is_next):
    """The earlier and the later of all pairs that lie so."""
    return [(a, b) for i, a in enumerate(session) for k, b in enumerate(session[i + 1:], 1) if is_next(a, b, k)]


def report_next(windows):
    sessions = list_sessions(windows)
    parts = {id(window): parts_of(window, betweens(window.document["score"]["version"])) for window in windows}
    names = list(parts[id(windows[0])])
    values = {name: [[parts[id(w)][name] for w in session if name in parts[id(w)]] for session in sessions]
              for name in names}
    rows = [(f"the window {later} later", lambda a, b, k, later=later: k == later) for later in LATER]
    print(f"{'in the interval':26} {'cases':>6}")
    for what, is_next in rows + [("any within the hour", lambda a, b, k: b.start - a.start <= SESSION_S)]:
        pairs = [(parts[id(a)], parts[id(b)]) for session in sessions for a, b in pair_off(session, is_next)]
        tell_covered(what, {name: [a[name][1] <= b[name][0] <= a[name][2] for a, b in pairs if name in a and name in b]
                            for name in names})
    tell_covered("the mean of its session", {name: [
        low <= math.exp(mean_of_ln(session)) <= high for session in values[name] for _, low, high in session]
        for name in names})
    for word, figure in ("half width", mean_half), ("sd of ln, within a session", spread_within):
        print(f"{word:26} {'':6}  {', '.join(f'{name} {100 * figure(values[name]):.1f} %' for name in names)}")


def mean_of_ln(session):
    return statistics.fmean(math.log(value) for value, _, _ in session)


def mean_half(sessions):
    return statistics.fmean(math.log(high / low) / 2 for session in sessions for _, low, high in session)


def spread_within(sessions):
    """sd of ln about the mean of each session"""
    groups = [[math.log(value) for value, _, _ in session] for session in sessions if len(session) > 1]
    return math.sqrt(sum(statistics.variance(group) * (len(group) - 1) for group in groups)
                     / sum(len(group) - 1 for group in groups))


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][7:])
    parser.add_argument("--program", default="vmm_monitor")
    parser.add_argument("--keep", action="append", help="quality of windows to take (clean)")
    parser.add_argument("--power", action="store_true", help="what a difference takes to be seen")
    parser.add_argument("--next", action="store_true", help="how often a later window lies in an interval")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    names = options.names or sorted((HERE / "recorded").glob("idle.*.json"))
    windows = load(names, options.keep or ["clean"])
    if len(windows) < 6:
        sys.exit(f"verdicts: {len(windows)} windows, six at least are needed")
    print(f"{len(windows)} windows in {len(list_sessions(windows))} sessions")
    if options.next:
        report_next(windows)
    elif options.power:
        report_power(options.program, windows)
    else:
        report(Judge(options.program, windows), windows)


if __name__ == "__main__":
    main()
