# SPDX-License-Identifier: MIT
"""cases.py: the loads of the headroom bench as one table: what limits each by its making, and where it runs."""

import collections
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
CGROUP = ROOT / "tests" / "inject" / "cgroup.sh"
GUEST = ROOT / "tests" / "guest" / "qemu.sh"

# limit: the resource that fills first, or `software` or `credits`, which the program says it cannot see.
# where: words of qemu.sh, None on the machine itself; pinned: to one of its CPUs. server: a shell command that runs
# beside. load: words of `offer`. files: what a real program needs, in the directory of its work.
Case = collections.namedtuple("Case", "name limit where wrapper server load files")
LIMITS = ("cpu", "requests", "bytes", "memory")


def case(name, limit, load, where="", wrapper="", server="", files=()):
    words = None if where is None else where.split()
    return Case(name, limit, words, wrapper, server, load, files)


def pin(cpu):
    return f"taskset -c {cpu}"


QUOTA = f"{CGROUP} cpu 60"

# fmt: off
OWN = [
    # The limits are by their making, and the ramp's last rows show whether they are: `table` prints them.
    case("own-cpu",          "cpu",      "cpu=3000 workers=6 file=64", None),
    case("own-read",         "requests", "cpu=20 read=16 workers=16 file=64", None),
    case("own-stream",       "bytes",    "cpu=200 stream=8 block=256 workers=8 file=256", None),
    case("own-mixed",        "cpu",      "cpu=1500 read=32 write=2 sync=1 file=64", None),
    case("own-lock",         "software", "cpu=500 lock=4000 file=64", None),
    case("one-cpu",          "cpu",      "cpu=2500 workers=6", "-n 1", pin(0)),
    case("one-cpu-read",     "cpu",      "cpu=5000 read=1 workers=6 seed=11", "-n 1", pin(1)),
    case("one-iops",         "requests", "cpu=300 read=1 workers=16", "-n 1 -d throttling.iops-total=200", pin(1)),
    case("one-bytes",        "bytes",    "cpu=1000 read=1 block=64 workers=16 file=12", "-n 1 -d throttling.bps-total=6000000", pin(0)),
    case("one-sync",         "software", "cpu=100 write=1 sync=1 workers=1", "-n 1", pin(1)),
    case("one-sync-iops",    "requests", "cpu=500 write=1 sync=1", "-n 1 -d throttling.iops-total=300", pin(0)),
    case("one-ground",       "requests", "cpu=1500 read=2 workers=16 ground=45", "-n 1 -d throttling.iops-total=200", pin(0)),
    case("one-memory",       "memory",   "cpu=100 hold=80 for=5000 step=5 workers=6 most=190", "-n 1", pin(1)),
    case("one-credits",      "credits",  "cpu=300 read=1 workers=16 most=200 ramp=26", "-n 1 -d throttling.iops-total=100,throttling.iops-total-max=600,throttling.iops-total-max-length=2", pin(1)),
    case("one-emulated",     "cpu",      "cpu=1500 read=4 write=1", "-n 1 -f emulated", pin(1)),
    case("two-cpu",          "cpu",      "cpu=4000 workers=6", "-n 2"),
    case("two-iops",         "requests", "cpu=2500 read=1 workers=24", "-n 2 -d throttling.iops-total=400"),
    case("two-write",        "bytes",    "cpu=2000 write=1 block=256 workers=16", "-n 2 -d throttling.bps-total=20000000"),
    case("two-ground-read",  "requests", "cpu=2000 read=1 workers=24 reads=60", "-n 2 -d throttling.iops-total=200"),
    case("two-lock",         "software", "cpu=800 lock=6000 workers=12", "-n 2"),
    case("quota-cpu",        "cpu",      "cpu=2500 workers=6", "-n 2", QUOTA),
    case("quota-cpu-2",      "cpu",      "cpu=2500 workers=6 seed=12", "-n 2", QUOTA),
    case("quota-iops",       "cpu",      "cpu=3000 read=1 workers=16", "-n 2 -d throttling.iops-total=400", QUOTA),
    case("shared-cpu",       "cpu",      "cpu=3000 workers=6 batch=3", "-n 2", pin(0)),
    case("shared-cpu-2",     "cpu",      "cpu=3000 workers=6 batch=3 seed=12", "-n 2", pin(0)),
    case("sata-read",        "requests", "cpu=400 read=1 workers=16 seed=5", "-n 2 -f sata -d throttling.iops-total=300"),
    case("sata-cpu",         "cpu",      "cpu=3500 write=1 workers=6 seed=5", "-n 2 -f sata"),
]

REDIS = "./redis-server --port 7778 --save '' --appendonly no --bind 127.0.0.1 --hz 1 > /dev/null"
LOOP = "tcp=7778 'say=EVAL \"local s=0 for i=1,4000 do s=s+i end return s\" 0\\r\\n'"
NGINX = "./nginx -e stderr -p $PWD -c $PWD/nginx.conf > /dev/null"


def get(path, more=""):
    return f"tcp=7781 'say=GET /{path} HTTP/1.1\\r\\nHost: a\\r\\n{more}\\r\\n'"


PACKED = get("text", "Accept-Encoding: gzip\\r\\n")
DATABASE = "run='f=$SCRATCH/base.$$; ./sqlite3 $f < inserts > /dev/null && rm $f'"
COMPILER = "run='./cc1 -quiet -fpreprocessed -O1 source.i -o /dev/null'"
QUERY = "run='./sqlite3 :memory: < query > /dev/null'"

REAL = [
    # Programs of Debian's archive, and `offer` as their client.
    case("redis",            "cpu",      f"{LOOP} file=8", "-n 1", pin(1), REDIS, ("redis-server",)),
    case("redis-two",        "software", f"{LOOP} file=8", "-n 2", "", REDIS, ("redis-server",)),
    case("redis-quota",      "cpu",      f"{LOOP} file=8", "-n 1", QUOTA, REDIS, ("redis-server",)),
    case("nginx-gzip",       "cpu",      f"{PACKED} file=8", "-n 1", pin(1), NGINX, ("nginx", "nginx.conf", "text")),
    case("nginx-bytes",      "bytes",    f"{get('disk/large')} file=8 workers=16", "-n 2 -d throttling.bps-total=8000000", "", NGINX, ("nginx", "nginx.conf")),
    case("nginx-requests",   "requests", f"{get('disk/large')} file=8 workers=16", "-n 2 -d throttling.iops-total=150", "", NGINX, ("nginx", "nginx.conf")),
    case("sqlite-insert",    "requests", f"{DATABASE} file=8 workers=6", "-n 2 -d throttling.iops-total=60", "", "", ("sqlite3", "inserts")),
    case("sqlite-query",     "cpu",      f"{QUERY} file=8 workers=6", None, "", "", ("sqlite3", "query")),
    case("compiler",         "cpu",      f"{COMPILER} file=8 workers=6", None, "", "", ("cc1", "source.i")),
    case("compiler-guest",   "cpu",      f"{COMPILER.replace('source.i', 'small.i')} file=8 workers=4 most=4 step=4", "-n 2 -m 768", "", "", ("cc1", "small.i")),
]
# fmt: on

CASES = OWN + REAL
