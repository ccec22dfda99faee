#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# cost: what the program costs, beside the monitors that are installed, in one table: CPU seconds a
# minute, of the program and of the X server, wake-ups and system calls a second, memory (PSS), time
# until it shows something. The windows: window.py. On a terminal each runs for itself, on one of its
# own that swallows what it writes. All at one picture a second, where it does not say otherwise.
# Ratios are of one run and hold; the figures are this machine's.
#
# Usage: cost.py [--seconds S] [--soak S] [--only windows|terminals|soak] PROGRAM PROGRAM_WITHOUT_GTK
#                [WINDOW_PEER]
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

import window

SETTLE_S = 4     # the first pictures cost more
SYSCALLS_S = 5   # counted apart: being counted costs
STARTS = 7       # of which the median is told
OURS = "terminal face, built without GTK"
WATCH = ["--passive", "--no-save", "--duration", "3600", "--ping-target"]


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
    """CPU seconds, wake-ups and PSS in KiB of a session, all its threads."""
    cpu = wakes = pss = 0
    for process in of_session(pid):
        try:
            for task in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{task}/schedstat") as file:
                    cpu += int(file.read().split()[0]) / 1e9
                with open(f"/proc/{process}/task/{task}/status") as file:
                    wakes += int(re.search(r"\nvoluntary_ctxt_switches:\s*(\d+)", file.read())[1])
            with open(f"/proc/{process}/smaps_rollup") as file:
                pss += int(re.search(r"\nPss:\s*(\d+)", file.read())[1])
        except (OSError, TypeError):
            pass
    return cpu, wakes, pss


def count_syscalls(pids):
    """A second, or None where they cannot be counted."""
    if not shutil.which("strace"):
        return None
    pids = [word for process in pids for word in ("-p", str(process))]
    with tempfile.NamedTemporaryFile("r") as file:
        strace = subprocess.Popen(["strace", "-f", "-c", "-o", file.name, *pids],
                                  stderr=subprocess.DEVNULL)
        time.sleep(SYSCALLS_S)
        strace.send_signal(signal.SIGINT)
        strace.wait()
        total = re.search(r"^100\.00\s+\S+\s+(?:\S+\s+)?(\d+)\s.*total$", file.read(), re.M)
    return int(total[1]) / SYSCALLS_S if total else None


def measure(command, seconds, environment):
    """One row of the table: CPU s/min, None, wake-ups/s, system calls/s, PSS KiB, start ms."""
    starts = []
    for _ in range(STARTS):
        terminal = Terminal(command, **environment)
        starts.append(terminal.wait_for_first())
        terminal.end()
    terminal = Terminal(command, **environment)
    time.sleep(SETTLE_S)
    cpu, wakes, _ = get_use(terminal.pid)
    time.sleep(seconds)
    cpu_end, wakes_end, pss = get_use(terminal.pid)
    syscalls = count_syscalls(of_session(terminal.pid))
    terminal.end()
    return [(cpu_end - cpu) * 60 / seconds, None, (wakes_end - wakes) / seconds, syscalls, pss,
            statistics.median(starts) if None not in starts else None]


def get_own(pids):
    """Memory of some processes' own in KiB (PSS without that of files, which depends on who else maps
    them), and their descriptors."""
    own = descriptors = 0
    for process in pids:
        with open(f"/proc/{process}/smaps_rollup") as file:
            own += int(re.search(r"\nPss_Anon:\s*(\d+)", file.read())[1])
        descriptors += len(os.listdir(f"/proc/{process}/fd"))
    return own, descriptors


def soak(options):
    """Nothing grows while they run, but the history that they keep: 16 MiB a day, 12 KiB a minute."""
    seconds = options.soak
    window_run = (window.watch(options.program, options.window_peer) if options.window_peer
                  else None)
    terminal = Terminal([options.without_gtk, *WATCH, "none"])
    faces = {"terminal": lambda: get_own(of_session(terminal.pid))}
    if window_run:
        faces["window"] = lambda: get_own([window_run.program.pid])
    time.sleep(60)
    begin = {face: get() for face, get in faces.items()}
    time.sleep(seconds - 60)
    history = 12 * (seconds - 60) / 60
    good = True
    for face, get in faces.items():
        (own, descriptors), (own_end, descriptors_end) = begin[face], get()
        print(f"soak of {seconds} s, {face}: {own} KiB of its own after a minute, {own_end} KiB at the "
              f"end, of which history at most {history:.0f}; descriptors {descriptors}, "
              f"{descriptors_end}")
        good &= descriptors_end <= descriptors and own_end <= own + history + 64
    for run in terminal, window_run:
        if run:
            run.end()
    return good


