# SPDX-License-Identifier: MIT
"""tap: a script's checks as TAP, one line each, and the plan at the end; and patience with what it waits for."""
import sys
import time

LINES, COLUMNS = 20, 300  # of what is told of one that fails

_names = []


def _say(holds, line):
    _names.append(line)
    print(f"{'ok' if holds else 'not ok'} {len(_names)} - {line}", flush=True)


def check(name, holds, *told):
    """`told` is printed where it does not hold: texts, bytes, or what has a text."""
    _say(holds, name)
    for text in () if holds else told:
        text = text.decode(errors="backslashreplace") if isinstance(text, bytes) else str(text)
        for line in text.splitlines()[:LINES]:
            print(f"#   {line[:COLUMNS]}", flush=True)


def skip(name, why):
    _say(True, f"{name} # SKIP {why}")


def skip_all(why):
    """Nothing of the script can be had here. Does not return."""
    print(f"1..0 # SKIP {why}")
    sys.exit()


def finish():
    print(f"1..{len(_names)}", flush=True)


def wait_for(what, holds, seconds=150):
    """FALSE, and a line that says so, where `holds` did not come true in time."""
    for _ in range(seconds * 4):
        if holds():
            return True
        time.sleep(0.25)
    print(f"# {what}: not within {seconds} s", flush=True)
    return False
