#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""headroom.py: does the program name what fills first, and how far off it is? A ramp finds the truth.

    headroom.py run [NAME...]     what recorded/ lacks: in a guest (or here) a load at 5 to 35 % of what is served at
                                  most, one scored window meanwhile, and then ever more load until no more is served
    headroom.py table [DIR]       what is said of the recorded windows by the program of this tree, beside the truth,
                                  the highest utilisation and the highest pressure
    headroom.py list              the cases

`run` needs root, a build, QEMU, redis-server, nginx, sqlite3, gcc, and a machine that has nothing else to do.
`table` needs BUILD/tests/outlook_said.
"""
import argparse
import json
import math
import os
import pathlib
import random
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

from cases import CASES, GUEST, LIMITS, OWN, ROOT

HERE = pathlib.Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parent), str(HERE.parent / "criterion")]

from measure import make_words  # noqa: E402  pylint: disable=wrong-import-position
from score import documents  # noqa: E402  pylint: disable=wrong-import-position

RECORDED = HERE / "recorded"
LIMIT_S = 150
SERIES = ("time_s", "cpu.busy", "cpu.steal", "cpu.stolen", "self.cpu", "self.iops", "disk.iops", "disk.read",
           "disk.write", "memory.used", "probe.work", "probe.parallel", "probe.deep", "probe.streamread",
           "probe.streamwrite")
FIELDS = ("time", "rate", "offered", "served", "refused", "p50", "p99", "busy", "steal", "ticks", "requests", "bytes",
          "cpu", "io", "memory", "used")
NGINX = """user root; daemon off; master_process off; error_log stderr crit; pid {fast}/pid;
events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {fast}; proxy_temp_path {fast}; fastcgi_temp_path {fast};
  uwsgi_temp_path {fast}; scgi_temp_path {fast}; keepalive_requests 1000000; gzip on; gzip_types *; gzip_min_length 1;
  server {{ listen 127.0.0.1:7781; root .; location /disk/ {{ alias {disk}/; directio 512; gzip off; }} }} }}
