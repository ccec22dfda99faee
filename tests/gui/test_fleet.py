#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test_fleet: the window's page of guests, by keyboard and accessibility tree, with a server of this machine.

Usage: test_fleet.py VMM_MONITOR FIXTURES SOURCE_ROOT; prints TAP. On a display.
"""
import base64
import os
import re
import sys

import window
from window import Atspi, Program, Watching, check, focused, key, until

sys.path.insert(0, os.path.join(sys.argv[3], 'tests', 'fleet'))
from made_server import Server, make_answers, start  # noqa: E402  pylint: disable=wrong-import-position

USER = 'reader:guess me'
QUIET = ('--duration', '600', '--passive', '--ping-target', 'none')


def settings_of(program):
    path = os.path.join(program.home.name, 'vmm_monitor', 'settings.ini')
    return open(path, encoding='ascii').read() if os.path.exists(path) else ''


def table(program):
    return program.find(Atspi.Role.TABLE, '^Guests$')


def rows(program):
    found = table(program)
    found.clear_cache()
    return Atspi.Table.get_n_rows(found)


def cell(program, row, column):
    return Atspi.Table.get_accessible_at(table(program), row, column).get_name()


def open_page(program, shown=lambda program: program.all(Atspi.Role.TABLE, '^Guests$')):
    program.await_keyboard()
    key('g', 'Control_L')
    until('the page', lambda: shown(program))


def test_page():
    """the worst guest first, its last day, another order, a filter, and the server away"""
    server, url = start()
    Server.answers = make_answers(40)
    with Program(*QUIET, '--fleet', url) as program:
        open_page(program)
        program.label('^40 guests, median 1')
        program.label('^h1: 3 of 4 guests lost more than 10 %')
        check(cell(program, 0, 0) == 'guest-7', cell(program, 0, 0))
        check(cell(program, 0, 4) == '38.1', cell(program, 0, 4))
        program.label('^Choose a guest')
        key('Home')
        program.find(Atspi.Role.IMAGE, '^The last 24 hours: ')
        program.label('^A slow clock source .likely., seen last')
        Atspi.Action.do_action(program.find(Atspi.Role.TABLE_COLUMN_HEADER, '^Guest$'), 0)
        until('by name', lambda: cell(program, 0, 0) == 'guest-0')
        key('f', 'Control_L')
        until('the filter', lambda: 'Filter the guests' in focused(program))
        for letter in '11':
            key(letter)
        until('one left', lambda: rows(program) == 1 and cell(program, 0, 0) == 'guest-11')
        server.shutdown()
        server.server_close()
        key('Escape')
        until('all again', lambda: rows(program) == 40)
        key('End')  # of another guest it would tell
        program.label('as of .*: the connection was refused')
        check(rows(program) == 40, 'the table went')
        key('Escape')
        until('the graphs', lambda: program.all(Atspi.Role.CHART, '^CPU$'))
        check(program.quit() == 0, 'exit code')


class Many(Program):
    """Whose rows are not looked at one by one."""

    def all(self, role, pattern='', shown=True):
        found, left = [], [self.root]
        while left:
            node = left.pop()
            node.clear_cache()
            if node.get_role() == role and re.search(pattern, node.get_name() or ''):
                found.append(node)
            if node.get_role() != Atspi.Role.TABLE:
                left += [node.get_child_at_index(i) for i in range(node.get_child_count())]
        return found


def test_many():
    """ten thousand guests, and the window ends while they are read"""
    server, url = start()
    Server.answers, Server.asked = make_answers(10000), []
    with Many(*QUIET, '--fleet', url) as program:
        open_page(program)
        program.label('^10.?000 guests, median 1')
        check(rows(program) == 10000, rows(program))
        asked = until('the curves', lambda: [path for path in Server.asked if 'instance%3D~' in path])
        check(len(asked) == 1 and 5 < asked[0].count('guest-') < 50, asked)  # of the rows on the screen
        key('Home')  # asks again, with the day of that guest
        check(program.quit() == 0, 'exit code')
    server.shutdown()
    server.server_close()


def enter(program, letter, text):
    """Into the entry whose label has that letter."""
    def focused_entry():
        return [node for node in program.all(Atspi.Role.TEXT)
                if node.get_state_set().contains(Atspi.StateType.FOCUSED)]

    before = focused_entry()
    key(letter, 'Alt_L')
    entry = until('the entry', lambda: [node for node in focused_entry() if node not in before])[0]
    Atspi.EditableText.set_text_contents(entry, text)


def set_address(program, text):
    """In the preferences, by keyboard; and what is said of it there."""
    window.choose_from_menu(program, 'Preferences')
    program.label('Ask this Prometheus')
    program.await_keyboard(Atspi.Role.DIALOG)
    enter(program, 'm', text)


def demand(handler):
    """As a server that wants a password."""
    if handler.headers.get('Authorization') == 'Basic ' + base64.b64encode(USER.encode()).decode():
        handler.answer()
    else:
        handler.tell(401, b'no', WWW_Authenticate='Basic')


def can_apply(program):
    button = program.find(Atspi.Role.PUSH_BUTTON, '^Apply$')
    button.clear_cache()
    return button.get_state_set().contains(Atspi.StateType.SENSITIVE)


def test_password():
    """a password is read from a file that is nobody else's, and goes to the address of the preferences alone"""
    server, url = start()
    Server.answers, Server.fault = make_answers(3), demand
    with Watching() as program:
        password = os.path.join(program.home.name, 'password')
        with open(password, 'w', encoding='ascii') as file:
            file.write(USER + '\n')
        os.chmod(password, 0o644)
        set_address(program, url)
        enter(program, 'f', password)
        program.label('others may read or write this file: chmod 600 it')
        check(not can_apply(program), 'a password for everybody')
        os.chmod(password, 0o600)
        enter(program, 'e', '')
        enter(program, 'f', password + 's')
        program.label('passwords: No such file')
        enter(program, 'e', '')
        enter(program, 'f', password)
        until('no complaint', lambda: can_apply(program))
        enter(program, 'e', '/absent.pem')
        program.label('/absent.pem: No such file')
        check(not can_apply(program), 'a certificate that is not there')
        enter(program, 'f', password)
        enter(program, 'e', '')
        apply(program)
        until('kept', lambda: f'password_file={password}' in settings_of(program))
        check('guess' not in settings_of(program), 'the password is kept')
        open_page(program)
        program.label('^3 guests')
        os.chmod(password, 0o640)
        key('Home')  # asks again
        program.label('as of .*: others may read or write this file')
        check(program.quit() == 0, 'exit code')
    with Program(*QUIET, '--fleet', url) as program:  # of nobody's settings
        open_page(program, lambda program: program.all(Atspi.Role.LABEL, '401'))
        check(program.quit() == 0, 'exit code')
    Server.fault = None
    server.shutdown()
    server.server_close()


