#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# commands: every command in other languages. In one that has every text accented no word is left
# without an accent; in German and French numbers are written as there on the screen, and nothing that
# is for programs is another than in C. Prints TAP.
#
# Usage: VMM_MONITOR=PROGRAM FIXTURES=DIR commands.py SOURCE PRINT_RESULTS
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import check, finish, skip  # noqa: E402  pylint: disable=wrong-import-position

SOURCE, PRINT_RESULTS = sys.argv[1:]
PROGRAM, FIXTURES = os.environ["VMM_MONITOR"], os.environ["FIXTURES"]
MACHINES = sorted(os.listdir(FIXTURES))
SCRATCH = tempfile.mkdtemp()
HERE = os.path.dirname(os.path.abspath(__file__))

# What stays as it is: a word with one of these characters is a file, an option, an id or a number.
TECHNICAL = re.compile(r"[0-9/_=.@\\]|^-")
WORD = re.compile(r"[^\s()\[\]{}<>«»\"“”,;:·|…'’]+")
PLAIN = re.compile(r"[aeiouAEIOU]")
# Names, GLib's own words (it has no such language), and command lines.
NAMES = set("""VirtualBox Oracle VMware Microsoft Hyper-V KVM QEMU TCG Xen Parallels bhyve Apple
Virtualization OpenBSD ACRN QNX Hypervisor kvmtool Linux Amazon Google Azure Alibaba Cloud OpenStack
Nutanix DigitalOcean IPv4 IPv6 compare export list show import delete serve history watch fleet peer guest host type score stolen quality heard Prometheus turns before after host none vmm
label ADDR|none PORT
vmm|label Usage OPTION Application Options n/a MiB GiB KiB TiB min usec per cent Unknown option Missing CPUID
argument for Cannot parse integer value e RESULT FILE DIR TEXT""".split())
# What clouds call their regions, zones and ways to rent, and where they say it.
NAMES.update("cloud cloud-init nova spot on-demand westeurope cn-hangzhou cn-hangzhou-j PhysicalHostName".split())
# The clock of the locale, at any time of the day.
NAMES.update("AM PM".split())
# The letters of sides.
NAMES.update("ABCDEFGHI")
# In the results of the tests: a sentence that no version of the program has said stays as it is.
NAMES.update("this VMM never reports steal not allowed to ping".split())

# The C library's, which has no such language either.
NAMES.update(word for number in range(1, 134) for word in WORD.findall(os.strerror(number)))


