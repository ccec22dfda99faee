#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""causes.py: does a model that has learnt faults name them better than the thresholds of the findings do?

    causes.py [--build BUILD]     of all windows that are recorded here; needs scikit-learn (Debian: python3-sklearn)

Each window has the cause that was made: of the injections (recorded, recorded-3), of the environments of the criterion,
and none where nothing was taken. A multinomial logistic regression gets the ln of the probes' values, what was
stolen and lost, and is asked about what it has never seen: a whole kind of guest, or a level of a fault. It may say that
it does not know, which it does below half. The thresholds are asked the same: the first of their findings that names one
of these causes. A window of an emulated guest is asked for what was taken besides the emulation.
"""
import argparse
import collections
import json
import math
import pathlib
import re
import sys
import warnings

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "criterion"))

from definitions import definitions  # pylint: disable=wrong-import-position
from measure import findings_of, probes_of  # pylint: disable=wrong-import-position

UNKNOWN, NONE = "unknown", "none"
SURE = 0.5
SURENESS_OF_THRESHOLDS = 0.9  # the share of findings that are right first (data/score.md)

# What was made, by the beginning of the condition's name.
CAUSES = [
    ("idle|equal|loops|host|cache-|step-none|tcg$|emulated|uml|cpus-1$|kvm", NONE),
    ("quota|neighbour|step-", "cpu time"),
    ("shared|single-thread", "cpus shared"),
    ("clock", "clock source"),
    ("iops", "disk operations"), ("bandwidth", "disk bandwidth"), ("fio", "disk neighbour"),
    ("paged", "memory paged"), ("memory", "memory traffic"),
    ("delay", "network delay"), ("jitter", "network jitter"), ("loss", "network loss"),
]
# What a finding says of them. The rest of the findings is of what the guest is made of, or of no cause here.
FINDINGS = {
    "steal": "cpu time", "stolen": "cpu time", "burstable": "cpu time", "cpus": "cpus shared",
    "clocksource": "clock source", "clock": "clock source", "operations": "disk operations",
    "bandwidth": "disk bandwidth", "disk-slow": "disk neighbour", "balloon": "memory paged",
    "swapping": "memory paged", "fault": "memory paged", "way": "network delay", "target": "network delay",
    "jitter": "network jitter", "loss": "network loss",
}
SHARES = ("cpu.stolen", "cpu.steal", "network.loss")  # %, of which nothing is usual

Window = collections.namedtuple("Window", "name condition guest cause values finding")


def cause_of(condition):
    for pattern, cause in CAUSES:
        if re.match(pattern, condition):
            return cause
    return None


def named(findings):
    return next((FINDINGS[finding] for finding in findings if finding in FINDINGS), NONE)


def channels():
    """Those of the score, of every definition."""
    return sorted({channel for scored, _ in definitions().values() for channel in scored} | set(SHARES))


def value_of(channel, value):
    """ln where it is a time or a rate; as it is where nothing is usual."""
    if value is None:
        return None
    return value / 10 if channel in SHARES else math.log(max(value, 1e-6))


def values_of(probes):
    """In whatever units: what is usual is learnt."""
    return {channel: value_of(channel, probes[channel][0]) for channel in channels() if channel in probes}


def guest_of(directory, condition):
    own = re.match("tcg|iops|paged|step|emulated|uml", condition)
    if own and directory.startswith("recorded"):
        return f"{own[0] if own[0] in ('emulated', 'uml') else 'qemu'} on {'epyc' if directory == 'recorded' else 'xeon'}"
    return "epyc" if directory == "recorded" else "xeon"


def of_results(directory, program):
    for path in sorted((HERE / directory).glob("*.json")):
        result = json.loads(path.read_text())
        condition = "equal" if directory.endswith("equal") else re.match(r"(.*?)\.\d+\.json", path.name)[1]
        cause = cause_of(condition)
        if cause and result["score"]["total"] is not None:
            yield Window(f"{directory}/{path.name}", condition, guest_of(directory, condition), cause,
                         values_of(probes_of(result)), named(findings_of(str(program), path)))


def of_criterion():
    for path in sorted((HERE / "criterion" / "recorded").glob("*.json")):
        record = json.loads(path.read_text())
        cause = cause_of(record["environment"])
        if cause:
            guest = "criterion's host" if record["kind"] == "host" else "criterion's qemu"
            yield Window(path.name, record["environment"], guest, cause, values_of(record["probes"]),
                         named(record["findings"]))


def load(build):
    program = build / "tests" / "vmm_monitor_terminal"
    windows = [w for d in ("recorded", "recorded-3", "recorded-3/equal") for w in of_results(d, program)]
    return windows + list(of_criterion())


# ---- The model

def matrix(windows, names, means):
    """What was not measured is as usual."""
    return [[w.values[n] if w.values.get(n) is not None else means[n] for n in names] for w in windows]


def learn(windows):
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    names = [n for n in channels() if sum(w.values.get(n) is not None for w in windows) >= len(windows) / 4]
    means = {n: sum(v for v in have) / len(have) for n in names
             for have in [[w.values[n] for w in windows if w.values.get(n) is not None]]}
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=4000, class_weight="balanced"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(matrix(windows, names, means), [w.cause for w in windows])
    return lambda some: [dict(zip(model.classes_, row)) for row in model.predict_proba(matrix(some, names, means))]


def said(chances):
    cause = max(chances, key=chances.get)
    return cause if chances[cause] >= SURE else UNKNOWN


# ---- The tables

def ask(windows, split):
    """(window, chances) of each that was left out with all of its split."""
    answers = []
    for part in sorted({split(w) for w in windows}):
        seen = [w for w in windows if split(w) != part]
        asked = [w for w in windows if split(w) == part and w.cause in {s.cause for s in seen}]
        if asked and len({w.cause for w in seen}) > 1:
            answers += zip(asked, learn(seen)(asked))
    return answers


def loss(chance):
    return -math.log(max(chance, 1e-3))


def threshold_loss(window, n_causes):
    sure = SURENESS_OF_THRESHOLDS
    return loss(sure if window.finding == window.cause else (1 - sure) / (n_causes - 1))


def print_split(title, answers):
    n_causes = len({w.cause for w, _ in answers})
    print(f"\n{title}: {len(answers)} windows, {n_causes} causes")
    print(f"{'':<12} {'right':>14} {'of faults':>14} {'unknown':>8} {'of none, a cause named':>24} {'log loss':>9}")
    faults = [(w, c) for w, c in answers if w.cause != NONE]
    clean = [(w, c) for w, c in answers if w.cause == NONE]
    for name, answer, cost in (("model", lambda w, c: said(c), lambda w, c: loss(c.get(w.cause, 0))),
                               ("thresholds", lambda w, c: w.finding, lambda w, c: threshold_loss(w, n_causes))):
        right = sum(answer(w, c) == w.cause for w, c in answers)
        of_faults = sum(answer(w, c) == w.cause for w, c in faults)
        unknown = sum(answer(w, c) == UNKNOWN for w, c in answers)
        wrong = sum(answer(w, c) not in (NONE, UNKNOWN) for w, c in clean)
        mean = sum(cost(w, c) for w, c in answers) / len(answers)
        print(f"{name:<12} {share(right, len(answers)):>14} {share(of_faults, len(faults)):>14} {unknown:8} "
              f"{share(wrong, len(clean)):>24} {mean:9.2f}")


def share(n, of):
    return f"{n} of {of} {100 * n / of:.0f} %" if of else "-"


def print_confusion(title, answers, answer):
    causes = [cause for _, cause in CAUSES]
    seen = [c for c in causes if any(w.cause == c for w, _ in answers)]
    heads = [*causes, UNKNOWN]
    print(f"\n{title}: what was made (row), what was said (column)")
    print(f"{'':<16}" + "".join(f"{head.split()[-1][:9]:>10}" for head in heads))
    for cause in seen:
        counts = collections.Counter(answer(w, c) for w, c in answers if w.cause == cause)
        print(f"{cause:<16}" + "".join(f"{counts[head] or '':>10}" for head in heads))


def print_calibration(answers):
    print("\nhow sure the model is, and how often right:")
    for low in (0.3, 0.5, 0.7, 0.9):
        high = {0.3: 0.5, 0.5: 0.7, 0.7: 0.9, 0.9: 1.01}[low]
        some = [(max(c, key=c.get) == w.cause) for w, c in answers if low <= max(c.values()) < high]
        if some:
            print(f"  {low:.1f} to {min(high, 1):.1f}: {share(sum(some), len(some))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent.parent / "build")
    windows = load(parser.parse_args().build.resolve())
    counts = collections.Counter(w.cause for w in windows)
    print(f"{len(windows)} windows: " + ", ".join(f"{cause} {n}" for cause, n in counts.most_common()))
    print("guests: " + ", ".join(f"{g} {n}" for g, n in collections.Counter(w.guest for w in windows).most_common()))
    by_guest = ask(windows, lambda w: w.guest)
    by_level = ask(windows, lambda w: w.condition)
    print_split("a kind of guest that it has never seen", by_guest)
    print_calibration(by_guest)
    print_split("a level of a fault that it has never seen", by_level)
    print_calibration(by_level)
    print_confusion("the model, kinds of guest that it has never seen", by_guest, lambda w, c: said(c))
    print_confusion("the thresholds, the same windows", by_guest, lambda w, c: w.finding)


if __name__ == "__main__":
    main()
