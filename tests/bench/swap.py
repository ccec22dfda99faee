#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""swap.py: is memory full when the outlook says so? Twenty guests of 512 MiB are driven into swap.

    swap.py run [--build BUILD] [DIR]      what DIR lacks, one guest after the other; $GUEST_WORK, QEMU
    swap.py table [--build BUILD] [DIR]    what the program of this tree says, row by row, and what came; fails where the
                                           goal is missed

Each guest leaks into a file in memory, at a rate of its own that goes up and down by chance, from a minute after its
start until a quarter of its memory lies in swap. Its clock leaps over what is idle (qemu.sh -i), so neither a busy nor a
quiet host matters. The rows are recorded: memory used, swap, pressure.
"""
import argparse
import json
import math
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "headroom"))

from headroom import replay  # noqa: E402  pylint: disable=wrong-import-position
from score import documents  # noqa: E402  pylint: disable=wrong-import-position

ROOT = HERE.parent.parent
RECORDED = HERE / "recorded-swap"
GUEST = HERE.parent / "guest" / "qemu.sh"
SERIES = ("time_s", "memory.used", "memory.swap", "memory.balloon", "pressure.memory", "clock.lost", "clock.step")
RATES = (0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0)  # MB/s
NOISE = (0.0, 0.3, 0.8)  # of the rate, a second
GUESTS = 20
LEAK_MB = 420
BEFORE_S, AFTER_S = 70, 30
FULL = 95.0  # %, as src/outlook/level.c has it
PRESSED = 10  # %; that the page cache gives way is a few
COMMAND = """mount -o remount,size=2000m /dev/shm
busybox dd if=/dev/zero of=$SCRATCH/swap bs=1048576 count=300 2> /dev/null
busybox mkswap $SCRATCH/swap > /dev/null
busybox swapon $SCRATCH/swap
(sleep {before}; while read k; do busybox dd if=/dev/zero bs=1024 count=$k 2> /dev/null >> /dev/shm/leak; sleep 1; done < leak) &
./vmm_monitor_terminal -t --passive --quiet --no-save --ping-target none -d {seconds} --json result > /dev/null
echo; cat result
"""


def leak_of(number):
    """KiB of each second, by a seed of its own."""
    chance = random.Random(number)
    rate, noise = RATES[number % len(RATES)], NOISE[number % len(NOISE)]
    steps, left = [], LEAK_MB * 1024
    while left > 0:
        steps.append(max(1, round(rate * 1024 * max(0, chance.gauss(1, noise)))))
        left -= steps[-1]
    return rate, noise, steps


def measure(number, program):
    rate, noise, steps = leak_of(number)
    with tempfile.TemporaryDirectory() as place:
        leak = pathlib.Path(place) / "leak"
        leak.write_text("".join(f"{k}\n" for k in steps))
        command = COMMAND.format(before=BEFORE_S, seconds=min(3600, BEFORE_S + len(steps) + AFTER_S))
        text = subprocess.run([GUEST, "-i", "-m", "512", "-t", "580", "--", command, program, leak], check=False,
                              stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True).stdout
    result = next(documents(text), None)
    return result and {"guest": number, "created": result["created"], "rate": rate, "noise": noise,
            "series": {name: result["series"][name] for name in SERIES if name in result["series"]}}


def run(directory, build):
    directory.mkdir(exist_ok=True)
    program = (build / "tests" / "vmm_monitor_terminal").resolve()
    for number in range(1, GUESTS + 1):
        path = directory / f"swap.{number:02}.json"
        if path.exists():
            continue
        record = measure(number, program)
        if record:
            path.write_text(json.dumps(record, separators=(",", ":")) + "\n")
        rows = len(record["series"]["time_s"]) if record else 0
        print(f"{number} of {GUESTS}: {rows} rows", flush=True)


# ---- What was said, and what came

def first(times, holds):
    return next((time for time, is_so in zip(times, holds) if is_so), None)


def spoken(record, said):
    """(time, when, low, high) of each row in which memory has a time; and when the plain warning began."""
    rows = [line.split() for line in replay(record["series"], said, "memory").splitlines()]
    forecasts = [tuple(float(w) for w in (row[0], *row[2:5])) for row in rows if row[1] == "said"]
    return forecasts, first([float(row[0]) for row in rows], [row[5] == "1" for row in rows])


def judge(record, said):
    series = record["series"]
    times = series["time_s"]
    full = first(times, [(v or 0) >= FULL for v in series["memory.used"]])
    swapped = first(times, [(v or 0) >= 1 for v in series["memory.swap"]])
    pressed = first(times, [(v or 0) >= PRESSED for v in series["pressure.memory"]])
    forecasts, warned = spoken(record, said)
    ahead = [f for f in forecasts if full is not None and f[0] < full]
    inside = [low <= full - time <= high for time, _, low, high in ahead]
    return {"full": full, "swapped": swapped, "pressed": pressed, "warned": warned, "said": len(forecasts),
            "ahead": len(ahead), "inside": sum(inside), "first": ahead[0] if ahead else None,
            "first_inside": bool(inside and inside[0])}


def lead(later, earlier):
    return "-" if later is None or earlier is None else f"{later - earlier:.0f}"


def table(directory, build):
    said = (build / "tests" / "outlook_said").resolve()
    records = [json.loads(path.read_text()) for path in sorted(directory.glob("*.json"))]
    found = [(record, judge(record, said)) for record in records]
    print("guest  MB/s noise  95 % at   first said: s before, about   inside   warned: s before 95 %, swap, pressure")
    for record, one in found:
        time, when, low, high = one["first"] or (math.nan,) * 4
        print(f"{record['guest']:5} {record['rate']:5} {record['noise']:5}  {lead(one['full'], 0):>7}   "
              f"{lead(one['full'], time) if one['first'] else '-':>9}, {when:5.0f} ({low:.0f} to {high:.0f}) "
              f"  {one['inside']:3} of {one['ahead']:<4} {lead(one['full'], one['warned']):>9} "
              f"{lead(one['swapped'], one['warned']):>6} {lead(one['pressed'], one['warned']):>6}")
    came = [one for _, one in found if one["full"] is not None]
    told = [one for one in came if one["first"]]
    leads = [one["full"] - one["first"][0] for one in told]
    warned = [one["full"] - one["warned"] for one in came if one["warned"] is not None]
    inside, ahead = sum(one["inside"] for one in told), sum(one["ahead"] for one in told)
    print(f"\nguests {len(found)}, full {len(came)}, said before {len(told)}, the first forecast right "
          f"{sum(one['first_inside'] for one in told)}, {middle_of(leads)}")
    is_met = ahead > 0 and inside >= 0.8 * ahead
    print(f"seconds in which a time was said {ahead}, full came within it {inside} ({inside / max(ahead, 1):.0%}, goal 80 %)  "
          f"{'met' if is_met else 'MISSED'}")
    print(f"the plain warning came before in {sum(w > 0 for w in warned)} of {len(came)}, {middle_of(warned)}")
    return 0 if is_met else 1


def middle_of(leads):
    return f"{statistics.median(leads):.0f} s before ({min(leads):.0f} to {max(leads):.0f})" if leads else "never"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["run", "table"])
    parser.add_argument("directory", nargs="?", type=pathlib.Path, default=RECORDED)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    words = parser.parse_args()
    return (run if words.command == "run" else table)(words.directory, words.build)


if __name__ == "__main__":
    sys.exit(main())
