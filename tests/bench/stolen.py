#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""stolen.py: what the guest calls stolen, beside what the host took.

    stolen.py [--program PROGRAM] [--kvm] [--duration S] [--levels PERCENT...]

Boots one QEMU guest with two virtual CPUs, each of whose threads has a CPU of the host. On each of these a
thief of real-time priority takes so many percent, in pieces of 4 to 8 ms, level after level, while the guest
measures one window a level. The truth is what the host's scheduler counts for the threads of the virtual CPUs
(/proc/PID/task/TID/schedstat): of the time that they wanted a CPU, the share in which they waited for one.
Prints a table, and whether every level is within 5 points. Needs root, what tests/guest/prepare.sh names, a
build, and a machine that has nothing else to do: 12 levels of 30 s are 8 minutes.
"""

import argparse
import multiprocessing
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

from score import GUEST, documents

ROOT = GUEST.parent.parent
LEVELS = (0, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 85)
PIECE_S = (0.004, 0.008)  # of a thief's turn, in which it takes its share
GOAL = 5  # points
OPTIONS = "-t --quiet --no-save --ping-target none --json -"


# ---- What takes

def steal(cpu, percent):
    """For ever, on that CPU: a share of each turn, before anybody else. The kernel leaves 5 % to the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.sched_setaffinity(0, {cpu})
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    chance = random.Random(cpu)
    while True:
        begin, turn = time.perf_counter(), chance.uniform(*PIECE_S)
        until = begin + turn * percent.value / 100
        while time.perf_counter() < until:
            pass
        time.sleep(max(0, begin + turn - time.perf_counter()))


# ---- The truth

def threads_of(pid):
    """The threads of the guest's virtual CPUs, by number: QEMU names them "CPU 0/TCG"."""
    found = {}
    for path in pathlib.Path(f"/proc/{pid}/task").glob("*/comm"):
        match = re.match(r"CPU (\d+)/", path.read_text())
        if match:
            found[int(match[1])] = int(path.parent.name)
    return [found[n] for n in sorted(found)]


def find_vmm(parent):
    """The QEMU below the process, once its virtual CPUs are there."""
    while parent.poll() is None:
        for path in pathlib.Path("/proc").glob("[0-9]*/comm"):
            try:
                pid = int(path.parent.name)
                if path.read_text().startswith("qemu-system") and os.getsid(pid) == parent.pid and len(threads_of(pid)) == 2:
                    return pid
            except (OSError, ValueError):
                pass
        time.sleep(0.1)
    return None


def read_delays(pid, threads):
    """Seconds on a CPU and waiting for one, of all of them together."""
    rows = [pathlib.Path(f"/proc/{pid}/task/{t}/schedstat").read_text().split() for t in threads]
    return [sum(int(row[column]) for row in rows) / 1e9 for column in (0, 1)]


# ---- The guest

def command_of(program, levels, duration):
    run = f"./{program.name} {OPTIONS} --duration {duration} --scratch $SCRATCH"
    steps = (f'echo "begin: {n}" >&2; sleep 1; {run} --label level-{n}; echo "end: {n}" >&2' for n in range(len(levels)))
    return "; ".join(steps)


def follow(guest, console, levels, percent):
    """What the guest asks for, until it ends; the truth of each level."""
    pid = find_vmm(guest)
    if not pid:
        return {}
    threads, cpus, truth, begun, seen = threads_of(pid), sorted(os.sched_getaffinity(0)), {}, {}, set()
    for n, thread in enumerate(threads):
        os.sched_setaffinity(thread, {cpus[n % len(cpus)]})
    while guest.poll() is None:
        for word, level in re.findall(r"^(begin|end): (\d+)\r?$", console.read_text(errors="replace"), re.M):
            if (word, level) in seen:
                continue
            seen.add((word, level))
            if word == "begin":
                percent.value = levels[int(level)]
                begun[level] = read_delays(pid, threads)
            else:
                ran, waited = (b - a for a, b in zip(begun[level], read_delays(pid, threads)))
                truth[int(level)] = 100 * waited / (ran + waited)
                percent.value = 0
        time.sleep(0.05)
    return truth


def measure(words):
    """Truth and result of each level."""
    percent = multiprocessing.Value("d", 0)
    thieves = [multiprocessing.Process(target=steal, args=(cpu, percent), daemon=True)
               for cpu in sorted(os.sched_getaffinity(0))[:2]]
    with tempfile.TemporaryDirectory() as place:
        console = pathlib.Path(place) / "console"
        console.touch()
        environ = {**os.environ, "CONSOLE": str(console),
                   "GUEST_WORK": os.environ.get("GUEST_WORK", str(ROOT / "build" / "tests" / "guests"))}
        seconds = str(150 + 3 * len(words.levels) * words.duration)
        command = [str(GUEST / "qemu.sh"), *(["-k"] if words.kvm else []), "-n", "2", "-t", seconds, "--",
                   command_of(words.program, words.levels, words.duration), str(words.program)]
        for thief in thieves:
            thief.start()
        try:
            with open(pathlib.Path(place) / "out", "w+", encoding="utf-8", errors="replace") as out:
                guest = subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL, stdout=out, start_new_session=True)
                try:
                    truth = follow(guest, console, words.levels, percent)
                finally:
                    percent.value = 0
                    if guest.poll() is None:
                        os.killpg(guest.pid, signal.SIGTERM)
                    guest.wait()
                out.seek(0)
                results = {d["label"]: d for d in documents(out.read())}
        finally:
            for thief in thieves:
                thief.kill()
                thief.join()
    if guest.returncode == 77:
        sys.exit("stolen: left out: a tool is missing, or KVM" if words.kvm else "stolen: left out, a tool is missing")
    return truth, results


# ---- The table

def table(words, truth, results):
    print(f"{'taken':>8} {'waited':>8} {'stolen':>8} {'points':>8}   of {'KVM' if words.kvm else 'TCG'}, percent")
    met = 0
    for n, level in enumerate(words.levels):
        value = results.get(f"level-{n}", {}).get("probes", {}).get("stolen", {}).get("value")
        if value is None or n not in truth:
            print(f"{level:8d} {truth.get(n, float('nan')):8.1f} {'-':>8} {'-':>8}")
            continue
        met += abs(value - truth[n]) <= GOAL
        print(f"{level:8d} {truth[n]:8.1f} {value:8.1f} {value - truth[n]:+8.1f}")
    print(f"within {GOAL} points: {met} of {len(words.levels)}  {'met' if met == len(words.levels) else 'MISSED'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "tests" / "vmm_monitor_terminal")
    parser.add_argument("--kvm", action="store_true", help="instead of software emulation")
    parser.add_argument("--duration", type=int, default=30, metavar="S", help="of a window (30)")
    parser.add_argument("--levels", type=int, nargs="+", default=LEVELS, metavar="PERCENT")
    words = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("stolen: thieves of real-time priority need root")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    words.program = words.program.resolve()
    table(words, *measure(words))


if __name__ == "__main__":
    main()
