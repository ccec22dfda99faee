#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""criterion.py: does the score predict what programs feel?

    criterion.py run [NAME...]    what recorded/ lacks, one environment after the other, each in a guest of
                                  its own: one window, then real programs. A name is an environment's or a kind's.
    criterion.py table [DIR]      slowdowns, predictions and goals of what is recorded; needs no guest
    criterion.py fit [DIR]        which weights would predict them best, in environments they have not seen
    criterion.py advise           what this program finds in the results that `run` left in its directory of work
    criterion.py list             the environments

Needs nothing but Python 3; `run` needs root, a build and the packages named in tests/README.md, and a
machine that has nothing else to do.
"""

import argparse
import pathlib
import signal
import sys

import environments
import figures
import fit
import measure

BUILD = measure.ROOT / "build"


def list_environments():
    for e in environments.ENVIRONMENTS:
        print(f"{environments.name_of(e):<20} {e.runs} runs   {e.taken:<16} {e.where}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="measure what is not recorded yet")
    run.add_argument("names", nargs="*", metavar="NAME")
    for command in (run, commands.add_parser("advise", help="ask the program again what it finds")):
        command.add_argument("--directory", type=pathlib.Path, default=figures.RECORDED)
        command.add_argument("--build", type=pathlib.Path, default=BUILD)
        command.add_argument("--program", type=pathlib.Path, help="BUILD/tests/vmm_monitor_terminal")
        command.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/var/tmp/criterion"))
    run.add_argument("--window", type=int, default=30, metavar="SECONDS")
    run.add_argument("--runs", type=int, help="of each (as the list says)")
    run.add_argument("--jobs", default="", metavar="'NAME NAME...'", help="these alone (all)")
    for name in ("table", "fit"):
        replay = commands.add_parser(name)
        replay.add_argument("directory", nargs="?", type=pathlib.Path, default=figures.RECORDED)
        if name == "fit":
            replay.add_argument("--with", dest="channels", nargs="+", default=[], metavar="CHANNEL")
            replay.add_argument("--without", nargs="+", default=[], metavar="CHANNEL")
    commands.add_parser("list")
    return parser.parse_args()


def program_of(words):
    return words.program or words.build / "tests" / "vmm_monitor_terminal"


def main():
    words = parse()
    if words.command == "list":
        list_environments()
    elif words.command == "run":
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # tidies up, as by Ctrl+C
        program = program_of(words)
        measure.run(words.names, words.directory.resolve(), words.work.resolve(), words.build.resolve(),
                    program.resolve(), words.window, words.runs, words.jobs)
        figures.print_tables(figures.load(words.directory))
    elif words.command == "advise":
        measure.advise(words.directory.resolve(), words.work.resolve(), program_of(words).resolve())
    elif words.command == "table":
        figures.print_tables(figures.load(words.directory))
    else:
        records = figures.load(words.directory)
        for base in environments.BASES:
            fit.print_fits(records, base, words.channels, words.without)


if __name__ == "__main__":
    main()
