# SPDX-License-Identifier: MIT
# program: the whole program on a machine that is made for it, with files damaged and calls failing.
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import check, finish, skip  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM = os.environ["VMM_MONITOR"]
FIXTURES = os.environ["FIXTURES"]
INJECTOR = os.environ["INJECTOR"]
SHORT = 9999  # no error: moves one byte


class Ended:
    def __init__(self, code, out, err, seconds):
        self.code, self.out, self.err, self.seconds = code, out, err, seconds

    def complain(self, codes=(0, 1), document=False):
        """What is wrong with how it ended; "" when nothing is."""
        if self.code not in codes:
            return f"exit code {self.code}: {self.err or self.out[-200:]}"
        if self.code in (1, 2) and not self.err.startswith("vmm_monitor: "):
            return f"failed without a word: {self.err!r}"
        for stream in self.out, self.err:
            if "CRITICAL" in stream or "Sanitizer" in stream or "runtime error" in stream:
                return stream
        if document and self.code == 0:
            try:
                json.loads(self.out, parse_constant=lambda name: 1 / 0)
            except (ValueError, ZeroDivisionError):
                return f"not JSON: {self.out[:200]!r}"
        return ""


class Place:
    """A directory with a machine, a store of results and nothing else."""

    def __init__(self, fixture=None):
        self.path = tempfile.mkdtemp(prefix="faults-")
        self.machine = os.path.join(self.path, "machine")
        self.store = os.path.join(self.path, "data", "vmm_monitor", "results")
        if fixture:
            shutil.copytree(os.path.join(FIXTURES, fixture), self.machine, symlinks=True)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        shutil.rmtree(self.path, ignore_errors=True)

    def files(self):
        return sorted(os.path.relpath(os.path.join(directory, name), self.path)
                      for directory, _, names in os.walk(self.path) for name in names)

    def start(self, *arguments, fault=None, opened=None, wrapper=(), **options):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR")}
        environment.update(XDG_DATA_HOME=os.path.join(self.path, "data"), HOME=self.path)
        if fault or opened:
            environment["LD_PRELOAD"] = INJECTOR
        if fault:
            environment["VMM_FAULT"] = " ".join(str(word) for word in fault)
        if opened:
            environment["VMM_OPENED"] = opened
        pipes = dict(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return subprocess.Popen([*wrapper, PROGRAM, *arguments], env=environment, text=True,
                                errors="replace", **{**pipes, **options})

    def run(self, *arguments, limit_s=60, **options):
        start = time.monotonic()
        process = self.start(*arguments, **options)
        try:
            out, err = process.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return Ended("hangs", out or "", err or "", limit_s)
        return Ended(process.returncode, out or "", err or "", time.monotonic() - start)

    def opened(self, *arguments, below):
        """The files below `below` that the command opens."""
        told = os.path.join(self.path, "opened")
        self.run(*arguments, opened=told)
        with open(told) as file:
            paths = {os.path.normpath(line.rstrip("\n")) for line in file}
        os.unlink(told)
        return sorted(os.path.relpath(path, below) for path in paths
                      if path.startswith(below + "/"))


def together(jobs, at_once):
    """The results of all `jobs` (functions), of which `at_once` run at a time."""
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda job: job(), jobs))
