#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# kills: the whole program, killed at a random moment of whatever it does 200 times, loses no result,
# leaves no half of one, and no other file. Prints TAP.
#
# Usage: kills.py PRINT_RESULTS [SEED]
import functools
import json
import os
import random
import signal
import subprocess
import sys
import time

from program import Place, check, finish, together

KILLS = 200
AT_ONCE = 8
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
documents = [text for text in subprocess.run([sys.argv[1]], stdout=subprocess.PIPE,
                                             check=True).stdout.split(b"\0") if text]
MEASURE = ("-t", "--duration", "5", "--interval", "500", "--ping-target", "none", "--quiet")

# What it does, for how long that may take, and how often; {0} is a result that is kept.
WORKS = [
    (("import", "{foreign}"), 0.025, 5),
    (("delete", "{0}", "--yes"), 0.025, 4),
    (("export", "{0}", "--json", "{exported}"), 0.025, 4),
    (("show", "{0}"), 0.025, 1),
    (("compare", "{0}", "{1}"), 0.025, 1),
    ((*MEASURE, "--passive"), 5.5, 5),
    ((*MEASURE, "--scratch", "{scratch}"), 6.0, 3),
]


def is_document(path):
    try:
        with open(path, "rb") as file:
            return json.load(file)["format"] == "vmm-monitor-result"
    except (ValueError, KeyError):
        return False


def fill(place):
    """Two results in the store, one beside it; the ids of the former."""
    for i, document in enumerate(documents[:3]):
        with open(os.path.join(place.path, f"foreign{i}.json"), "wb") as file:
            file.write(document)
    for i in range(2):
        place.run("import", os.path.join(place.path, f"foreign{i}.json"))
    return sorted(name[:-len(".json")] for name in os.listdir(place.store))


def find_harm(place, before, deleted):
    """A complaint, or ""."""
    after = place.files()
    for path in after:
        full = os.path.join(place.path, path)
        if path not in before and not path.startswith("data/") and path != "exported":
            return f"{path} is left"
        if path.endswith(".json") or path == "exported" or path.startswith("data/"):
            if not is_document(full):
                return f"{path} is no whole document"
    for path in set(before) - set(after):
        if not deleted or deleted not in path:
            return f"{path} is gone"
    listed = place.run("list", "--json")
    if listed.complain(document=True) or any(run.get("damage") for run in json.loads(listed.out)):
        return f"the list: {listed.err}{listed.out[:200]}"
    return ""


def try_kill(work, delay_s):
    """Kills the work after the delay: whether it was still at it, and a complaint or ""."""
    command, _, _ = work
    with Place() as place:
        os.mkdir(os.path.join(place.path, "scratch"))
        ids = fill(place)
        before = place.files()
        arguments = [word.format(*ids, foreign=os.path.join(place.path, "foreign2.json"),
                                 exported=os.path.join(place.path, "exported"),
                                 scratch=os.path.join(place.path, "scratch")) for word in command]
        process = place.start(*arguments)
        time.sleep(delay_s)
        process.kill()
        process.communicate()
        harm = find_harm(place, before, ids[0] if command[0] == "delete" else None)
        if not harm and process.returncode not in (0, -signal.SIGKILL):
            harm = f"exit code {process.returncode}"
        return process.returncode == -signal.SIGKILL, \
            harm and f"{' '.join(command)} killed after {delay_s * 1e3:.1f} ms: {harm}"


random.seed(SEED)
print(f"# seed {SEED}")
chosen = random.choices(WORKS, weights=[work[2] for work in WORKS], k=KILLS)
ended = together([functools.partial(try_kill, work, random.uniform(0, work[1])) for work in chosen],
                 AT_ONCE)
complaints = [complaint for _, complaint in ended if complaint]
check(f"{KILLS} kills: nothing is lost, halved or left", not complaints, "\n".join(complaints))
hit = sum(was_killed for was_killed, _ in ended)
check(f"{KILLS} kills: most of them came in time", hit > KILLS // 4, hit)
print(f"# {hit} were still at work")
finish()