class Speaker:
    """The program as somebody runs it who speaks `language`."""

    def __init__(self, program, locale, language, **more):
        self.program = program
        self.environment = {"PATH": os.environ["PATH"], "HOME": SCRATCH,
                            "XDG_DATA_HOME": os.path.join(SCRATCH, "data"),
                            "LC_ALL": locale, "LANGUAGE": language, **more}
        for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LD_PRELOAD"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def run(self, *arguments):
        run = subprocess.run([self.program, *arguments], env=self.environment, timeout=60,
                             stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return run.returncode, run.stdout.decode(), run.stderr.decode()


def find_plain(text, names):
    """Words that have not been through the catalogue."""
    words = (word.strip(".!?") for word in WORD.findall(text))
    return sorted({word for word in words if PLAIN.search(word) and not TECHNICAL.search(word)
                   and word not in NAMES and word not in names})


def names_of(document):
    """What a machine is called by itself, from `host --json`."""
    vmm = document["vmm"]
    technical = [line for line in vmm["evidence"]
                 if re.match(r"(DMI [a-z_]+:|CPUID 0x|proc/|sys/|device tree)", line)]
    texts = [document["cpu_model"], document["kernel"], document["clocksource"], vmm["version"],
             vmm["interface"], document["container"], *technical]
    for device in document["devices"]:
        texts += [device["name"], device["driver"]]
    return {word.strip(".!?") for text in texts if text for word in WORD.findall(text)}


def import_results(speaker):
    """Puts unlike results into the store; their ids."""
    ids = []
    printed = subprocess.run([PRINT_RESULTS], stdout=subprocess.PIPE, check=True).stdout
    for i, document in enumerate(filter(None, printed.split(b"\0"))):
        path = os.path.join(SCRATCH, f"{i}.json")
        with open(path, "wb") as file:
            file.write(document)
        ids.append(speaker.run("import", path)[1].split()[-1])
    return list(dict.fromkeys(ids))


def name_commands(ids):
    """Command lines that end at once, wrong ones too."""
    lines = [["--help"], ["list"], ["nonsense"], ["--duration", "1"], ["--passive", "--probes"],
             ["--ping-target", "example"], ["--json", "-", "--csv", "-"], ["--repeat", "0"],
             ["show"], ["show", "nonsense"], ["show", ids[0][:4]], ["list", "x"],
             ["export", "last"], ["import", SCRATCH], ["import", "/absent"], ["delete", "last"],
             ["import", __file__], ["label", "x", "y"], ["label", "x", "\x07"], ["compare", ids[0]], ["compare", "--by", "x"],
             ["compare", *ids], ["compare", ids[0], ids[1]], ["compare", "--by", "vmm"],
             ["compare", "--by", "label"], ["history"], ["history", "--since", "x"],
             ["host", "--sysroot", "/absent"],
             ["fleet"], ["fleet", "nonsense"], ["fleet", "http://a:b@c"], ["fleet", "http://127.0.0.1:1", "--sort", "x"],
             ["peer", "--minutes", "0"], ["peer", "--listen", "x"], ["--network-peer", "x"],
             ["watch", "--no-save"], ["watch", "--every", "1"],
             ["turns", "--guided"], ["turns", "--guided", "3"], ["turns", "--guided", "1"], ["turns", "--help"],
             ["serve", "--every", "1"], ["serve", "--duration", "1"],
             ["-t", "--sysroot", "/absent"], ["--csv", "/absent/x"], ["--label", "\x07"]]
    lines += [[name, "--help"] for name in ("host", "list", "show", "export", "import", "label",
                                            "delete", "compare", "history", "watch", "serve", "fleet", "peer")]
    lines += [["export", ids[0], "--paste"], ["export", ids[0], "--markdown"],
              ["export", ids[0], "--paste", "--json"], ["compare", ids[0], ids[1], "--paste"],
              ["compare", *ids, "--paste"], ["export", ids[0], "--card", "/absent/x"]]
    return lines + [["show", name] for name in ids]


def sources_of(text):
    """Where advice comes from: titles of documents, in the language that those have."""
    found, inside = set(), False
    for line in text.split("\n"):
        inside = line.startswith("  source") or (inside and line.startswith(" " * 11))
        if inside:
            found.update(word.strip(".!?") for word in WORD.findall(line))
    return found


def make_locale(name):
    """Where LOCPATH finds the locale, or None."""
    directory = os.path.join(SCRATCH, "locales")
    os.makedirs(directory, exist_ok=True)
    try:
        subprocess.run(["localedef", "-i", name, "-f", "UTF-8",
                        os.path.join(directory, f"{name}.UTF-8")],
                       capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return directory if os.path.isdir(os.path.join(directory, f"{name}.UTF-8")) else None


def check_pseudo(english, ids):
    """No command says anything that is not in the catalogue. The C library looks for one in a locale
    of some country, in newer versions not in C.UTF-8."""
    path = make_locale("en_US")
    if not path:
        skip("accented", "localedef has no sources (package locales)")
        return
    root = os.path.join(SCRATCH, "xx")
    os.makedirs(os.path.join(root, "bin"))
    program = shutil.copy(PROGRAM, os.path.join(root, "bin"))
    subprocess.run([sys.executable, os.path.join(HERE, "pseudo.py"), SOURCE,
                    os.path.join(root, "share", "locale")], check=True)
    pseudo = Speaker(program, "en_US.UTF-8", "xx", LOCPATH=path)
    labels = {word for entry in json.loads(english.run("list", "--json")[1])
              for word in WORD.findall(entry.get("label") or "")}

    for line in name_commands(ids):
        code, out, err = english.run(*line)
        code_too, out_too, err_too = pseudo.run(*line)
        names = labels | sources_of(out)
        for name in ids if line[0] in ("show", "export") or "--paste" in line else ():
            if name in line:
                names |= names_of(json.loads(english.run("show", name, "--json")[1])["host"])
        names |= {word for argument in line for word in WORD.findall(argument)}
        plain = find_plain(out_too + err_too, names)
        shown = " ".join(line).replace(SCRATCH, "...").replace("\x07", "BEL")
        check(f"accented: {shown}", code == code_too and not plain, plain, code, code_too, out_too,
              err_too)
    for machine in MACHINES:
        root = os.path.join(FIXTURES, machine)
        names = names_of(json.loads(english.run("host", "--sysroot", root, "--json")[1]))
        code, out, err = pseudo.run("host", "--sysroot", root)
        check(f"accented: host {machine}", code == 0 and not find_plain(out + err, names),
              find_plain(out + err, names), out)
    check_run(english, pseudo)


def check_run(english, pseudo):
    """A run from the first line to the last; its document is English."""
    root = os.path.join(FIXTURES, "virtualbox")
    path = os.path.join(SCRATCH, "run.json")
    names = names_of(json.loads(english.run("host", "--sysroot", root, "--json")[1]))
    line = ["-t", "--no-save", "--sysroot", root, "--duration", "5", "--interval", "1000"]
    code, out, err = pseudo.run(*line, "--json", path)
    check("accented: a run", code == 0 and not find_plain(out + err, names),
          find_plain(out + err, names), out, err)
    with open(path, encoding="utf-8") as file:
        check("its document is English", not re.search("[«áéíóúñ]", file.read()))


def check_language(english, ids, locale):
    """Commas on the screen, none in what programs read."""
    language = locale.split("_", maxsplit=1)[0]
    path = make_locale(locale)
    if not path:
        skip(f"{locale}", "localedef has no sources (package locales)")
        return
    speaker = Speaker(PROGRAM, f"{locale}.UTF-8", language, LOCPATH=path)
    for line in name_commands(ids):
        shown = " ".join(line).replace(SCRATCH, "...").replace("\x07", "BEL")
        codes = english.run(*line)[0], speaker.run(*line)[0]
        check(f"{language}: {shown}: exits alike", codes[0] == codes[1], codes)
    programs = [["list", "--json"], ["compare", *ids, "--json"],
                ["compare", "--by", "vmm", "--json"]]
    programs += [["show", name, "--json"] for name in ids]
    programs += [["export", ids[0], form] for form in ("--json", "--csv", "--prometheus", "--openmetrics")]
    programs += [["host", "--json", "--sysroot", os.path.join(FIXTURES, machine)]
                 for machine in MACHINES]
    for line in programs:
        shown = " ".join(line[:2] + line[-1:]).replace(FIXTURES, "")
        check(f"{language}: {shown}: as in C", english.run(*line) == speaker.run(*line))
    for line in (["show", ids[0]], ["compare", ids[0], ids[-1]]):
        in_c, out = english.run(*line)[1], speaker.run(*line)[1]
        figures = re.findall(r"(?<!Linux )(?<=[ (])\d+\.\d+(?=[ ,)])", in_c)
        commas = [word for word in figures if word.replace(".", ",") in out]
        check(f"{language}: {line[0]}: figures with a comma", figures and commas == figures,
              sorted(set(figures) - set(commas)), out)
    file = os.path.join(SCRATCH, f"{language}.csv")
    line = ["-t", "--no-save", "--sysroot", os.path.join(FIXTURES, "kvm"), "--duration", "5"]
    code, out, _ = speaker.run(*line, "--csv", file)
    with open(file, encoding="utf-8") as csv:
        rows = csv.read().split("\n")
    check(f"{language}: a run: commas on the screen", code == 0 and re.search(r"\d,\d", out), out)
    check(f"{language}: a run: none in its file",
          len({row.count(",") for row in rows if row}) == 1, rows[:3])


def main():
    english = Speaker(PROGRAM, "C.UTF-8", "en")
    try:
        ids = import_results(english)
        if shutil.which("xgettext"):
            check_pseudo(english, ids)
        else:
            skip("accented", "xgettext is not installed")
        for locale in ("de_DE", "fr_FR"):
            check_language(english, ids, locale)
    finally:
        shutil.rmtree(SCRATCH)
    finish()


main()