"""
FUNCTION = """double f{n}(const double *a, int k) {{ double s = 0; for (int i = 0; i < k; i++) {{ if (a[i] > {n})
s += a[i] * (i % {m}); else if (a[i] < -{n}) s -= a[i] / (i + {m}); else s *= 0.5; }} return s; }}
"""


# ---- Measuring

def make_files(work):
    """What the real programs work on, of a fixed seed."""
    chance = random.Random(7)
    words = make_words(chance)
    (work / "text").write_text(" ".join(chance.choice(words) for _ in range(15000)))
    (work / "inserts").write_text("create table t(a integer primary key, b text);\n" + "".join(
        f"insert into t(b) values(hex(randomblob({chance.randint(50, 150)})));\n" for _ in range(2)))
    (work / "query").write_text("with recursive c(x) as (select 1 union all select x+1 from c where x<12000) "
                                "select sum(x*x%7), count(distinct x%1000) from c;\n")
    for name, functions in ("source.i", 24), ("small.i", 4):
        (work / name).write_text("".join(FUNCTION.format(n=n, m=n + 3) for n in range(functions)))
    (work / "nginx.conf").write_text(NGINX.format(fast="/dev/shm", disk="/mnt"))


def path_of(name, work, build):
    made = {"offer": build / "tests" / "headroom_offer",
            "vmm_monitor": build / "tests" / "vmm_monitor_terminal"}
    if name == "cc1":
        return pathlib.Path(subprocess.run(["gcc", "-print-prog-name=cc1"], capture_output=True, text=True,
                                           check=True).stdout.strip())
    if (work / name).exists():
        return work / name
    found = made.get(name) or shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if not found:
        sys.exit(f"headroom: no {name} (see tests/README.md)")
    return pathlib.Path(found)


def inside(case, seconds):
    """The shell command in the guest, in the directory of the files."""
    program = (f"./vmm_monitor -t --quiet --no-save --ping-target none -d {seconds} --scratch $SCRATCH "
               "--json result > /dev/null; echo; cat result")
    lines = ["mkdir -p /etc; [ -e /etc/passwd ] || echo root:x:0:0:root:/root:/bin/sh > /etc/passwd",
             "[ -e /etc/group ] || echo root:x:0: > /etc/group"]
    if "disk/" in case.load:
        lines += ["cat vmm_monitor vmm_monitor | head -c 65536 > $SCRATCH/large; sync"]
    if case.server:
        lines += [f"{case.server} & sleep 2"]
    lines += [f"./offer {case.load} -- {shlex.quote(program)}"]
    return "\n".join(lines) + ("\nkill %1" if case.server else "")


def measure(case, work, build, seconds):
    names = ("offer", "vmm_monitor", *case.files)
    with tempfile.TemporaryDirectory(dir=work) as place:
        for name in names:
            shutil.copy(path_of(name, work, build), pathlib.Path(place) / name)
        files = [str(pathlib.Path(place) / name) for name in names]
        command = inside(case, seconds)
        if case.where is None:
            words = ["timeout", str(LIMIT_S), "unshare", "--net", "sh", "-c", "ip link set lo up; " + command]
        else:
            wrapper = ["-w", case.wrapper] if case.wrapper else []
            words = [str(GUEST), *case.where, *wrapper, "-t", str(LIMIT_S), "--", command, *files]
        done = subprocess.run(words, cwd=place, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
                              check=False, env=environment_of(place))
    return done.stdout


def environment_of(place):
    return {**os.environ, "SCRATCH": place, "LC_ALL": "C.UTF-8"}


# ---- What is kept

def rows_of(text):
    """Of each phase the differences from one second to the next, as rates."""
    found, before = {"L": [], "W": [], "R": []}, None
    for line in text.splitlines():
        words = line.split()
        if len(words) != len(FIELDS) + 2 or words[0] != "row":
            continue
        now = dict(zip(FIELDS, map(float, words[2:])))
        if before and 0.5 < now["time"] - before["time"] < 2:
            taken = now["time"] - before["time"]
            row = {name: (now[name] - before[name]) / taken for name in FIELDS[2:]}
            row.update({name: now[name] for name in ("rate", "p50", "p99", "used")})
            found[words[1]].append(row)
        before = now
    return found


def middle(values, digits=4):
    values = [v for v in values if not math.isnan(v)]
    return round(statistics.median(values), digits) if values else None


def mean(rows, name):
    return statistics.fmean(row[name] for row in rows)


def record_of(case, text):
    """None where the ramp did not come to its end."""
    first = next((line for line in text.splitlines() if line.startswith("most ")), "")
    result = next(documents(text), None)
    if not first or not result or "\nend" not in text:
        return None
    rows = rows_of(text)
    cpus = int(first.split()[3])
    return {
        "case": case.name, "limit": case.limit, "created": result["created"], "cpus": cpus,
        "said": result["outlook"]["headroom"], "served": round(mean(rows["W"], "served"), 4),
        "before": {
            "cpu": round(mean(rows["L"], "busy") / cpus, 4), "disk": round(mean(rows["L"], "ticks"), 4),
            "memory": round(mean(rows["L"], "used"), 4),
            "memory_sd": round(statistics.pstdev(row["used"] for row in rows["L"]), 4),
            "pressure": [middle([mean(rows["L"], name)]) for name in ("cpu", "io", "memory")]},
        "p99": {"before": [middle(row["p99"] for row in rows["L"]), max(row["p99"] for row in rows["L"])],
                "window": [middle(row["p99"] for row in rows["W"]), max(row["p99"] for row in rows["W"])]},
        "ramp": [[round(row[name], 4) for name in ("rate", "served", "refused", "busy", "requests", "bytes", "used")]
                 for row in rows["R"]],
        "series": {name: result["series"][name] for name in SERIES if name in result["series"]},
    }


def run(names, directory, work, build, seconds):
    work.mkdir(parents=True, exist_ok=True)
    directory.mkdir(exist_ok=True)
    make_files(work)
    for case in CASES:
        path = directory / f"{case.name}.json"
        if path.exists() or (names and case.name not in names):
            continue
        text = measure(case, work, build, seconds)
        (work / f"{case.name}.log").write_text(text)
        record = record_of(case, text)
        if not record:
            print(f"{case.name}: the ramp did not end; see {work / case.name}.log", flush=True)
            continue
        path.write_text(json.dumps(record, separators=(",", ":")) + "\n")
        print_case(record, record["said"], flush=True)


# ---- The truth, and what is said

def class_of(multiple):
    """As src/outlook/headroom.c has them."""
    return 0 if multiple < 2.5 else 1 if multiple < 4.5 else 2 if multiple <= 10 else 3


CLASSES = ("2", "4", "10", "beyond")


def truth_of(record):
    """How many times what was served in the window two seconds of the ramp served at most. Credits: what lasts."""
    served = [row[1] for row in record["ramp"]]
    pairs = [(a + b) / 2 for a, b in zip(served, served[1:])]
    most = statistics.median(pairs[-6:]) if record["limit"] == "credits" else max(pairs)
    return most / record["served"]


def naive_of(record):
    """What the highest utilisation says: 100 % over it. Memory where it moves."""
    before = record["before"]
    uses = {"cpu": before["cpu"], "disk": before["disk"]}
    if before["memory_sd"] > 0.01:
        uses["memory"] = before["memory"]
    name = max(uses, key=uses.get)
    return name, 1 / max(uses[name], 1e-6)


def pressed_of(record):
    uses = dict(zip(("cpu", "disk", "memory"), record["before"]["pressure"]))
    uses = {name: use or 0 for name, use in uses.items()}
    name = max(uses, key=uses.get)
    return name, 1 / max(uses[name], 1e-6)


def is_right(record, names):
    """`disk` is right of requests and bytes."""
    return record["limit"] in names or ("disk" in names and record["limit"] in ("requests", "bytes"))


def named(said):
    return [said["first"]] + ([said["second"]] if said["close"] else [])


def print_case(record, said, flush=False):
    truth, (naive, times) = truth_of(record), naive_of(record)
    pressed, pressed_times = pressed_of(record)
    if said["state"] == "known":
        multiple = said["resources"][said["first"]]["multiple"]
        mine = f"{'/'.join(named(said))} {CLASSES[class_of(multiple)]}{'+' if said['or_more'] else ''} ({multiple:.1f})"
    else:
        mine = said["state"]
    print(f"{record['case']:<16} {record['limit']:<9} {truth:6.1f}  {mine:<32} {naive:>7} {times:6.1f} "
          f"{pressed:>7} {pressed_times:6.1f}", flush=flush)


def replay(series, program, what):
    lines = [" ".join(series)] + [" ".join("nan" if v is None else repr(v) for v in row) for row in zip(*series.values())]
    return subprocess.run([program, what], input="\n".join(lines) + "\n", check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def said_of(record, program):
    """By the program of this tree, of the window's readings."""
    return json.loads(replay(record["series"], program, "headroom"))


