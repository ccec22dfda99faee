#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test_window: the program as assistive technology and a keyboard meet it.

Usage, on a display and a session bus (run-with-display.sh): test_window.py VMM_MONITOR FIXTURES.
SLOW_DISK in the environment names the module made of slow_disk.c.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import window
from window import (Atspi, FIXTURES, GRAPHS, Gdk, Gtk, PROGRAM, Program, Watching, check,
                    choose_from_menu, focused, key, open_menu, press, until, walk)


def test_first_minute():
    """opens, shows four graphs that live, a score, measures again, and ends, all by keyboard"""
    with Program('--duration', '5', '--ping-target', '127.0.0.1') as program:
        until('four graphs', lambda: [node.get_name() for node in
                                      program.all(Atspi.Role.CHART)] == GRAPHS)
        program.score(r'Measuring, \d+ seconds left')
        first = program.await_description(Atspi.Role.CHART, 'CPU', r'\d % busy')
        until('a new value', lambda: program.graph('CPU') != first)
        chart = program.find(Atspi.Role.CHART, '^CPU$')
        value = Atspi.Value.get_current_value(chart)
        check(0 <= value <= 100, f'CPU value {value}')

        words = program.score(r'^Score \(?\d+\.\d')
        check('95 % interval' in words, words)
        program.find(Atspi.Role.PUSH_BUTTON, '^Measure again$')
        program.label('measurement$')  # its quality
        for name in ['CPU', 'Memory', 'Disk', 'Network']:
            node = program.find(Atspi.Role.LEVEL_BAR, f'^{name} score$')
            check(node.get_description(), f'{name} says nothing')
        until('the run on disk', lambda: len(program.kept()) == 1)

        key('r', 'Control_L')
        program.score(r'Measuring, \d+ seconds left')
        program.find(Atspi.Role.PUSH_BUTTON, '^Start over$')
        program.score(r'^Score \(?\d+\.\d')
        until('the second run on disk', lambda: len(program.kept()) == 2)
        check(program.quit() == 0, 'exit code')


def test_identity():
    """its window is by name that of the desktop file"""
    with Program('--passive', '--ping-target', 'none', '--duration', '5') as program:
        program.find(Atspi.Role.PUSH_BUTTON, 'again$|^Start over$')
        if shutil.which('xprop'):
            words = subprocess.run(['xprop', '-name', 'VMM Performance Monitor', 'WM_CLASS'],
                                   capture_output=True, text=True, check=True).stdout
            check('"io.github.vmm_monitor.VmmMonitor"' in words, words)
        check(program.quit() == 0, 'exit code')


def test_crosshair():
    """the crosshair moves by keyboard, on all four graphs at once"""
    with Program('--duration', '5', '--passive', '--ping-target', '127.0.0.1') as program:
        program.await_description(Atspi.Role.CHART, 'CPU', r'\d % busy')
        program.find(Atspi.Role.CHART, '^Memory$').grab_focus()
        until('focus', lambda: program.find(Atspi.Role.CHART, '^Memory$').get_state_set()
              .contains(Atspi.StateType.FOCUSED))
        key('Left')
        for name in GRAPHS:
            program.await_description(Atspi.Role.CHART, name, r'^\d\d:\d\d:\d\d · ')
        times = {program.graph(name)[:8] for name in GRAPHS}
        check(len(times) == 1, f'different times: {times}')
        key('Escape')
        for name in GRAPHS:
            program.await_description(Atspi.Role.CHART, name, r'^(?!\d\d:\d\d:\d\d)')
        check(program.quit() == 0, 'exit code')


def test_menu():
    """the menu opens and closes by keyboard, and turns passive monitoring off and on"""
    with Watching() as program:
        program.label('^Watching only$')
        names = open_menu(program)
        check(names == ['Passive Monitoring'], f'the first item is {names}')
        key('space')
        program.label('^Measuring')
        check(not program.all(Atspi.Role.LABEL, '^(Watching only|Without probes)'), 'still watching')
        key('Escape')
        until('the menu gone', lambda: not program.all(Atspi.Role.CHECK_BOX))
        check(program.quit() == 0, 'exit code')


def test_shortcuts():
    """F1 shows the keyboard shortcuts, Esc takes them away"""
    with Watching() as program:
        key('F1')
        program.label('^Measure three times')
        key('Escape')
        until('shortcuts gone', lambda: not program.all(Atspi.Role.LABEL, '^Measure three times'))
        check(program.quit() == 0, 'exit code')


