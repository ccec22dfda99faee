# SPDX-License-Identifier: MIT
"""window: what windows cost. Part of cost.py.

Each program has a display (Xvfb, 1x, on which a window manager is announced that does nothing) and a
session bus of its own. First each is started some times, in turn, until its first pixels are there;
then all run at once, while the CPU time of program and X server, the wake-ups and the memory (PSS)
are read; at last the system calls are counted, of one after the other.
"""
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import warnings

STARTS = 3       # of which the median is told
SETTLE_S = 8     # the first pictures cost more, and our window is over
AREA = ['388', '277']  # of one graph in the window as it opens
SCREEN = '1280x900x24'

# At this size its three graphs, without labels, have the area of our four. It moves its picture in
# tenths: by default it repaints ten times a second, and has new data once a second.
GNOME = '''[org/gnome/gnome-system-monitor]
current-tab='resources'
graph-update-interval=%d
update-interval=1000
window-state=(940, 640, 0, 0)
'''

MATE = '''[org/mate/system-monitor]
current-tab=2
graph-update-interval=1000
update-interval=1000
'''

CONKY = '''conky.config = { update_interval = 1, own_window = true, own_window_type = 'normal',
  out_to_x = true, double_buffer = true, alignment = 'top_left', gap_x = 0, gap_y = 0,
  minimum_width = 776, minimum_height = 554, draw_graph_borders = true, default_color = 'white' }
conky.text = [[${cpugraph cpu0 277,388}${memgraph 277,388}
${diskiograph_read 277,388}${downspeedgraph lo 277,388}]]
'''


class Missing(Exception):
    """What is needed to have windows here, and is not there."""


def get_gdk():
    """Gdk, after a look at what else windows need."""
    try:
        import gi
        gi.require_version('Gdk', '3.0')
        from gi.repository import Gdk, GLib
    except (ImportError, ValueError) as error:
        raise Missing('python3-gi with gir1.2-gtk-3.0') from error
    for command in 'Xvfb', 'dbus-daemon':
        if not shutil.which(command):
            raise Missing(command)
    # A display that is closed leaves Gdk's Python objects complaining.
    GLib.log_set_writer_func(lambda *_: GLib.LogWriterOutput.HANDLED, None)
    warnings.simplefilter('ignore')
    return Gdk


def programs(program, peer):
    """Name -> command, what the settings say, conky's own."""
    watch = ['--window', '--passive', '--ping-target', 'none', '--no-save', '--duration', '5']
    return {
        'window': ([program, *watch], ''),
        'bare GTK, four areas with lines': ([peer, 'lines', *AREA], ''),
        'bare GTK, four areas, filled': ([peer, 'fill', *AREA], ''),
        'gnome-system-monitor, data 1 Hz': (['gnome-system-monitor', '-r'], GNOME % 100),
        'the same, repaint 1 Hz': (['gnome-system-monitor', '-r'], GNOME % 1000),
        'mate-system-monitor': (['mate-system-monitor', '-r'], MATE),
        'conky, four graphs': (['conky', '-q'], ''),
        'xosview': (['xosview', '-xrm', 'xosview*samplesPerSec: 1', '-geometry', '780x560+0+0'], ''),
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


def pss_kib(pid):
    return next(int(line.split()[1]) for line in read(f'/proc/{pid}/smaps_rollup').splitlines()
                if line.startswith('Pss:'))


class Run:
    """A program on an X server and a bus that nobody else uses."""

    def __init__(self, gdk, peer, command, settings):
        self.gdk = gdk
        self.home = tempfile.mkdtemp()
        directory = os.path.join(self.home, 'glib-2.0', 'settings')
        os.makedirs(directory)
        for path, text in ((os.path.join(directory, 'keyfile'), settings),
                           (os.path.join(self.home, '.conkyrc'), CONKY)):
            with open(path, 'w', encoding='ascii') as file:
                file.write(text)
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
        self.manager = subprocess.Popen([peer, 'manager'], env=environment,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.manager.stdout.readline()
        self.started = time.monotonic()
        self.program = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def first_frame_ms(self):
        """Until the root window, black so far, has other pixels in its upper left quarter; or None."""
        display = self.gdk.Display.open(self.display)
        root = display.get_default_screen().get_root_window()
        took = None
        while took is None and time.monotonic() < self.started + 5:
            pixels = self.gdk.pixbuf_get_from_window(root, 0, 0, 320, 200).get_pixels()
            if any(pixels):
                took = 1000 * (time.monotonic() - self.started)
            else:
                time.sleep(0.002)
        display.close()
        return took

    def account(self):
        return cpu_ns(self.program.pid), cpu_ns(self.server.pid), switches(self.program.pid)

    def end(self):
        for process in (self.program, self.manager, self.bus, self.server):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


def measure_starts(gdk, peer, commands):
    took = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, command in commands.items():
            run = Run(gdk, peer, *command)
            took[name].append(run.first_frame_ms())
            run.end()
    return {name: None if None in times else statistics.median(times)
            for name, times in took.items()}


def measure_steady(gdk, peer, commands, seconds, count_syscalls):
    runs = {name: Run(gdk, peer, *command) for name, command in commands.items()}
    try:
        time.sleep(SETTLE_S)
        before = {name: run.account() for name, run in runs.items()}
        begin = time.monotonic()
        time.sleep(seconds)
        after = {name: run.account() for name, run in runs.items()}
        span = time.monotonic() - begin
        return {name: [*((b - a) / 1e9 * 60 / span for a, b in zip(before[name][:2], after[name])),
                       (after[name][2] - before[name][2]) / span,
                       count_syscalls([run.program.pid]), pss_kib(run.program.pid)]
                for name, run in runs.items()}
    finally:
        for run in runs.values():
            run.end()


def measure(program, peer, seconds, count_syscalls):
    """Name -> CPU s/min, the X server's, wake-ups/s, system calls/s, PSS KiB, first frame ms; or None
    for what is not installed."""
    gdk = get_gdk()
    commands = programs(program, peer)
    there = {name: command for name, command in commands.items() if shutil.which(command[0][0])}
    starts = measure_starts(gdk, peer, there)
    steady = measure_steady(gdk, peer, there, seconds, count_syscalls)
    return {name: [*steady[name], starts[name]] if name in there else None for name in commands}


def watch(program, peer):
    """Our window alone, until end()."""
    return Run(get_gdk(), peer, *programs(program, peer)['window'])
