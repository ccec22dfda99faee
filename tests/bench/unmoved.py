#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""unmoved.py: what must not move the score, held against windows without it.

    unmoved.py [--build DIRECTORY] [--windows N] [--duration SECONDS] [--keep DIRECTORY] [CASE...]

sources: a GPU and energy meters are there and read (inject/sources.sh; root). serve: `vmm_monitor serve` runs
beside the window and is asked by loopback. Windows of all cases and of neither are taken in turns, and the
program itself compares each with neither. Needs a machine with nothing else to do; sends no packet.
"""

import argparse
import contextlib
import os
import pathlib
import subprocess
import tempfile
import threading
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PLAIN = "neither"
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


CASES = {  # what starts the window, what runs beside it
    PLAIN: ([], beside_nothing),
    "sources": ([str(ROOT / "tests/inject/sources.sh")], beside_nothing),
    "serve": ([], beside_serve),
}


def measure(program, case, duration, environment):
    before, beside = CASES[case]
    with beside(program):
        subprocess.run([*before, program, "-t", "--quiet", "--label", case, "--ping-target", "none", "--duration",
                        str(duration)], env=environment, check=True, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / "build"))
    parser.add_argument("--windows", type=int, default=12, help="of each case")
    parser.add_argument("--duration", type=int, default=30)
    parser.add_argument("--keep", help="where the results go; else they are thrown away")
    parser.add_argument("cases", nargs="*", metavar="CASE", default=[], help="sources, serve; both without")
    words = parser.parse_args()
    cases = [PLAIN, *(words.cases or [case for case in CASES if case != PLAIN])]
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
        for case in cases[1:]:
            print(f"== {case} beside {PLAIN}", flush=True)
            both = [path for path in kept if f'"label":"{case}"' in (text := path.read_text().replace('": "', '":"'))
                    or f'"label":"{PLAIN}"' in text]
            subprocess.run([program, "compare", "--by", "label", *map(str, both)], env=environment, check=False)


if __name__ == "__main__":
    main()
