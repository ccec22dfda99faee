# SPDX-License-Identifier: MIT
"""environments.py: the environments of the criterion as one table, and the command that makes each."""

import collections
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
INJECT = HERE.parent.parent / "inject"
GUEST = HERE.parent.parent / "guest"

# kind: levels of one kind are left out of a fit together. taken: what the guest lacks beside plain
# QEMU. where: where that is taken. words: of qemu.sh. wrapper: runs the VMM. delay, loss: of the wire.
# before: a shell command in the guest. runs: how many are asked for.
Environment = collections.namedtuple("Environment", "kind level taken where words wrapper delay loss before runs")


def row(name, taken, where, *words, wrapper="", delay=0, loss=0, before="", runs=2):
    kind, _, level = name.partition("-")
    return Environment(kind, level, taken, where, [str(w) for w in words], wrapper, delay, loss, before, runs)


def slow_clock(source):
    return f"echo {source} > /sys/devices/system/clocksource/clocksource0/current_clocksource"


CGROUP = INJECT / "cgroup.sh"
LOAD = INJECT / "load.sh"
PAGING = INJECT / "paging.sh"

# fmt: off
ENVIRONMENTS = [
    # The machine itself, which is a guest too, and plain QEMU in software emulation, the base of what follows.
    row("host",               "nothing",        "the machine itself",   runs=3),
    row("tcg",                "emulation",      "QEMU, 2 CPUs, virtio", runs=3),
    row("kvm",                "nothing",        "QEMU by KVM",          "-k", runs=2),
    row("cpus-1",             "size",           "QEMU -smp",            "-n", 1),
    row("single-thread",      "cpus",           "QEMU thread=single",   "-a", "thread=single"),
    row("shared-one",         "cpus",           "taskset of the VMM",   wrapper="taskset -c 0"),
    row("shared-half",        "cpus",           "taskset and cgroup",   wrapper=f"{CGROUP} cpu 50 taskset -c 0"),
    row("quota-120",          "cpu time",       "cgroup of the VMM",    wrapper=f"{CGROUP} cpu 120"),
    row("quota-60",           "cpu time",       "cgroup of the VMM",    wrapper=f"{CGROUP} cpu 60"),
    row("quota-40",           "cpu time",       "cgroup of the VMM",    wrapper=f"{CGROUP} cpu 40"),
    row("neighbour-2",        "cpu time",       "busy loops beside it", wrapper=f"{LOAD} cpu 2"),
    row("neighbour-6",        "cpu time",       "busy loops beside it", wrapper=f"{LOAD} cpu 6"),
    row("clock-acpi_pm",      "clock",          "clock source",         before=slow_clock("acpi_pm")),
    row("clock-hpet",         "clock",          "clock source",         before=slow_clock("hpet")),
    row("model-qemu64",       "instructions",   "QEMU -cpu",            "-c", "qemu64"),
    row("memory-stressed",    "memory speed",   "stress-ng beside it",  wrapper=f"{LOAD} memory 1"),
    row("paged-mild",         "memory",         "memory cgroup, swap",  wrapper=f"{PAGING} 560"),
    row("paged-hard",         "memory",         "memory cgroup, swap",  wrapper=f"{PAGING} 400"),
    row("bandwidth-20",       "disk bandwidth", "QEMU throttling",      "-d", "throttling.bps-total=20000000"),
    row("bandwidth-6",        "disk bandwidth", "QEMU throttling",      "-d", "throttling.bps-total=6000000"),
    row("iops-200",           "disk operations", "QEMU throttling",     "-d", "throttling.iops-total=200"),
    row("iops-40",            "disk operations", "QEMU throttling",     "-d", "throttling.iops-total=40"),
    row("cache-writethrough", "disk cache",     "QEMU cache=",          "-d", "cache=writethrough"),
    row("cache-directsync",   "disk cache",     "QEMU cache=",          "-d", "cache=directsync"),
    row("cache-writeback",    "nothing",        "QEMU cache=",          "-d", "cache=writeback"),
    row("cache-unsafe",       "nothing",        "QEMU cache=",          "-d", "cache=unsafe"),
    row("fio-4",              "disk",           "fio beside it",        wrapper=f"{LOAD} disk 4"),
    row("fio-32",             "disk",           "fio beside it",        wrapper=f"{LOAD} disk 32"),
    row("delay-2",            "network delay",  "the wire",             delay=2),
    row("delay-10",           "network delay",  "the wire",             delay=10),
    row("loss-1",             "network frames", "the wire",             loss=1),
    row("loss-5",             "network frames", "the wire",             loss=5),
    row("emulated-ide",       "devices",        "IDE, e1000",           "-f", "emulated"),
    row("emulated-sata",      "devices",        "AHCI, e1000, q35",     "-f", "sata"),
    row("uml",                "processes",      "user-mode Linux"),
]
# fmt: on

# Another machine records its runs under the same names; its own host is its base.
BASES = ("host", "tcg")

# The symptoms (src/results/symptoms.c) that name what was taken.
BLAMES = {
    "cpu time": {"steal", "stolen"},
    "cpus": {"cpus", "steal", "stolen"},
    "clock": {"clocksource", "clock"},
    "disk bandwidth": {"bandwidth"},
    "disk operations": {"operations"},
    "network delay": {"way"},
    "network frames": {"loss"},
}


def name_of(environment):
    return f"{environment.kind}-{environment.level}" if environment.level else environment.kind


def command_of(environment, inside, files, share):
    """What starts it: the shell command `inside` in the guest, with the files in its directory; the
    machine at the other end of the wire has those of `share`."""
    wire = [str(HERE / "wire.sh"), str(environment.delay), str(environment.loss), str(share)]
    inside = "; ".join(filter(None, (environment.before, inside)))
    files = [str(f) for f in files]
    if environment.kind == "host":
        return [*wire, "sh", "-c", inside]
    if environment.kind == "uml":
        return [*wire, str(GUEST / "uml.sh"), "-m", "640", "-t", "400", "-N", "guest", "--", inside, *files]
    wrapper = ["-w", environment.wrapper] if environment.wrapper else []
    cpus = [] if "-n" in environment.words else ["-n", "2"]
    return [*wire, str(GUEST / "qemu.sh"), *cpus, "-m", "640", "-t", "400",
            "-N", "tap,ifname=guest,script=no,downscript=no", *environment.words, *wrapper,
            "--", inside, *files]
