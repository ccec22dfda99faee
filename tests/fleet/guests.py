#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""guests: three guests, each a network namespace, as a real Prometheus, fleet, Grafana's panels, a Pushgateway
and a VictoriaMetrics see them. One of the guests loses three quarters of its CPUs.

Usage: VMM_MONITOR=PROGRAM guests.py SOURCE_ROOT; prints TAP. In namespaces of its own.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from alone import enter_namespace, make_certificate  # noqa: E402  pylint: disable=wrong-import-position
from tap import check, finish, skip, wait_for  # noqa: E402  pylint: disable=wrong-import-position

NEEDED = {"prometheus": "prometheus", "prometheus-node-exporter": "prometheus-node-exporter",
          "ip": "iproute2", "nsenter": "util-linux", "openssl": "openssl"}
GUESTS = (1, 2, 3)
POOR = 3
PROMETHEUS = "http://127.0.0.1:9090"
USER = "scraper:guess me"
processes = []


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)


def start(*argv, **more):
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, **more)
    processes.append(process)
    return process


def fetch(url):
    """The text, or None."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, OSError):
        return None


def query(expression, server=PROMETHEUS):
    text = fetch(f"{server}/api/v1/query?" + urllib.parse.urlencode({"query": expression}))
    return json.loads(text)["data"]["result"] if text else []


# ---- Guests

class Guest:
    def __init__(self, number, place):
        self.number, self.place = number, os.path.join(place, f"guest-{number}")
        self.text = os.path.join(self.place, "text")
        os.makedirs(self.text)
        self.address = f"10.0.{number}.2"
        self.holder = start("unshare", "--net", "sleep", "infinity")
        space = f"/proc/{self.holder.pid}/ns/net"
        wait_for("a namespace", lambda: os.stat(space).st_ino != os.stat("/proc/self/ns/net").st_ino)
        self.inside = ["nsenter", f"--net={space}"]
        ip("link", "add", f"to-{number}", "type", "veth", "peer", "name", "eth0", "netns", str(self.holder.pid))
        ip("address", "add", f"10.0.{number}.1/24", "dev", f"to-{number}")
        ip("link", "set", f"to-{number}", "up")
        for more in (["address", "add", f"{self.address}/24", "dev", "eth0"], ["link", "set", "eth0", "up"],
                     ["link", "set", "lo", "up"]):
            subprocess.run([*self.inside, "ip", *more], check=True)
        self.environment = {**os.environ, "XDG_DATA_HOME": self.place}

    def measure(self, share=1):
        """One window, with that share of its CPUs; its figures are the node_exporter's, as on Debian."""
        done = subprocess.Popen([*self.inside, os.environ["VMM_MONITOR"], "serve", "--once", "--duration", "5",
                                 "--ping-target", "none", "--textfile", os.path.join(self.text, "vmm.prom")],
                                env=self.environment, stderr=subprocess.PIPE, start_new_session=True)
        if share < 1:
            take(done, share)
        told = done.communicate(timeout=100)[1]
        check(f"guest {self.number}: a window", done.returncode == 0, told.decode())
        start(*self.inside, "prometheus-node-exporter", "--collector.disable-defaults", "--collector.textfile",
              f"--collector.textfile.directory={self.text}", f"--web.listen-address={self.address}:9100")
        kept = os.path.join(self.place, "vmm_monitor", "results")
        with open(os.path.join(kept, os.listdir(kept)[0]), encoding="utf-8") as file:
            return json.load(file)["score"]["total"]


def take(process, share, period=0.002):
    """Until it ends, a process and its helpers stand still but for their share, as a guest without its CPUs does.
    A probe computes for one to four milliseconds a second: with longer periods most seconds would miss the stops."""
    while process.poll() is None:
        for number, seconds in ((signal.SIGSTOP, period * (1 - share)), (signal.SIGCONT, period * share)):
            os.killpg(process.pid, number)
            time.sleep(seconds)


def listen(guest, place):
    """The first guest's own door, by HTTPS and with a password."""
    certificate, key = make_certificate(place, guest.address)
    password = os.path.join(place, "user")
    with open(password, "w", encoding="utf-8") as file:
        file.write(USER)
    os.chmod(password, 0o600)
    start(*guest.inside, os.environ["VMM_MONITOR"], "serve", "--ping-target", "none", "--no-save", "--listen",
          f"{guest.address}:9780", "--tls-cert", certificate, "--tls-key", key, "--password", password,
          env=guest.environment)
    return certificate


# ---- The server

def configure(guests, place, certificate, rules):
    targets = [{"targets": [f"{guest.address}:9100"], "labels": {"vmm_host": f"h{(guest.number + 1) // 2}"}}
               for guest in guests]
    with open(os.path.join(place, "targets.json"), "w", encoding="utf-8") as file:
        json.dump(targets, file)
    user, password = USER.split(":")
    with open(os.path.join(place, "prometheus.yml"), "w", encoding="utf-8") as file:
        file.write(f"""
global: {{scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}}
rule_files: [{rules}]
scrape_configs:
  - job_name: vmm
    file_sd_configs: [{{files: [targets.json]}}]
  - job_name: door
    scheme: https
    tls_config: {{ca_file: {certificate}}}
    basic_auth: {{username: {user}, password: {password}}}
    static_configs: [{{targets: ["{guests[0].address}:9780"]}}]
""")
    return start("prometheus", f"--config.file={place}/prometheus.yml", f"--storage.tsdb.path={place}/data",
                 "--web.listen-address=127.0.0.1:9090")