def show(value, form):
    return form.format(value) if value is not None else "-"


def show_row(name, row):
    if row is None:
        print(f"{name:36} not installed")
        return
    print(f"{name:36} {row[0]:9.3f} {show(row[1], '{:9.3f}'):>9} {row[2]:11.1f} "
          f"{show(row[3], '{:11.0f}'):>11} {row[4]:9} {show(row[5], '{:9.1f}'):>9}", flush=True)


def get_goals(results):
    """What is measured, name, value, goal, unit; where all that it needs is there."""
    def cpu(name):
        return results[name][0] + (results[name][1] or 0)

    window_, without, gnome = "window", OURS, "gnome-system-monitor, data 1 Hz"
    repaint, bare = "the same, repaint 1 Hz", "bare GTK, four areas with lines"
    fill = "bare GTK, four areas, filled"
    goals = [
        ((window_, gnome), "window's CPU beside its, same data", cpu, 1, "x"),
        ((window_, repaint), "beside its, same repaints, a tenth of the data (no goal)", cpu,
         float("inf"), "x"),
        ((window_, bare), "beside a bare GTK window with lines", cpu, 1.3, "x"),
        ((window_, fill), "beside one that only fills (no goal)", cpu, float("inf"), "x"),
        ((window_, gnome), "window's PSS beside gnome's", lambda name: results[name][4], 0.8, "x"),
        ((window_,), "window's wake-ups", lambda name: results[name][2], 4, "/s"),
        ((without, "htop"), "CPU on a terminal beside htop's", cpu, 0.5, "x"),
        ((without,), "PSS without GTK", lambda name: results[name][4] / 1024, 6, "MiB"),
        ((without,), "start to first line", lambda name: results[name][5], 30, "ms"),
        ((without,), "wake-ups on a terminal", lambda name: results[name][2], 4, "/s"),
    ]
    for names, words, get, goal, unit in goals:
        if all(results.get(name) for name in names):
            value = get(names[0]) / get(names[1]) if len(names) > 1 else get(names[0])
            yield words, value, goal, unit


def compare(options):
    """Prints the table and how the goals are met. False when one is missed, or cannot be told."""
    rows = [
        (OURS, [options.without_gtk, *WATCH, "none"], {}),
        ("the same, with 5 echoes a second", [options.without_gtk, *WATCH, "127.0.0.1"], {}),
        ("terminal face of the whole program", [options.program, "-t", *WATCH, "none"], {}),
        ("htop", ["htop", "-d", "10"], {}),
        ("top", ["top", "-d", "1"], {}),
        ("btop", ["btop", "--utf-force"], {}),
        ("atop", ["atop", "1"], {}),
        ("nmon", ["nmon", "-s", "1"], {"NMON": "cmdn"}),
        ("glances", ["glances", "-t", "1"], {}),
    ]
    print(f"{'':36} CPU s/min  X server  wake-ups/s  syscalls/s   PSS KiB  start ms")
    results = {}
    if options.window_peer and options.only != "terminals":
        results = window.measure(options.program, options.window_peer, options.seconds,
                                 count_syscalls)
        for name, row in results.items():
            show_row(name, row)
    for name, command, environment in rows if options.only != "windows" else []:
        results[name] = (measure(command, options.seconds, environment)
                         if shutil.which(command[0]) else None)
        show_row(name, results[name])

    good = True
    for words, value, goal, unit in get_goals(results):
        good &= value <= goal
        verdict = f", goal {goal}: {'met' if value <= goal else 'missed'}" if goal < 1e9 else ""
        print(f"{words}: {value:.2f} {unit}{verdict}")
    return good


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("--only", choices=["windows", "terminals", "soak"])
    parser.add_argument("program")
    parser.add_argument("without_gtk")
    parser.add_argument("window_peer", nargs="?")
    options = parser.parse_args()

    good = True
    try:
        if options.only != "soak":
            good = compare(options)
        if options.soak:
            good &= soak(options)
    except window.Missing as missing:
        print(f"no windows here: {missing} is not installed")
        good = False
    return 0 if good else 1


sys.exit(main())
