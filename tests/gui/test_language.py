#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test_language: the window in a language that has every text accented, in German and French, and in
one that is read from right to left.

Usage, on a display and a session bus (run-with-display.sh):
test_language.py VMM_MONITOR FIXTURES PRINT_RESULTS SOURCE.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import window
from window import Atspi, Page, Program, check, key, until

SOURCE = sys.argv[4]
FIXTURES = sys.argv[2]
ACCENTS = str.maketrans('aeiouyAEIOUY', 'áéíóúýÁÉÍÓÚÝ')  # as tests/language/pseudo.py
PLAIN = re.compile('[aeiouAEIOU]')
WORD = re.compile(r'[^\s()\[\]{}<>«»"“”,;:·|…’\']+')
TECHNICAL = re.compile(r'[0-9/_=.@\\]|^-')  # a file, an option, an id, a number, a key
# Names, the labels of the tests' runs, and GTK's own words: it has no such language.
NAMES = set('''KVM Oracle VirtualBox VMM Linux QEMU Hyper-V Xen Intel Xeon Close Minimize Maximize
Restore Information edit-find-symbolic GiB DMI CPUID innotek GmbH Import Files Open License Credits Website window vmm_monitor clean busy disturbed invalid first
second label'''.split())
# The clock of the locale, at any time of the day.
NAMES.update('AM PM'.split())
# What a run of another version says stays as it says it.
NAMES.update('this VMM never reports steal'.split())


class Skip(Exception):
    pass


def accented(text):
    return re.escape(text.translate(ACCENTS))


def find_plain(text):
    return [word for word in (found.strip('.!?') for found in WORD.findall(text))
            if PLAIN.search(word) and not TECHNICAL.search(word) and word not in NAMES]


def localize(locale):
    """LOCPATH with that locale, made of the system's sources."""
    directory = os.path.join(window_home.name, 'locales')
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, f'{locale}.UTF-8')
    if shutil.which('localedef'):
        subprocess.run(['localedef', '-i', locale, '-f', 'UTF-8', path], capture_output=True,
                       check=False)
    if not os.path.isdir(path):
        raise Skip(f'no sources of the locale {locale}')
    return directory


def speak(language, locale, program=None, **more):
    """What is started from now on speaks it."""
    os.environ.update(LANGUAGE=language, LC_ALL=locale, **more)
    window.PROGRAM = program or sys.argv[1]


def make_pseudo():
    """A copy of the program beside a catalogue of accented texts. The C library looks for one in a
    locale of some country, in newer versions not in C.UTF-8."""
    if not shutil.which('xgettext') or not shutil.which('msgfmt'):
        raise Skip('no gettext')
    root = os.path.join(window_home.name, 'xx')
    program = os.path.join(root, 'bin', 'vmm_monitor')
    if not os.path.exists(program):
        os.makedirs(os.path.dirname(program))
        shutil.copy(sys.argv[1], program)
        subprocess.run([sys.executable, os.path.join(SOURCE, 'tests/language/pseudo.py'), SOURCE,
                        os.path.join(root, 'share', 'locale')], check=True)
    speak('xx', 'en_US.UTF-8', program, LOCPATH=localize('en_US'))


def sources_of(texts):
    """Titles of documents, in the language that those have."""
    return {word.strip('.!?') for text in texts for line in text.split('\n')
            if line.lstrip('\u200e«').casefold().startswith('source'.translate(ACCENTS))
            for word in WORD.findall(line)}


def check_accents(program, where):
    """No text of what is shown is plain."""
    texts = until('texts that stay while they are read', lambda: {
        text for node in window.walk(program.root)
        if node.get_state_set().contains(Atspi.StateType.SHOWING) and
        node.get_role() != Atspi.Role.APPLICATION
        for text in (node.get_name(), node.get_description()) if text})
    documents = sources_of(texts)
    plain = {text: words for text in texts
             for words in [[word for word in find_plain(text) if word not in documents]] if words}
    check(len(texts) > 3, f'{where}: nothing to read: {texts}')
    check(not plain, f'{where}: not translated: {plain}')


class Accented(Program):
    """The window of a recorded machine."""

    def __init__(self, *arguments):
        self.stderr = tempfile.TemporaryFile()
        super().__init__('--sysroot', os.path.join(FIXTURES, 'virtualbox'), '--duration', '5',
                         *arguments)

    def complaints(self):
        """What GTK or the program warned of; not what the bus of the test did."""
        self.stderr.seek(0)
        return [line for line in self.stderr.read().decode().split('\n')
                if re.search('WARNING|CRITICAL', line) and 'dbind' not in line]

    def find(self, role, pattern=''):
        if role == Atspi.Role.FRAME:
            pattern = '.'
        return super().find(role, pattern)


def wait_for_graphs(program):
    until('four graphs', lambda: len(program.all(Atspi.Role.CHART)) == 4)


