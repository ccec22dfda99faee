# SPDX-License-Identifier: MIT
"""figures.py: what the recorded runs say: slowdowns of jobs beside what scores predict. Needs no guest."""

import collections
import json
import math
import pathlib
import statistics
import sys

from environments import BASES, BLAMES, HERE

sys.path.insert(0, str(HERE.parent))
from definitions import CATEGORIES, definitions

RECORDED = HERE / "recorded"
RATES = ("MB/s", "1/s", "GB/s", "MiB/s")

# ln of the slowdown beside the base: of each job, of the jobs of each category, of all; and what each
# recorded score, each of its categories and each channel says of it. What was not measured is absent.
Run = collections.namedtuple("Run", "name kind taken jobs categories all score scores channels record")


def load(directory=RECORDED):
    return [json.loads(path.read_text()) for path in sorted(pathlib.Path(directory).glob("*.json"))]


def job_categories(path=HERE / "jobs"):
    rows = [line.split("|") for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {name.strip(): category.strip() for name, category, *_ in rows}


def logarithms(record):
    """ln of what took time, by name: jobs (the better of both), channels (rates the other way round)."""
    jobs = {name: math.log(min(seconds)) for name, seconds in record["jobs"].items() if min(seconds) > 0}
    channels = {}
    for channel, (value, unit) in record["probes"].items():
        if value > 0:
            channels[channel] = -math.log(value) if unit in RATES else math.log(value)
    loss = record["probes"].get("network.loss")
    if loss:  # as the score has it: two times of what is not lost
        channels["network.loss"] = -2 * math.log(max(1e-3, 1 - loss[0] / 100))
    score = record["score"]
    scores = {c: -math.log(v) for c, v in score["categories"].items() if v}
    return jobs, channels, -math.log(score["total"]) if score["total"] else None, scores


def mean(values):
    values = [v for v in values if v is not None]
    return statistics.fmean(values) if values else None


def means(dictionaries):
    found = collections.defaultdict(list)
    for one in dictionaries:
        for name, value in one.items():
            found[name].append(value)
    return {name: statistics.fmean(values) for name, values in found.items()}


def minus(some, base):
    return {name: value - base[name] for name, value in some.items() if name in base}


def beside(records, base):
    """The runs beside the mean of the runs of `base` on their machine; a score beside those of its
    own version."""
    groups = collections.defaultdict(list)
    for record in records:
        groups[record.get("machine")].append(record)
    runs = []
    categories = job_categories()
    for group in groups.values():
        parts = [(record, logarithms(record)) for record in group]
        bases = [(record["score"]["version"], part) for record, part in parts if record["kind"] == base]
        if not bases:
            continue
        jobs0, channels0 = (means(part[i] for _, part in bases) for i in (0, 1))
        counts = collections.Counter()
        for record, (jobs, channels, score, scores) in parts:
            alike = [part for version, part in bases if version == record["score"]["version"]]
            score0 = mean(part[2] for part in alike)
            slow = minus(jobs, jobs0)
            counts[record["environment"]] += 1
            runs.append(Run(
                f"{record['environment']}.{counts[record['environment']]}", record["kind"], record["taken"], slow,
                {c: mean(v for j, v in slow.items() if categories.get(j) == c) for c in CATEGORIES},
                mean(slow.values()), None if score is None or score0 is None else score - score0,
                minus(scores, means(part[3] for part in alike)), minus(channels, channels0), record))
    return runs


# ---- Agreement

def ranks(values):
    """Those that are equal share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    rank = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for i in order[at:end + 1]:
            rank[i] = (at + end) / 2
        at = end + 1
    return rank


def spearman(a, b):
    ra, rb = ranks(a), ranks(b)
    if len(set(ra)) < 2 or len(set(rb)) < 2:
        return math.nan
    return statistics.correlation(ra, rb)


Agreement = collections.namedtuple("Agreement", "n spearman median worst worst_name")


def agreement(triples):
    """Of (name, real, predicted), both ln of a slowdown; None where there are too few to say."""
    triples = [(n, r, p) for n, r, p in triples if r is not None and p is not None]
    if len(triples) < 3:
        return None
    names, real, predicted = zip(*triples)
    errors = [abs(p - r) for r, p in zip(real, predicted)]
    worst = max(range(len(errors)), key=errors.__getitem__)
    return Agreement(len(errors), spearman(real, predicted), statistics.median(errors), errors[worst], names[worst])


# ---- Definitions

def definition():
    """The newest."""
    return max(definitions().items())[1]


def weighted(pairs):
    pairs = [(w, v) for w, v in pairs if v is not None]
    whole = sum(w for w, _ in pairs)
    return sum(w * v for w, v in pairs) / whole if whole else None


def predict(channels, table):
    """What the definition says of ln ratios, by category and in all; what is missing is left out."""
    rows, weights = table
    by = {c: weighted((w, channels.get(channel)) for channel, (k, w) in rows.items() if k == c) for c in weights}
    if by.get("network") is not None:
        by["network"] += channels.get("network.loss", 0)
    return by, weighted((weights[c], v) for c, v in by.items())


# ---- The table

def factor(ln):
    return "-" if ln is None else f"{math.exp(ln):.3g}"


def verdict(goal, figure, met):
    print(f"{goal:<62} {figure:>12}  {'met' if met else 'MISSED'}")


def print_agreement(title, found):
    if found:
        print(f"{title:<44} n {found.n:3}  Spearman {found.spearman:5.2f}  median |ln error| {found.median:.2f}  "
              f"worst {found.worst:.2f} ({found.worst_name})")


def print_runs(runs, base, columns):
    jobs = [j for j in job_categories() if any(j in r.jobs for r in runs)]
    print(f"\nSlowdown beside {base}: jobs, the mean of each category's, of all; "
          f"the recorded score's, the definitions' of this tree")
    head = jobs + [f"={c}" for c in CATEGORIES] + ["=all", *columns]
    print(f"{'':<22}" + "".join(f"{h[:8]:>9}" for h in head))
    for run in runs:
        real = [run.jobs.get(j) for j in jobs] + [run.categories[c] for c in CATEGORIES] + [run.all]
        print(f"{run.name:<22}" + "".join(f"{factor(v):>9}" for v in real + [get(run) for get in columns.values()]))


def print_goals(runs, predictors):
    for title, get in predictors.items():
        found = agreement((r.name, r.all, get(r)) for r in runs)
        if not found:
            continue
        print_agreement(title, found)
        verdict("  Spearman >= 0.9", f"{found.spearman:.2f}", found.spearman >= 0.9)
        verdict("  median |ln error| <= 0.25", f"{found.median:.2f}", found.median <= 0.25)
        verdict("  none above 0.7", f"{found.worst:.2f}", found.worst <= 0.7)


def print_categories(runs, title, get):
    """Which category predicts which jobs: Spearman, and the median |ln error|."""
    print(f"\n{title}: each category (column) for the jobs of each (row): Spearman, median |ln error|")
    for real in CATEGORIES:
        found = {c: agreement((r.name, r.categories[real], get(r).get(c)) for r in runs) for c in CATEGORIES}
        cells = "".join(f"{f'{a.spearman:.2f} {a.median:.2f}' if a else '-':>16}" for a in found.values())
        ranked = {c: (round(a.spearman, 2), -a.median) for c, a in found.items() if a and not math.isnan(a.spearman)}
        own = bool(ranked) and max(ranked, key=ranked.get) == real
        print(f"  {real:<10}{cells}   {'' if not ranked else 'met' if own else 'MISSED'}")


def is_worse(a, b):
    """For every job, by more than a tenth."""
    common = a.jobs.keys() & b.jobs.keys()
    return len(common) > 5 and all(a.jobs[j] > b.jobs[j] + 0.1 for j in common)


def print_order(runs, predictors):
    for title, get in predictors.items():
        wrong = [f"{a.name} over {b.name}" for a in runs for b in runs
                 if get(a) is not None and get(b) is not None and is_worse(a, b) and get(a) < get(b)]
        verdict(f"none worse for every job scores higher ({title})", f"{len(wrong)} pairs", not wrong)
        if wrong:
            print("    " + ", ".join(wrong[:8]))


def print_findings(runs):
    print("\nFindings, first first, beside what was taken")
    hits = n = 0
    for run in runs:
        found, wanted = run.record["findings"], BLAMES.get(run.taken)
        # Software emulation is what all guests here share: what follows it is the finding of the fault.
        own = [f for f in found if f != "emulation"]
        if wanted:
            n += 1
            hits += bool(own) and own[0] in wanted
        print(f"  {run.name:<22} {run.taken:<16} {' '.join(found) or '-'}")
    if n:
        verdict("what was taken is the first finding: >= 90 %", f"{100 * hits / n:.0f} %", hits >= 0.9 * n)


def print_tables(records):
    predictors = {"recorded score": lambda r: r.score}
    parts = {"recorded score": lambda r: r.scores}
    for version, table in definitions().items():
        title = f"definition {version}"
        predictors[title] = lambda r, t=table: predict(r.channels, t)[1]
        parts[title] = lambda r, t=table: predict(r.channels, t)[0]
    columns = {title.split()[0][0] + title.split()[1]: get for title, get in predictors.items()}
    for base in BASES:
        runs = beside(records, base)
        if not runs:
            print(f"No run of {base}: nothing stands beside it.")
            continue
        print_runs(runs, base, columns)
        others = [r for r in runs if r.kind != base and (base == BASES[0] or r.kind not in BASES)]
        print(f"\nGoals, beside {base}")
        print_goals(others, predictors)
        for title, get in parts.items():
            print_categories(others, title, get)
        print()
        print_order(others, predictors)
    print_findings(beside(records, BASES[1]) or beside(records, BASES[0]))