def test_dialogs():
    """each item of the menu is chosen by keyboard, and Esc leaves what it opens"""
    with Watching() as program:
        for item, role, title in MENU:
            choose_from_menu(program, item)
            program.find(role, title)
            key('Escape')
            until(f'{item} gone', lambda: not program.all(role, title))
        check(program.quit() == 0, 'exit code')


MENU = [
    # what to choose, and what is then there
    ('Preferences', Atspi.Role.LABEL, 'Ping target'),
    ('Measure in Turns', Atspi.Role.LABEL, '^Co.?de from the other guest'),
    ('History of', Atspi.Role.LABEL, '^History of this machine$'),
    ('About This Score', Atspi.Role.LABEL, '^What it says$'),
    ('Keyboard Shortcuts', Atspi.Role.LABEL, '^Measure three times'),
    ('About VMM', Atspi.Role.LABEL, 'How well does this virtual machine monitor serve this guest'),
]


def settings_of(program):
    path = os.path.join(program.home.name, 'vmm_monitor', 'settings.ini')
    return open(path, encoding='ascii').read() if os.path.exists(path) else ''


def open_preferences(program):
    choose_from_menu(program, 'Preferences')
    program.label('Ping target')
    until('focus in the dialog', lambda: any(
        node.get_state_set().contains(Atspi.StateType.FOCUSED)
        for node in program.all(Atspi.Role.SPIN_BUTTON)))


def await_no_preferences(program):
    until('the dialog gone', lambda: not program.all(Atspi.Role.LABEL, 'Ping target'))


def set_preferences(program, *keys):
    """Opens the dialog by its item, presses `keys`, each a name with its modifiers, and applies."""
    open_preferences(program)
    for name, *modifiers in keys:
        key(name, *modifiers)
    key('a', 'Alt_L')
    await_no_preferences(program)


def test_preferences():
    """preferences hold at once and are kept; only those of the measurement begin a new one"""
    with Program('--duration', '5', '--passive', '--ping-target', 'none') as program:
        program.score('^No score')
        program.await_description(Atspi.Role.CHART, 'Disk I/O', 'MB/s read')
        set_preferences(program, ('u', 'Alt_L'), ('Down',), ('Down',))
        program.await_description(Atspi.Role.CHART, 'Disk I/O', 'MiB/s read')
        until('the units kept', lambda: 'units=binary' in settings_of(program))
        set_preferences(program, ('h', 'Alt_L'), ('Up',))
        until('the history kept', lambda: 'history_s=21600' in settings_of(program))
        check('No score' in program.describe(Atspi.Role.LEVEL_BAR, 'Score'), 'measured anew')
        # the command line's target is not the user's choice
        check('ping_target' not in settings_of(program), settings_of(program))
        set_preferences(program, ('s', 'Alt_L'), ('Up',))
        program.score(r'Measuring, \d+ seconds? left')
        until('the interval kept', lambda: 'interval_ms=1100' in settings_of(program))
        check(program.quit() == 0, 'exit code')


def test_bad_target():
    """a ping target that is none cannot be applied, and the dialog says what can"""
    with Watching() as program:
        open_preferences(program)
        key('p', 'Alt_L')
        for letter in 'gw':
            key(letter)
        program.label('^Write the IPv4 or IPv6 address of one host in figures')
        apply = program.find(Atspi.Role.PUSH_BUTTON, '^Apply$')
        check(not apply.get_state_set().contains(Atspi.StateType.SENSITIVE), 'Apply can be pressed')
        inner, outer = (Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
                        for node in (apply, program.find(Atspi.Role.DIALOG, '^Preferences$')))
        margin = outer.width - inner.x - inner.width
        check(margin >= 18, f'Apply lies {margin} px from the edge')
        key('Escape')
        await_no_preferences(program)
        check(program.quit() == 0, 'exit code')


def test_save_by_hand():
    """not saving automatically, a finished run can be saved by hand, once"""
    with Program('--duration', '5', '--passive', '--ping-target', 'none', '--no-save') as program:
        program.score('^No score')
        program.find(Atspi.Role.PUSH_BUTTON, '^Save This Run$')
        check(not program.kept(), f'kept {program.kept()}')
        key('s', 'Control_L')
        until('the run on disk', lambda: len(program.kept()) == 1)
        until('no more offered', lambda: not program.all(Atspi.Role.PUSH_BUTTON, '^Save This Run$'))
        set_preferences(program, ('r', 'Alt_L'))  # the command line's word is for this once
        until('kept as a choice', lambda: 'save=true' in settings_of(program))
        key('r', 'Control_L')
        program.score(r'Measuring, \d+ seconds? left')
        until('the next run on disk', lambda: len(program.kept()) == 2)
        check(program.quit() == 0, 'exit code')


