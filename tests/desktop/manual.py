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

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import check, finish, skip_all  # noqa: E402  pylint: disable=wrong-import-position

program, page = sys.argv[1:3]


if not shutil.which("man") or not shutil.which("groff"):
    skip_all("man or groff is not installed")
environment = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
run = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", page], env=environment,
                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
check("no warnings", run.returncode == 0 and not run.stderr, run.stderr)
check("no line is wider than 80 columns", max(map(len, run.stdout.splitlines())) <= 80)
check("the version", ask(program, "--version").split()[1] in open(page).read())

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
check("options of a measurement", find_options(sections["OPTIONS"]) == expected,
      find_options(sections["OPTIONS"]) ^ expected)
check("commands", list(commands) == read_commands(program), list(commands))
for name in read_commands(program):
    expected = read_options(program, name) - {"-h", "--help"}
    check(f"options of {name}", find_options(commands.get(name, "")) == expected,
          find_options(commands.get(name, "")) ^ expected)
check("commands have --help", "-h, --help" in sections["COMMANDS"])

everything = {option for name in read_commands(program) for option in read_options(program, name)}
everything |= read_options(program)
mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))
check("no other option is mentioned", mentioned <= everything, mentioned - everything)

codes = re.findall(r"^ {5,7}(\d)\s", sections["EXIT STATUS"], re.M)
spoken = ask(program, "--help").split("Exit codes:", 1)[1]
check("exit codes", codes == re.findall(r"^  (\d)  ", spoken, re.M), codes)
finish()
