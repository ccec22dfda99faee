# SPDX-License-Identifier: MIT
"""measure.py: boots an environment, takes one window and the jobs in it, and keeps what they said."""

import contextlib
import datetime
import json
import os
import pathlib
import platform
import random
import re
import shutil
import signal
import subprocess
import tarfile
import time

from environments import ENVIRONMENTS, HERE, command_of, name_of

ROOT = HERE.parent.parent.parent
TOOLS = ("zstd", "sqlite3", "redis-server", "redis-benchmark", "nginx", "wrk", "git", "xz", "sort", "dd", "dash")
SYMPTOMS = ROOT / "src" / "results" / "symptoms.c"
LIMIT_S = 420
RESULTS = "results"  # in the directory of the work: whole, and not recorded


# ---- The payload: made once, of a fixed seed

def make_words(chance):
    return ["".join(chance.choice("etaoinshrdlu") for _ in range(chance.randint(2, 9))) for _ in range(3000)]


def make_texts(work):
    chance = random.Random(7)
    words = make_words(chance)
    lines = [" ".join(chance.choice(words) for _ in range(12)) for _ in range(9000)]
    text = "\n".join(lines)
    (work / "text").write_text(text[:500_000])
    (work / "text-small").write_text(text[:100_000])
    (work / "text-half").write_text(text[:250_000])
    (work / "words").write_text("\n".join(chance.choice(words) + str(chance.random()) for _ in range(20000)))
    tree = work / "tree"
    tree.mkdir(exist_ok=True)
    for n in range(10, 22):
        (tree / f"{n}.txt").write_text(text[n * 4000:n * 4000 + 3000])
    with tarfile.open(work / "tree.tar", "w", format=tarfile.USTAR_FORMAT) as tar:
        tar.add(tree, "tree")
    (work / "share").mkdir(exist_ok=True)
    (work / "share" / "fetched").write_bytes(chance.randbytes(2 << 20))
    (work / "inserts").write_text("create table t(a integer primary key, b text);\n" + "".join(
        f"insert into t(b) values(hex(randomblob({chance.randint(50, 150)})));\n" for _ in range(4)))
    (work / "table").write_text(
        "create table t(a integer primary key, b blob);\nwith recursive c(x) as (select 1 union all "
        "select x+1 from c where x<6000) insert into t select x, zeroblob(1000) from c;\n")
    (work / "lookups").write_text("".join(
        f"select length(b) from t where a = {chance.randint(1, 6000)};\n" for _ in range(40)))


def make_source(work):
    """A C file as a compiler sees one: GLib-free, with sorting, hashing, parsing, printing."""
    function = """
static int hash%(n)d(const char *s){unsigned h=%(n)d;for(;*s;s++){h=h*31u+(unsigned char)*s;switch(h%%7){case 0:h^=h>>3;break;
case 1:h+=s[0]*%(n)d;break;case 2:if(h&8)h-=5;else h+=9;break;default:h=(h<<5)|(h>>27);}}return (int)h;}
struct item%(n)d{char name[16];int key;double weight;struct item%(n)d*next;};
static struct item%(n)d*insert%(n)d(struct item%(n)d*list,struct item%(n)d*new){struct item%(n)d**at=&list;
while(*at&&((*at)->key<new->key||((*at)->key==new->key&&(*at)->weight<new->weight)))at=&(*at)->next;new->next=*at;*at=new;return list;}
double total%(n)d(struct item%(n)d*list,int limit){double sum=0;for(int i=0;list&&i<limit;i++,list=list->next){
for(int j=0;j<16&&list->name[j];j++)sum+=list->weight*hash%(n)d(list->name+j);if(sum>1e9)sum/=list->key+1;}
struct item%(n)d extra={{0},limit,sum,0};return insert%(n)d(list,&extra)->weight;}
"""
    (work / "source.i").write_text("".join(function % {"n": n} for n in range(1, 3)))


