#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# stalled: who does not read what is shown costs the measurement nothing. Prints TAP. The windows are measured at
# once, and nothing of them is read before all of them are over.
import fcntl
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import check, finish  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM = os.environ["VMM_MONITOR"]
SECONDS, LIMIT_S = 15, 60
LEAVE = b"\x1b[?1049l"
LINE = re.compile(rb"^ *[0-9.]+ ( +[0-9.-]+){9}\r?$", re.M)


def open_terminal():
    """A large one: a picture a second fills it within the window."""
    far, near = os.openpty()
    fcntl.ioctl(near, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 250, 0, 0))
    return far, near


def open_pipe():
    """The smallest there is, and full but for a few bytes' worth of lines."""
    far, near = os.pipe()
    size = fcntl.fcntl(near, fcntl.F_SETPIPE_SZ, 4096)
    os.write(near, b"#" * (size - 1) + b"\n")
    return far, near


def own_terminal():
    if os.isatty(1):
        fcntl.ioctl(1, termios.TIOCSCTTY, 0)


class Run:
    """The program before a reader that reads nothing until it is asked for everything."""

    def __init__(self, name, way, *arguments):
        self.name, self.file = name, os.path.join(DATA, name + ".json")
        self.far, near = way()
        self.program = subprocess.Popen(
            [PROGRAM, "-t", "--no-save", "--ping-target", "none", "--passive", "--json", self.file, *arguments],
            stdin=subprocess.DEVNULL, stdout=near, stderr=near, start_new_session=True, preexec_fn=own_terminal,
            env={**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8"})
        os.close(near)

    def wait_for_file(self, deadline):
        while not os.path.exists(self.file) and time.monotonic() < deadline:
            time.sleep(0.1)

    def read(self):
        self.output = b""
        try:
            while data := os.read(self.far, 65536):
                self.output += data
        except OSError:  # a terminal that nobody has any more
            pass
        os.close(self.far)
        return self.program.wait()

    def count_readings(self, interval_ms):
        with open(self.file) as file:
            window = json.load(file)["window"]
        due = SECONDS * 1000 // interval_ms
        check(f"{self.name}: the window is valid", window["quality"] != "invalid", window)
        check(f"{self.name}: few ticks are missed", window["ticks"] == due and window["missed"] * 5 < due, window)
        return window["ticks"] - window["missed"]


def measured():
    runs = [(Run(f"{name}, {interval}", way, "-d", str(SECONDS), "-i", str(interval)), name, interval)
            for name, way in (("terminal", open_terminal), ("pipe", open_pipe)) for interval in (1000, 100)]
    deadline = time.monotonic() + LIMIT_S
    for run, *_ in runs:
        run.wait_for_file(deadline)
    for run, name, interval in runs:
        code = run.read()
        check(f"{run.name}: exit 0", code == 0, code)
        readings = run.count_readings(interval)
        report = run.output
        if name == "terminal":
            check(f"{run.name}: the screen is given back", report.count(LEAVE) == 1, report[-300:])
            report = report.split(LEAVE)[-1]
        else:
            check(f"{run.name}: every line is there", len(LINE.findall(report)) == readings,
                  report[4096:])
        check(f"{run.name}: then the report", b"Memory used" in report, report)


def stopped():
    """Whoever stops the program is obeyed, although nobody reads."""
    for name, way in (("terminal", open_terminal), ("pipe", open_pipe)):
        run = Run(f"{name}, stopped", way, "-d", "60", "-i", "100")
        time.sleep(3)
        os.kill(run.program.pid, signal.SIGTERM)
        try:
            code = run.program.wait(timeout=20)
        except subprocess.TimeoutExpired:
            run.program.kill()
            code = "none: it had to be killed"
        check(f"{run.name}: exit 3", code == 3, code)
        os.close(run.far)


DATA = tempfile.mkdtemp()
os.environ["XDG_DATA_HOME"] = DATA
try:
    measured()
    stopped()
finally:
    shutil.rmtree(DATA)
finish()
sys.stdout.flush()
