#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# commands: every command of the program on a machine, a store and a kernel that lack something:
# each file that it opens is damaged in each way, each system call fails. It ends, says why, keeps
# what was kept, and no number is another than the undamaged machine's. Prints TAP.
#
# Usage: commands.py PRINT_RESULTS [all]. Without "all", each file meets a quarter of the damages.
import errno
import functools
import json
import os
import socket
import subprocess
import sys

from program import SHORT, Ended, Place, check, finish, together

MACHINE = "virtualbox"
ALL = sys.argv[2:] == ["all"]
AT_ONCE = 2 * (os.cpu_count() or 1)
WAITING_AT_ONCE = 20 * AT_ONCE  # a measurement waits most of the time
PRESSURE = "some avg10=0.00 avg60=0.00 avg300=0.00 total=4711\n"
documents = [text for text in subprocess.run([sys.argv[1]], stdout=subprocess.PIPE,
                                             check=True).stdout.split(b"\0") if text]


# ---- Damages: each changes the file at `path`, which holds `content`.

def write(content):
    def damage(path, _):
        with open(path, "wb") as file:
            file.write(content)
    return damage


def cut(path, content):
    write(content[:len(content) // 2])(path, content)


def grow(path, _):
    os.truncate(path, 64 << 20)


def replace(make):
    def damage(path, _):
        os.unlink(path)
        make(path)
    return damage


def inject(call, number, nth=0):
    def damage(path, _):
        return call, nth, number, path
    return damage


DAMAGES = {
    "missing": replace(lambda path: None),
    "empty": write(b""),
    "cut": cut,
    "binary": write(bytes(range(256)) * 16),
    "zeros": write(bytes(4096)),
    "one long line": write(b"7" * 100000),
    "64 MiB": grow,
    "a pipe": replace(os.mkfifo),
    "a directory": replace(os.mkdir),
    "a link to itself": replace(lambda path: os.symlink(path, path)),
    "a device": replace(lambda path: os.symlink("/dev/zero", path)),
    "not permitted": inject("open", errno.EACCES),
    "out of files": inject("open", errno.EMFILE),
    "out of memory": inject("open", errno.ENOMEM),
    "unreadable": inject("read", errno.EIO),
    "byte by byte": inject("read", SHORT),
}


def choose(things):
    """Pairs of thing and damage: all, or a quarter of them, other ones from thing to thing."""
    return [(thing, name) for i, thing in enumerate(things) for k, name in enumerate(DAMAGES)
            if ALL or (i + k) % 4 == 0]


def check_jobs(name, jobs, at_once):
    complaints = list(filter(None, together(jobs, at_once)))
    check(f"{name}: {len(jobs)} runs", jobs and not complaints, "\n".join(complaints))


def hurt(place, path, name):
    """Damages a file; the rule of the injected fault, or None."""
    full = os.path.join(place.path, path)
    with open(full, "rb") as file:
        content = file.read()
    return DAMAGES[name](full, content)


# ---- A machine.

def numbers_differ(found, truth):
    """The first series of a run that is neither right nor absent; "" when there is none."""
    for channel, series in truth["series"].items():
        values = found["series"].get(channel, [])
        if channel.startswith(("self.", "clock.", "time_s")) or not isinstance(series, list):
            continue
        for value, right in zip(values, series):
            if value is not None and value != right:
                return f"{channel}: {value}, and it is {right}"
    return ""


def make_machine(place):
    """The recorded machine, and what its kernel did not have."""
    for path, text in {"proc/vmstat": "balloon_inflate 100\nballoon_deflate 20\n",
                       "proc/pressure/cpu": PRESSURE, "proc/pressure/io": PRESSURE,
                       "proc/pressure/memory": PRESSURE}.items():
        full = os.path.join(place.machine, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as file:
            file.write(text)


def try_machine(arguments, truth, path, damage):
    """A complaint, or ""."""
    with Place(MACHINE) as place:
        make_machine(place)
        rule = hurt(place, os.path.join("machine", path), damage)
        before = place.files()
        ended = place.run(*arguments, "--sysroot", place.machine, fault=rule)
        complaint = ended.complain(document=True)
        if not complaint and place.files() != before:
            complaint = "a file is left"
        if not complaint and truth and ended.code == 0:
            complaint = numbers_differ(json.loads(ended.out), truth)
        return complaint and f"{path} {damage}: {complaint}"


def check_machine(arguments, at_once, truth=None):
    with Place(MACHINE) as place:
        make_machine(place)
        paths = [path for path in place.opened(*arguments, "--sysroot", place.machine,
                                               below=place.machine)
                 if os.path.isfile(os.path.join(place.machine, path))]
    jobs = [functools.partial(try_machine, arguments, truth, path, damage)
            for path, damage in choose(paths)]
    check_jobs(f"{arguments[0]}: {len(paths)} files of a machine", jobs, at_once)


def check_machines():
    measure = ("--terminal", "--passive", "--duration", "5", "--no-save", "--ping-target", "none",
               "--json", "-")
    with Place(MACHINE) as place:
        make_machine(place)
        truth = place.run(*measure, "--sysroot", place.machine)
    check("a machine can be measured", truth.code == 0, truth.err)
    check_machine(("host", "--json"), AT_ONCE)
    check_machine(measure, WAITING_AT_ONCE, json.loads(truth.out))


# ---- A store.

STORE = "data/vmm_monitor/results"

COMMANDS = [
    ("list",), ("list", "--json"), ("show", "last"), ("show", "{0}", "--json"),
    ("compare", "{0}", "{1}"), ("compare", "--by", "vmm", "--json"), ("history", "--since", "3650d"),
    ("export", "{0}", "--csv"), ("export", "{1}", "--openmetrics", "{place}/exported"),
    ("export", "{1}", "--prometheus"),
    ("export", "{0}", "--paste"), ("export", "{1}", "--markdown", "{place}/exported"),
    ("export", "{0}", "--html", "{place}/exported"), ("compare", "{0}", "{1}", "--paste"),
    ("export", "{0}", "--json", "{place}/exported"), ("import", "{place}/foreign.json"),
    ("delete", "{0}", "--yes"),
    ("fleet", "http://127.0.0.1:1", "--password", "{place}/password"),
]

# What a command reads that is no result of the store; and without which it is not begun at all.
NAMED = {"import": "foreign.json", "fleet": "password"}
CODES = {"fleet": (1, 2)}

CALLS = {
    "open": (errno.EMFILE, errno.ENOMEM, errno.EROFS), "opendir": (errno.EMFILE, errno.ENOMEM),
    "read": (errno.EIO, SHORT), "write": (errno.ENOSPC, errno.EROFS, SHORT),
    "fsync": (errno.EIO, errno.ENOSPC), "rename": (errno.ENOSPC, errno.EROFS),
    "link": (errno.EMLINK, errno.EROFS), "unlink": (errno.EROFS,), "mkdir": (errno.EROFS,),
    "chmod": (errno.EPERM,), "close": (errno.EIO,), "stat": (errno.ENOMEM,),
    "socket": (errno.EMFILE,),
}

# What these could not take away is taken away by the next one who passes.
SWEEPING = ("unlink", "opendir")

# Only on files of the place: without its libraries and its standard error no program can say why.
OURS = ("open", "opendir", "read", "write")


def fill(place):
    """Two results in the store, one beside it; the ids of the former."""
    for i, document in enumerate(documents[:2]):
        path = os.path.join(place.path, f"foreign{i}.json")
        write(document)(path, None)
        place.run("import", path)
        os.unlink(path)
    write(documents[2])(os.path.join(place.path, "foreign.json"), None)
    write(b"reader:guess me\n")(os.path.join(place.path, "password"), None)
    os.chmod(os.path.join(place.path, "password"), 0o600)
    return sorted(name[:-len(".json")] for name in os.listdir(place.store))


def try_command(command, damage, rule):
    """Runs it in a fresh place, with a damaged result or a call that fails; a complaint or ""."""
    with Place() as place:
        ids = fill(place)
        arguments = [word.format(*ids, place=place.path) for word in command]
        if damage:
            target = NAMED.get(command[0], f"{STORE}/{ids[0]}.json")
            rule = hurt(place, target, damage)
        elif rule[0] in OURS:
            rule = (*rule, place.path)
        before = {path: read(place, path) for path in place.files()}
        ended = place.run(*arguments, fault=rule)
        complaint = ended.complain(CODES.get(command[0], (0, 1)),
                                   "--json" in command and command[0] != "export") or \
            find_harm(place, command, ended, before, ids, rule[0] if rule else "")
        return complaint and f"{' '.join(command)}: {damage or rule}: {complaint}"


def read(place, path):
    full = os.path.join(place.path, path)
    if not os.path.isfile(full) or os.path.islink(full) or os.path.getsize(full) > 1 << 20:
        return None
    with open(full, "rb") as file:
        return file.read()


def find_harm(place, command, ended, before, ids, call):
    """A file that is left, changed or gone though nobody asked for it, or not whole; or ""."""
    after = place.files()
    wanted = {"export": "exported", "import": STORE}.get(command[0], "nothing")
    for path in after:
        if path in before and read(place, path) != before[path]:
            return f"{path} is changed"
        if path not in before and not path.startswith(wanted) and call not in SWEEPING:
            return f"{path} is left"
        if path not in before and command[0] == "import" and not is_json(read(place, path)):
            return f"{path} is not whole"
    for path in set(before) - set(after):
        if command[0] != "delete" or ids[0] not in path or (ended.code != 0 and call != "fsync"):
            return f"{path} is gone"
    return ""


def is_json(content):
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def check_stores():
    damaged = [functools.partial(try_command, command, name, None)
               for command, name in choose(COMMANDS)]
    check_jobs("a damaged result", damaged, AT_ONCE)
    failing = [functools.partial(try_command, command, None, (call, nth, number))
               for command in COMMANDS for call, numbers in CALLS.items() for number in numbers
               for nth in ((0, 1, 2, 5) if ALL else (0,))]
    check_jobs("calls that fail", failing, AT_ONCE)


# ---- Two guests: one that answers, and one that asks it.

PEER_CALLS = {"socket": (errno.EMFILE, errno.ENOBUFS), "open": (errno.EMFILE, errno.ENOMEM),
              "read": (errno.EIO, SHORT), "write": (errno.ENOSPC, SHORT), "close": (errno.EIO,)}
ASK = ("--terminal", "--duration", "5", "--light", "--no-save", "--ping-target", "none", "--json", "-",
       "--network-peer")


def find_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def end_peer(server):
    """How the one that answers ended, when it is asked to."""
    server.terminate()
    try:
        out, err = server.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        out, err = server.communicate()
        return Ended("hangs", out, err, 20)
    return Ended(server.returncode, out, err, 0)


def try_peer(side, rule):
    """Either goes on without the other, or ends and says why; a complaint or ""."""
    rules = {side: rule}
    address = f"127.0.0.1:{find_port()}"
    with Place() as place:
        server = place.start("peer", "--listen", address, "--minutes", "1", fault=rules.get("answers"))
        server.stdout.readline()  # it answers, or has ended
        asked = place.run(*ASK, address, fault=rules.get("asks"))
        answered = end_peer(server)
        complaint = asked.complain((0, 1), document=True) or answered.complain((0, 1, 2, -15)) or \
            ", ".join(path for path in place.files() if not path.startswith("data/"))
        return complaint and f"peer that {side}, {rule}: {complaint}"


def check_peers():
    jobs = [functools.partial(try_peer, side, (call, nth, number))
            for side in ("answers", "asks") for call, numbers in PEER_CALLS.items() for number in numbers
            for nth in ((0, 1, 2, 5) if ALL else (0, 2))
            if call not in OURS or nth > 0]
    check_jobs("two guests", [functools.partial(try_peer, "neither", None), *jobs], AT_ONCE)


check_machines()
check_stores()
check_peers()
finish()
