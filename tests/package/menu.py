#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""menu: finds an entry in a panel's menu as somebody who sees it does, clicks it, and waits for what
its window shows.

Usage, in session.sh: menu.py PICTURE MENU CATEGORY NAME BUTTON. PICTURE is what is on the display when
NAME is clicked.
"""
import subprocess
import sys
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib

LIMIT_S = 120
PICTURE, MENU, CATEGORY, NAME, BUTTON = sys.argv[1:]


def walk(node):
    """Every accessible below `node`, as it is now."""
    if node is None:
        return
    node.clear_cache()
    yield node
    for i in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(i))


def find(name):
    """The middle of what is shown by that name, or nothing."""
    try:
        for node in walk(Atspi.get_desktop(0)):
            if node.get_name() == name and node.get_state_set().contains(Atspi.StateType.SHOWING):
                box = node.get_extents(Atspi.CoordType.SCREEN)
                if box.width > 0 and box.x >= 0:
                    return box.x + box.width // 2, box.y + box.height // 2
    except GLib.Error:  # it went away while it was asked
        pass
    return None


def await_still(name):
    """The same when it has stopped moving."""
    last, deadline = None, time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        place = find(name)
        if place and place == last:
            return place
        last = place
        time.sleep(0.3)
    sys.exit(f'never shown: {name}')


def point_at(name):
    x, y = await_still(name)
    subprocess.run(['xdotool', 'mousemove', str(x), str(y)], check=True)


def click():
    subprocess.run(['xdotool', 'click', '1'], check=True)


point_at(MENU)
click()
point_at(CATEGORY)
click()
point_at(NAME)
time.sleep(1)  # for the highlight in the picture
subprocess.run(['import', '-window', 'root', PICTURE], check=True)
click()
await_still(BUTTON)
subprocess.run(['xdotool', 'mousemove', '1270', '790'], check=True)
