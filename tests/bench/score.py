#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""score.py: holds the score against its goals, on windows measured now or recorded before.

    score.py --replay [DIR...]                  the table of the recorded windows (or of those in DIRs)
    score.py --run PROGRAM DIR [NAME[:N]...]    measures the windows that DIR lacks (of the conditions
                                                named, N each), then the table
    score.py --study [DIR...]                   what other estimators would have said of them

A window is a result file, DIR/CONDITION.N.json; a condition is a row of `CONDITIONS`. Faults come
from tests/inject, guests from tests/guest. $GATEWAY names the gateway program, $GUEST_WORK the
guests' files. A condition that lacks a tool is left out, and said. Needs nothing but Python 3; run
it on a machine that has nothing else to do: 31 s a window.
"""

import collections
import datetime
import functools
import itertools
import json
import math
import pathlib
import random
import re
import shlex
import statistics
import subprocess
import sys

from definitions import CATEGORIES, betweens, definitions

HERE = pathlib.Path(__file__).resolve().parent
RECORDED = HERE / "recorded"
INJECT = HERE.parent / "inject"
GUEST = HERE.parent / "guest"
RATES = ("probe.copy", "probe.streamread")  # of what is scored
OPTIONS = ("-t", "--quiet", "--no-save", "--json", "-")
QUIET_NETWORK = (0.1, 0.05, 0)

# Name, windows, the fault's script and words, the network (delay, jitter, loss); or the guest.
Condition = collections.namedtuple("Condition", "name windows fault network guest")


def here(name, windows, *fault, network=QUIET_NETWORK):
    return Condition(name, windows, fault, network, None)


def guest(name, windows, *words):
    return Condition(name, windows, (), None, words)


CONDITIONS = [
    here("idle", 12),
    *(here(f"loops-{n}", 3, "load.sh", "cpu", n) for n in (1, 2, 4)),
    *(here(f"quota-{n}", 1, "cgroup.sh", "cpu", n) for n in (50, 20, 5)),
    *(here(f"memory-{n}", 1, "load.sh", "memory", n) for n in (1, 2, 4)),
    *(here(f"fio-{n}", 1, "load.sh", "disk", n) for n in (1, 4, 16)),
    *(here(f"delay-{n}", 1, network=(n, 0.05, 0)) for n in (1, 5, 20)),
    *(here(f"jitter-{n}", 1, network=(5, n, 0)) for n in (0.5, 1, 4)),
    *(here(f"loss-{n}", 1, network=(0.1, 0.05, n)) for n in (10, 30, 60)),
    guest("tcg", 3, "qemu.sh", "-n", 2),
    *(guest(f"iops-{n}", 1, "qemu.sh", "-n", 2, "-d", f"throttling.iops-total={n}")
      for n in (200, 50, 20)),
    *(guest(f"paged-{n}", 1, "qemu.sh", "-n", 2, "-w", f"{INJECT}/paging.sh {n}")
      for n in (220, 180, 150)),
    guest("emulated", 3, "qemu.sh", "-n", 2, "-f", "emulated"),
    guest("uml", 3, "uml.sh"),
    guest("step", 1, "step.sh"),
]
STEPS = ("none", "60", "30", "15")  # percent of a CPU that the whole VMM has in `step`

# The fault, from weak to strong, beside the condition without it; the category that falls most.
INJECTIONS = [
    ("memory traffic", ("idle", "memory-1", "memory-2", "memory-4"), "memory"),
    ("competing I/O", ("idle", "fio-1", "fio-4", "fio-16"), "disk"),
    ("host pages the VMM", ("tcg", "paged-220", "paged-180", "paged-150"), "memory"),
    ("slow disk of the VMM", ("tcg", "iops-200", "iops-50", "iops-20"), "disk"),
    ("network delay", ("idle", "delay-1", "delay-5", "delay-20"), "network"),
    ("network jitter", ("delay-5", "jitter-0.5", "jitter-1", "jitter-4"), "network"),
    ("network loss", ("idle", "loss-10", "loss-30", "loss-60"), "network"),
    ("CPU taken from the VMM", ("step-none", "step-60", "step-30", "step-15"), "cpu"),
]


# ---- Measuring

def command_of(condition, program):
    if condition.guest:
        script, *words = map(str, condition.guest)
        name = f"./{pathlib.Path(program).name}"
        run = shlex.join((name, *OPTIONS)) + ' --scratch "$SCRATCH"'
        if condition.name == "step":
            steps = (f'echo "quota: {q}" >&2; sleep 2; {run} --label step-{q}' for q in STEPS)
            return [str(GUEST / script), "; ".join(steps), str(program)]
        return [str(GUEST / script), *words, "--", f"{run} --label {condition.name}", str(program)]
    fault = [str(INJECT / condition.fault[0]), *map(str, condition.fault[1:])] if condition.fault else []
    # In a network namespace there are no control groups to be seen: the fault goes round it.
    return [*fault, str(INJECT / "network.sh"), *map(str, condition.network), str(program), *OPTIONS,
            "--label", condition.name]


def documents(text):
    """The JSON documents in it, one after the other."""
    decoder, at = json.JSONDecoder(), 0
    while (at := text.find("{", at)) >= 0:
        document, at = decoder.raw_decode(text, at)
        yield document


def measure(condition, n, program, directory):
    """One run of the condition; what became of it in a word or two."""
    names = [f"step-{q}" for q in STEPS] if condition.name == "step" else [condition.name]
    paths = [directory / f"{name}.{n}.json" for name in names]
    if all(path.exists() for path in paths):
        return None
    run = subprocess.run(command_of(condition, program), capture_output=True, text=True, check=False,
                         stdin=subprocess.DEVNULL)
    if run.returncode == 77:
        return "left out, a tool is missing"
    found = {d["label"]: d for d in documents(run.stdout)}
    for name, path in zip(names, paths):
        if name not in found:
            return f"exit {run.returncode}: {run.stderr.strip()[-200:]}"
        path.write_text(json.dumps(found[name], separators=(",", ":")) + "\n")
    return "measured"


def run(program, directory, names):
    directory.mkdir(parents=True, exist_ok=True)
    limits = dict((*name.split(":"), "99")[:2] for name in names)
    wanted = [c._replace(windows=min(c.windows, int(limits.get(c.name, 99))))
              for c in CONDITIONS if not names or c.name in limits]
    # Turn by turn, so that the machine's drift falls on all conditions alike.
    for n in range(1, max(c.windows for c in wanted) + 1):
        for condition in wanted:
            if n <= condition.windows:
                became = measure(condition, n, pathlib.Path(program).resolve(), directory)
                if became:
                    print(f"{condition.name}.{n}: {became}", flush=True)


def load(directories):
    windows = collections.defaultdict(list)
    for directory in directories or [RECORDED]:
        for path in sorted(pathlib.Path(directory).glob("*.json")):
            windows[re.sub(r"\.\d+\.json$", "", path.name)].append(json.loads(path.read_text()))
    return windows


# ---- Figures

def version_of(window):
    return window["score"]["version"]


def ln_total(window):
    return math.log(window["score"]["total"])


def half_width(window):
    """Of the interval that the program would print today: older windows know another one."""
    return 1.96 * math.hypot(within(window), betweens(version_of(window))["total"])


def ln_category(window, category):
    value = window["score"]["categories"][category]["value"]
    return math.log(value) if value else None


def scored(windows):
    return [w for w in windows if w["score"]["total"]]


def clean(windows):
    return [w for w in scored(windows) if w["window"]["quality"] == "clean"]


def time_of(window):
    return datetime.datetime.fromisoformat(window["created"].replace("Z", "+00:00")).timestamp()


def beside(some, base):
    """The three of `base` that were measured nearest to `some`, within a quarter of an hour where
    there are such: a shared host drifts."""
    when = statistics.fmean(map(time_of, some))
    nearest = sorted(scored(base), key=lambda w: abs(time_of(w) - when))[:3]
    return [w for w in nearest if abs(time_of(w) - when) < 900] or nearest


def mean_of(windows, get):
    values = [v for v in map(get, scored(windows)) if v is not None]
    return statistics.fmean(values) if values else math.nan


def sd(values):
    values = [v for v in values if v is not None]
    return statistics.stdev(values) if len(values) > 1 else math.nan


def student_p(t, df):
    """Two-sided p of Student's t: its density, integrated by Simpson's rule."""
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    n, t = 400, min(abs(t), 200)
    h = t / n
    y = [c * (1 + (i * h) ** 2 / df) ** (-(df + 1) / 2) for i in range(n + 1)]
    return max(0, 1 - 2 * h / 3 * (y[0] + y[-1] + 4 * sum(y[1:-1:2]) + 2 * sum(y[2:-1:2])))


def welch_p(a, b):
    va, vb = statistics.variance(a) / len(a), statistics.variance(b) / len(b)
    if va + vb == 0:
        return 1
    df = (va + vb) ** 2 / (va ** 2 / (len(a) - 1) + vb ** 2 / (len(b) - 1))
    return student_p((statistics.fmean(a) - statistics.fmean(b)) / math.sqrt(va + vb), df)


def percent(fraction):
    return "-" if math.isnan(fraction) else f"{100 * fraction:.1f} %"


def row(goal, figure, met=None, note=""):
    verdict = "" if met is None else "met" if met else "MISSED"
    print(f"{goal:<52} {figure:>24}  {verdict:<6} {note}".rstrip())


@functools.cache
def weights(version):
    """Weight in the total of each scored channel, from the table that the program is built with."""
    rows, outer = definitions()[version]
    return {channel: weight * outer[category] for channel, (category, weight) in rows.items()}


def location(window, estimate=statistics.median, rows=None, weighting=None):
    """ln of the total but for a constant (the references) and without the loss of the network, of
    the window's rows or of those given."""
    total = 0
    for channel, weight in (weighting or weights(version_of(window))).items():
        series = window["series"][channel]
        values = [series[i] for i in (range(len(series)) if rows is None else rows)]
        values = [math.log(v) for v in values if v]
        if not values:
            return None
        # A percentile is of the good seconds: low times, high rates.
        sign = 1 if channel in RATES else -1
        total += weight * -estimate([-sign * v for v in values])
    return total


