#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""unmoved.py: what must not move the score, held against windows without it.

    unmoved.py [--build DIRECTORY] [--windows N] [--duration SECONDS] [--keep DIRECTORY] [CASE...]

Exits with 1 where a case differs, and says whether the ratio's interval is within 3 % either way.

sources: a GPU and energy meters are there and read (inject/sources.sh; root). serve: `vmm_monitor serve` runs
beside the window and is asked by loopback. Windows of all cases and of neither are taken in turns, and the
program itself compares each with neither. Needs a machine with nothing else to do; sends no packet.

seccomp, where it is named, is one that must move the probe of a system call: a filter that allows all, as a unit
with SystemCallFilter= has. It says why data/fleet/ has none, and does not count.
"""

import argparse
import contextlib
import ctypes
import json
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PLAIN, MOVING = "neither", "seccomp"
MARGIN = 0.03
DOOR = "127.0.0.1:9781"
SCRAPE_SECONDS = 15


def beside_nothing(program):
    return contextlib.nullcontext()


def scrape(over):
    """As Prometheus does, until it is over."""
    while not over.wait(SCRAPE_SECONDS):
        with urllib.request.urlopen(f"http://{DOOR}/metrics", timeout=10) as answer:
            answer.read()


@contextlib.contextmanager
def beside_serve(program):
    """It is asked for its figures, and measures no window of its own meanwhile."""
    over = threading.Event()
    scraper = threading.Thread(target=scrape, args=(over,))
    words = [program, "serve", "--listen", DOOR, "--every", "7d", "--no-save", "--ping-target", "none"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as serve:
        scraper.start()
        yield
        over.set()
        scraper.join()
        ended = serve.poll()
        serve.terminate()
        if ended is not None:
            raise SystemExit(f"unmoved: serve ended by itself: {serve.stderr.read().decode()}")


def install_filter():
    """A seccomp filter of one instruction: return SECCOMP_RET_ALLOW."""
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]

    allow = struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF0000)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(Program(1, allow)), 0, 0):
        raise OSError(ctypes.get_errno(), "no seccomp filter")


CASES = {  # what starts the window, what runs beside it
    PLAIN: ([], beside_nothing),
    "sources": ([str(ROOT / "tests/inject/sources.sh")], beside_nothing),
    "serve": ([], beside_serve),
    MOVING: ([], beside_nothing),
}


def measure(program, case, duration, environment):
    before, beside = CASES[case]
    with beside(program):
        subprocess.run([*before, program, "-t", "--quiet", "--label", case, "--ping-target", "none", "--duration",
                        str(duration)], env=environment, check=True, stdout=subprocess.DEVNULL,
                       preexec_fn=install_filter if case == MOVING else None)


def compare(program, case, paths, environment):
    """Prints the verdict; whether it differs."""
    print(f"== {case} beside {PLAIN}", flush=True)
    words = [program, "compare", "--by", "label", *map(str, paths)]
    subprocess.run(words, env=environment, check=False)
    told = subprocess.run([*words, "--json"], env=environment, check=True, capture_output=True)
    pair = next(item for item in json.loads(told.stdout)["items"] if item["level"] == "total")["pairs"][0]
    if pair["ratio"] is None:
        return False
    is_within = pair["low"] > 1 - MARGIN and pair["high"] < 1 / (1 - MARGIN)
    print(f"ratio {pair['ratio']:.4f}, {pair['low']:.4f} to {pair['high']:.4f}: "
          f"{'within' if is_within else 'not shown to be within'} {MARGIN:.0%} either way", flush=True)
    return pair["verdict"] == "different"


def print_calls(paths):
    """What a system call takes, by the label of the windows."""
    took = {}
    for document in (json.loads(path.read_text()) for path in paths):
        took.setdefault(document["label"], []).append(document["probes"]["syscall"]["value"])
    for label, values in took.items():
        print(f"{label}: {statistics.median(values):.0f} ns a system call", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / "build"))
    parser.add_argument("--windows", type=int, default=12, help="of each case")
    parser.add_argument("--duration", type=int, default=30)
    parser.add_argument("--keep", help="where the results go; else they are thrown away")
    parser.add_argument("cases", nargs="*", metavar="CASE", default=[], help="sources, serve; both without; seccomp")
    words = parser.parse_args()
    cases = [PLAIN, *(words.cases or [case for case in CASES if case not in (PLAIN, MOVING)])]
    if unknown := set(cases) - set(CASES):
        parser.error(f"no such case: {', '.join(unknown)}")
    program = f"{words.build}/vmm_monitor"
    with tempfile.TemporaryDirectory() as thrown_away:
        place = words.keep or thrown_away
        environment = {**os.environ, "XDG_DATA_HOME": place, "FAKE_NVML": f"{words.build}/tests", "LC_ALL": "C.UTF-8"}
        for turn in range(words.windows):
            for case in cases[::-1] if turn % 2 else cases:
                measure(program, case, words.duration, environment)
        kept = sorted(pathlib.Path(place, "vmm_monitor/results").glob("*.json"))
        differing = 0
        for case in cases[1:]:
            both = [path for path in kept if f'"label":"{case}"' in (text := path.read_text().replace('": "', '":"'))
                    or f'"label":"{PLAIN}"' in text]
            if case == MOVING:
                print_calls(both)
            else:
                differing += compare(program, case, both, environment)
        return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main())
