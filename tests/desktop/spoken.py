# SPDX-License-Identifier: MIT
# spoken: what the program says of its own commands and options, for the tests that hold others to it.
import re
import subprocess


def ask(program, *arguments):
    """The text that the program prints."""
    return subprocess.run([program, *arguments], stdout=subprocess.PIPE, text=True, check=True).stdout


def read_commands(program):
    """The names of the commands, from --help."""
    section = ask(program, "--help").split("\nCommands", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^  ([a-z]+) ", section, re.M)


def read_options(program, *command):
    """The options of a command, or of none: {"--duration", "-d", ...}, from its --help."""
    found = set()
    for line in ask(program, *command, "--help").splitlines():
        match = re.match(r"  (?:(-\w), )?(--[a-z-]+)", line)
        if match:
            found.update(option for option in match.groups() if option)
    return found