def within(window, replicates=200):
    """sd of ln total over resamples of the window's seconds, in blocks of 5."""
    chance, n, found = random.Random(1), len(window["series"]["time_s"]), []
    for _ in range(replicates):
        starts = [chance.randrange(n - 4) for _ in range(n // 5)]
        found.append(location(window, rows=[first + i for first in starts for i in range(5)]))
    return sd([value for value in found if value is not None])


# ---- The table

def table_equal(windows):
    equal = clean(windows["idle"])
    if len(equal) < 6:
        return
    ln = [ln_total(w) for w in equal]
    goal = 0.035 if version_of(equal[0]) >= 3 else 0.03
    row(f"sd of ln total, {len(ln)} clean windows: <= {100 * goal:g} %", percent(sd(ln)), sd(ln) <= goal,
        f"{math.exp(statistics.fmean(ln)):.1f} on average")
    for category in CATEGORIES:
        row(f"  {category}", percent(sd([ln_category(w, category) for w in equal])))
    half = [half_width(w) for w in equal]
    pairs = list(itertools.combinations(range(len(ln)), 2))
    false = sum(abs(ln[a] - ln[b]) > math.hypot(half[a], half[b]) for a, b in pairs) / len(pairs)
    row(f"false differences, {len(pairs)} pairs: <= 5 %", percent(false), false <= 0.05)
    splits = [(a, b) for six in itertools.combinations(range(len(ln)), 6)
              for a in itertools.combinations(six, 3) if six[0] in a
              for b in [tuple(set(six) - set(a))]]
    false = sum(welch_p([ln[i] for i in a], [ln[i] for i in b]) < 0.05 for a, b in splits) / len(splits)
    row(f"false differences, {len(splits)} threes: <= 5 %", percent(false), false <= 0.05)
    mean = statistics.fmean(ln)
    cover = sum(abs(v - mean) <= h for v, h in zip(ln, half)) / len(ln)
    row("interval covers the mean of all: >= 93 %", percent(cover), cover >= 0.93,
        f"half width {percent(statistics.fmean(half))}")


def table_own(windows):
    for name in [c.name for c in CONDITIONS if c.name.startswith(("loops-", "quota-"))]:
        some = scored(windows[name])
        if not some:
            continue
        base = beside(some, windows["idle"])
        shift = math.exp(mean_of(some, ln_total) - mean_of(base, ln_total)) - 1
        moved = {k: math.exp(mean_of(some, lambda w, k=k: ln_category(w, k)) -
                             mean_of(base, lambda w, k=k: ln_category(w, k))) - 1
                 for k in CATEGORIES}
        quality = "/".join(sorted({w["window"]["quality"] for w in some}))
        goal = "<= 3 %" if name.startswith("loops") else "(own quota)"
        row(f"shift under {name}, {len(some)} windows: {goal}", f"{100 * shift:+.1f} %",
            abs(shift) <= 0.03 if name.startswith("loops") else None,
            " ".join(f"{k} {100 * v:+.0f}" for k, v in moved.items()) + f", {quality}")


def table_injections(windows):
    for title, names, blamed in INJECTIONS:
        if any(not windows[name] for name in names):
            continue
        base = beside([w for name in names[1:] for w in windows[name]], windows[names[0]])
        totals = [math.exp(mean_of(some, ln_total)) for some in (base, *(windows[n] for n in names[1:]))]
        row(f"{title}: monotone", " ".join("none" if math.isnan(t) else f"{t:.1f}" for t in totals),
            all(b < a or math.isnan(b) for a, b in zip(totals, totals[1:])))
        falls = []
        for name in names[1:]:
            ratios = {k: math.exp(mean_of(windows[name], lambda w, k=k: ln_category(w, k)) -
                                  mean_of(base, lambda w, k=k: ln_category(w, k)))
                      for k in CATEGORIES}
            if scored(windows[name]):
                falls.append({k: r for k, r in ratios.items() if not math.isnan(r)})
        row(f"  {blamed} falls most", " ".join(f"{100 * r.get(blamed, math.nan):.0f}" for r in falls) + " %",
            all(min(r, key=r.get) == blamed for r in falls),
            "; ".join(" ".join(f"{k} {100 * v:.0f}" for k, v in r.items()) for r in falls))


def table_stolen(windows):
    for quota in STEPS[1:]:
        for window in windows[f"step-{quota}"]:
            value, steal = window["probes"]["stolen"]["value"], window["summary"]["cpu.steal"]["mean"]
            if value is not None:
                error = value - (100 - int(quota))
                row(f"stolen, of {100 - int(quota)} % taken: within 5 points", f"{value:.1f} %",
                    abs(error) <= 5, f"/proc/stat steal {'absent' if steal is None else steal}")


def table_guests(windows):
    names = [n for n in ("idle", "tcg", "emulated", "uml") if len(scored(windows[n])) >= 3]
    for a, b in itertools.combinations(names, 2):
        # Over the categories that both have: a total over others is another quantity.
        common = [k for k in CATEGORIES if all(ln_category(w, k) for n in (a, b)
                                               for w in scored(windows[n])[:3])]
        outer = definitions()[version_of(scored(windows[a])[0])][1]
        weight = sum(outer[k] for k in common)
        totals = {n: [sum(outer[k] * ln_category(w, k) for k in common) / weight
                      for w in scored(windows[n])[:3]] for n in (a, b)}
        p = welch_p(*totals.values())
        row(f"{a} and {b} apart, 3 windows each",
            " ".join(f"{math.exp(statistics.fmean(t)):.1f}" for t in totals.values()), p < 0.05,
            f"p = {p:.2g} over {', '.join(common)}")


def table_cost(windows):
    for name, goal in (("idle", 3), ("tcg", 10), ("emulated", 10), ("uml", 10)):
        if windows[name]:
            newest = max(windows[name], key=time_of)
            cost = 100 * newest["window"]["probing"]["cpu_seconds"] / newest["plan"]["duration_s"]
            whole = version_of(newest) >= 3  # with bursts on all CPUs; no goal is made of emulated ones
            if whole:
                cost, goal = cost / newest["host"]["cpus"], 6 if name == "idle" else math.inf
            row(f"probes in {name}" + (f": <= {goal} %" if goal < math.inf else "") + f" of {'its CPUs' if whole else 'a CPU'}",
                f"{cost:.1f} %", cost <= goal if goal < math.inf else None, "newest window")
            probing, seconds = newest["window"]["probing"], newest["plan"]["duration_s"]
            peak = newest["window"]["peak_rss_bytes"] / 2 ** 20
            row("  and of memory, at most: <= 64 MiB", f"{peak:.0f} MiB", peak <= 64)
            row("  and of disk, read and written", " ".join(
                f"{probing[k] / seconds / 1e3:.0f}" for k in ("read_bytes", "written_bytes")) + " kB/s")


# ---- Other estimators, on the same seconds

def quantile(values, q):
    values = sorted(values)
    at = q * (len(values) - 1)
    low = math.floor(at)
    return values[low] + (at - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def midmean(values, cut):
    values = sorted(values)
    k = int(len(values) * cut)
    return statistics.fmean(values[k:len(values) - k])


ESTIMATORS = {
    "median": statistics.median,
    "mean of ln": statistics.fmean,
    "midmean (half)": lambda v: midmean(v, 0.25),
    "trimmed mean (10 %)": lambda v: midmean(v, 0.1),
    "25th percentile": lambda v: quantile(v, 0.25),
    "10th percentile": lambda v: quantile(v, 0.1),
}


def alike(level, version):
    """All probes of the same weight, or those of each category together."""
    rows = definitions()[version][0]
    return {channel: 1 if level == "probes" else 1 / sum(other == category for other, _ in rows.values())
            for channel, (category, _) in rows.items()}


def study_one(windows, name, get):
    """A row: the spread of idle windows, and what is left under the strongest of each fault."""
    left = []
    for first, *_, last in (names for _, names, _ in INJECTIONS):
        some, base = ([v for v in map(get, scored(windows[n])) if v is not None] for n in (last, first))
        left.append(f"{100 * math.exp(statistics.fmean(some) - statistics.fmean(base)):.0f}"
                    if some and base else "-")
    spread = percent(sd(map(get, clean(windows["idle"]))))
    print(f"{name:<30} {spread:>15}   {' '.join(left)} %")


def study(directories):
    windows = load(directories)
    version = version_of(windows["idle"][0])
    print(f"{'':<30} {'sd of ln total':>15}   what is left of the total under "
          + ", ".join(names[-1] for _, names, _ in INJECTIONS))
    for name, estimate in ESTIMATORS.items():
        study_one(windows, name, lambda w, e=estimate: location(w, e))
    for level in ("probes", "categories"):
        weighting = alike(level, version)
        whole = sum(weighting.values())
        weighting = {c: weight / whole for c, weight in weighting.items()}
        study_one(windows, f"median, {level} weigh alike", lambda w, x=weighting: location(w, weighting=x))
    for name, rows in (("every second round", range(0, 30, 2)), ("10 rounds", range(10))):
        study_one(windows, f"median, {name}", lambda w, r=rows: location(w, rows=r))
    print("\nsd of the median of ln x between idle windows, and within one over its seconds")
    for channel in weights(version):
        medians, within = [], []
        for window in clean(windows["idle"]):
            values = [math.log(v) for v in window["series"][channel] if v]
            medians.append(statistics.median(values))
            within.append(sd(values))
        print(f"  {channel:<16} {percent(sd(medians)):>8} {percent(statistics.fmean(within)):>8}")


def table(directories):
    windows = load(directories)
    for part in (table_equal, table_own, table_injections, table_stolen, table_guests, table_cost):
        part(windows)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["--replay"]:
        table(words[1:])
    elif words[:1] == ["--run"] and len(words) >= 3:
        run(words[1], pathlib.Path(words[2]), words[3:])
        table([words[2]])
    elif words[:1] == ["--study"]:
        study(words[1:])
    else:
        sys.exit(__doc__)
