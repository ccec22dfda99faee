#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""window: what the window costs, beside a bare GTK program and gnome-system-monitor.

Usage: window.py VMM_MONITOR PEER [SECONDS]. Each program has a display (Xvfb, 1x, no window manager)
and a session bus of its own. First each is started some times, in turn, until its first pixels are
there; then all run at once, one update a second, while the CPU time of program and X server, the
wake-ups and the memory (PSS) are read. The window watches: its probes are off and its window is
over. Ratios are of one run and hold; the figures are this machine's.
"""
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

PROGRAM, PEER = sys.argv[1:3]
SECONDS = int(sys.argv[3]) if len(sys.argv) > 3 else 60
STARTS = 5
SETTLE_S = 8
AREA = ['388', '277']  # of one graph in the window as it opens
SCREEN = '1280x900x24'

# One repaint a second (and new data every ten: it moves its picture in tenths). At this size its
# three graphs, without labels, have the area of our four.
GNOME_SETTINGS = '''[org/gnome/gnome-system-monitor]
current-tab='resources'
graph-update-interval=1000
update-interval=1000
window-state=(940, 640, 0, 0)
'''

PROGRAMS = {
    'vmm_monitor': [PROGRAM, '--window', '--passive', '--ping-target', 'none', '--no-save',
                    '--duration', '5'],
    'bare, lines': [PEER, 'lines', *AREA],
    'bare, fill': [PEER, 'fill', *AREA],
    'gnome-system-monitor': ['gnome-system-monitor', '-r'],
}


def read(path):
    with open(path, encoding='ascii', errors='replace') as file:
        return file.read()


def cpu_ns(pid):
    """Time on a CPU of every thread, from the scheduler's own account."""
    return sum(int(read(f'/proc/{pid}/task/{task}/schedstat').split()[0])
               for task in os.listdir(f'/proc/{pid}/task'))


def switches(pid):
    return sum(int(line.split()[1]) for task in os.listdir(f'/proc/{pid}/task')
               for line in read(f'/proc/{pid}/task/{task}/status').splitlines()
               if line.startswith('voluntary'))


def pss_mib(pid):
    return next(int(line.split()[1]) / 1024 for line in read(f'/proc/{pid}/smaps_rollup')
                .splitlines() if line.startswith('Pss:'))


class Run:
    """A program on an X server and a bus that nobody else uses."""

    def __init__(self, command):
        self.home = tempfile.mkdtemp()
        settings = os.path.join(self.home, 'glib-2.0', 'settings')
        os.makedirs(settings)
        with open(os.path.join(settings, 'keyfile'), 'w', encoding='ascii') as file:
            file.write(GNOME_SETTINGS)
        ours, theirs = os.pipe()
        self.server = subprocess.Popen(
            ['Xvfb', '-displayfd', str(theirs), '-screen', '0', SCREEN, '-nolisten', 'tcp'],
            pass_fds=[theirs], stderr=subprocess.DEVNULL)
        os.close(theirs)
        with os.fdopen(ours) as answer:
            self.display = ':' + answer.readline().strip()
        environment = dict(os.environ, DISPLAY=self.display, HOME=self.home, NO_AT_BRIDGE='1',
                           XDG_CONFIG_HOME=self.home, XDG_DATA_HOME=self.home,
                           XDG_RUNTIME_DIR=self.home, GSETTINGS_BACKEND='keyfile', GDK_BACKEND='x11')
        self.bus = subprocess.Popen(['dbus-daemon', '--session', '--print-address', '--nofork'],
                                    env=environment, stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL)
        environment['DBUS_SESSION_BUS_ADDRESS'] = self.bus.stdout.readline().decode().strip()
        self.started = time.monotonic()
        self.program = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def first_frame_ms(self):
        """Until the root window, black so far, has other pixels in its upper left quarter."""
        display = Gdk.Display.open(self.display)
        root = display.get_default_screen().get_root_window()
        while time.monotonic() < self.started + 30:
            pixels = Gdk.pixbuf_get_from_window(root, 320, 200, 1, 1).get_pixels()
            if any(pixels[:3]):
                break
            time.sleep(0.002)
        took = 1000 * (time.monotonic() - self.started)
        display.close()
        return took

    def account(self):
        return cpu_ns(self.program.pid), cpu_ns(self.server.pid), switches(self.program.pid)

    def end(self):
        for process in (self.program, self.bus, self.server):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


def measure_starts(programs):
    took = {name: [] for name in programs}
    for _ in range(STARTS):
        for name, command in programs.items():
            run = Run(command)
            took[name].append(run.first_frame_ms())
            run.end()
    return {name: statistics.median(times) for name, times in took.items()}


def measure_steady(programs):
    runs = {name: Run(command) for name, command in programs.items()}
    try:
        time.sleep(SETTLE_S)
        before = {name: run.account() for name, run in runs.items()}
        begin = time.monotonic()
        time.sleep(SECONDS)
        after = {name: run.account() for name, run in runs.items()}
        span = time.monotonic() - begin
        return {name: [(b - a) / 1e9 * 60 / span for a, b in zip(before[name][:2], after[name])] +
                [(after[name][2] - before[name][2]) / span, pss_mib(runs[name].program.pid)]
                for name in runs}
    finally:
        for run in runs.values():
            run.end()


def main():
    programs = {name: command for name, command in PROGRAMS.items() if shutil.which(command[0])}
    starts = measure_starts(programs)
    steady = measure_steady(programs)
    ours = steady['vmm_monitor']
    print(f'{"":22}{"CPU s/min":>10}{"X server":>10}{"sum":>8}{"ours to it":>12}'
          f'{"PSS MiB":>10}{"ours to it":>12}{"wake-ups/s":>12}{"first frame ms":>16}')
    for name, (cpu, server, woken, pss) in steady.items():
        print(f'{name:22}{cpu:10.3f}{server:10.3f}{cpu + server:8.3f}'
              f'{(ours[0] + ours[1]) / (cpu + server):12.2f}{pss:10.1f}{ours[3] / pss:12.2f}'
              f'{woken:12.1f}{starts[name]:16.0f}')
    return 0


if __name__ == '__main__':
    for tool in ('Xvfb', 'dbus-daemon'):
        if not shutil.which(tool):
            print(f'no {tool}')
            sys.exit(77)
    try:
        import gi
        gi.require_version('Gdk', '3.0')
        from gi.repository import Gdk, GLib
    except (ImportError, ValueError) as reason:
        print(reason)
        sys.exit(77)
    # A display that is closed leaves Gdk's Python objects complaining.
    GLib.log_set_writer_func(lambda *_: GLib.LogWriterOutput.HANDLED, None)
    warnings.simplefilter('ignore')
    sys.exit(main())
