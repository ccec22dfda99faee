#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_headroom.py SAID: the arithmetic of headroom.py, and that what the program of this tree says of the recorded
windows still meets the goals that it meets in data/outlook.md."""
import json
import pathlib
import sys

import headroom
from cases import CASES, LIMITS

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from tap import check, finish

CORES = 2


def row(phase, time, served, busy, requests, p99=5.0):
    """Counters since the start, as `offer` prints them."""
    values = [time, 10, served, served, 0, p99 / 2, p99, busy, 0, time / 10, requests, requests * 4096, 0, 0, 0, 0.25]
    return f"row {phase} " + " ".join(map(str, values))


def made_text():
    """10 a second before and in the window, then 20, 40, 60, 60, 50; one CPU busy for a tenth of a second of each."""
    rates = [("L", 10)] * 4 + [("W", 10)] * 4 + [("R", 20), ("R", 40), ("R", 60), ("R", 60), ("R", 50)]
    lines, served = [f"most 50 cpus {CORES}", row("L", 0, 0, 0, 0)], 0
    result = {"created": "2026-11-29T00:00:00Z", "outlook": {"headroom": {"state": "known"}},
              "series": {"time_s": [1.0], "cpu.busy": [2.0], "gpu.busy": [None]}}
    for second, (phase, rate) in enumerate(rates, 1):
        served += rate
        lines.append(row(phase, second, served, served / 10, 2 * served, 50.0 if phase == "W" else 5.0))
        if second == 6:
            lines.append("\n" + json.dumps(result))
    return "\n".join(lines) + "\nend\n"


def check_arithmetic():
    case = CASES[0]._replace(limit="cpu")
    record = headroom.record_of(case, made_text())
    check("a run that came to its end is a record", record is not None)
    check("what was served in the window", record["served"] == 10, record["served"])
    check("the use before it", record["before"]["cpu"] == 0.5 and record["before"]["disk"] == 0.1, record["before"])
    check("the p99 of seconds", record["p99"] == {"before": [5.0, 5.0], "window": [50.0, 50.0]}, record["p99"])
    check("the columns that headroom is made of", list(record["series"]) == ["time_s", "cpu.busy"], record["series"])
    check("two seconds served at most", headroom.truth_of(record) == 6, headroom.truth_of(record))
    check("what lasts, of credits", headroom.truth_of({**record, "limit": "credits"}) < 6)
    check("a run that was cut off is none", headroom.record_of(case, made_text().replace("\nend", "")) is None)
    check("the highest use", headroom.naive_of(record) == ("cpu", 2.0), headroom.naive_of(record))
    check("either of the disk's is right of the disk", headroom.is_right({"limit": "bytes"}, ["disk"])
          and not headroom.is_right({"limit": "bytes"}, ["requests"]))
    check("classes", [headroom.class_of(m) for m in (1, 2.5, 4.5, 10, 10.1)] == [0, 1, 2, 2, 3])


def check_recorded(said):
    paths = sorted(headroom.RECORDED.glob("*.json"))
    records = [json.loads(path.read_text()) for path in paths]
    check("cases are recorded, 24 of ours and 8 of real programs", len(records) >= 32, len(records))
    check("each is a row of the table", {r["case"] for r in records} <= {case.name for case in CASES})
    check("most of them have a resource that limits", sum(r["limit"] in LIMITS for r in records) >= 24)
    pairs = [(record, headroom.said_of(record, said)) for record in records]
    own, use, pressure = (headroom.judge(pairs, headroom.PREDICTORS[name]) for name in
                          ("headroom", "highest utilisation", "highest pressure"))
    check("it names the right resource more often than the highest use and pressure do, of whatever disk",
          own["right"] > max(use["right"], pressure["right"]), own, use, pressure)
    check("the class is right or next to it in 85 %", own["next"] >= 0.85 * own["told"], own)
    check("too hopeful by more than a class in at most 5 %", own["hopeful"] <= 0.05 * own["told"], own)


check_arithmetic()
check_recorded(sys.argv[1])
finish()
