#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test_results: the kept runs as assistive technology and a keyboard meet them.

Usage, on a display and a session bus (run-with-display.sh):
test_results.py VMM_MONITOR FIXTURES PRINT_RESULTS.
"""
import os
import re
import subprocess
import sys

import test_window as window
from test_window import Atspi, Program, check, key, until

PRINT_RESULTS = sys.argv[3]


class Page(Program):
    """The window on its Results page, with runs in its store: three readable, one damaged."""

    def __init__(self, keep=True):
        self.keep = keep
        super().__init__('--passive', '--duration', '600', '--ping-target', 'none')

    def __enter__(self):
        super().__enter__()
        if self.keep:
            self.fill()
        key('e', 'Control_L')
        return self

    def fill(self):
        documents = subprocess.run([PRINT_RESULTS], stdout=subprocess.PIPE, check=True).stdout
        environment = dict(os.environ, XDG_DATA_HOME=self.home.name)
        for number, document in enumerate(documents.split(b'\0')[:-1]):
            path = os.path.join(self.home.name, f'{number}.json')
            with open(path, 'wb') as file:
                file.write(document)
            subprocess.run([window.PROGRAM, 'import', path], env=environment, check=True,
                           stdout=subprocess.DEVNULL)
        damaged = '20010101T000000.000Z-kvm-dead.json'
        with open(os.path.join(self.home.name, 'vmm_monitor', 'results', damaged), 'w') as file:
            file.write('{')

    def list(self):
        return self.find(Atspi.Role.TABLE, '^Kept runs$')

    def rows(self):
        table = self.list()
        table.clear_cache()
        return Atspi.Table.get_n_rows(table)

    def choose_all(self):
        self.await_rows(4)
        until('focus in the list', lambda: any(
            node.get_state_set().contains(Atspi.StateType.FOCUSED)
            for node in window.walk(self.list())))
        key('a', 'Control_L')

    def await_rows(self, n):
        until(f'{n} rows', lambda: self.rows() == n)

    def stored(self):
        return [name for name in self.kept() if not name.startswith('.')]


def test_list():
    """Ctrl+E lists the kept runs, the damaged one as damaged, and reads the newest as a report"""
    with Page() as page:
        page.await_rows(4)
        page.find(Atspi.Role.TABLE_CELL, '^damaged$')
        page.find(Atspi.Role.CHART, '^Scores and graphs$')
        page.label('^Findings$')
        key('f', 'Control_L')
        for letter in 'invalid':
            key(letter)
        until('fewer rows', lambda: 0 < page.rows() < 4)
        key('Escape')
        page.await_rows(4)
        key('Escape')
        page.find(Atspi.Role.CHART, '^Memory$')
        check(page.quit() == 0, 'exit code')


def test_comparison():
    """several chosen runs get a verdict in words, by VMM and by run"""
    with Page() as page:
        page.choose_all()
        page.label('^Verdict$')
        page.label('^Damaged, left alone: .*dead')
        until('likeness, further down',
              lambda: page.all(Atspi.Role.LABEL, '^Like for like$', shown=False))
        page.find(Atspi.Role.COMBO_BOX, '^Compare by$')
        chart = page.find(Atspi.Role.CHART, '^Scores and graphs$')
        check(re.search('[a-z]{3}', chart.get_description()), 'the chart says nothing')
        check(page.quit() == 0, 'exit code')


def test_delete():
    """Delete takes the chosen runs away, Ctrl+Z brings them back"""
    with Page() as page:
        page.choose_all()
        page.label('^Verdict$')
        key('Delete')
        page.label('^No runs are kept yet$')
        page.label('^4 runs deleted')
        until('files gone', lambda: not page.stored())
        key('z', 'Control_L')
        page.await_rows(4)
        page.label('^4 runs restored')
        check(len(page.stored()) == 4, f'{page.stored()}')
        check(page.quit() == 0, 'exit code')


def test_empty():
    """without kept runs the page says so, and what to do"""
    with Page(keep=False) as page:
        page.label('^No runs are kept yet$')
        page.find(Atspi.Role.PUSH_BUTTON, '^Import')
        check(page.quit() == 0, 'exit code')


if __name__ == '__main__':
    sys.exit(window.main([test_list, test_comparison, test_delete, test_empty]))