def test_window():
    """accented: the graphs, the score card, the menu and what it opens"""
    make_pseudo()
    with Accented() as program:
        wait_for_graphs(program)
        check_accents(program, 'graphs')
        until('the end of the run', lambda: find_dial(program, accented('No score')))
        check_accents(program, 'score card')
        window.open_menu(program)
        check_accents(program, 'menu')
        key('Escape')
        until('the menu gone', lambda: not program.all(Atspi.Role.CHECK_BOX))
        for item, words in [('Preferences', 'Ping target'), ('Keyboard Shortcuts', 'Measure three times'),
                            ('About This', 'What it says')]:
            window.choose_from_menu(program, accented(item))
            program.label(accented(words[:3]))
            check_accents(program, item)
            key('Escape')
            until(f'{item} gone', lambda: not program.all(Atspi.Role.LABEL, accented(words)))
        check(program.quit() == 0, 'exit code')


def find_dial(program, pattern):
    return [node for node in program.all(Atspi.Role.LEVEL_BAR) if re.search(pattern, node.get_description() or '')]


def wait_for_score(program):
    """A machine that was stopped meanwhile has none at the end: then it is measured again, once."""
    score, none = r'\d.*%', accented('No score')
    until('the end of the run', lambda: find_dial(program, f'{score}|{none}'))
    if find_dial(program, none):
        print(f'# {find_dial(program, none)[0].get_description()}: measured again', flush=True)
        key('r', 'Control_L')
        until('a score', lambda: find_dial(program, score))


def test_probes():
    """accented: a run with probes, while it is measured and when it is done"""
    make_pseudo()
    with Accented('--probes', '--ping-target', 'none') as program:
        wait_for_graphs(program)
        check_accents(program, 'measuring')
        wait_for_score(program)
        check_accents(program, 'score')
        check(program.quit() == 0, 'exit code')


class AccentedPage(Page):
    def find(self, role, pattern=''):
        return super().find(role, '.' if role == Atspi.Role.FRAME else pattern)

    def list(self):
        return self.find(Atspi.Role.TABLE)


def test_results():
    """accented: the kept runs, a report, a comparison, and an empty store"""
    make_pseudo()
    with AccentedPage() as page:
        page.await_list(4)
        page.find(Atspi.Role.CHART, accented('Scores and graphs'))
        check_accents(page, 'report')
        key('a', 'Control_L')
        page.label(accented('Verdict'))
        check_accents(page, 'comparison')
        key('Delete')
        page.label(accented('deleted'))
        check_accents(page, 'nothing kept')
        check(page.quit() == 0, 'exit code')


def check_language(locale):
    language = locale.split('_', maxsplit=1)[0]
    speak(language, f'{locale}.UTF-8', LOCPATH=localize(locale))
    with Accented() as program:
        wait_for_graphs(program)
        until('a figure with a comma', lambda: any(
            re.search(r'\d,\d', node.get_description() or '') for node in
            program.all(Atspi.Role.CHART)))
        until('the score card', lambda: len(program.all(Atspi.Role.LEVEL_BAR)) > 0)
        check(program.quit() == 0, 'exit code')
        check(not program.complaints(), program.complaints())


def test_german():
    """in German it opens without a warning, and figures have a comma"""
    check_language('de_DE')


def test_french():
    """in French it opens without a warning, and figures have a comma"""
    check_language('fr_FR')


def test_right_to_left():
    """in Hebrew the header bar and the card change sides"""
    if not os.path.exists('/usr/share/locale/he/LC_MESSAGES/gtk30.mo'):
        raise Skip('GTK has no Hebrew here')
    make_pseudo()  # GTK speaks no language that the program does not
    catalogues = os.path.join(window_home.name, 'xx', 'share', 'locale')
    shutil.copytree(os.path.join(catalogues, 'xx'), os.path.join(catalogues, 'he'))
    speak('he', 'he_IL.UTF-8', window.PROGRAM, LOCPATH=localize('he_IL'))

    def get_x(node):
        return Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN).x

    with Accented() as program:
        wait_for_graphs(program)
        dial = program.find(Atspi.Role.LEVEL_BAR)
        charts = program.all(Atspi.Role.CHART)
        check(all(get_x(chart) < get_x(dial) for chart in charts), 'the card is at the left')
        check(get_x(charts[0]) > get_x(charts[1]), 'the first graph is at the left')
        results = program.find(Atspi.Role.RADIO_BUTTON, accented('Results'))
        measure = program.find(Atspi.Role.PUSH_BUTTON, accented('Start over'))
        check(get_x(results) < get_x(measure), 'the header bar is as from left to right')
        check(program.quit() == 0, 'exit code')


def skippable(test):
    def run():
        try:
            test()
        except Skip as reason:
            print(f'# skipped: {reason}')
    run.__doc__ = test.__doc__
    return run


if __name__ == '__main__':
    window_home = tempfile.TemporaryDirectory()
    with window_home:
        sys.exit(window.main([skippable(test) for test in (
            test_window, test_probes, test_results, test_german, test_french, test_right_to_left)]))
