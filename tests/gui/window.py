# SPDX-License-Identifier: MIT
"""window: what the tests of the window have in common: the program as assistive technology and a
keyboard meet it, and the kept runs that it shows.

The arguments of a test that imports it begin with VMM_MONITOR FIXTURES [PRINT_RESULTS].
Every wait is for something to be so, with a limit far beyond what it takes; nothing is timed.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# Warnings are fatal to the program, not to its observer: a program that ends takes its socket along.
os.environ.pop('G_DEBUG', None)

try:
    import gi
    gi.require_version('Atspi', '2.0')
    gi.require_version('Gdk', '3.0')
    gi.require_version('Gtk', '3.0')
    from gi.repository import Atspi, Gdk, GLib, Gtk  # Gtk: for the tests
except (ImportError, ValueError) as reason:
    print(f'1..0 # SKIP no AT-SPI: {reason}')
    sys.exit(77)

PROGRAM, FIXTURES = sys.argv[1:3]
PRINT_RESULTS = sys.argv[3] if len(sys.argv) > 3 else None  # a Page has its runs from there
LIMIT_S = int(os.environ.get('LIMIT_S', 60))
GRAPHS = ['CPU', 'Memory', 'Disk I/O', 'Network latency']


class Failure(Exception):
    pass


def until(what, check):
    """Returns the first true value of check(); fails when there is none within the limit."""
    context = GLib.MainContext.default()
    expired = []
    alarm = GLib.timeout_add_seconds(LIMIT_S, lambda: expired.append(True))
    tick = GLib.timeout_add(50, lambda: True)
    try:
        while True:
            try:
                value = check()
            except GLib.Error:  # the object went away while it was asked
                value = None
            if value:
                return value
            if expired:
                raise Failure(f'never came: {what}')
            context.iteration(True)
    finally:
        if not expired:
            GLib.source_remove(alarm)
        GLib.source_remove(tick)


def walk(node):
    """Every accessible below `node`, as it is now."""
    if node is None:
        return
    node.clear_cache()
    yield node
    for i in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(i))


def key(name, *modifiers):
    keymap = Gdk.Keymap.get_for_display(Gdk.Display.get_default())

    def code(key_name):
        found, entries = keymap.get_entries_for_keyval(Gdk.keyval_from_name(key_name))
        assert found, key_name
        return entries[0].keycode

    for modifier in modifiers:
        Atspi.generate_keyboard_event(code(modifier), None, Atspi.KeySynthType.PRESS)
    Atspi.generate_keyboard_event(code(name), None, Atspi.KeySynthType.PRESSRELEASE)
    for modifier in reversed(modifiers):
        Atspi.generate_keyboard_event(code(modifier), None, Atspi.KeySynthType.RELEASE)


class Program:
    """One run of the window, with a home of its own, or that of one before."""
    stderr = None

    def __init__(self, *arguments, home=None, **more):
        self.home = home or tempfile.TemporaryDirectory()
        environment = dict(os.environ, XDG_DATA_HOME=self.home.name, XDG_CONFIG_HOME=self.home.name,
                           TMPDIR=self.home.name, G_DEBUG='fatal-criticals', **more)
        self.process = subprocess.Popen([PROGRAM, '--window', *arguments], env=environment,
                                        stdout=subprocess.DEVNULL, stderr=self.stderr)

    def __enter__(self):
        try:
            self.root = until('the window', self.find_application)
            self.find(Atspi.Role.FRAME, '^VMM Performance Monitor$')
            self.await_keyboard()
        except Failure:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.home.cleanup()

    def find_application(self):
        if self.process.poll() is not None:
            raise Failure(f'the program ended with {self.process.returncode}')
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid and child.get_child_count():
                return child
        return None

    def all(self, role, pattern='', shown=True):
        return [node for node in walk(self.root)
                if node.get_role() == role and re.search(pattern, node.get_name() or '')
                and (not shown or node.get_state_set().contains(Atspi.StateType.SHOWING))]

    def find(self, role, pattern=''):
        return until(f'{role.value_nick} "{pattern}"', lambda: self.all(role, pattern))[0]

    def await_keyboard(self, role=Atspi.Role.FRAME):
        """Until keys go to a top level of that role; what is pressed before is lost."""
        until(f'the keyboard in the {role.value_nick}', lambda: any(
            node.get_state_set().contains(Atspi.StateType.ACTIVE) for node in self.all(role)))

    def find_hidden(self, role, pattern=''):
        return until(f'{role.value_nick} "{pattern}"',
                     lambda: self.all(role, pattern, shown=False))[0]

    def describe(self, role, name):
        node = self.find(role, f'^{re.escape(name)}$')
        node.clear_cache()
        return node.get_description() or ''

    def await_description(self, role, name, pattern):
        return until(f'{name}: {pattern}',
                     lambda: re.search(pattern, self.describe(role, name)) and
                     self.describe(role, name))

    def graph(self, name):
        return self.describe(Atspi.Role.CHART, name)

    def score(self, pattern):
        return self.await_description(Atspi.Role.LEVEL_BAR, 'Score', pattern)

    def label(self, pattern):
        return self.find(Atspi.Role.LABEL, pattern)

    def quit(self):
        key('q', 'Control_L')
        status = until('the end', lambda: self.process.poll() is not None and
                       [self.process.returncode])
        return status[0]

    def kept(self):
        directory = os.path.join(self.home.name, 'vmm_monitor', 'results')
        return os.listdir(directory) if os.path.isdir(directory) else []


class Watching(Program):
    """It measures nothing and asks nobody, for longer than a test takes."""

    def __init__(self):
        super().__init__('--duration', '60', '--passive', '--ping-target', 'none')


def check(truth, words):
    if not truth:
        raise Failure(words)


def focused(program):
    return [node.get_name() for node in walk(program.root)
            if node.get_state_set().contains(Atspi.StateType.FOCUSED)]


def press(name, what, done):
    """Once, and again where nothing came of it: before a popover has the keyboard a key is lost."""
    pressed = []

    def is_done():
        value = done()
        if not value and (not pressed or GLib.get_monotonic_time() - pressed[-1] > 2000000):
            pressed.append(GLib.get_monotonic_time())
            key(name)
        return value
    return until(what, is_done)


def open_menu(program):
    program.await_keyboard()  # a dialog that is gone gives it back later
    key('F10')
    until('the menu', lambda: program.all(Atspi.Role.CHECK_BOX))
    return until('its first item', lambda: focused(program))


def choose_from_menu(program, pattern):
    """An item but the first, by keyboard. The next key waits for what the last one did."""
    names = open_menu(program)
    while not any(re.search(pattern, name) for name in names):
        before = names
        names = press('Down', f'an item after {before}', lambda: focused(program) != before and
                      focused(program))
    key('Return')


class Page(Program):
    """The window on its Results page, with runs in its store: three readable, one damaged."""

    def __init__(self, keep=True):
        self.keep = keep
        super().__init__('--passive', '--duration', '600', '--ping-target', 'none')

    def __enter__(self):
        super().__enter__()
        self.files = self.write_files()
        if self.keep:
            self.fill()
        key('e', 'Control_L')
        return self

    def write_files(self):
        documents = subprocess.run([PRINT_RESULTS], stdout=subprocess.PIPE, check=True).stdout
        files = []
        for number, document in enumerate(documents.split(b'\0')[:3]):
            files.append(os.path.join(self.home.name, f'{number}.json'))
            pathlib.Path(files[-1]).write_bytes(document)
        return files

    def fill(self):
        environment = dict(os.environ, XDG_DATA_HOME=self.home.name)
        subprocess.run([PROGRAM, 'import', *self.files], env=environment, check=True,
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

    def column(self, number):
        table = self.list()
        return [Atspi.Table.get_accessible_at(table, row, number).get_name()
                for row in range(self.rows())]

    def chosen(self):
        return [row for row in range(self.rows()) if Atspi.Table.is_row_selected(self.list(), row)]

    def has_focus(self, node):
        return any(part.get_state_set().contains(Atspi.StateType.FOCUSED)
                   for part in walk(node))

    def await_list(self, n):
        self.await_rows(n)
        until('focus in the list', lambda: self.has_focus(self.list()))

    def choose_all(self):
        self.await_list(4)
        key('a', 'Control_L')

    def await_rows(self, n):
        until(f'{n} rows', lambda: self.rows() == n)

    def stored(self):
        return [name for name in self.kept() if not name.startswith('.')]

    def choose_to_export(self, number):
        """The item of the menu, by keyboard."""
        key('e', 'Alt_L')
        until('the menu', lambda: self.has_focus(self.find(Atspi.Role.PUSH_BUTTON, '^JSON')))
        for _ in range(number):
            key('Down')
        key('Return')

    def choose_to_share(self, number):
        """The same of what is shown here for others."""
        key('s', 'Alt_L')
        until('the menu', lambda: self.has_focus(self.find(Atspi.Role.PUSH_BUTTON, '^Copy as Text')))
        for _ in range(number):
            key('Down')
        key('Return')

    def answer(self, path):
        """Types a path into the file chooser that is open, and accepts it."""
        chooser = self.find(Atspi.Role.FILE_CHOOSER)
        if 'Import' in chooser.get_name():  # a place to type is to be asked for
            key('slash')
        entry = until('a place to type', lambda: [
            node for node in walk(chooser) if node.get_role() == Atspi.Role.TEXT and
            node.get_state_set().contains(Atspi.StateType.FOCUSED)])[0]
        Atspi.EditableText.set_text_contents(entry, path)
        key('Return')
        until('the chooser gone', lambda: not self.all(Atspi.Role.FILE_CHOOSER))


def main(tests):
    failed = 0
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} {test.__doc__}', flush=True)
        except (Failure, GLib.Error) as reason:
            failed += 1
            print(f'not ok {number} {test.__doc__}\n# {reason}', flush=True)
    return 1 if failed else 0
