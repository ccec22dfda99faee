#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# screen: the live view on a terminal, and the terminal given back whatever happens. Prints TAP.
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import check, finish  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM = os.environ["VMM_MONITOR"]
ENTER, LEAVE, HOME = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[H"
LIMIT_S = 60


class Run:
    """The program on a terminal of its own."""

    def __init__(self, *arguments, size=(24, 80), **environment):
        self.output = b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
            base = {"TERM": "xterm", "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": DATA,
                    "PATH": os.environ["PATH"]}
            for name in os.environ:
                if name.startswith(("ASAN", "UBSAN", "LSAN", "G_", "MALLOC")):
                    base[name] = os.environ[name]
            os.execve(PROGRAM, [PROGRAM, "-t", "--no-save", "--ping-target", "none", *arguments],
                      {**base, **environment})
        self.modes = termios.tcgetattr(self.terminal)

    def read(self, until):
        """Reads on until `until` holds or the program has ended; TRUE for the former."""
        deadline = time.monotonic() + LIMIT_S
        while not until():
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                return False
            if not select.select([self.terminal], [], [], 0.1)[0]:
                continue
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                return until()
            if not data:
                return until()
            self.output += data
        return True

    def frames(self):
        return self.output.count(HOME) - 1  # the first one clears the screen

    def wait_for_frames(self, n):
        return self.read(lambda: self.frames() >= n)

    def end(self):
        """The exit code, or minus the signal, once everything is read."""
        self.read(lambda: False)
        self.after = termios.tcgetattr(self.terminal)
        status = os.waitpid(self.pid, 0)[1]
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)

    def is_given_back(self):
        return (self.output.rfind(LEAVE) > self.output.rfind(ENTER) >= 0
                and self.output.rfind(b"\x1b[?25h") > self.output.rfind(b"\x1b[?25l")
                and self.after[3] == self.modes[3])


def stop_by_signal(name, number, expected):
    run = Run("--duration", "60", "--interval", "200")
    check(f"{name}: a picture", run.wait_for_frames(3), run.output)
    modes = termios.tcgetattr(run.terminal)
    check(f"{name}: typed characters are not shown meanwhile", not modes[3] & termios.ECHO)
    os.kill(run.pid, number)
    code = run.end()
    check(f"{name}: exit {expected}", code == expected, code)
    check(f"{name}: the terminal is given back", run.is_given_back(), run.output[-300:])
    return run


def stop_by_key(name, key):
    run = Run("--duration", "60", "--interval", "200")
    run.wait_for_frames(2)
    os.write(run.terminal, key)
    code = run.end()
    check(f"{name}: exit 3", code == 3, code)
    check(f"{name}: the terminal is given back", run.is_given_back(), run.output[-300:])
    report = run.output.split(LEAVE)[-1]
    check(f"{name}: no score, and why", b"No score:" in report, report)
    check(f"{name}: what was measured, and how long", b"Memory used" in report and re.search(rb" 0\.[0-9] seconds, ", report),
          report)


def stop_before_a_reading():
    """Nothing was measured: that is one line, not a page of it."""
    run = Run("--duration", "20", "--interval", "10000")
    run.read(lambda: HOME in run.output)
    os.write(run.terminal, b"q")
    code = run.end()
    check("stopped before a reading: exit 3", code == 3, code)
    report = run.output.split(LEAVE)[-1]
    check("stopped before a reading: a line says so", b"No score: window invalid: " in report, report)
    check("stopped before a reading: no page", report.count(b"\n") == 1, report)


def stop_between_windows():
    """The window that is over is told as if it had been the last."""
    run = Run("--duration", "5", "--interval", "1000", "--passive", "--repeat", "2", "--pause", "600")
    check("stopped in the pause: it comes", run.read(lambda: b"next measurement in" in run.output), run.output[-300:])
    os.write(run.terminal, b"q")
    code = run.end()
    check("stopped in the pause: exit 3", code == 3, code)
    report = run.output.split(LEAVE)[-1]
    check("stopped in the pause: the score line once", report.count(b"No score:") == 1, report)
    check("stopped in the pause: the report", b"Memory used" in report, report)


