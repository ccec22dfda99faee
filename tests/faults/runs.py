#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# runs: short runs of the whole program in which something happens to it: it is stopped, its gateway
# goes, its disk is full, its memory is little, its store is taken away. Prints TAP.
#
# Usage: runs.py GATEWAY
import json
import os
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

    def __init__(self, *arguments, happens=None, lines=6, wrapper=()):
        with Place() as place:
            os.chmod(place.path, 0o777)  # one of the runs is nobody's
            out, document = (os.path.join(place.path, name) for name in ("out", "document"))
            self.told = None
            arguments = [word.format(place=place.path) for word in arguments]
            with open(out, "w") as file:
                process = place.start(*arguments, "--json", document, stdout=file, wrapper=wrapper)
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
    check("a flood of forged replies: heard, and none is believed", is_whole(run) and
          ping["method"] == "icmp-raw" and
          not any(channels["network.duplicate"]) and not any(channels["network.late"]) and
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
        probes = run.document["probes"]
        check(f"{what}: the rest is measured", is_whole(run) and
              probes["compute"]["value"] is not None, run)
        check(f"{what}: no number, and why", probes["sync"]["value"] is None and
              reason in (probes["sync"]["reason"] or ""), probes["sync"])
    return check_it


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

# Beside a command: 10 000 echo replies a second that answer nothing.
FLOOD = """
python3 - <<'END' &
import os, socket, struct, time
to = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
while True:
    for _ in range(100):
        body = os.urandom(52)
        words = struct.unpack("!26H", body)
        total = sum(words)
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        to.sendto(struct.pack("!BBH", 0, 0, ~total & 0xffff) + body, ("127.0.0.1", 0))
    time.sleep(0.01)
END
flood=$!
trap 'kill $flood' EXIT
status=0
"$@" || status=$?
exit $status
"""

# ---- All at once: most of the time they wait.

def inject(name, *arguments):
    return (os.path.join(INJECT, name), *arguments)


def on_disk(what):
    return (os.path.join(FAULTS, "disk.sh"), what)


RUNS = [
    (check_stopped, lambda: Run(*MEASURE, "--duration", "8", happens=stop_for_5_s)),
    (check_killed, lambda: Run(*MEASURE, "--duration", "20", "--scratch", "{place}", happens=kill)),
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
]

for (check_run, _), run in zip(RUNS, together([run for _, run in RUNS], len(RUNS))):
    check_run(run)
finish()