def told(record, said):
    """What the program names, and how many times; none where it says that it does not know."""
    return (named(said), said["resources"][said["first"]]["multiple"]) if said["state"] == "known" else None


PREDICTORS = {
    "headroom": told,
    "highest utilisation": lambda record, said: ([naive_of(record)[0]], naive_of(record)[1]),
    "highest pressure": lambda record, said: ([pressed_of(record)[0]], pressed_of(record)[1]),
    "always 5 times": lambda record, said: ([], 5.0),
}


def judge(records, get):
    """Counts, of those that a resource limits: all, told of, right, and of these told of the class right, right or
    next, too hopeful by more than one; the median |ln error|."""
    limited = [(r, get(r, s)) for r, s in records if r["limit"] in LIMITS]
    spoken = [(r, *answer) for r, answer in limited if answer]
    steps = [class_of(multiple) - class_of(truth_of(r)) for r, _, multiple in spoken]
    errors = [abs(math.log(multiple / truth_of(r))) for r, _, multiple in spoken]
    return {"all": len(limited), "told": len(spoken), "right": sum(is_right(r, names) for r, names, _ in spoken),
            "class": sum(step == 0 for step in steps), "next": sum(abs(step) <= 1 for step in steps),
            "hopeful": sum(step > 1 for step in steps), "error": statistics.median(errors)}