def stopped_output():
    """A terminal that takes nothing, by Ctrl-S, is not waited for."""
    run = Run("--duration", "60", "--interval", "100")
    run.wait_for_frames(2)
    os.write(run.terminal, b"\x13")
    os.kill(run.pid, signal.SIGTERM)
    code = run.end()
    check("Ctrl-S, SIGTERM: exit 3", code == 3, code)
    check("Ctrl-S, SIGTERM: the terminal is given back", run.is_given_back(), run.output[-300:])


def suspend():
    run = Run("--duration", "60", "--interval", "200")
    run.wait_for_frames(2)
    os.write(run.terminal, b"\x1a")
    run.read(lambda: LEAVE in run.output)
    status = os.waitpid(run.pid, os.WUNTRACED)[1]
    check("Ctrl-Z: stops", os.WIFSTOPPED(status), status)
    check("Ctrl-Z: the terminal is given back",
          LEAVE in run.output and termios.tcgetattr(run.terminal)[3] == run.modes[3])
    os.kill(run.pid, signal.SIGCONT)
    check("Ctrl-Z: comes back", run.read(lambda: run.output.count(ENTER) == 2), run.output[-300:])
    os.write(run.terminal, b"q")
    check("Ctrl-Z: ends", run.end() == 3)


def whole_window():
    run = Run("--duration", "5", "--interval", "500", size=(12, 60))
    run.wait_for_frames(3)
    fcntl.ioctl(run.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    os.kill(run.pid, signal.SIGWINCH)
    code = run.end()
    check("window: exit 0", code == 0, code)
    check("window: the terminal is given back", run.is_given_back())
    check("window: redrawn once a tick", 11 <= run.frames() <= 13, run.frames())
    frames = run.output.split(LEAVE)[0].split(HOME)[2:]
    check("window: colours", b"\x1b[94m" in frames[0])
    check("window: as high as the terminal", all(f.count(b"\n") < 12 for f in frames[:2]))
    check("window: grows with the terminal", frames[-1].count(b"\n") > frames[0].count(b"\n"))
    report = run.output.split(LEAVE)[-1]
    check("window: then the report", b"Score" in report and b"95 % interval" in report, report)


def plain_terminals():
    run = Run("--duration", "5", "--interval", "1000", "--passive", NO_COLOR="1")
    check("NO_COLOR: exit 0", run.end() == 0)
    picture = run.output.split(LEAVE)[0]
    check("NO_COLOR: a picture without colours",
          run.frames() >= 5 and not re.search(rb"\x1b\[[0-9;]*m", picture), picture[:300])
    run = Run("--duration", "5", "--interval", "1000", "--passive", TERM="dumb")
    check("dumb terminal: exit 0", run.end() == 0)
    check("dumb terminal: lines", b"\x1b" not in run.output and b"MB/s" in run.output)
    run = Run("--duration", "5", "--interval", "1000", "--passive", LC_ALL="C")
    check("ASCII terminal: exit 0", run.end() == 0)
    check("ASCII terminal: nothing else", all(byte < 128 for byte in run.output))


DATA = tempfile.mkdtemp()
try:
    whole_window()
    check("SIGINT: no score", b"No score:" in stop_by_signal("SIGINT", signal.SIGINT, 3).output)
    stop_by_signal("SIGTERM", signal.SIGTERM, 3)
    stop_by_signal("SIGHUP", signal.SIGHUP, 3)
    for name in ("SIGSEGV", "SIGABRT", "SIGQUIT"):
        stop_by_signal(name, getattr(signal, name), -getattr(signal, name))
    stop_by_key("Ctrl-C", b"\x03")
    stop_by_key("q", b"q")
    stop_between_windows()
    suspend()
    stop_before_a_reading()
    stopped_output()
    plain_terminals()
finally:
    shutil.rmtree(DATA)
finish()
