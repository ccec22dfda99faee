# SPDX-License-Identifier: MIT
"""fit.py: which probes, with which weights, predict the jobs: ln slowdown by ln ratios, non-negative."""

import math

from figures import CATEGORIES, agreement, beside, definition, print_agreement

# Shown of a VMM or of the guest, but no time that a job could wait for.
NOT_OFFERED = {"probe.exit", "cpu.stolen", "cpu.steal", "network.late", "network.duplicate"}
OFFERED_IN = 0.6  # of the runs a channel must have a value, to be offered
GAIN = 0.02       # of the mean squared error left out, for which one more probe is taken


def offered(runs):
    """The channels that enough of the runs have, in the order of their names."""
    count = {}
    for run in runs:
        for channel in run.channels:
            count[channel] = count.get(channel, 0) + 1
    return sorted(c for c, n in count.items() if n >= OFFERED_IN * len(runs) and c not in NOT_OFFERED)


def matrix(runs, channels):
    """Rows of ln ratios. A value that a run lacks is the mean of those that it has: the score leaves
    it out and weighs the rest, which is the same."""
    rows = []
    for run in runs:
        known = [run.channels[c] for c in channels if c in run.channels]
        rest = sum(known) / len(known) if known else 0
        rows.append([run.channels.get(c, rest) for c in channels])
    return rows


def products(rows, values):
    """The normal equations of some rows."""
    n = len(rows[0])
    gram = [[sum(r[i] * r[j] for r in rows) for j in range(n)] for i in range(n)]
    return gram, [sum(r[i] * v for r, v in zip(rows, values)) for i in range(n)]


def solve(gram, right, chosen, rounds=300):
    """Non-negative least squares on the chosen columns, by coordinates in turn."""
    x = dict.fromkeys(chosen, 0.0)
    for _ in range(rounds):
        moved = 0.0
        for i in chosen:
            if gram[i][i] <= 0:
                continue
            new = max(0.0, x[i] + (right[i] - sum(gram[i][j] * x[j] for j in chosen)) / gram[i][i])
            moved, x[i] = max(moved, abs(new - x[i])), new
        if moved < 1e-5:
            break
    return x


def share(gram, right, chosen, rounds=300):
    """The same of weights that sum to one, as a definition's do: one gives to another while that helps."""
    x = dict.fromkeys(chosen, 1 / len(chosen))
    slope = {i: right[i] - sum(gram[i][j] * x[j] for j in chosen) for i in chosen}
    for _ in range(rounds):
        moved = 0.0
        for i in chosen:
            for j in chosen:
                bend = gram[i][i] + gram[j][j] - 2 * gram[i][j]
                if i == j or bend <= 1e-12:
                    continue
                step = min(x[j], max(-x[i], (slope[i] - slope[j]) / bend))
                if abs(step) < 1e-7:
                    continue
                x[i], x[j], moved = x[i] + step, x[j] - step, max(moved, abs(step))
                for k in chosen:
                    slope[k] -= step * (gram[k][i] - gram[k][j])
        if moved < 1e-5:
            break
    return x