def prepare(work, build, program):
    """Everything that an environment's directory holds; returns its files."""
    lacking = [tool for tool in (*TOOLS, "busybox", "gcc", "ip") if not shutil.which(tool)]
    if lacking:
        raise SystemExit(f"criterion: {', '.join(lacking)}: not installed (see tests/README.md)")
    work.mkdir(parents=True, exist_ok=True)
    make_texts(work)
    make_source(work)
    cc1 = subprocess.run(["gcc", "-print-prog-name=cc1"], capture_output=True, text=True, check=True)
    for source, name in ((HERE / "jobs", "jobs"), (HERE / "inside.sh", "inside.sh"), (cc1.stdout.strip(), "cc1"),
                         (build / "tests" / "criterion_job", "job"), (program, "vmm_monitor")):
        shutil.copy(source, work / name)
    names = ("jobs", "inside.sh", "cc1", "job", "vmm_monitor", "text", "text-small", "text-half", "words", "tree.tar",
             "source.i", "inserts", "table", "lookups")
    return [work / name for name in names] + [pathlib.Path(shutil.which(tool)) for tool in TOOLS]


# ---- What a run said

def symptom_of(title):
    """The stable id of a finding's title, from the program's table; the title where it has none."""
    ids = {t: i for i, t in re.findall(r'\{ "([a-z-]+)",\s+N_ \("([^"]+)"\)', SYMPTOMS.read_text())}
    return ids.get(title, title)


def findings_of(program, path):
    shown = subprocess.run([program, "show", str(path)], capture_output=True, text=True, check=False,
                           env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "200"})
    titles = re.findall(r"^Finding +(.*?)(?: \((?:certain|likely|possible)\b.*)?$", shown.stdout, re.M)
    return [symptom_of(title) for title in titles]


