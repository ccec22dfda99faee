#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# runs: short runs of the whole program in which something happens to it: it is stopped, its gateway
# goes, its disk is full or breaks, its memory is little, its store is taken away. Prints TAP.
#
# Usage: runs.py GATEWAY
import errno
import json
import os
import re
import signal
import subprocess
import sys
import time

from program import Place, check, finish, skip, together

FAULTS = os.path.dirname(os.path.abspath(__file__))
INJECT = os.path.join(os.path.dirname(FAULTS), "inject")
os.environ["GATEWAY"] = sys.argv[1]
SKIPPED = 77
MEASURE = ("-t", "--interval", "500", "--ping-target", "none")


def load(path):
    with open(path) as file:
        return json.load(file)


def wait_for_lines(process, path, n):
    """Until the run has said so much; False when it ends before."""
    while process.poll() is None:
        with open(path) as file:
            if len(file.readlines()) >= n:
                return True
        time.sleep(0.1)
    return False


class Run:
    """A run that writes its lines and its document into its place, and what happens after `lines`
    of them."""

    def __init__(self, *arguments, happens=None, lines=6, wrapper=(), fault=()):
        with Place() as place:
            os.mkdir(os.path.join(place.path, "scratch"))
            for directory in place.path, os.path.join(place.path, "scratch"):
                os.chmod(directory, 0o777)  # one of the runs is nobody's
            out, document = (os.path.join(place.path, name) for name in ("out", "document"))
            self.told = None
            arguments = [word.format(place=place.path) for word in arguments]
            fault = [str(word).format(place=place.path) for word in fault]
            with open(out, "w") as file:
                process = place.start(*arguments, "--json", document, stdout=file, wrapper=wrapper,
                                      fault=fault)
            if happens and wait_for_lines(process, out, lines):
                self.told = happens(process, place)
            try:
                _, self.err = process.communicate(timeout=120)
            except subprocess.TimeoutExpired:
                process.kill()
                _, self.err = process.communicate()
            self.code = process.returncode
            with open(out) as file:
                self.out = file.read()
            self.document = load(document) if os.path.exists(document) else None
            self.files = [path for path in place.files() if path not in ("out", "document")]

    def __str__(self):
        return f"exit code {self.code}\n{self.err}\n{self.out[-1500:]}"


def child_of(pid, name):
    """The process `name` somewhere below `pid`, or None."""
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as file:
                head, tail = file.read().rsplit(")", 1)
        except OSError:
            continue
        if int(tail.split()[1]) == pid:
            if head.endswith("(" + name[:15]):
                return int(entry)
            found = child_of(int(entry), name)
            if found:
                return found
    return None


# ---- What happens.

def stop_for_5_s(process, _):
    process.send_signal(signal.SIGSTOP)
    time.sleep(5)
    process.send_signal(signal.SIGCONT)


def terminate(process, _):
    process.terminate()


def kill(process, _):
    process.kill()


def kill_gateway(process, _):
    os.kill(child_of(process.pid, os.path.basename(sys.argv[1])), signal.SIGKILL)


def take_store_away(_, place):
    directory = os.path.join(place.path, "data")
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, "vmm_monitor"), "w"):
        pass


def read_rights(process, _):
    """The capabilities of the program, somewhere below its wrappers."""
    with open(f"/proc/{child_of(process.pid, 'capable')}/status") as file:
        return {line.split()[0]: int(line.split()[1], 16) for line in file if line.startswith("Cap")}


# ---- What must come of it.

def is_whole(run):
    return run.code == 0 and run.document["window"]["quality"] != "invalid"


def check_stopped(run):
    check("stopped for 5 s: invalid, exit code 3", run.code == 3 and
          run.document["window"]["quality"] == "invalid" and
          run.document["score"]["total"] is None, run)
    check("stopped for 5 s: why", any("stopped for" in reason
                                      for reason in run.document["window"]["reasons"]), run)
    check("stopped for 5 s: the ticks are missed, not invented",
          run.document["window"]["missed"] >= 8, run)


def check_killed(run):
    check("killed: no file is left", run.code == -signal.SIGKILL and not run.files, run.files)


def check_gateway(run):
    if run.code == SKIPPED:
        return skip("the gateway vanishes", "needs root, ip and /dev/net/tun")
    channels = run.document["series"]
    rtt, loss = channels["network.rtt"], channels["network.loss"]
    check("the gateway vanishes: a time before it, none after", is_whole(run) and
          rtt[2] is not None and rtt[-1] is None, run)
    check("the gateway vanishes: then all is lost", loss[2] == 0 and loss[-1] == 100,
          f"{loss} {run}")


