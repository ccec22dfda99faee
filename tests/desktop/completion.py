#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# completion: a shell that has read our completion is asked what may follow, and knows the commands,
# exactly the options of each, the results that are kept, and where files are meant.
# Usage: completion.py bash|zsh|fish PROGRAM COMPLETION PRINT_RESULTS. Prints TAP.
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

from spoken import ask, read_commands, read_options

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import check, finish, skip_all  # noqa: E402  pylint: disable=wrong-import-position

shell, program, completion, print_results = sys.argv[1:5]
LIMIT_S = 60

# On Ctrl-T answers the line that is in the file "question": inserts all that zsh offers, and writes the line down.
ZSH = """
autoload -U compinit && compinit -u -d $HOME/dump
autoload -U _vmm_monitor && compdef _vmm_monitor vmm_monitor
everything () { _main_complete; compstate[insert]=all; compstate[list]= }
zle -C everything complete-word everything
answer () { BUFFER=$(<question); CURSOR=$#BUFFER; zle everything; print -r -- $BUFFER >answer.new
  BUFFER=; command mv answer.new answer }
zle -N answer
bindkey -e
bindkey '^T' answer
print ready >answer
"""

# What readline does before it calls: words end at spaces and around "=".
BASH = """
source "$1"
line=$2
read -ra COMP_WORDS <<<"${line//=/ = }"
[[ $line != *' ' ]] || COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_vmm_monitor
printf '%s\\n' "${COMPREPLY[@]}"
"""


def ask_bash(line):
    return subprocess.run(["bash", "--norc", "-c", BASH, "bash", completion, line],
                          stdout=subprocess.PIPE, text=True, check=True).stdout.split()


def ask_fish(line):
    lines = subprocess.run(["fish", "-c", "source $argv[1]; complete -C $argv[2]", completion, line],
                           stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    return [candidate.split("\t")[0] for candidate in lines]


class Zsh:
    """A shell on a terminal of its own: zsh completes nowhere else."""

    def __init__(self):
        os.mkdir("functions")
        shutil.copy(completion, "functions/_vmm_monitor")
        with open("start", "w") as file:
            file.write("fpath=($PWD/functions $fpath)\n" + ZSH)
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.execvp("zsh", ["zsh", "-f", "-i"])
        os.write(self.terminal, b"source ./start\n")
        self.wait()

    def wait(self):
        end = time.monotonic() + LIMIT_S
        while not os.path.exists("answer"):
            if select.select([self.terminal], [], [], 0.05)[0]:
                os.read(self.terminal, 65536)
            if time.monotonic() > end:
                sys.exit("zsh does not answer")
        with open("answer") as file:
            answer = file.read()
        os.unlink("answer")
        return answer

    def __call__(self, line):
        with open("question", "w") as file:
            file.write(line)
        os.write(self.terminal, b"\x14")
        answer = self.wait().rstrip("\n")
        # What was there before the word that is completed stands there still.
        kept = len(line) - len(line.split(" ")[-1])
        return answer[kept:].split() if answer != line else []


def strip(candidates):
    """"--by=" and "--by " are "--by", "there/" is "there"."""
    return {candidate.rstrip("=/ ") for candidate in candidates}


def run_checks(offer):
    commands = read_commands(program)
    check("commands", strip(offer("vmm_monitor ")) == set(commands), offer("vmm_monitor "))
    for command in [[]] + [[name] for name in commands]:
        line = " ".join(["vmm_monitor", *command, "--"])
        expected = {option for option in read_options(program, *command) if option.startswith("--")}
        check(f"options: {line}", strip(offer(line)) == expected, strip(offer(line)) ^ expected)

    ids = {entry["id"] for entry in json.loads(ask(program, "list", "--json"))}
    for command in "show", "export", "label", "delete", "compare":
        found = strip(offer(f"vmm_monitor {command} "))
        check(f"results: {command}", len(ids) == 2 and ids | {"last"} <= found, found)
    check("results: the other side", ids <= strip(offer(f"vmm_monitor compare {min(ids)} ")))
    beginning = os.path.commonprefix(sorted(ids))
    check("results: the beginning of an id", strip(offer(f"vmm_monitor show {beginning}")) == ids)
    check("sides", strip(offer("vmm_monitor compare --by ")) == {"vmm", "label"})
    check("ping target", strip(offer("vmm_monitor --ping-target n")) == {"none"})

    for line in ("vmm_monitor import th", "vmm_monitor export last th", "vmm_monitor show th",
                 "vmm_monitor --json th", "vmm_monitor -t --csv th"):
        check(f"files: {line}", strip(offer(line)) == {"there", "this.json"}, offer(line))
    for line in "vmm_monitor --scratch th", "vmm_monitor host --sysroot th":
        check(f"directories: {line}", strip(offer(line)) == {"there"}, offer(line))
    check("nothing where a number is meant", offer("vmm_monitor --duration ") == [])


if not shutil.which(shell):
    skip_all(f"{shell} is not installed")
with tempfile.TemporaryDirectory() as home:
    for name in "bin", "work", "work/there":
        os.mkdir(f"{home}/{name}")
    os.symlink(os.path.abspath(program), f"{home}/bin/vmm_monitor")
    for name in [name for name in os.environ if name.startswith(("XDG_", "FISH", "ZDOTDIR", "BASH"))]:
        del os.environ[name]
    os.environ.update({"HOME": home, "TERM": "xterm", "PATH": f"{home}/bin:{os.environ['PATH']}"})
    completion, print_results = os.path.abspath(completion), os.path.abspath(print_results)
    program = os.path.abspath(program)
    os.chdir(f"{home}/work")
    documents = subprocess.run([print_results], stdout=subprocess.PIPE, check=True).stdout.split(b"\0")
    for document in documents[:2]:
        with open("this.json", "wb") as file:
            file.write(document)
        ask(program, "import", "this.json")
    run_checks(Zsh() if shell == "zsh" else {"bash": ask_bash, "fish": ask_fish}[shell])
finish()
