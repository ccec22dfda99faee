#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""test_results: the kept runs as assistive technology, a keyboard and a mouse meet them.

Usage, on a display and a session bus (run-with-display.sh):
test_results.py VMM_MONITOR FIXTURES PRINT_RESULTS.
"""
import os
import pathlib
import re
import signal
import subprocess
import sys

import window
from window import Atspi, Gdk, Page, check, key, until

import gi
gi.require_version('Gtk', '3.0')
from gi.repository import Gtk

os.environ.update(GIO_USE_VFS='local', GIO_USE_VOLUME_MONITOR='unix')  # no daemons for a chooser


def drag(paths, x, y):
    """Drags files from a window of ours, with the mouse, to a place on the screen."""
    left, top, places, seen = 1200, 840, [], set()
    uris = [pathlib.Path(path).as_uri() for path in paths]
    source = Gtk.Window(type=Gtk.WindowType.POPUP)
    source.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    source.drag_source_add_uri_targets()
    source.connect('drag-data-get', lambda w, context, data, info, time: data.set_uris(uris))
    for signal in ['enter-notify-event', 'button-press-event', 'drag-begin', 'drag-end']:
        source.connect(signal, lambda *rest: seen.add(rest[-1]) and None, signal)
    source.move(left, top)
    source.resize(60, 40)
    source.show()

    def move(to_x, to_y):
        places.append((to_x + len(places) % 20, to_y))
        Atspi.generate_mouse_event(*places[-1], 'abs')
        while Gtk.events_pending():
            Gtk.main_iteration()

    until('the mouse over the source', lambda: move(left, top + 9) or 'enter-notify-event' in seen)
    Atspi.generate_mouse_event(*places[-1], 'b1p')
    until('the button down', lambda: 'button-press-event' in seen)
    until('the drag to begin', lambda: move(left, top + 9) or 'drag-begin' in seen)
    del places[:]
    until('the mouse over the page', lambda: move(x, y) or len(places) > 30)
    Atspi.generate_mouse_event(*places[-1], 'b1r')
    until('the drag to end', lambda: 'drag-end' in seen)
    source.destroy()


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


def test_order():
    """a column's head sorts by it, and back; the newest come first"""
    with Page() as page:
        page.await_rows(4)
        dates, scores = page.column(0), page.column(3)
        check(dates[-1] == '–', f'{dates}')  # without a date: the damaged one
        head = page.find(Atspi.Role.TABLE_COLUMN_HEADER, '^Score$')
        head.do_action(0)
        best = max(scores, key=len)
        unknown = scores.count('–')  # what has no score comes last both times
        check(unknown > 0, f'{scores}')
        until('the worst first', lambda: page.column(3)[-unknown - 1:] == [best] + ['–'] * unknown)
        head.do_action(0)
        until('the best first', lambda: page.column(3)[0] == best and
              page.column(3)[-unknown:] == ['–'] * unknown)
        check(page.quit() == 0, 'exit code')


def test_label():
    """F2 edits a label in place, it is kept, and the arrow keys go on from there"""
    with Page() as page:
        page.await_list(4)
        key('F2')
        until('focus in the entry', lambda: not page.has_focus(page.list()))
        for letter in 'new':
            key(letter)
        key('Return')
        until('the label in the list', lambda: page.column(2)[0] == 'new')
        until('the label on disk', lambda: any(
            '"label": "new"' in pathlib.Path(page.home.name, 'vmm_monitor', 'results', name)
            .read_text() for name in page.stored()))
        until('focus in the list', lambda: page.has_focus(page.list()))
        key('Down')
        until('the next row', lambda: Atspi.Table.is_row_selected(page.list(), 1))
        check(page.quit() == 0, 'exit code')


def test_comparison():
    """several chosen runs get a verdict in words, by VMM and by run"""
    with Page() as page:
        page.choose_all()
        page.label('^Verdict$')
        page.label('^Damaged, left alone: .*dead')
        until('likeness, further down',
              lambda: page.all(Atspi.Role.LABEL, '^Like for like$', shown=False))
        sides = page.find(Atspi.Role.COMBO_BOX, '^Compare by$')
        chart = page.find(Atspi.Role.CHART, '^Scores and graphs$')
        check(re.search('[a-z]{3}', chart.get_description()), 'the chart says nothing')
        page.label('^KVM: 1 measurement')
        Atspi.Selection.select_child(sides, 2)
        page.label('“clean”: 1 measurement')
        check(page.quit() == 0, 'exit code')


def test_delete():
    """Delete takes the chosen runs away, Ctrl+Z brings them back, the end for good"""
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
        page.choose_all()
        key('Delete')
        page.label('^4 runs deleted')
        check(page.quit() == 0, 'exit code')
        check(not page.kept(), f'left for good: {page.kept()}')


def get_top(node):
    return Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN).y


def test_undo():
    """what was brought back is chosen; the message moves nothing, and goes by itself"""
    with Page() as page:
        page.await_list(4)
        top = get_top(page.list())
        key('Down')
        until('the second run chosen', lambda: page.chosen() == [1])
        key('Delete')
        page.await_rows(3)
        page.label('^1 run deleted')
        check(get_top(page.list()) == top, 'the list was pushed away')
        key('z', 'Control_L')
        page.await_rows(4)
        until('the restored run chosen', lambda: page.chosen() == [1])
        page.label('^1 run restored')
        until('the message gone', lambda: not page.all(Atspi.Role.LABEL, '^1 run restored'))
        check(page.quit() == 0, 'exit code')


