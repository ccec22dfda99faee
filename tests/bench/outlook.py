#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""outlook: what the outlook says of made guests, as data/outlook.md has it.

Usage: outlook.py --replay [BUILD]

--replay runs BUILD/tests/test_outlook, whose guests have fixed seeds, and prints what it counted: the
honesty of forecasts on guests that cannot be forecast, and their truth on guests that can. Then it
prints the tables of headroom/ (headroom.py table), of swap.py and, where scikit-learn is, of causes.py.
"""

import importlib.util
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# What is counted, the goal, and whether the figures meet it.
ROWS = [
    ('memoryless: (\\d+) said in (\\d+) minutes', 'guests without a memory: said, in minutes',
     'at most 1 in 1000', lambda said, minutes: said * 1000 <= minutes),
    ('shuffled, 0 of 3 its own: (\\d+) said of (\\d+)', 'intervals by chance: said, of episodes',
     'none', lambda said, _: said == 0),
    ('shuffled, 1 of 3 its own: (\\d+) said of (\\d+)', 'one of three intervals alike: said, of episodes',
     'at most 0.5 %', lambda said, of: said * 200 <= of),
    ('warm-ups: (\\d+) said in (\\d+)', 'warm-ups that stop: said, in guests', 'none',
     lambda said, _: said == 0),
    ('leaks: \\d+ said, (\\d+) right, (\\d+) wrong', 'leaks: right and wrong', '80 % right',
     lambda right, wrong: right >= 4 * wrong),
]


def replay(program):
    text = subprocess.run([program], check=True, stdout=subprocess.PIPE, text=True).stdout
    missed = 0
    for pattern, title, goal, is_met in ROWS:
        figures = [int(figure) for figure in re.search(pattern, text).groups()]
        met = is_met(*figures)
        missed += not met
        print(f'{title:48} {figures[0]:6} {figures[1]:6}   {goal:18} {"met" if met else "MISSED"}')
    return missed


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1] != '--replay':
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else ROOT / 'build'
    missed = replay(build / 'tests' / 'test_outlook')
    print('', flush=True)
    for command in ('headroom/headroom.py', 'table'), ('swap.py', 'table'):
        done = subprocess.run([sys.executable, HERE / command[0], *command[1:], '--build', build], check=False)
        missed += done.returncode != 0
        print('', flush=True)
    if importlib.util.find_spec('sklearn'):
        subprocess.run([sys.executable, HERE / 'causes.py', '--build', build], check=True)
    else:
        print('causes.py: no scikit-learn (Debian: apt-get install python3-sklearn)')
    sys.exit(missed > 0)


if __name__ == '__main__':
    main()