def fleet(*arguments, **more):
    return subprocess.run([os.environ["VMM_MONITOR"], "fleet", *arguments], capture_output=True, text=True,
                          timeout=100, check=False, **more)


def check_fleet(scores):
    done = fleet(PROMETHEUS, "--json")
    check("fleet tells", done.returncode == 0, done.stderr)
    guests = json.loads(done.stdout)["guests"]
    by_name = {guest["guest"]: guest for guest in guests if guest["job"] == "vmm"}
    names = [f"10.0.{number}.2:9100" for number in GUESTS]
    check("of all of them", sorted(by_name) == names, done.stdout)
    check("the one that lost its CPUs has the lowest score", min(scores, key=scores.get) == POOR, scores)
    check("and is the first", guests[0]["guest"] == names[POOR - 1], done.stdout)
    for number, name in zip(GUESTS, names):
        told = by_name[name]
        check(f"guest {number}: the score of its own result, to the digit", told["score"] == scores[number],
              told, scores)
        check(f"guest {number}: heard of, on its host, with its interval",
              told["is_heard"] and told["host"] == f"h{(number + 1) // 2}" and told["low"] <= told["score"] <= told["high"],
              told)
    page = fleet(PROMETHEUS)
    check("the page has it first", page.stdout.splitlines()[3].startswith(names[POOR - 1]), page.stdout)
    door = [guest for guest in guests if guest["job"] == "door"]
    check("the guest behind its own door is there, with no score yet",
          len(door) == 1 and door[0]["score"] is None and door[0]["is_heard"], guests)
    one = fleet(PROMETHEUS, names[POOR - 1])
    check("and the last 24 hours of one", one.returncode == 0 and "24 hours" in one.stdout, one.stdout, one.stderr)


def check_panels(source):
    """Each expression of the dashboard gives something."""
    with open(os.path.join(source, "data/fleet/grafana.json"), encoding="utf-8") as file:
        dashboard = json.load(file)
    variables = {"$__rate_interval": "1m", "$job": ".*", "$guest": ".*"}
    count = 0
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            expression = target["expr"]
            for name, value in variables.items():
                expression = expression.replace(name, value)
            count += 1
            check(f"{panel['title']}: {target['refId']}",
                  "$" not in expression and wait_for(expression, lambda: query(expression), 20), expression)
    check("there are panels", count > 10, count)


# ---- Those that cannot be fetched from

def push(guest, url):
    """A window's figures are brought there."""
    return subprocess.run([*guest.inside, os.environ["VMM_MONITOR"], "serve", "--once", "--no-save", "--duration",
                           "5", "--ping-target", "none", "--push", url],
                          env=guest.environment, capture_output=True, text=True, timeout=100, check=False)


def check_pushed(guest, place):
    if shutil.which("prometheus-pushgateway"):
        start("prometheus-pushgateway", "--web.listen-address=10.0.1.1:9091")
        wait_for("the Pushgateway", lambda: fetch("http://10.0.1.1:9091/-/ready") is not None)
        done = push(guest, "http://10.0.1.1:9091/metrics/job/vmm_monitor/instance/nat")
        text = fetch("http://10.0.1.1:9091/metrics") or ""
        check("the Pushgateway has it", done.returncode == 0 and
              re.search(r'^vmm_windows_total\{instance="nat",job="vmm_monitor"\} 1$', text, re.M), done, text)
        refused = push(guest, "http://10.0.1.1:9091/nowhere")
        check("what is refused is said", refused.returncode == 1 and refused.stderr.count("\n") == 1 and
              "not pushed" in refused.stderr, refused)
    else:
        skip("Pushgateway", "no prometheus-pushgateway (Debian: apt-get install prometheus-pushgateway)")
    if shutil.which("victoria-metrics"):
        start("victoria-metrics", f"-storageDataPath={place}/victoria", "-httpListenAddr=10.0.1.1:8428",
              "-search.latencyOffset=0s")
        victoria = "http://10.0.1.1:8428"
        wait_for("VictoriaMetrics", lambda: fetch(f"{victoria}/health") is not None)
        done = push(guest, f"{victoria}/api/v1/import/prometheus?extra_label=instance=nat&extra_label=job=vmm")
        check("VictoriaMetrics takes it", done.returncode == 0, done)
        check("and has it", wait_for("figures", lambda: query("vmm_windows_total", victoria)))
        told = fleet(victoria, "--json")
        check("fleet reads it there", told.returncode == 0 and
              [one["guest"] for one in json.loads(told.stdout)["guests"]] == ["nat"], told)
    else:
        skip("VictoriaMetrics", "no victoria-metrics (Debian: apt-get install victoria-metrics)")


def main():
    enter_namespace(NEEDED, "ip link add vmm0 type veth peer name vmm1 && unshare --net true")
    source = sys.argv[1]
    with tempfile.TemporaryDirectory() as place:
        guests = [Guest(number, place) for number in GUESTS]
        scores = {}
        for guest in guests:
            scores[guest.number] = guest.measure(0.25 if guest.number == POOR else 1)
        print(f"# scores: {scores}")
        certificate = listen(guests[0], place)
        configure(guests, place, certificate, os.path.join(source, "data/fleet/vmm.rules.yml"))
        check("Prometheus scrapes them all",
              wait_for("scraping", lambda: len(query("vmm_window_quality == 1")) == 3 and len(query("up == 1")) == 4))
        check_fleet(scores)
        check_panels(source)
        check_pushed(guests[0], place)
        for process in reversed(processes):
            process.kill()
            process.wait()
    finish()


main()