def get_bottom(node):
    extents = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
    return extents.y + extents.height


def test_about_score():
    """the score is explained in the window, and Esc goes back to where one was"""
    with Watching() as program:
        program.find(Atspi.Role.PUSH_BUTTON, '^About this score$').do_action(0)
        program.label('^What it says$')
        for words in ['^New process$', '^Steal: ', '^350 µs$', '^How to read the interval$']:
            program.find_hidden(Atspi.Role.LABEL, words)
        key('End')
        until('its last line at the end', lambda: [
            node for node in program.all(Atspi.Role.LABEL, '^VM exit: ')
            if get_bottom(program.find(Atspi.Role.FRAME, '.')) - get_bottom(node) < 60])
        key('Escape')
        until('the graphs', lambda: program.all(Atspi.Role.CHART, '^CPU$'))
        key('e', 'Control_L')
        program.label('^No runs are kept yet$')
        choose_from_menu(program, 'About This Score')
        program.label('^What it says$')
        key('Escape')
        program.label('^No runs are kept yet$')
        check(program.quit() == 0, 'exit code')


def test_focus():
    """Tab comes by everything that can be done or read"""
    wanted = {'Start over', 'Monitor', 'Menu', 'About this score', *GRAPHS}
    with Watching() as program:
        seen = set()
        before = until('what has the focus', lambda: [focused(program)])[0]
        for _ in range(3 * len(wanted)):
            key('Tab')
            before = until('another focus', lambda: focused(program) != before and focused(program))
            seen.update(before)
        check(wanted <= seen, f'never focused: {wanted - seen}')
        check(program.quit() == 0, 'exit code')


def labels_of(program):
    directory = os.path.join(program.home.name, 'vmm_monitor', 'results')
    texts = [open(os.path.join(directory, name), encoding='utf-8').read() for name in program.kept()
             if name.endswith('.json')]
    return sorted(re.search(r'"label": "([^"]*)"', text).group(1) for text in texts)


def test_several():
    """three in a row, the label written meanwhile and after; stopped, no more follow"""
    with Program('--duration', '5', '--ping-target', 'none', '--passive') as program:
        program.score('^No score')
        entry = program.find(Atspi.Role.TEXT, '^Label of this measurement$')
        Atspi.EditableText.set_text_contents(entry, 'before')
        entry.grab_focus()
        until('focus', lambda: 'Label of this measurement' in focused(program))
        key('Return')
        until('the label on disk', lambda: labels_of(program) == ['before'])
        key('r', 'Control_L', 'Shift_L')
        until('a second run', lambda: labels_of(program) == ['before', 'before'])
        key('period', 'Control_L')
        program.find(Atspi.Role.PUSH_BUTTON, '^Record again$')
        check(len(program.kept()) <= 3, f'kept {program.kept()}')
        check(program.quit() == 0, 'exit code')


def test_thrice():
    """of three in a row the card says the mean at their end, and not before"""
    with Program('--duration', '5', '--ping-target', 'none') as program:
        program.score(r'^Score')
        key('r', 'Control_L', 'Shift_L')
        until('a second run', lambda: len(program.kept()) == 2)
        said = '^Mean of [23] measurements: \d|^No common mean: fewer than two '
        check(not program.all(Atspi.Role.LABEL, said), 'it is said before')
        program.label(said)
        until('four runs', lambda: len(program.kept()) == 4)
        check(program.quit() == 0, 'exit code')


def test_stop():
    """a measurement that is stopped says so, and the graphs go on"""
    with Watching() as program:
        program.await_description(Atspi.Role.CHART, 'CPU', r'\d % busy')
        key('period', 'Control_L')
        program.label('^Measurement stopped$')
        program.find(Atspi.Role.CHART, '^CPU$').grab_focus()
        key('End')
        time = program.await_description(Atspi.Role.CHART, 'CPU', r'^\d\d:\d\d:\d\d · ')[:8]
        press('End', 'a row after it', lambda: program.graph('CPU')[:8] != time)
        check(program.quit() == 0, 'exit code')


def left_behind(directory):
    return [os.path.join(path, name) for path, _, names in os.walk(directory) for name in names]