def check_flood(run):
    if run.code == SKIPPED:
        return skip("a flood of forged replies", "needs root and ip")
    channels = run.document["series"]
    ping = run.document["window"]["ping"]
    forged = re.search(r"(\d+) forged, (\d+) of them", run.err)
    check("a flood of forged replies: it was one", forged and int(forged[1]) > 10000 and
          int(forged[2]) > 1000, run)
    check("a flood of forged replies: heard, and none is believed", is_whole(run) and
          ping["method"] == "icmp-raw" and
          not any(channels["network.duplicate"]) and not any(channels["network.late"]) and
          any(value is not None for value in channels["network.rtt"]) and
          all(value is None or value < 1000 for value in channels["network.rtt"]), channels)


def check_capability(run):
    if run.code == SKIPPED:
        return skip("CAP_NET_RAW", "needs root, setcap, ip and /dev/net/tun")
    check("CAP_NET_RAW: nobody pings with it", is_whole(run) and
          run.document["window"]["ping"]["method"] == "icmp-raw" and
          run.document["series"]["network.rtt"][-1] is not None, run)
    check("CAP_NET_RAW: and has given it back", run.told and
          not any(run.told[name] for name in ("CapInh:", "CapPrm:", "CapEff:", "CapAmb:")), run.told)


def check_store(run):
    check("the store is taken away: failed, and why", run.code == 1 and "not kept" in run.err, run)
    check("the store is taken away: shown all the same", run.document is not None and
          "Score" in run.out, run)


def check_memory(run):
    if run.code == SKIPPED:
        return skip("64 MiB of memory", "no memory control group of one's own")
    check("64 MiB of memory: measured, within them", is_whole(run) and
          run.document["window"]["probing"]["buffer_bytes"] < 64 << 20 and
          run.document["probes"]["copy"]["value"] is not None, run)


def check_disk(what, reason):
    def check_it(run):
        if run.code == SKIPPED:
            return skip(what, "needs root, loop devices and mkfs.ext4")
        check(f"{what}: is refused before the window, and why", run.code == 2 and not run.out and
              reason in run.err, run)
    return check_it


def check_scratch(what, probe, other, reason):
    def check_it(run):
        probes, series = run.document["probes"], run.document["series"]
        check(f"{what} in mid-run: no number from few readings, and why",
              is_whole(run) and probes[probe]["value"] is None and
              reason in (probes[probe]["reason"] or ""), f"{probes[probe]} {run}")
        check(f"{what} in mid-run: none of the broken ones is a reading",
              any(series[f"probe.{probe}"][:-4]) and not any(series[f"probe.{probe}"][-4:]),
              series[f"probe.{probe}"])
        check(f"{what} in mid-run: the rest is measured", probes[other]["value"] is not None and
              probes["compute"]["value"] is not None, probes)
        check(f"{what} in mid-run: no file is left",
              all(path.startswith("data/vmm_monitor/results/2") for path in run.files), run.files)
    return check_it


def check_counters(run):
    series = run.document["series"]
    check("unreadable counters in mid-run: absent from then on", run.code == 0 and
          series["cpu.busy"][1] is not None and series["cpu.busy"][-3:] == [None] * 3 and
          None not in series["memory.used"], f"{series['cpu.busy']} {run}")


def check_no_memory(run):
    probes = run.document["probes"]
    check("no memory in mid-run: no number, and why", is_whole(run) and
          probes["fault"]["value"] is None and "memory" in (probes["fault"]["reason"] or "") and
          probes["compute"]["value"] is not None, f"{probes['fault']} {run}")


def check_repeated(run):
    check("1000 windows and a full store: each is shown, and said not to be kept",
          run.code == 3 and len(run.out.splitlines()) >= 2 and
          run.err.count("not kept") >= 2 and "No space left" in run.err, run)
    check("1000 windows and a full store: no file is left there",
          not any(path.startswith("data/") for path in run.files), run.files)


def check_nobody(run):
    if run.code == SKIPPED:
        return skip("nobody", "needs root and setpriv")
    probes = run.document["probes"]
    check("nobody, without any right: a whole score", is_whole(run) and
          run.document["score"]["total"] is not None and
          all(probes[name]["value"] is not None for name in ("compute", "wake", "fault", "exit")),
          run)


# ---- In which circumstances.

# A copy of the program ($2) with the right to open raw sockets, run by nobody in a network ($1).
CAPABLE = """
[ "$(id -u)" = 0 ] && command -v setcap >/dev/null || exit 77
directory=$(mktemp -d)
trap 'rm -r "$directory"' EXIT
chmod 755 "$directory"
cp "$2" "$directory/capable" && setcap cap_net_raw+ep "$directory/capable" 2>/dev/null || exit 77
network=$1
shift 2
status=0
"$network" refused "$directory/capable" "$@" || status=$?
exit $status
"""

