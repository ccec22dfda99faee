#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""beside.py: what a measurement does to a service of the same guest.

    beside.py [--program PROGRAM] [--turns N] [--rate N]

A redis on a socket of its own answers GET at a steady rate while nothing measures, while a light window does,
and while a whole one does: by turns, half a minute each. Prints the latencies of all turns, in ms; p99 of the
worst second says what a burst does. Needs redis-server, and a machine with nothing else to do.
"""

import argparse
import math
import pathlib
import socket
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CASES = {"nothing": None, "light": ["--light"], "whole": []}
SECONDS = 30
GET = b"*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n"
ANSWER = b"$5\r\nvalue\r\n"


def connect(path):
    for _ in range(100):
        link = socket.socket(socket.AF_UNIX)
        try:
            link.connect(path)
            return link
        except OSError:
            link.close()
            time.sleep(0.05)
    raise SystemExit("beside: redis-server did not start")


def ask(link, rate, seconds):
    """(time since the start, latency in ms) of each request; one that is due is late from then on, whatever
    held the one before it up."""
    found, begin = [], time.monotonic()
    for n in range(int(rate * seconds)):
        due = begin + n / rate
        time.sleep(max(0, due - time.monotonic()))
        link.sendall(GET)
        answer = b""
        while len(answer) < len(ANSWER):
            answer += link.recv(64)
        assert answer == ANSWER, answer
        found.append((due - begin, 1e3 * (time.monotonic() - due)))
    return found


def quantile(values, q):
    values = sorted(values)
    return values[min(len(values) - 1, math.ceil(q * len(values)) - 1)]


def worst_second(found):
    seconds = {}
    for when, latency in found:
        seconds.setdefault(int(when), []).append(latency)
    return max(quantile(latencies, 0.99) for latencies in seconds.values())


def turn(link, options, program, rate):
    """The latencies while a window runs, from its first second to its last."""
    if options is None:
        return ask(link, rate, SECONDS)
    words = [program, "-t", "--quiet", "--no-save", "--ping-target", "none", "--duration", str(SECONDS), *options]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL) as window:
        found = ask(link, rate, SECONDS)
    if window.returncode != 0:
        raise SystemExit(f"beside: {words}: exit {window.returncode}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "tests" / "vmm_monitor_terminal"))
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--rate", type=float, default=500, metavar="REQUESTS A SECOND")
    words = parser.parse_args()
    found = {name: [] for name in CASES}
    with tempfile.TemporaryDirectory() as directory:
        path = f"{directory}/redis"
        server = ["redis-server", "--port", "0", "--unixsocket", path, "--save", "", "--dir", directory]
        with subprocess.Popen(server, stdout=subprocess.DEVNULL) as redis:
            try:
                with connect(path) as link:
                    link.sendall(b"SET key value\r\n")
                    link.recv(64)
                    for _ in range(words.turns):
                        for name, options in CASES.items():
                            found[name].append(turn(link, options, words.program, words.rate))
            finally:
                redis.terminate()
    print(f"{'ms':<10}{'median':>9}{'p99':>9}{'p99.9':>9}{'largest':>9}{'p99 of the worst second':>26}")
    for name, turns in found.items():
        all_of = [latency for one in turns for _, latency in one]
        figures = [statistics.median(all_of), quantile(all_of, 0.99), quantile(all_of, 0.999), max(all_of)]
        print(f"{name:<10}" + "".join(f"{f:9.3f}" for f in figures) + f"{max(map(worst_second, turns)):26.3f}")


if __name__ == "__main__":
    main()