def apply(program):
    key('a', 'Alt_L')
    until('the dialog gone', lambda: not program.all(Atspi.Role.LABEL, 'Ask this Prometheus'))


def test_preference():
    """whom to ask is a preference, which is kept, and the page comes and goes with it"""
    server, url = start()
    Server.answers = make_answers(3)
    with Watching() as program:
        check(not program.all(Atspi.Role.TOGGLE_BUTTON, '^Fleet$'), 'a page of nobody')
        set_address(program, 'prometheus:9090')
        program.label('^Write an address such as')
        button = program.find(Atspi.Role.PUSH_BUTTON, '^Apply$')
        check(not button.get_state_set().contains(Atspi.StateType.SENSITIVE), 'Apply can be pressed')
        key('Escape')
        until('the dialog gone', lambda: not program.all(Atspi.Role.LABEL, 'Ask this Prometheus'))
        set_address(program, url)
        apply(program)
        until('kept', lambda: f'url={url}' in settings_of(program))
        open_page(program)
        program.label('^3 guests')
        set_address(program, '')
        apply(program)
        until('the page gone', lambda: not program.all(Atspi.Role.TABLE, '^Guests$'))
        until('not kept', lambda: 'url' not in settings_of(program))
        check(program.quit() == 0, 'exit code')
    server.shutdown()
    server.server_close()


if __name__ == '__main__':
    sys.exit(window.main([test_page, test_many, test_preference, test_password]))