def test_other_program():
    """what another program keeps or takes away is seen in the open list"""
    with Page(keep=False) as page:
        page.label('^No runs are kept yet$')
        page.fill()
        page.await_rows(4)
        os.unlink(os.path.join(page.home.name, 'vmm_monitor', 'results', page.stored()[0]))
        page.await_rows(3)
        check(page.quit() == 0, 'exit code')


def test_empty():
    """without kept runs the page says so, and what to do"""
    with Page(keep=False) as page:
        page.label('^No runs are kept yet$')
        page.find(Atspi.Role.PUSH_BUTTON, '^Import')
        check(page.quit() == 0, 'exit code')


def cut_off(page):
    path = os.path.join(page.home.name, 'cut.json')
    pathlib.Path(path).write_bytes(pathlib.Path(page.files[0]).read_bytes()[:500])
    return path


def test_import():
    """Ctrl+O takes a file in; a bad one is refused by name and harms nothing"""
    with Page(keep=False) as page:
        page.label('^No runs are kept yet$')
        key('o', 'Control_L')
        page.answer(page.files[0])
        page.label(r'^1 run imported\.$')
        page.await_rows(1)
        key('o', 'Control_L')
        page.answer(cut_off(page))
        page.label('^Not imported: .*cut.json: ')
        check(len(page.stored()) == 1, f'{page.stored()}')
        page.find(Atspi.Role.PUSH_BUTTON, '^Close$').do_action(0)
        until('the message gone', lambda: not page.all(Atspi.Role.LABEL, '^Not imported'))
        check(page.quit() == 0, 'exit code')


def test_drop():
    """files that are dropped on the page are taken in, those that can be"""
    with Page(keep=False) as page:
        label = page.label('^No runs are kept yet$')
        extents = Atspi.Component.get_extents(label, Atspi.CoordType.SCREEN)
        drag([*page.files, cut_off(page)], extents.x + 10, extents.y + 5)
        page.label(r'^3 runs imported\.\nNot imported: .*cut.json: ')
        page.await_rows(3)
        check(page.quit() == 0, 'exit code')


def test_export():
    """a run goes out as a document, what is shown as a picture"""
    heads = {'png': b'\x89PNG', 'svg': b'<?xml', 'pdf': b'%PDF'}
    with Page() as page:
        page.await_list(4)
        page.find(Atspi.Role.CHART, '^Scores and graphs$')
        path = os.path.join(page.home.name, 'out.json')
        page.choose_to_export(0)
        page.answer(path)
        page.label(r'^1 run exported\.$')
        check(pathlib.Path(path).read_bytes().startswith(b'{\n  "format"'), 'no document')
        for ending, head in heads.items():
            path = os.path.join(page.home.name, f'picture.{ending}')
            page.choose_to_export(3)
            page.answer(path)
            page.label(f'^Saved as .*picture.{ending}$')
            check(pathlib.Path(path).read_bytes().startswith(head), f'no {ending}')
        page.choose_to_export(3)
        chooser = page.find(Atspi.Role.FILE_CHOOSER, '^Save Picture$')
        formats = [node for node in window.walk(chooser) if node.get_role() == Atspi.Role.COMBO_BOX
                   and node.get_state_set().contains(Atspi.StateType.SHOWING)]
        Atspi.Selection.select_child(formats[-1], 1)
        until('the ending in the name', lambda: any(
            node.get_role() == Atspi.Role.TEXT and
            Atspi.Text.get_text(node, 0, -1) == 'vmm-comparison.svg'
            for node in window.walk(chooser)))
        page.answer(os.path.join(page.home.name, 'picture.txt'))
        page.label(r'ends in .png, .svg or .pdf was expected\nChoose ')
        check(page.quit() == 0, 'exit code')


def test_share():
    """what is shown goes to the clipboard, and out as a page and as a card"""
    heads = {'html': b'<!DOCTYPE html>', 'png': b'\x89PNG'}
    with Page() as page:
        page.await_list(4)
        page.find(Atspi.Role.CHART, '^Scores and graphs$')
        for number in range(3):
            page.choose_to_share(number)
            page.label(r'^Copied: ')
        for number, (ending, head) in enumerate(heads.items(), 3):
            path = os.path.join(page.home.name, f'shared.{ending}')
            page.choose_to_share(number)
            page.answer(path)
            page.label(f'^Saved as .*shared.{ending}$')
            check(pathlib.Path(path).read_bytes().startswith(head), f'no {ending}')
        check(page.quit() == 0, 'exit code')


def test_end_while_asked():
    """a program that is to end while it asks for files ends, without them"""
    with Page() as page:
        page.await_list(4)
        key('o', 'Control_L')
        page.find(Atspi.Role.FILE_CHOOSER)
        page.process.send_signal(signal.SIGTERM)
        until('the end', lambda: page.process.poll() is not None)
        check(page.process.returncode == 0, f'exit code {page.process.returncode}')


if __name__ == '__main__':
    sys.exit(window.main([test_list, test_order, test_label, test_comparison, test_delete,
                          test_undo, test_other_program,
                          test_empty, test_import, test_drop, test_export, test_share,
                          test_end_while_asked]))
