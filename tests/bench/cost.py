#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# cost: what the program costs on a terminal, beside the monitors that are installed, in one table:
# CPU seconds a minute, wake-ups and system calls a second, memory (PSS), time until it shows
# something. Each runs for itself on a terminal of its own that swallows what it writes, at one
# picture a second. The window and its peers: the benchmark "window".
#
# Usage: cost.py [--seconds S] [--soak S] PROGRAM PROGRAM_WITHOUT_GTK
import argparse
import fcntl
import os
import pty
import re
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

SETTLE_S = 4     # the first pictures cost more
SYSCALLS_S = 5   # counted apart: being counted costs
STARTS = 7       # of which the median is told


class Terminal:
    """A program on a terminal of its own, 120 x 40."""

    def __init__(self, command, **environment):
        self.started = time.monotonic()
        self.first = None  # when it showed something
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color",
                                             "LC_ALL": "C.UTF-8", **environment})
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        while True:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                return
            # Escape sequences alone show nothing.
            if self.first is None and re.search(rb"[A-Za-z0-9]{3}",
                                                re.sub(rb"\x1b[\[(][0-9;?>=]*[A-Za-z]", b"", data)):
                self.first = time.monotonic()

    def wait_for_first(self):
        """Milliseconds until it showed something, or None."""
        while self.first is None and time.monotonic() < self.started + 20:
            time.sleep(0.0005)
        return None if self.first is None else 1000 * (self.first - self.started)

    def end(self):
        for number in signal.SIGTERM, signal.SIGKILL:
            try:
                os.killpg(self.pid, number)
            except ProcessLookupError:
                pass
            deadline = time.monotonic() + 3
            while time.monotonic() < deadline:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self.fd)
                    return
                time.sleep(0.02)


def of_session(pid):
    """The processes of the terminal's session."""
    pids = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as file:
                if int(file.read().rsplit(")", 1)[1].split()[3]) == pid:
                    pids.append(int(entry))
        except (OSError, IndexError):
            pass
    return pids


def get_use(pid):
    """CPU seconds, wake-ups, PSS in KiB and descriptors of a session, all its threads."""
    cpu = wakes = pss = descriptors = 0
    for process in of_session(pid):
        try:
            for task in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{task}/schedstat") as file:
                    cpu += int(file.read().split()[0]) / 1e9
                with open(f"/proc/{process}/task/{task}/status") as file:
                    wakes += int(re.search(r"\nvoluntary_ctxt_switches:\s*(\d+)", file.read())[1])
            with open(f"/proc/{process}/smaps_rollup") as file:
                pss += int(re.search(r"\nPss:\s*(\d+)", file.read())[1])
            descriptors += len(os.listdir(f"/proc/{process}/fd"))
        except (OSError, TypeError):
            pass
    return cpu, wakes, pss, descriptors


def count_syscalls(pid):
    """A second, or None where they cannot be counted."""
    if not shutil.which("strace"):
        return None
    pids = [word for process in of_session(pid) for word in ("-p", str(process))]
    with tempfile.NamedTemporaryFile("r") as file:
        strace = subprocess.Popen(["strace", "-f", "-c", "-o", file.name, *pids],
                                  stderr=subprocess.DEVNULL)
        time.sleep(SYSCALLS_S)
        strace.send_signal(signal.SIGINT)
        strace.wait()
        total = re.search(r"^100\.00\s+\S+\s+(?:\S+\s+)?(\d+)\s.*total$", file.read(), re.M)
    return int(total[1]) / SYSCALLS_S if total else None


def measure(command, seconds, environment):
    """One row of the table: CPU s/min, wake-ups/s, system calls/s, PSS KiB, start ms."""
    starts = []
    for _ in range(STARTS):
        terminal = Terminal(command, **environment)
        starts.append(terminal.wait_for_first())
        terminal.end()
    terminal = Terminal(command, **environment)
    time.sleep(SETTLE_S)
    cpu, wakes, _, _ = get_use(terminal.pid)
    time.sleep(seconds)
    cpu_end, wakes_end, pss, _ = get_use(terminal.pid)
    syscalls = count_syscalls(terminal.pid)
    terminal.end()
    return ((cpu_end - cpu) * 60 / seconds, (wakes_end - wakes) / seconds, syscalls, pss,
            statistics.median(starts) if None not in starts else None)


def soak(command, seconds):
    """Nothing grows while it runs."""
    terminal = Terminal(command)
    time.sleep(60)
    _, _, pss, descriptors = get_use(terminal.pid)
    time.sleep(seconds - 60)
    _, _, pss_end, descriptors_end = get_use(terminal.pid)
    terminal.end()
    print(f"soak of {seconds} s: PSS {pss} KiB after a minute, {pss_end} KiB at the end; "
          f"descriptors {descriptors}, {descriptors_end}")
    return descriptors_end <= descriptors and pss_end <= pss + 256


def show(value, form):
    return form.format(value) if value is not None else "-"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("program")
    parser.add_argument("without_gtk")
    options = parser.parse_args()

    watch = ["--passive", "--no-save", "--duration", "3600", "--ping-target"]
    ours = "terminal face, built without GTK"
    rows = [
        (ours, [options.without_gtk, *watch, "none"], {}),
        ("the same, with 5 echoes a second", [options.without_gtk, *watch, "127.0.0.1"], {}),
        ("terminal face of the whole program", [options.program, "-t", *watch, "none"], {}),
        ("htop", ["htop", "-d", "10"], {}),
        ("top", ["top", "-d", "1"], {}),
        ("btop", ["btop", "--utf-force"], {}),
        ("atop", ["atop", "1"], {}),
        ("nmon", ["nmon", "-s", "1"], {"NMON": "cmdn"}),
        ("glances", ["glances", "-t", "1"], {}),
    ]
    results = {}
    print(f"{'':36} CPU s/min  wake-ups/s  syscalls/s   PSS KiB  start ms")
    for name, command, environment in rows:
        if not shutil.which(command[0]):
            print(f"{name:36} not installed")
            continue
        results[name] = row = measure(command, options.seconds, environment)
        print(f"{name:36} {row[0]:9.3f}  {row[1]:10.1f}  {show(row[2], '{:10.0f}'):>10}  "
              f"{row[3]:8}  {show(row[4], '{:8.1f}'):>8}", flush=True)

    goals = [("PSS without GTK", results[ours][3] / 1024, 6, "MiB"),
             ("start to first line", results[ours][4], 30, "ms"),
             ("wake-ups, probes off", results[ours][1], 4, "a second")]
    if "htop" in results:
        goals.insert(0, ("CPU beside htop's", results[ours][0] / results["htop"][0], 0.5, "x"))
    good = True
    for name, value, goal, unit in goals:
        good &= value <= goal
        print(f"{name}: {value:.2f} {unit}, goal {goal}: {'met' if value <= goal else 'missed'}")
    if options.soak:
        good &= soak([options.without_gtk, *watch, "none"], options.soak)
    return 0 if good else 1


sys.exit(main())