class Problem:
    """The real slowdowns of some runs, and the channels that may tell them; kinds are left out whole."""

    def __init__(self, runs, channels, real):
        self.runs = [r for r in runs if real(r) is not None]
        self.channels = channels
        self.values = [real(r) for r in self.runs]
        self.rows = matrix(self.runs, channels)
        self.kinds = sorted({r.kind for r in self.runs})
        self.equations = {}
        for kind in (None, *self.kinds):
            kept = [i for i, r in enumerate(self.runs) if r.kind != kind]
            self.equations[kind] = products([self.rows[i] for i in kept], [self.values[i] for i in kept]) if kept else None

    def predictions(self, chosen, weigh=solve):
        """Of each run, by weights that never saw its kind."""
        found = {}
        for kind in self.kinds:
            x = weigh(*self.equations[kind], chosen) if self.equations[kind] else {}
            for i, run in enumerate(self.runs):
                if run.kind == kind:
                    found[i] = sum(w * self.rows[i][c] for c, w in x.items())
        return [found[i] for i in range(len(self.runs))]

    def error(self, chosen):
        """Mean squared error of what was left out, every kind alike."""
        errors = {}
        for run, p, v in zip(self.runs, self.predictions(chosen), self.values):
            errors.setdefault(run.kind, []).append((p - v) ** 2)
        return sum(sum(e) / len(e) for e in errors.values()) / len(errors)

    def agreement(self, chosen, weigh=solve):
        predicted = self.predictions(chosen, weigh)
        return agreement((r.name, v, p) for r, v, p in zip(self.runs, self.values, predicted))

    def forward(self):
        """Takes the probe that helps most, while one does; then gives back what helps no more."""
        chosen, best = [], self.error([])
        while len(chosen) < len(self.channels):
            tries = {i: self.error(chosen + [i]) for i in range(len(self.channels)) if i not in chosen}
            i = min(tries, key=tries.get)
            if tries[i] > best * (1 - GAIN):
                break
            chosen, best = chosen + [i], tries[i]
        return self.backward(chosen, best)

    def backward(self, chosen, best):
        while len(chosen) > 1:
            tries = {i: self.error([j for j in chosen if j != i]) for i in chosen}
            i = min(tries, key=tries.get)
            if tries[i] > best * (1 + GAIN):
                break
            chosen, best = [j for j in chosen if j != i], tries[i]
        return chosen


def words(problem, x):
    ordered = sorted(((w, c) for c, w in x.items() if w > 0.005), reverse=True)
    return ", ".join(f"{problem.channels[c]} {w:.2f}" for w, c in ordered) + f" (sum {sum(x.values()):.2f})"


def print_choice(title, problem, chosen):
    for kind, weigh in (("", solve), (", sum one", share)):
        print_agreement(title + kind, problem.agreement(chosen, weigh))
        print("     ", words(problem, weigh(*problem.equations[None], chosen)))


def root(error):
    return math.sqrt(error)


def print_additions(problem, chosen):
    """What each chosen probe adds, and each category's probes: the error without."""
    whole = problem.error(chosen)
    print(f"    root of the mean squared error left out {root(whole):.3f}; without a probe: " + ", ".join(
        f"{problem.channels[i]} {root(problem.error([j for j in chosen if j != i])):.3f}" for i in chosen))


def print_categories_added(problem):
    rows = definition()[0]
    everything = list(range(len(problem.channels)))
    parts = []
    for category in CATEGORIES:
        left = [i for i in everything if rows.get(problem.channels[i], ("",))[0] != category]
        if left and len(left) < len(everything):
            parts.append(f"{category} {root(problem.error(left)):.3f}")
    print(f"    all probes {root(problem.error(everything)):.3f}; without those of: {', '.join(parts)}")


def print_fits(records, base, with_channels=(), without=()):
    runs = [r for r in beside(records, base) if r.kind != base and (base == "host" or r.kind != "host")]
    channels = [c for c in offered(runs) if c not in without and (not with_channels or c in with_channels)]
    kinds = {r.kind for r in runs}
    if len(kinds) < 4 or not channels:
        print(f"Too few environments beside {base} to fit: {len(kinds)} kinds.")
        return
    print(f"\nBeside {base}: {len(runs)} runs of {len(kinds)} kinds, each kind left out in turn; "
          f"{len(channels)} channels offered")
    targets = {"all jobs": lambda r: r.all, **{f"{c} jobs": lambda r, c=c: r.categories[c] for c in CATEGORIES}}
    for title, real in targets.items():
        problem = Problem(runs, channels, real)
        if len(problem.kinds) < 4:
            continue
        everything = list(range(len(channels)))
        scored = [i for i in everything if channels[i] in definition()[0]]
        print(f"\n{title}")
        if scored:
            print_choice("  the scored ones, any weights", problem, scored)
        print_choice("  all that are offered", problem, everything)
        chosen = problem.forward()
        if chosen:
            print_choice("  chosen one by one", problem, chosen)
            print_additions(problem, chosen)
        print_categories_added(problem)