def save(record, path):
    text = json.dumps(record, indent=1)
    path.write_text(re.sub(r"\[\s+([^][{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text) + "\n")


def channel_of(name):
    other = {"rtt": "network.rtt", "jitter": "network.jitter", "stolen": "cpu.stolen"}
    return other.get(name, f"probe.{name}")


def probes_of(result):
    """Channel id -> [value of the window, unit]: of the probes, and what was seen of the network."""
    found = {channel_of(n): [p["value"], p["unit"]] for n, p in result["probes"].items() if p["value"] is not None}
    for channel, summary in result["summary"].items():
        if channel.startswith(("probe.", "network.", "cpu.st", "burst.")) and summary["mean"] is not None:
            value = summary["mean"] if channel == "network.loss" else summary["median"]
            found.setdefault(channel, [value, summary["unit"]])
    return found


def jobs_of(text):
    jobs = {}
    for name, seconds in re.findall(r"^JOB (\S+) ([\d.e+-]+) \d+\r?$", text, re.M):
        jobs.setdefault(name, []).append(float(seconds))
    return jobs


def record_of(environment, text, program, whole):
    """What is kept; the whole result goes to the path `whole`."""
    start = text.find("{")
    if start < 0:
        return None
    result, _ = json.JSONDecoder().raw_decode(text[start:])
    score, window = result["score"], result["window"]
    whole.parent.mkdir(exist_ok=True)
    whole.write_text(json.dumps(result))
    return {
        "environment": name_of(environment), "kind": environment.kind, "level": environment.level,
        "taken": environment.taken, "created": result["created"],
        "jobs": jobs_of(text), "failed": sorted(set(re.findall(r"^JOB (\S+) failed", text, re.M))),
        "probes": probes_of(result),
        "score": {"version": score["version"], "total": score["total"], "low": score["low"], "high": score["high"],
                  "categories": {k: v["value"] for k, v in score["categories"].items()}},
        "quality": window["quality"], "reasons": window["reasons"], "own_busy": window["own_busy_percent"],
        "findings": findings_of(program, whole),
    }


# ---- Running

def members_of(session):
    """Processes that lead groups of their own are of its session still."""
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[3]) == session:
                yield int(path.parent.name)
        except (OSError, ValueError):
            pass


def stop(process):
    """All that it started: it leads a session of its own. Who is asked to end tidies up."""
    for number, seconds in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        for pid in members_of(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)


def execute(command, cwd, environ):
    process = subprocess.Popen(command, cwd=cwd, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True)
    try:
        out, err = process.communicate(timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        stop(process)
        return 124, "", "it took too long"
    except BaseException:
        stop(process)
        raise
    return process.returncode, out, err


def commit():
    said = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True,
                          check=False)
    return said.stdout.strip() or "unknown"


def machine():
    cpu = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    return f"{cpu[1] if cpu else platform.machine()}, {os.cpu_count()} CPUs, Linux {platform.release()}"


def measure(environment, path, work, files, build, window, jobs):
    """One run; what became of it in a few words."""
    host = environment.kind == "host"
    inside = ("./vmm_monitor -t --quiet --no-save --json - --scratch $SCRATCH"
              + (f" --duration {window}" if window != 30 else "")
              + f"; JOBS='{jobs}' sh ./inside.sh")
    environ = {**os.environ, "LC_ALL": "C", "CONSOLE": str(work / "console"),
               "WIRE": str(build / "tests" / "criterion_wire"),
               "GUEST_WORK": os.environ.get("GUEST_WORK", str(build / "tests" / "guests"))}
    pathlib.Path(environ["GUEST_WORK"]).mkdir(parents=True, exist_ok=True)
    if host:
        environ |= {"WIRE_FOR": "program", "SCRATCH": str(work)}
    command = command_of(environment, inside, files, work / "share")
    code, out, err = execute(command, work if host else HERE, environ)
    if code == 77:
        return "left out, a tool is missing " + err.strip()[-100:]
    record = record_of(environment, out, str(work / "vmm_monitor"), work / RESULTS / path.name)
    if not record or not record["jobs"]:
        return f"FAILED, exit {code}: {err.strip()[-300:]}"
    record |= {"commit": commit(), "machine": machine()}
    save(record, path)
    score = record["score"]["total"]
    return (f"score {score if score is None else format(score, '.1f')}, {len(record['jobs'])} jobs"
            + (f", failed: {' '.join(record['failed'])}" if record["failed"] else ""))


def run(names, directory, work, build, program, window, runs, jobs):
    """What the directory lacks, turn by turn, so that the machine's drift falls on all alike."""
    known = {name_of(e): e for e in ENVIRONMENTS}
    unknown = [n for n in names if n not in known and n not in {e.kind for e in ENVIRONMENTS}]
    if unknown:
        raise SystemExit(f"criterion: no environment {' '.join(unknown)}; there are {' '.join(known)}")
    if os.geteuid() != 0:
        raise SystemExit("criterion: guests with limits, and network namespaces, need root")
    wanted = [e for n, e in known.items() if not names or n in names or e.kind in names]
    directory.mkdir(parents=True, exist_ok=True)
    turns = [(e, n, directory / f"{name_of(e)}.{n}.json") for n in range(1, max(runs or e.runs for e in wanted) + 1)
             for e in wanted if n <= (runs or e.runs)]
    left = [turn for turn in turns if not turn[2].exists()]
    files = prepare(work, build, program) if left else []
    begin = time.monotonic()
    for done, (environment, n, path) in enumerate(left):
        started = time.monotonic()
        became = measure(environment, path, work, files, build, window, jobs)
        now = time.monotonic()
        rest = (now - begin) / (done + 1) * (len(left) - done - 1) / 60
        print(f"{datetime.datetime.now():%H:%M} {done + 1}/{len(left)} {name_of(environment)}.{n}: {became} "
              f"({now - started:.0f} s; {rest:.0f} min to go)", flush=True)


def advise(directory, work, program):
    """The findings anew, by the symptoms of this program, of those runs whose whole results are still there."""
    for path in sorted(directory.glob("*.json")):
        whole = work / RESULTS / path.name
        if whole.exists():
            record = json.loads(path.read_text())
            save(record | {"findings": findings_of(str(program), whole)}, path)
