#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""serving.py: whether a window's score differs where `serve` runs beside it, by the program's own verdict.

    serving.py [--program PROGRAM] [--seconds S] [--windows N]

Windows with `serve` running beside, which is scraped every 15 s, and windows without it, in turns (with, without,
without, with), --windows of each; `compare` then says whether the sides differ. No window of `serve` itself falls
among them. Exits with 1 where it calls them different, or where the ratio's interval leaves 3 % either way. In a
network namespace of its own, pings nobody. Needs a machine with nothing else to do.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from alone import enter_namespace  # noqa: E402  pylint: disable=wrong-import-position

DOOR = "127.0.0.1:9780"
SCRAPE_S = 15
MARGIN = 0.03
SIDES = ("with", "without", "without", "with")


def scrape():
    with urllib.request.urlopen(f"http://{DOOR}/metrics", timeout=10) as answer:
        return answer.read().decode()


class Serving:
    """serve, and one who scrapes it, until the end of the block."""

    def __init__(self, program, place):
        self.over = threading.Event()
        self.process = subprocess.Popen(
            [program, "serve", "--no-save", "--ping-target", "none", "--every", "24h", "--listen", DOOR,
             "--textfile", os.path.join(place, "serve.prom")], stderr=subprocess.DEVNULL)
        self.scraper = threading.Thread(target=self.collect)

    def collect(self):
        while not self.over.wait(SCRAPE_S):
            scrape()

    def __enter__(self):
        for _ in range(100):
            try:
                scrape()
                break
            except OSError:
                time.sleep(0.1)
        self.scraper.start()
        return self

    def wait_for_room(self, seconds):
        """Until no window of serve is due while one of ours is measured."""
        due = float(re.search(r"^vmm_window_next_timestamp_seconds (\S+)$", scrape(), re.M)[1])
        left = due - time.time()
        if -seconds < left < seconds + 10:
            time.sleep(left + 45)

    def __exit__(self, *error):
        self.over.set()
        self.scraper.join()
        self.process.terminate()
        self.process.wait()


def measure(words, side, home):
    done = subprocess.run([words.program, "-t", "--quiet", "--ping-target", "none", "--duration", str(words.seconds),
                           "--label", side], env={**os.environ, "XDG_DATA_HOME": home}, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    print(f"{side:<8} {done.stdout.strip()}", flush=True)
    if done.returncode:
        raise SystemExit(f"serving: exit {done.returncode}: {done.stderr}")


def compare(words, home):
    told = subprocess.run([words.program, "compare", "--by", "label", "--json"], check=True, capture_output=True,
                          env={**os.environ, "XDG_DATA_HOME": home})
    document = json.loads(told.stdout)
    print(document["verdict"])
    pair = next(item for item in document["items"] if item["level"] == "total")["pairs"][0]
    if pair["ratio"] is None:
        return False
    print(f"ratio {pair['ratio']:.4f}, 95 % interval {pair['low']:.4f} to {pair['high']:.4f}; {pair['tested']}, "
          f"{pair['design']}; this many windows would have shown {pair['detectable']}")
    equal = pair["low"] > 1 - MARGIN and pair["high"] < 1 / (1 - MARGIN)
    print(f"verdict {pair['verdict']}; {'within' if equal else 'not shown to be within'} {MARGIN:.0%} either way")
    return pair["verdict"] != "different" and equal


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "vmm_monitor"))
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--windows", type=int, default=12, help="on each side")
    words = parser.parse_args()
    enter_namespace()
    with tempfile.TemporaryDirectory() as home:
        for turn in range(2 * words.windows):
            side = SIDES[turn % len(SIDES)]
            if side == "without":
                measure(words, side, home)
                continue
            with Serving(words.program, home) as serving:
                serving.wait_for_room(words.seconds)
                measure(words, side, home)
        return 0 if compare(words, home) else 1


if __name__ == "__main__":
    sys.exit(main())