def test_end_during_run():
    """closing in the window keeps nothing, leaves nothing, and is no failure"""
    with Program('--duration', '60', '--ping-target', '127.0.0.1') as program:
        program.score(r'Measuring')
        program.await_description(Atspi.Role.CHART, 'CPU', r'\d % busy')
        check(program.quit() == 0, 'exit code')
        check(not left_behind(program.home.name), f'left {left_behind(program.home.name)}')
    with Program('--duration', '60', '--ping-target', '127.0.0.1') as program:
        program.score(r'Measuring')
        program.find(Atspi.Role.PUSH_BUTTON, '^Close$').do_action(0)
        until('the end', lambda: program.process.poll() is not None)
        check(program.process.returncode == 0, f'Close: {program.process.returncode}')
        check(not left_behind(program.home.name), f'left {left_behind(program.home.name)}')
    with Program('--duration', '60', '--ping-target', '127.0.0.1') as program:
        program.process.send_signal(signal.SIGTERM)
        until('the end', lambda: program.process.poll() is not None)
        check(program.process.returncode == 0, f'SIGTERM: {program.process.returncode}')


def open_when_read(fifo):
    """For writing; None while nobody reads."""
    try:
        return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def test_end_while_saving():
    """a finished run is kept although the window is closed while a slow disk still writes it"""
    with tempfile.TemporaryDirectory() as directory:
        fifo = os.path.join(directory, 'fifo')
        os.mkfifo(fifo)
        with Program('--duration', '5', '--passive', '--ping-target', 'none',
                     LD_PRELOAD=os.environ['SLOW_DISK'], SLOW_DISK_FIFO=fifo) as program:
            writing = until('the writing', lambda: open_when_read(fifo))
            os.unlink(fifo)
            program.process.send_signal(signal.SIGTERM)
            until('the window gone', lambda: program.process.poll() is not None or
                  not program.all(Atspi.Role.FRAME))
            check(not program.kept(), f'kept already: {program.kept()}')
            os.close(writing)
            until('the end', lambda: program.process.poll() is not None)
            check(program.process.returncode == 0, f'exit code {program.process.returncode}')
            check(len(program.kept()) == 1, f'kept: {program.kept()}')


def threads(pid):
    names = []
    for task in os.listdir(f'/proc/{pid}/task'):
        try:
            with open(f'/proc/{pid}/task/{task}/comm', encoding='ascii') as comm:
                names.append(comm.read().strip())
        except (FileNotFoundError, ProcessLookupError):
            pass  # it ended meanwhile
    return names


def test_display_killed():
    """the display server killed under the window: the program ends at once and leaves nothing"""
    ours, theirs = os.pipe()
    server = subprocess.Popen(['Xvfb', '-displayfd', str(theirs), '-nolisten', 'tcp'],
                              pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        display = ':' + answer.readline().strip()
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, DISPLAY=display, XDG_DATA_HOME=home,
                           XDG_CONFIG_HOME=home, TMPDIR=home)
        program = subprocess.Popen([PROGRAM, '--window', '--ping-target', '127.0.0.1'],
                                   env=environment, stderr=subprocess.DEVNULL)
        try:
            until('the probes', lambda: 'vmm-probes' in threads(program.pid))
            server.kill()
            until('the end', lambda: program.poll() is not None)
            check(program.returncode == 1, f'exit code {program.returncode}')
            check(not left_behind(home), f'left {left_behind(home)}')
        finally:
            for process in (program, server):
                process.kill()
                process.wait()


LIGHT_LINE, DARK_LINE = (0x1c, 0x71, 0xd8), (0x78, 0xae, 0xed)  # of the CPU, in style.css


def count_on_screen(color):
    root = Gdk.get_default_root_window()
    picture = Gdk.pixbuf_get_from_window(root, 0, 0, root.get_width(), root.get_height())
    pixels, stride, channels = picture.get_pixels(), picture.get_rowstride(), picture.get_n_channels()
    rows = (pixels[y * stride:y * stride + picture.get_width() * channels]
            for y in range(picture.get_height()))
    return sum(row[x:x + 3] == bytes(color) for row in rows
               for x in range(0, len(row) - 2, channels))


def is_managed():
    return Gdk.Screen.get_default().get_window_manager_name() != 'unknown'