def print_judgement(records):
    print(f"{'':<22} {'of':>4} {'told':>5} {'right resource':>15} {'class right':>12} {'or next':>8} {'too hopeful':>12} "
          f"{'|ln error|':>11}")
    for title, get in PREDICTORS.items():
        j = judge(records, get)
        print(f"{title:<22} {j['all']:4} {j['told']:5} {j['right']:8} {j['right'] / j['all']:6.0%} {j['class']:12} "
              f"{j['next']:8} {j['hopeful']:12} {j['error']:11.2f}")
    j = judge(records, told)
    for goal, share, is_met in (("right resource >= 90 %", j["right"] / j["all"], j["right"] >= 0.9 * j["all"]),
                                ("class right or next >= 85 %", j["next"] / j["told"], j["next"] >= 0.85 * j["told"]),
                                ("too hopeful <= 5 %", j["hopeful"] / j["told"], j["hopeful"] <= 0.05 * j["told"])):
        print(f"{goal:<44} {share:5.0%}  {'met' if is_met else 'MISSED'}")


def print_neighbours(records):
    """What the bursts do to those who wait for the load's own requests."""
    worst = sorted(r["p99"]["window"][1] / r["p99"]["before"][1] for r, _ in records if r["p99"]["before"][1] > 0)
    usual = sorted(r["p99"]["window"][0] / r["p99"]["before"][0] for r, _ in records if r["p99"]["before"][0])
    print(f"p99 of the load in a second: median of the window's beside before it {statistics.median(usual):.1f}x; "
          f"the worst second's {statistics.median(worst):.1f}x (quarter {worst[len(worst) // 4]:.1f}x, "
          f"three quarters {worst[len(worst) * 3 // 4]:.1f}x)")


def print_table(directory, program):
    own = {case.name for case in OWN}
    records = [json.loads(path.read_text()) for path in sorted(directory.glob("*.json"))]
    records = [(record, said_of(record, program)) for record in records]
    print(f"{'case':<16} {'limit':<9} {'truth':>6}  {'said':<32} {'highest use':>14} {'pressure':>14}")
    for title, part in (("of ours", [pair for pair in records if pair[0]["case"] in own]),
                        ("real programs", [pair for pair in records if pair[0]["case"] not in own])):
        print(f"{title}: {len(part)}")
        for record, said in part:
            print_case(record, said)
    print()
    print_judgement(records)
    print_neighbours(records)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    measuring = commands.add_parser("run")
    measuring.add_argument("names", nargs="*", metavar="NAME")
    measuring.add_argument("--directory", type=pathlib.Path, default=RECORDED)
    measuring.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/var/tmp/headroom"))
    measuring.add_argument("--window", type=int, default=30, metavar="SECONDS")
    table = commands.add_parser("table")
    table.add_argument("directory", nargs="?", type=pathlib.Path, default=RECORDED)
    for command in (measuring, table):
        command.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    commands.add_parser("list")
    words = parser.parse_args()
    if words.command == "list":
        for case in CASES:
            print(f"{case.name:<16} {case.limit:<9} {' '.join(case.where or ['here'])}  {case.load}")
    elif words.command == "run":
        run(words.names, words.directory.resolve(), words.work.resolve(), words.build.resolve(), words.window)
    else:
        print_table(words.directory, (words.build / "tests" / "outlook_said").resolve())


if __name__ == "__main__":
    main()
