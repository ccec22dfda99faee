#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_nat: a guest of QEMU behind user networking, where no way leads in, pushes to a Pushgateway and to a
VictoriaMetrics of its host, and writes into a shared folder. The VictoriaMetrics is away for more than two minutes
and a window of the guest: its clock leaps over what is idle (qemu.sh -i), so they take seconds here.

Usage: GUEST_WORK=DIR test_nat.py PROGRAM; prints TAP. In a network namespace of its own.
"""
import ctypes.util
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from alone import enter_namespace  # noqa: E402  pylint: disable=wrong-import-position
from tap import check, finish, skip_all, wait_for  # noqa: E402  pylint: disable=wrong-import-position

NEEDED = {"ip": "iproute2", "qemu-system-x86_64": "qemu-system-x86", "busybox": "busybox-static", "cpio": "cpio",
          "victoria-metrics": "victoria-metrics", "prometheus-pushgateway": "prometheus-pushgateway"}
VICTORIA, GATEWAY = "127.0.0.1:8428", "127.0.0.1:9091"  # 10.0.2.2 to the guest
FAILURES = 'vmm_monitor_failures_total{receiver="push"}'
AWAY_SECONDS = 120  # of the guest's clock
MEMORY_BYTES = 4 << 20
COMMAND = """
mkdir /shared
mount -t 9p -o trans=virtio,version=9p2000.L shared /shared
export LD_LIBRARY_PATH=/payload/lib:/payload XDG_DATA_HOME=/mnt
serve='./vmm_monitor_terminal serve --duration 5 --ping-target none'
while :; do :; done & # no leap meanwhile: it tries once
$serve --once --no-save --push http://10.0.2.2:9091/metrics/job/vmm_monitor/instance/nat >&2
echo "once: $?" >&2
kill $!
$serve --every 5m --textfile /shared/vmm.prom --push \
  'http://10.0.2.2:8428/api/v1/import/prometheus?extra_label=instance=nat&extra_label=job=vmm' >&2 &
until [ -e /shared/stop ]; do
  sleep 10
  cut -d ' ' -f 1 /proc/uptime >/shared/up
done
kill -TERM $!
wait $!
echo "exit: $?" >&2
echo "kept: $(ls /mnt/vmm_monitor/results | grep -c 'json$')" >&2
"""


def fetch(url):
    """The text, or ""."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, OSError):
        return ""


