#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""score: holds the score against its goals, on windows measured now or recorded before.

    score.py run PROGRAM DIR [GROUP...]    measures the windows of the groups (all) into DIR
    score.py table DIR...                  prints the table of the windows in DIRs

A window is a result file DIR/CONDITION.N.json; CONDITION names a row of `CONDITIONS` below.
Faults come from tests/inject, guests from tests/guest; $GATEWAY names the gateway program and
$GUEST_WORK the guests' files. What a tool is missing for is left out, and said.
Needs nothing but Python 3; run it on a machine that has nothing else to do.
"""

import collections
import itertools
import json
import math
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
INJECT = HERE.parent / "inject"
GUEST = HERE.parent / "guest"
CATEGORIES = ("cpu", "memory", "disk", "network")

# group, condition, windows, wrapper (or guest), the category that must fall most
Condition = collections.namedtuple("Condition", "group name windows wrapper blamed")


def inject(script, *words):
    return [str(INJECT / script), *map(str, words)]


CONDITIONS = [
    Condition("equal", "idle", 12, [], None),
    *(Condition("own-load", f"loops-{n}", 2, inject("load.sh", "cpu", n), None) for n in (1, 2, 4)),
    *(Condition("own-quota", f"quota-{n}", 1, inject("cgroup.sh", "cpu", n), None)
      for n in (50, 20, 5)),
    *(Condition("slow-disk", f"iops-{n}", 1, inject("cgroup.sh", "iops", n), "disk")
      for n in (50, 20, 10)),
    *(Condition("disk-load", f"fio-{n}", 1, inject("load.sh", "disk", n), "disk")
      for n in (1, 4, 16)),
    *(Condition("memory-load", f"memory-{n}", 1, inject("load.sh", "memory", n), "memory")
      for n in (1, 2, 4)),
    *(Condition("delay", f"delay-{n}", 1, inject("network.sh", n, 0, 0), "network")
      for n in (0, 1, 5, 20)),
    *(Condition("loss", f"loss-{n}", 1, inject("network.sh", 0.5, 0, n), "network")
      for n in (0, 10, 30, 60)),
    *(Condition("jitter", f"jitter-{n}", 1, inject("network.sh", 5, n, 0), "network")
      for n in (0, 1, 2, 4)),
    Condition("guests", "tcg", 3, "qemu.sh -n 2", None),
    Condition("guests", "uml", 3, "uml.sh", None),
    *(Condition("vmm-quota", f"tcg-quota-{n}", 1, f"qemu.sh -n 2 -t 600 -w '{INJECT}/cgroup.sh cpu {n}'",
                "cpu") for n in (60, 30, 15)),
]


def measure(program, condition, path):
    """One window into `path`; a reason when it could not be had."""
    options = "--terminal --quiet --no-save --json -"
    if isinstance(condition.wrapper, str):
        name = pathlib.Path(program).name
        command = (f"{GUEST}/{condition.wrapper} -- "
                   f"'./{name} {options} --scratch $SCRATCH --label {condition.name}' {program}")
        run = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    else:
        # Without a fault of the network there is none to measure: the real one is not ours to load.
        ping = [] if "network.sh" in " ".join(condition.wrapper[:1]) else ["--ping-target", "127.0.0.1"]
        run = subprocess.run([*condition.wrapper, program, *options.split(), *ping,
                              "--label", condition.name], capture_output=True, check=False)
    if run.returncode == 77:
        return "a tool is missing"
    if not run.stdout.strip():
        return f"exit {run.returncode}: {run.stderr.decode(errors='replace').strip()[-200:]}"
    path.write_bytes(run.stdout)
    return None


def run(program, directory, groups):
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    wanted = [c for c in CONDITIONS if not groups or c.group in groups]
    # Turn by turn, so that the machine's drift falls on all conditions alike.
    for n in range(max(c.windows for c in wanted)):
        for condition in wanted:
            path = directory / f"{condition.name}.{n + 1}.json"
            if n >= condition.windows or path.exists():
                continue
            why = measure(program, condition, path)
            print(f"{path.name}: {why or 'measured'}", flush=True)


# ---- Figures

def load(directories):
    windows = collections.defaultdict(list)
    for directory in directories:
        for path in sorted(pathlib.Path(directory).glob("*.json")):
            windows[path.name.split(".")[0]].append(json.loads(path.read_text()))
    return windows


def ln_total(window):
    return math.log(window["score"]["total"])


def half_width(window):
    return math.log(window["score"]["high"] / window["score"]["low"]) / 2


def ln_category(window, category):
    value = window["score"]["categories"][category]["value"]
    return math.log(value) if value else None


def sd(values):
    values = [v for v in values if v is not None]
    return statistics.stdev(values) if len(values) > 1 else math.nan


def student_p(t, df):
    """Two-sided p of Student's t: the density, integrated by Simpson's rule."""
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    n, t = 400, abs(t)
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


def row(goal, figure, verdict, note=""):
    print(f"{goal:<46} {figure:>22}  {verdict:<6} {note}".rstrip())


def judge(ok):
    return "met" if ok else "MISSED"


def scored(windows):
    return [w for w in windows if w["score"]["total"]]


def table_equal(windows):
    equal = scored(windows["idle"])
    if len(equal) < 6:
        return
    ln = [ln_total(w) for w in equal]
    row(f"sd of ln total, {len(ln)} equal windows <= 3 %", percent(sd(ln)), judge(sd(ln) <= 0.03))
    for category in CATEGORIES:
        row(f"  {category}", percent(sd([ln_category(w, category) for w in equal])), "")
    pairs = list(itertools.combinations(equal, 2))
    false = sum(abs(ln_total(a) - ln_total(b)) > math.hypot(half_width(a), half_width(b))
                for a, b in pairs) / len(pairs)
    row(f"false differences, {len(pairs)} pairs <= 5 %", percent(false), judge(false <= 0.05))
    splits = [(a, b) for a in itertools.combinations(ln, 3)
              for b in itertools.combinations([v for v in ln if v not in a], 3) if a < b]
    if splits:
        false = sum(welch_p(a, b) < 0.05 for a, b in splits) / len(splits)
        row(f"false differences, {len(splits)} threes <= 5 %", percent(false), judge(false <= 0.05))
    mean = statistics.fmean(ln)
    cover = sum(abs(v - mean) <= half_width(w) for v, w in zip(ln, equal)) / len(ln)
    row("interval covers the long-run mean >= 93 %", percent(cover), judge(cover >= 0.93))


def mean_score(windows, get):
    values = [v for v in map(get, scored(windows)) if v is not None]
    return math.exp(statistics.fmean(values)) if values else math.nan


def table_own_load(windows):
    base = mean_score(windows["idle"], ln_total)
    for c in CONDITIONS:
        if c.group in ("own-load", "own-quota") and scored(windows[c.name]):
            shift = mean_score(windows[c.name], ln_total) / base - 1
            quality = ",".join(sorted({w["window"]["quality"] for w in windows[c.name]}))
            row(f"shift of the total under {c.name} <= 3 %", f"{100 * shift:+.1f} %",
                judge(abs(shift) <= 0.03), quality)


def table_injections(windows):
    groups = dict.fromkeys(c.group for c in CONDITIONS if c.blamed)
    for group in groups:
        conditions = [c for c in CONDITIONS if c.group == group and scored(windows[c.name])]
        if len(conditions) < 2:
            continue
        first = "tcg" if group == "vmm-quota" else "idle"
        if conditions[0].name.endswith("-0"):
            first = conditions[0].name
            conditions = conditions[1:]
        totals = [mean_score(windows[n], ln_total) for n in (first, *(c.name for c in conditions))]
        falls = all(b < a for a, b in zip(totals, totals[1:]))
        figures = " ".join(f"{t:.1f}" for t in totals)
        row(f"{group}: monotone", figures, judge(falls))
        for c in conditions:
            ratios = {k: mean_score(windows[c.name], lambda w, k=k: ln_category(w, k)) /
                      mean_score(windows[first], lambda w, k=k: ln_category(w, k))
                      for k in CATEGORIES}
            ratios = {k: r for k, r in ratios.items() if not math.isnan(r)}
            most = min(ratios, key=ratios.get)
            row(f"  {c.name}: {c.blamed} falls most", f"{most} {100 * ratios[most]:.0f} %",
                judge(most == c.blamed))


def table_stolen(windows):
    for n in (60, 30, 15):
        for w in windows[f"tcg-quota-{n}"]:
            value = w["probes"]["stolen"]["value"]
            if value is not None:
                row(f"stolen while the VMM has {n} % of a CPU", f"{value:.1f} %", "",
                    f"/proc/stat steal {w['summary']['cpu.steal']['mean']}")


def table_guests(windows):
    names = [n for n in ("idle", "tcg", "uml") if len(scored(windows[n])) >= 3]
    for a, b in itertools.combinations(names, 2):
        p = welch_p(*([ln_total(w) for w in scored(windows[n])[:3]] for n in (a, b)))
        row(f"{a} and {b} apart after 3 windows each",
            f"{mean_score(windows[a], ln_total):.1f} {mean_score(windows[b], ln_total):.1f}",
            judge(p < 0.05), f"p = {p:.2g}")


def table_cost(windows):
    for name, goal in (("idle", 3), ("tcg", 10), ("uml", 10)):
        costs = [w["window"].get("self_cpu_percent") for w in windows[name]]
        costs = [c for c in costs if c is not None]
        if costs:
            cost = statistics.median(costs)
            row(f"CPU of the program in {name} <= {goal} % of one", f"{cost:.1f} %", judge(cost <= goal))


def table(directories):
    windows = load(directories)
    for part in (table_equal, table_own_load, table_injections, table_stolen, table_guests,
                 table_cost):
        part(windows)


if __name__ == "__main__":
    if len(sys.argv) >= 4 and sys.argv[1] == "run":
        run(sys.argv[2], sys.argv[3], sys.argv[4:])
    elif len(sys.argv) >= 3 and sys.argv[1] == "table":
        table(sys.argv[2:])
    else:
        sys.exit(__doc__)
