#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# manual: the man page formats without a warning, and holds every command, option and exit code that
# the program has and none that it has not. Usage: manual.py PROGRAM PAGE. Prints TAP.
import os
import re
import shutil
import subprocess
import sys

from spoken import ask, read_commands, read_options

program, page = sys.argv[1:3]
checks = 0


def check(holds, name, details=""):
    global checks
    checks += 1
    print(f"{'ok' if holds else 'not ok'} {checks} - {name}")
    if not holds:
        print("".join(f"# {line}\n" for line in str(details).splitlines()), end="")


if not shutil.which("man") or not shutil.which("groff"):
    print("1..0 # SKIP man or groff is not installed")
    sys.exit()
environment = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
run = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", page], env=environment,
                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
check(run.returncode == 0 and not run.stderr, "no warnings", run.stderr)
check(max(map(len, run.stdout.splitlines())) <= 80, "no line is wider than 80 columns")
check(ask(program, "--version").split()[1] in open(page).read(), "the version")

# {"OPTIONS": text, ...}; below COMMANDS by "vmm_monitor host ...".
text = run.stdout
sections = dict(re.findall(r"^([A-Z][A-Z ]+)\n((?:(?![A-Z]).*\n)*)", text, re.M))
commands = {name: body for name, body in
            re.findall(r"^   vmm_monitor ([a-z]+).*\n((?:(?!   \S).*\n)*)", sections["COMMANDS"], re.M)}


def find_options(body):
    """What stands at the head of a paragraph: 7 columns from the left, 5 since groff 1.24."""
    heads = re.findall(r"^ {5,7}(-.*)", body, re.M)
    return {option for head in heads for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*|-V", head)}


expected = read_options(program)
check(find_options(sections["OPTIONS"]) == expected, "options of a measurement",
      find_options(sections["OPTIONS"]) ^ expected)
check(list(commands) == read_commands(program), "commands", list(commands))
for name in read_commands(program):
    expected = read_options(program, name) - {"-h", "--help"}
    check(find_options(commands.get(name, "")) == expected, f"options of {name}",
          find_options(commands.get(name, "")) ^ expected)
check("-h, --help" in sections["COMMANDS"], "commands have --help")

everything = {option for name in read_commands(program) for option in read_options(program, name)}
everything |= read_options(program)
mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))
check(mentioned <= everything, "no other option is mentioned", mentioned - everything)

codes = re.findall(r"^ {5,7}(\d)\s", sections["EXIT STATUS"], re.M)
spoken = ask(program, "--help").split("Exit codes:", 1)[1]
check(codes == re.findall(r"^  (\d)  ", spoken, re.M), "exit codes", codes)
print(f"1..{checks}")