def test_unfocused():
    """without the focus it keeps its colours; where no window manager tells, there is none to lose"""
    with Watching() as program:
        frame = program.find(Atspi.Role.FRAME, '^VMM Performance Monitor$')
        program.await_description(Atspi.Role.CHART, 'CPU', r'\d % busy')
        until('lines', lambda: count_on_screen(LIGHT_LINE) > 20)
        other = Gtk.Window(default_width=80, default_height=60)
        other.show()
        other.present()
        if not is_managed():
            other.destroy()
            return
        until('the focus elsewhere', lambda: frame.get_state_set().contains(
            Atspi.StateType.ACTIVE) is False and other.is_active())
        before = program.graph('CPU')
        until('a new value', lambda: program.graph('CPU') != before)
        until('lines', lambda: count_on_screen(LIGHT_LINE) > 20)
        check(count_on_screen(DARK_LINE) == 0, 'the dark theme\'s line on light paper')
        other.destroy()
        until('the focus back', lambda: frame.get_state_set().contains(Atspi.StateType.ACTIVE))
        check(program.quit() == 0, 'exit code')


def test_single_instance():
    """a second start raises the first window, and says what it does not do"""
    with Watching() as program:
        for options, status, words in [([], 0, ''), SECOND_START]:
            second = subprocess.Popen([PROGRAM, '--window', *options], stderr=subprocess.PIPE,
                                      text=True)
            until('the second to end', lambda: second.poll() is not None)
            check(second.returncode == status, f'exit code {second.returncode}')
            said = second.communicate()[1]
            check(words in said if words else not said, f'it said: {said}')
        check(program.process.poll() is None, 'the first ended too')
        check(program.quit() == 0, 'exit code')


def type_code(program, text):
    """Over what stands where the focus is."""
    entry = until('the entry', lambda: [node for node in program.all(Atspi.Role.TEXT)
                                        if node.get_state_set().contains(Atspi.StateType.FOCUSED)])[0]
    Atspi.EditableText.set_text_contents(entry, text)


def open_turns(program):
    choose_from_menu(program, 'Measure in Turns')
    program.await_keyboard(Atspi.Role.DIALOG)


def test_turns():
    """turns: a code to pass on, one that was passed on, what is waited for, and their end"""
    with Program('--duration', '5', '--passive', '--ping-target', 'none') as program:
        program.score('^No score')
        open_turns(program)
        program.label('^This is guest 1 of 2; its last measurement ends at ')
        code = program.label('^2/2-5-[0-9a-z]+$').get_name()
        key('d', 'Alt_L')
        type_code(program, 'x')
        program.label('expected which of how many guests this is')
        type_code(program, '2/2-30-zzzzz')
        program.label('^The code is of measurements of 30 s, and here they last 5 s')
        type_code(program, code)
        program.label('^This is guest 2 of 2; its last measurement ends at ')
        program.label(f'^1{code[1:]}$')
        key('l', 'Alt_L')
        type_code(program, 'nvme')
        if program.all(Atspi.Role.CHECK_BOX, '^The clocks of all guests'):
            key('h', 'Alt_L')
        button = program.find(Atspi.Role.PUSH_BUTTON, '^Start$')
        until('it can be started', lambda: button.get_state_set().contains(Atspi.StateType.SENSITIVE))
        key('s', 'Alt_L')
        program.find(Atspi.Role.PUSH_BUTTON, '^End the turns$')
        entry = program.find(Atspi.Role.TEXT, '^Label of this measurement$')
        check(Atspi.Text.get_text(entry, 0, -1) == 'nvme', 'the label is not that of the turns')
        program.label('^Turn 2 of 2: the next measurement begins at ')
        key('r', 'Control_L')
        program.find(Atspi.Role.PUSH_BUTTON, '^Record again$')
        key('r', 'Control_L')
        program.find(Atspi.Role.PUSH_BUTTON, '^Start over$')
        check(program.quit() == 0, 'exit code')


def start_by_key(program):
    button = program.find(Atspi.Role.PUSH_BUTTON, '^Start$')
    until('it can be started', lambda: button.get_state_set().contains(Atspi.StateType.SENSITIVE))
    key('s', 'Alt_L')


def places_of(program):
    directory = os.path.join(program.home.name, 'vmm_monitor', 'results')
    texts = [open(os.path.join(directory, name), encoding='utf-8').read() for name in program.kept()
             if name.endswith('.json')]
    found = [re.search(r'"label": "sata".*"session".*"number": (\d+)', text, re.S) for text in texts]
    return sorted(int(place.group(1)) for place in found if place)


