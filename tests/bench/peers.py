#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""peers.py: what people would use instead, beside the same faults and in the same guests.

    peers.py --run DIR          measures what DIR lacks (sysbench, fio; 25 s a condition)
    peers.py --table [DIR]      the table, in Markdown, with our own from the recorded windows

A run is a text file, DIR/CONDITION.N.txt, with what the tools printed. Conditions are those of
score.py; it says what is needed. UnixBench is not in Debian.
"""

import collections
import math
import pathlib
import re
import statistics
import subprocess
import sys

import score

RECORDED = score.HERE / "recorded" / "peers"
SECONDS = 5  # for each tool; both default to 10 or more

# In a guest the programs lie where the command runs.
COMMAND = f"""PATH=$PWD:$PATH
cd "${{SCRATCH:-/var/tmp}}"
echo == sysbench cpu; sysbench cpu --time={SECONDS} run
echo == sysbench memory; sysbench memory --time={SECONDS} run
f='--file-total-size=8M --file-num=4 --file-extra-flags=direct'
sysbench fileio $f prepare > /dev/null
echo == sysbench fileio; sysbench fileio $f --file-test-mode=rndrw --time={SECONDS} run
sysbench fileio $f cleanup > /dev/null
echo == fio; fio --minimal --name=peer --filename=peer.fio --size=8M --rw=randread --bs=4k \\
  --direct=1 --ioengine=psync --time_based --runtime={SECONDS}
rm -f peer.fio"""

CONDITIONS = {  # name -> how often
    "idle": 4, "loops-2": 1, "memory-4": 1, "fio-16": 1, "tcg": 1, "iops-20": 1, "uml": 1, "step": 1,
}
SHOWN = [("loops-2", "own load, 2 loops"), ("memory-4", "memory traffic"), ("fio-16", "competing I/O"),
         ("iops-20", "disk of 20 IOPS"), ("delay-20", "network +20 ms"),
         ("step-30", "host leaves 30 %"), ("tcg", "QEMU TCG"), ("uml", "user-mode Linux")]

SAME_GUEST = {"step-30": "step-none", "iops-20": "tcg"}  # what a fault there is held against

FIGURES = {  # tool -> what it calls its result; more is better
    "sysbench cpu": r"events per second: +([\d.]+)",
    "sysbench memory": r"\(([\d.]+) MiB/sec\)",
    "sysbench fileio": r"(?:reads|writes)/s: +([\d.]+)",
    "fio": r"^(?:[^;\n]*;){7}(\d+)",
}


def command_of(name):
    condition = next(c for c in score.CONDITIONS if c.name == name)
    tools = [f"/usr/bin/{tool}" for tool in ("sysbench", "fio")]
    if name == "step":
        steps = "; ".join(f'echo "quota: {q}" >&2; sleep 2; echo "=== step-{q}"; ({COMMAND}\n)'
                          for q in ("none", "30"))
        return [str(score.GUEST / "step.sh"), steps, *tools]
    if condition.guest:
        script, *words = map(str, condition.guest)
        return [str(score.GUEST / script), "-m", "768", *words, "--", COMMAND, *tools]
    fault = [str(score.INJECT / condition.fault[0]), *map(str, condition.fault[1:])] if condition.fault else []
    return [*fault, "sh", "-c", COMMAND]


def run(directory):
    directory.mkdir(parents=True, exist_ok=True)
    for n in range(1, max(CONDITIONS.values()) + 1):
        for name, windows in CONDITIONS.items():
            path = directory / f"{name}.{n}.txt"
            if n > windows or path.exists():
                continue
            done = subprocess.run(command_of(name), capture_output=True, text=True, check=False,
                                  stdin=subprocess.DEVNULL)
            path.write_text(done.stdout)
            print(f"{path.name}: exit {done.returncode} {done.stderr.strip()[-100:]}", flush=True)


def figures_of(text):
    """ln of each tool's figure; a test of reads and writes is their sum."""
    found = {}
    for part in re.split(r"^== ", text, flags=re.M)[1:]:
        tool = part.split("\n", 1)[0].strip()
        values = [float(v) for v in re.findall(FIGURES[tool], part, flags=re.M)]
        if values and sum(values) > 0:
            found[tool] = math.log(sum(values))
    return found


def load(directory):
    """tool -> condition -> ln figures"""
    tools = collections.defaultdict(lambda: collections.defaultdict(list))
    for path in sorted(directory.glob("*.txt")):
        name = path.name.split(".")[0]
        for part in re.split(r"^=== ", path.read_text(), flags=re.M):
            label = part.split("\n", 1)[0].strip() if name == "step" else name
            for tool, value in figures_of(part).items():
                tools[tool][label].append(value)
    return tools


def usage(window):
    """A score of usage: what the CPUs, the memory and the disk have left."""
    used = [window["summary"][c]["mean"] for c in ("cpu.busy", "memory.used", "disk.util")]
    return math.log(max(100 - statistics.fmean(u for u in used if u is not None), 1))


def shift_of(values, name):
    """ln of what is left under the fault; NAN = not measured."""
    some, base = values.get(name), values.get(SAME_GUEST.get(name, "idle"))
    return statistics.fmean(some) - statistics.fmean(base) if some and base else math.nan


def shift_of_windows(windows, name, get):
    """The same, beside the windows that were measured nearest."""
    some, base = score.scored(windows[name]), windows[SAME_GUEST.get(name, "idle")]
    if not some or not score.scored(base):
        return math.nan
    return score.mean_of(some, get) - score.mean_of(score.beside(some, base), get)


def row(tool, time, spread, shifts):
    cells = ["-" if math.isnan(s) else f"{'**' if s < -3 * spread else ''}{100 * math.exp(s):.0f} %"
             f"{'**' if s < -3 * spread else ''}" for s in shifts]
    print(f"| {tool} | {time} | {100 * spread:.1f} % | " + " | ".join(cells) + " |")


def table(directory):
    """What is left of each figure; in bold, what falls by more than three times its spread."""
    tools, windows = load(directory), score.load([])
    print("| | time | spread | " + " | ".join(title for _, title in SHOWN) + " |")
    print("|---" * (3 + len(SHOWN)) + "|")
    for tool, get in (("vmm_monitor", score.ln_total), ("usage only", usage)):
        row(tool, "30 s", score.sd([get(w) for w in windows["idle"]]),
            [shift_of_windows(windows, name, get) for name, _ in SHOWN])
    for tool, values in tools.items():
        row(tool, f"{SECONDS} s", score.sd(values["idle"]), [shift_of(values, name) for name, _ in SHOWN])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"] and len(sys.argv) == 3:
        run(pathlib.Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--table"]:
        table(pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else RECORDED)
    else:
        sys.exit(__doc__)