class Victoria:
    """A VictoriaMetrics, which comes and goes, and what it has."""

    def __init__(self, place):
        self.command = ["victoria-metrics", f"-storageDataPath={place}/victoria", f"-httpListenAddr={VICTORIA}",
                        "-loggerLevel=PANIC"]
        self.process = None

    def come(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return wait_for("VictoriaMetrics", lambda: fetch(f"http://{VICTORIA}/health"))

    def go(self):
        self.process.terminate()
        self.process.wait()

    def export(self, selector):
        """Name and labels of each series -> its values, in the order in which they came."""
        fetch(f"http://{VICTORIA}/internal/force_flush")
        text = fetch(f"http://{VICTORIA}/api/v1/export?" + urllib.parse.urlencode({"match[]": selector}))
        return {str(series["metric"]): series["values"] for series in map(json.loads, text.splitlines())}

    def latest(self, name):
        return max((values[-1] for values in self.export(name).values()), default=-1)


class Guest:
    """The guest, what it writes into the folder, and what it says."""

    def __init__(self, program, soup, place):
        self.shared = pathlib.Path(place, "shared")
        self.shared.mkdir()
        self.console = pathlib.Path(place, "console")
        self.process = subprocess.Popen(
            [HERE / "qemu.sh", "-i", "-N", "user", "-S", self.shared, "-t", "500", "--", COMMAND, program, soup],
            env={**os.environ, "CONSOLE": str(self.console)}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def read(self, name):
        path = self.shared / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def figure(self, name):
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.read("vmm.prom"), re.M)
        return float(found[1]) if found else -1

    def seconds(self):
        return float(self.read("up") or 0)

    def get_words(self):
        return self.console.read_text(encoding="utf-8", errors="replace").replace("\r", "")

    def listen(self):
        """What it says of pushing."""
        return re.findall(r"^vmm_monitor: the figures are (not pushed|pushed again)", self.get_words(), re.M)

    def end(self):
        (self.shared / "stop").touch()
        self.process.wait()
        return self.get_words()


def is_rising(values):
    return all(earlier <= later for earlier, later in zip(values, values[1:]))


def check_away(guest, victoria):
    """The receiver is away, and back. What it had before, and windows that it must have heard of."""
    check("VictoriaMetrics has a window",
          wait_for("a window", lambda: victoria.latest("vmm_windows_total") >= 1), guest.read("vmm.prom"))
    memory = victoria.export("vmm_monitor_resident_memory_bytes")
    victoria.go()
    since, windows, failures = guest.seconds(), guest.figure("vmm_windows_total"), guest.figure(FAILURES)
    check("away: more than two minutes of the guest, a window, and attempts that are counted",
          wait_for("two minutes", lambda: guest.seconds() > since + AWAY_SECONDS and
                   guest.figure("vmm_windows_total") > windows and guest.figure(FAILURES) >= failures + 2),
          since, guest.seconds(), windows, failures, guest.read("vmm.prom")[-2000:])
    windows = guest.figure("vmm_windows_total")
    victoria.come()
    check("back: by itself it hears of the window that it missed",
          wait_for("the window", lambda: victoria.latest("vmm_windows_total") >= windows) and
          wait_for("the answer", lambda: guest.listen()[-1] == "pushed again"), guest.read("vmm.prom")[-2000:])
    return memory


def check_all(program, soup, place):
    gateway = subprocess.Popen(["prometheus-pushgateway", f"--web.listen-address={GATEWAY}"],
                               stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    victoria = Victoria(place)
    victoria.come()
    guest = Guest(program, soup, place)
    try:
        check("the Pushgateway has a window", wait_for("a push", lambda: re.search(
            r'^vmm_windows_total\{instance="nat",job="vmm_monitor"\} 1$', fetch(f"http://{GATEWAY}/metrics"), re.M)))
        memory = check_away(guest, victoria)
        told = guest.end()
        series = victoria.export('{__name__=~"vmm_.*_total"}')
        check("no counter went down", len(series) > 5 and all(map(is_rising, series.values())), series)
        before, after = (max(max(values) for values in found.values())
                         for found in (memory, victoria.export("vmm_monitor_resident_memory_bytes")))
        check("no memory grew", after < before + MEMORY_BYTES, before, after)
        check("no window is lost: all are kept", f"\nkept: {guest.figure('vmm_windows_total'):.0f}\n" in told, told)
        check("it ends as it should", "\nonce: 0\n" in told and "\nexit: 0\n" in told, told)
        # Where it waits for an answer its clock may leap as well, beyond the time that an answer may take.
        said = guest.listen()
        check("it says once that it cannot push, and once that it can again",
              len(said) >= 2 and set(said[::2]) == {"not pushed"} and set(said[1::2]) == {"pushed again"}, said, told)
    finally:
        guest.end()
        victoria.go()
        gateway.terminate()
        gateway.wait()


def main():
    enter_namespace(NEEDED)
    name = ctypes.util.find_library("soup-3.0")
    places = [*pathlib.Path("/usr/lib").glob("*-linux-gnu"), pathlib.Path("/usr/lib64"), pathlib.Path("/usr/lib")]
    soup = next((place / name for place in places if name and (place / name).exists()), None)
    if not soup:
        skip_all("no libsoup (Debian: apt-get install libsoup-3.0-0)")
    prepared = subprocess.run([HERE / "prepare.sh"], capture_output=True, text=True, check=False)
    if prepared.returncode == 77:
        skip_all(prepared.stderr.strip().removeprefix("SKIP: "))
    prepared.check_returncode()
    with tempfile.TemporaryDirectory() as place:
        check_all(sys.argv[1], soup, place)
    finish()


main()