# Beside a command: for half a minute 10 000 echo replies a second that answer nothing. Of every ten,
# five are anything, and five repeat the identifier and number of the last request, or the next one's.
FLOOD = """
python3 - <<'END' &
import os, random, signal, socket, struct, sys, time
to = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
to.setblocking(False)
request, forged, aimed = None, 0, 0
def end(*_):
    print(f"{forged} forged, {aimed} of them with a right number", file=sys.stderr, flush=True)
    os._exit(0)
signal.signal(signal.SIGTERM, end)
for _ in range(3000):
    try:
        while True:
            packet = to.recv(2048)
            if packet[20] == 8:
                request = packet[24:28]
    except BlockingIOError:
        pass
    for i in range(100):
        body = os.urandom(52)
        if request and i % 2:
            number, sequence = struct.unpack("!HH", request)
            body = struct.pack("!HH", number, (sequence + i // 2 % 2) % 65536) + body[4:]
            aimed += 1
        words = struct.unpack("!26H", body)
        total = sum(words)
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        to.sendto(struct.pack("!BBH", 0, 0, ~total & 0xffff) + body, ("127.0.0.1", 0))
        forged += 1
    time.sleep(0.01)
end()
END
flood=$!
trap 'kill $flood 2>/dev/null; wait $flood' EXIT
status=0
"$@" || status=$?
exit $status
"""

# A copy of the program ($1) run by nobody, without any right and any way to get one.
NOBODY = """
[ "$(id -u)" = 0 ] && command -v setpriv >/dev/null || exit 77
directory=$(mktemp -d)
trap 'rm -r "$directory"' EXIT
chmod 755 "$directory"
cp "$1" "$directory/program"
shift
status=0
setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --inh-caps=-all \\
  --bounding-set=-all "$directory/program" "$@" || status=$?
exit $status
"""

# ---- Some at once: most of the time they wait. With all of them a slow machine had too little time left for the one
# that must have a score.
AT_ONCE = 6


def inject(name, *arguments):
    return (os.path.join(INJECT, name), *arguments)


def on_disk(what):
    return (os.path.join(FAULTS, "disk.sh"), what)


def broken_disk(call, nth, number):
    return Run(*MEASURE, "--duration", "7", "--scratch", "{place}/scratch",
               fault=(call, nth, number, "{place}/scratch"))


RUNS = [
    (check_stopped, lambda: Run(*MEASURE, "--duration", "8", happens=stop_for_5_s)),
    (check_killed, lambda: Run(*MEASURE, "--duration", "20", "--scratch", "{place}/scratch", happens=kill)),
    (check_gateway, lambda: Run("-t", "--interval", "500", "--duration", "12", "--passive",
                                happens=kill_gateway, lines=8,
                                wrapper=inject("network.sh", "1", "0", "0"))),
    (check_flood, lambda: Run("-t", "--interval", "500", "--duration", "8", "--passive",
                              "--ping-target", "127.0.0.1",
                              wrapper=(*inject("network.sh", "none"), "sh", "-c", FLOOD, "flood"))),
    (check_capability, lambda: Run("-t", "--interval", "500", "--duration", "8", "--passive",
                                   "--no-save", happens=read_rights,
                                   wrapper=("sh", "-c", CAPABLE, "sh", *inject("network.sh")))),
    (check_store, lambda: Run(*MEASURE, "--duration", "5", "--passive", happens=take_store_away)),
    (check_memory, lambda: Run(*MEASURE, "--duration", "5",
                               wrapper=inject("cgroup.sh", "memory", "64"))),
    (check_disk("full disk", "MiB free"), lambda: Run(*MEASURE, "--duration", "5", "--scratch", "{{}}",
                                                  wrapper=on_disk("full"))),
    (check_disk("read-only disk", "Read-only"),
     lambda: Run(*MEASURE, "--duration", "5", "--scratch", "{{}}", wrapper=on_disk("read-only"))),
    # The first 32 writes fill the file, and one sync ends that.
    (check_scratch("no space left", "sync", "read", "No space left"),
     lambda: broken_disk("write", -40, errno.ENOSPC)),
    (check_scratch("a disk that turns read-only", "sync", "read", "Read-only file system"),
     lambda: broken_disk("write", -40, errno.EROFS)),
    (check_scratch("syncs that fail", "sync", "read", "Input/output error"),
     lambda: broken_disk("fsync", -10, errno.EIO)),
    (check_scratch("reads that fail", "read", "sync", "Input/output error"),
     lambda: broken_disk("read", -20, errno.EIO)),
    (check_counters, lambda: Run(*MEASURE, "--duration", "5", "--passive",
                                 fault=("read", -12, errno.EIO, "/proc/stat"))),
    (check_no_memory, lambda: Run(*MEASURE, "--duration", "6",
                                  fault=("mmap", -6, errno.ENOMEM))),
    (check_repeated, lambda: Run(*MEASURE, "--duration", "5", "--passive", "--repeat", "1000",
                                 "--quiet", happens=terminate, lines=2,
                                 fault=("write", 0, errno.ENOSPC, "{place}/data"))),
    (check_nobody, lambda: Run(*MEASURE, "--duration", "5", "--scratch", "{place}/scratch",
                               wrapper=("sh", "-c", NOBODY, "sh"))),
]

for (check_run, _), run in zip(RUNS, together([run for _, run in RUNS], AT_ONCE)):
    check_run(run)
finish()
