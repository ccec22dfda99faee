#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# two_guests: two guests, each a network namespace of its own, and a wire between them that carries so much. What
# is read follows the wire; a peer that goes away, and one that refuses, are reasons. Prints TAP.
#
# Usage: VMM_MONITOR=PROGRAM two_guests.py          (needs root, ip, tc with tbf; skipped without)
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import check, finish, skip_all  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM = os.environ["VMM_MONITOR"]
LEVELS = (16, 80, 400)  # Mbit/s
NAMES = (f"peer{os.getpid()}a", f"peer{os.getpid()}b")


def call(*words, where=None):
    prefix = ("ip", "netns", "exec", where) if where else ()
    return subprocess.run([*prefix, *map(str, words)], capture_output=True, text=True, check=False,
                          timeout=60, stdin=subprocess.DEVNULL)


def lay_wire():
    """Why there can be none here, or None."""
    steps = [("ip", "netns", "add", NAMES[0]), ("ip", "netns", "add", NAMES[1]),
             ("ip", "link", "add", "wire", "netns", NAMES[0], "type", "veth", "peer", "name", "wire", "netns", NAMES[1])]
    for number, name in enumerate(NAMES, 1):
        steps += [("ip", "-n", name, "addr", "add", f"10.79.0.{number}/24", "dev", "wire"),
                  ("ip", "-n", name, "link", "set", "lo", "up"), ("ip", "-n", name, "link", "set", "wire", "up")]
    for step in [*steps, limit(LEVELS[0])]:
        try:
            done = call(*step)
        except FileNotFoundError as error:
            return str(error)
        if done.returncode:
            return done.stderr.strip()
    return None


def limit(mbit):
    return ("ip", "netns", "exec", NAMES[0], "tc", "qdisc", "replace", "dev", "wire", "root", "tbf", "rate",
            f"{mbit}mbit", "burst", "64kb", "latency", "100ms")


def serve(*words):
    peer = subprocess.Popen(["ip", "netns", "exec", NAMES[1], PROGRAM, "peer", *words], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, text=True)
    return peer, peer.stdout.readline()


def end(peer):
    peer.send_signal(signal.SIGINT)
    return peer.communicate(timeout=30)[0], peer.returncode


def measure(address):
    """A loaded machine may miss its turn: some tries."""
    for _ in range(4):
        document, run = measure_once(address)
        if document["summary"]["peer.rttloaded"]["mean"] or "peer cannot" in run.stdout:
            break
    return document, run


def measure_once(address):
    path = os.path.join(os.environ["XDG_DATA_HOME"], "run.json")
    run = call(PROGRAM, "-t", "--passive", "--no-save", "--ping-target", "none", "--network-peer", address, "-d", 5,
               "--json", path, where=NAMES[0])
    with open(path, encoding="utf-8") as file:
        return json.load(file), run


def test_levels():
    peer, line = serve()
    check("the peer says where it answers", ":9781 " in line, line)
    for mbit in LEVELS:
        call(*limit(mbit))
        document, run = measure("10.79.0.2")
        read = document["summary"]["peer.throughput"]["mean"] or 0
        check(f"a wire of {mbit} Mbit/s is read as such", 0.7 < read * 8 / mbit < 1.1, f"{read} MB/s", run.stdout)
        idle, loaded = (document["summary"][f"peer.rtt{n}"]["mean"] for n in ("idle", "loaded"))
        check("  a round trip is longer beside a stream", idle and loaded and loaded > idle, idle, loaded)
        check("  the plan names the peer", document["plan"]["network_peer"] == "10.79.0.2")
        check("  the report shows it", "TCP to the peer" in run.stdout, run.stdout)
    out, code = end(peer)
    check("the peer ends and gives its account", code == 0 and re.search(r"[3-9] bursts, .* 0 connections refused", out), out)


def test_nobody():
    document, run = measure("10.79.0.2")
    check("nobody there is a reason", run.returncode == 0 and "the peer cannot be reached: Connection refused" in run.stdout,
          run.stdout, run.stderr)
    check("  and no value", document["summary"]["peer.throughput"]["mean"] is None)


def test_words():
    for words in (("--network-peer", "example"), ("--network-peer", "0.0.0.0"), ("peer", "--minutes", "0"),
                  ("peer", "--listen", "nonsense"), ("peer", "extra")):
        run = call(PROGRAM, *words, where=NAMES[0])
        check(f"refused: {' '.join(words)}", run.returncode == 2 and run.stderr, run.returncode, run.stderr)


def main():
    why = "not root" if os.geteuid() else lay_wire()
    if why:
        print(f"1..0 # SKIP {why}")
        return
    test_levels()
    test_nobody()
    test_words()
    finish()


with tempfile.TemporaryDirectory() as home:
    os.environ.update(XDG_DATA_HOME=home, HOME=home)
    try:
        main()
    finally:
        for name in NAMES:
            try:
                call("ip", "netns", "del", name)
            except FileNotFoundError:
                sys.exit(0)
