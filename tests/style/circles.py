#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""circles: files and rooms of src/ use one another one way only, and stay small.

Usage: circles.py SOURCE_ROOT BUILD_ROOT

A file is a .c with the header of its name. An arrow goes from one file to another whose header it
includes, or of whose symbols its object uses one: nm tells exactly, of pointers in tables too. A
header without a .c of its name has no code that could be used; nor have those of include/vmm/, whose
includes layers.sh knows. Files that reach one another both ways are a circle: none of them can be
understood, moved or tested alone.
"""

import json
import pathlib
import re
import statistics
import subprocess
import sys

MAX_LINES = 350  # of a .c
MAX_MEDIAN = 8   # lines of a function, between its braces

# The circles that are known, and why they are there: none. One that is gone must leave this table.
ALLOWED = {}

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
FUNCTION = re.compile(r'^\{\n(.*?)^\}', re.MULTILINE | re.DOTALL)


def list_files(source):
    """The files with code: "room/name" -> the paths of its .c and .h."""
    top = source / 'src'
    return {str(path.relative_to(top).with_suffix('')): (path, path.with_suffix('.h'))
            for path in sorted(top.rglob('*.c'))}


def get_room(name):
    """The first of the folders that a file is in: those within a room are one house."""
    return pathlib.PurePath(name).parts[0]


def draw_includes(files):
    """(file, file) for each private header that is included; a room's folders are searched as one."""
    of_header = {(get_room(name), paths[1].name): name for name, paths in files.items()}
    arrows = set()
    for name, paths in files.items():
        for path in paths:
            for included in INCLUDE.findall(path.read_text()) if path.exists() else []:
                arrows.add((name, of_header.get((get_room(name), included), name)))
    return arrows


def list_objects(files, build):
    """object -> file; a source may be compiled for more than one program."""
    of_path = {paths[0]: name for name, paths in files.items()}
    rows = json.loads((build / 'compile_commands.json').read_text())
    sources = {str(build / row['output']): (build / row['file']).resolve() for row in rows}
    return {path: of_path[source] for path, source in sources.items() if source in of_path}


def draw_calls(objects):
    """(file, file) for each symbol of another file that a file uses."""
    text = subprocess.run(['nm', '-A', '-P', *objects], stdout=subprocess.PIPE, text=True,
                          check=True).stdout
    definers, users = {}, []
    for line in text.splitlines():
        path, symbol, kind = line.rsplit(': ', 1)[0], *line.rsplit(': ', 1)[1].split()[:2]
        if kind == 'U':
            users.append((objects[path], symbol))
        elif kind.isupper():
            definers.setdefault(symbol, set()).add(objects[path])
    return {(name, definer) for name, symbol in users for definer in definers.get(symbol, ())}


def reach(targets, start):
    """All that can be come to from there; itself, where there is a circle."""
    found, waiting = set(), [start]
    while waiting:
        new = targets.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def find_circles(arrows):
    """Each circle as the names in it, sorted, with blanks between."""
    targets = {}
    for origin, target in arrows:
        targets.setdefault(origin, set()).add(target)
    reached = {name: reach(targets, name) for name in targets}
    return {' '.join(sorted(other for other in found if name in reached.get(other, ())))
            for name, found in reached.items() if name in found}


def check_circles(arrows):
    """Complaints about circles."""
    arrows = {(origin, target) for origin, target in arrows if origin != target}
    circles = find_circles(arrows)
    rooms = find_circles({(get_room(origin), get_room(target)) for origin, target in arrows
                          if get_room(origin) != get_room(target)})
    print(f'{len(arrows)} arrows, {len(circles)} circles of files, {len(rooms)} of rooms')
    return ([f'a circle of files: {circle}' for circle in sorted(circles - ALLOWED.keys())] +
            [f'ALLOWED names a circle that is gone or smaller: {circle}'
             for circle in sorted(ALLOWED.keys() - circles)] +
            [f'a circle of rooms: {circle}' for circle in sorted(rooms)])


def check_sizes(files):
    """Complaints about what is too long to be read in one go."""
    texts = {name: paths[0].read_text() for name, paths in files.items()}
    lines = {name: text.count('\n') for name, text in texts.items()}
    functions = [body.count('\n') for text in texts.values() for body in FUNCTION.findall(text)]
    median = statistics.median(functions)
    print(f'{len(files)} files of at most {max(lines.values())} lines, {len(functions)} functions '
          f'of {median:g} lines in the median and at most {max(functions)}')
    return ([f'src/{name}.c: {n} lines, {MAX_LINES} is the limit'
             for name, n in lines.items() if n > MAX_LINES] +
            ([f'functions have {median:g} lines in the median, {MAX_MEDIAN} is the limit']
             if median > MAX_MEDIAN else []))


def main():
    source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    files = list_files(source)
    complaints = check_sizes(files)
    objects = list_objects(files, build)
    if files.keys() == set(objects.values()):
        complaints += check_circles(draw_includes(files) | draw_calls(objects))
    else:
        print('a part of src/ is not built here: circles are not looked for')
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


sys.exit(main())