def test_guided():
    """turns by hand: begun, remembered, offered by the next window, left, taken up, over"""
    arguments = ('--duration', '5', '--passive', '--ping-target', 'none')
    with Program(*arguments) as program:
        program.score('^No score')
        open_turns(program)
        program.label('^This is guest 1 of 2; its last measurement ends at ')
        key('o', 'Alt_L')
        program.label('^Each of the two VMs needs a label of its own')
        check(not program.all(Atspi.Role.LABEL, '^This is guest'), 'turns by the clock')
        key('l', 'Alt_L')
        type_code(program, 'sata')
        program.label('^Turn 1 of 5: 2 measurements of “sata”, then shut this VM down')
        start_by_key(program)
        program.label('^Turn 1 of 5 is done. Now shut this VM down, start the other one')
        check(places_of(program) == [1, 2], f'kept: {places_of(program)}')
        check(program.quit() == 0, 'exit code')

        path = os.path.join(program.home.name, 'vmm_monitor', 'turns')
        text = open(path, encoding='ascii').read()
        check('done=1\n' in text and 'windows=2\n' in text, text)
        with open(path, 'w', encoding='ascii') as file:  # the other windows have been, and were short
            file.write(text.replace('done=1', 'done=2').replace('windows=2', 'windows=1'))
        with Program(*arguments, home=program.home) as again:
            again.label('It is the turn of this VM.\nTurn 5 of 5: 1 measurement of “sata”. It is the last')
            again.find(Atspi.Role.PUSH_BUTTON, '^Go On$')
            key('g', 'Alt_L')
            until('the offer taken', lambda: not again.all(Atspi.Role.PUSH_BUTTON, '^Go On$'))
            again.score(r'Measuring|Recording|seconds? left')
            key('period', 'Control_L')
            again.label('^Turn 5 of 5 does not count')
            check('done=2' in open(path, encoding='ascii').read(), 'it counts')
            open_turns(again)
            again.label('^Turn 5 of 5: 1 measurement of “sata”. It is the last one.$')
            start_by_key(again)
            again.label('^Turn 5 of 5 is done. It was the last one.')
            check(not os.path.exists(path), 'it is still remembered')
            check(again.quit() == 0, 'exit code')


SECOND_START = (['--passive', '--label', 'x', '--duration', '60', '--fleet', 'http://127.0.0.1'], 1,
                'already open; not applied: --label, --duration, --passive, --fleet\n')

STATES = [
    # fixture, arguments, graph, what its description says, a label of the score card
    ('virtualbox', [], 'CPU', 'Steal not reported', '^Another machine$'),
    ('virtualbox', [], 'Network latency', 'off', '^These are another machine'),
    ('metal-dell', [], 'Memory', '% used', '^No VMM found$'),
]


def test_guided_damaged():
    """what is remembered of turns, and is nothing of ours: the file is named"""
    home = tempfile.TemporaryDirectory()
    os.mkdir(os.path.join(home.name, 'vmm_monitor'))
    with open(os.path.join(home.name, 'vmm_monitor', 'turns'), 'w', encoding='ascii') as file:
        file.write('what?')
    with Program('--duration', '5', '--passive', '--ping-target', 'none', home=home) as program:
        program.label('vmm_monitor/turns: this is not what vmm_monitor remembers of turns')
        check(program.quit() == 0, 'exit code')


def test_states():
    """another machine, no network, bare metal: each says what it is"""
    for fixture, arguments, graph, words, label in STATES:
        with Program('--sysroot', os.path.join(FIXTURES, fixture), '--duration', '5',
                     *arguments) as program:
            program.await_description(Atspi.Role.CHART, graph, words)
            program.label(label)
            check(program.quit() == 0, 'exit code')
    with Program('--passive', '--ping-target', 'none', '--duration', '5') as program:
        program.label('^Watching only$')
        program.label('^Recording this run$')
        program.score('^No score')
        program.find(Atspi.Role.PUSH_BUTTON, '^Record again$')
        check(program.quit() == 0, 'exit code')


TESTS = [test_first_minute, test_identity, test_crosshair, test_menu, test_dialogs, test_shortcuts,
         test_preferences, test_bad_target, test_save_by_hand, test_about_score, test_focus, test_several,
         test_thrice, test_stop, test_end_during_run, test_end_while_saving, test_display_killed,
         test_unfocused, test_single_instance, test_turns, test_guided,
         test_guided_damaged, test_states]


if __name__ == '__main__':
    sys.exit(window.main(TESTS))
