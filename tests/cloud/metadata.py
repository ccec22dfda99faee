#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""metadata: without --cloud no packet, with it questions to the named cloud's service alone, however it fails.

Usage: VMM_MONITOR=PROGRAM FIXTURES=DIR metadata.py; prints TAP. In namespaces of its own: one of networks, whose
way out ends in a trap, and one of mounts, where a recorded machine's /sys lies over this one's.
"""
import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading

import service
from service import ANNOUNCED, CLOUDS, EVENTS, FAULTS, LACKING, SIGNS, TREES

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from alone import enter_namespace  # noqa: E402  pylint: disable=wrong-import-position
from tap import check, finish, skip_all  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM, FIXTURES = os.environ["VMM_MONITOR"], os.environ["FIXTURES"]
RECORDED = {"aws": "ec2-nitro", "azure": "azure", "gcp": "gce", "alibaba": "alibaba", "oracle": "oracle-cloud",
            "digitalocean": "digitalocean", "hetzner": "hetzner", "openstack": "openstack"}
PROXY = ("10.9.9.9", 3128)
FACTS = ("instance_type", "region", "zone", "lifecycle", "host_hint")


def run_ip(*words):
    subprocess.run(["ip", *words], check=True)


def enter_namespaces():
    """Again, where there is nothing but loopback, the services, and a way out that ends in a trap."""
    enter_namespace(more=["--mount"])
    for address in (service.LINK_LOCAL, service.ALIBABA):
        run_ip("addr", "add", address + "/32", "dev", "lo")
    run_ip("link", "add", "out", "type", "veth", "peer", "name", "trap")
    run_ip("addr", "add", "10.9.9.2/24", "dev", "out")
    run_ip("link", "set", "out", "addrgenmode", "none", "up")
    run_ip("link", "set", "trap", "addrgenmode", "none", "up")
    for address in ("10.9.9.1", "10.9.9.9"):
        run_ip("neigh", "add", address, "lladdr", "02:00:00:00:00:01", "dev", "out")
    run_ip("route", "add", "default", "via", "10.9.9.1")
    os.environ.update({name: f"http://{PROXY[0]}:{PROXY[1]}" for name in ("http_proxy", "https_proxy", "all_proxy")})
    os.environ.update(HTTP_PROXY=os.environ["http_proxy"], no_proxy="")


class Trap:
    """Every packet of the namespace, by the kernel's own count of addresses."""

    def __init__(self):
        self.seen, self.lock = set(), threading.Lock()
        self.tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.ntohs(3))
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while True:
            packet, (name, protocol, *_) = self.tap.recvfrom(65536)
            target = socket.inet_ntoa(packet[16:20]) if protocol == 0x0800 else f"{protocol:#06x}"
            source = socket.inet_ntoa(packet[12:16]) if protocol == 0x0800 else ""
            with self.lock:
                self.seen.add(tuple(sorted((source, target))) if name == "lo" else (name, target))

    def empty(self):
        """What was seen since; a packet of our own is the mark up to where that is known."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mark:
            mark.sendto(b"", ("127.0.0.77", 9))
        while True:
            with self.lock:
                if any("127.0.0.77" in pair for pair in self.seen):
                    seen, self.seen = self.seen, set()
                    return {pair for pair in seen if "127.0.0.77" not in pair}


def sent_out():
    told = subprocess.run(["ip", "-j", "-s", "link", "show", "out"], capture_output=True, check=True).stdout
    return json.loads(told)[0]["stats64"]["tx"]["packets"]


def run(fixture, *words):
    """What `host --json` says on this machine with the recorded one's /sys."""
    bind = 'mount --bind "$1" /sys && shift && exec "$@"'
    command = ["unshare", "--mount", "sh", "-c", bind, "sh", f"{FIXTURES}/{fixture}/sys", PROGRAM, "host", "--json",
               *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return (json.loads(done.stdout)["cloud"] if done.returncode == 0 else {}), done.stderr


def find_facts(cloud):
    return {name: cloud.get(name) for name in FACTS}


def get_machines():
    """Those whose /sys was recorded."""
    return sorted(name for name in os.listdir(FIXTURES) if os.path.isdir(f"{FIXTURES}/{name}/sys"))


def test_silence(trap):
    before, told = sent_out(), {}
    for machine in get_machines():
        for words in ((), ("--sysroot", f"{FIXTURES}/{machine}"), ("--sysroot", f"{FIXTURES}/{machine}", "--cloud")):
            told[machine, words], _ = run(machine, *words)
        if told[machine, ()].get("id") == "none":
            told[machine, "none"], _ = run(machine, "--cloud", "--cloud-events")
    seen = trap.empty()
    check(f"not one packet of {len(get_machines())} recorded machines without --cloud",
          not seen and sent_out() == before, seen)
    check("and all of them were told", all(told.values()), [key for key, cloud in told.items() if not cloud])
    causes = {key: cloud.get("asked_cause") for key, cloud in told.items()}
    check("where the firmware names no cloud, none is asked",
          all(cause == "no-cloud-service" for (_, words), cause in causes.items() if words == "none"), causes)
    check("nor for the files of another machine",
          all(cause == "sysroot" for (_, words), cause in causes.items() if "--cloud" in words), causes)
    check("and what was not asked has no cause",
          not any(cause for (_, words), cause in causes.items() if words != "none" and "--cloud" not in words), causes)


def test_clouds(trap, fake):
    expected = {
        "aws": ("m4.xlarge", "us-east-1", "us-east-1a", "on-demand", hashlib.sha256(b"h-0da999999f9999fb9").hexdigest()[:12]),
        "azure": ("Standard_E4s_v5", "northeurope", None, "spot", None),
        "gcp": ("e2-medium", "europe-west1", "europe-west1-b", "spot", None),
        "alibaba": ("ecs.g7.large", "cn-hangzhou", "cn-hangzhou-k", None, None),
        "oracle": ("VM.Standard.E4.Flex", "us-phoenix-1", "phx-ad-2", None, None),
        "digitalocean": (None, "fra1", None, None, None),
        "hetzner": (None, "eu-central", "fsn1-dc14", None, None),
        "openstack": ("m1.large", None, "az-2", None, None),
    }
    events = {"aws": ("end", "23 Jan 2019 09:00:43 GMT"), "azure": ("pause", "Mon, 19 Sep 2022 18:29:47 GMT"),
              "gcp": ("move", None)}
    for cloud, machine in RECORDED.items():
        address, token, *_ = CLOUDS[cloud]
        before = sent_out()
        fake.become(cloud)
        told, _ = run(machine, "--cloud")
        asked = [("PUT", token[0])] if token else []
        asked += [("GET", path) for path in TREES[cloud]]
        check(f"{cloud}: says who it is", tuple(find_facts(told).values()) == expected[cloud] and
              told.get("asked_reason") is None, told)
        check(f"{cloud}: asked leaf by leaf, as it wants to be", fake.asked == [(address, *pair) for pair in asked] and
              not fake.wrong, fake.asked, fake.wrong)
        seen = trap.empty()
        check(f"{cloud}: nobody else hears of it", seen == {(address, address)} and sent_out() == before, seen)
        fake.become(cloud)
        told, stderr = run(machine, "--cloud-events")
        check(f"{cloud}: what it announces", (told.get("event"), told.get("event_time")) ==
              events.get(cloud, (None, None)) and told.get("asked_reason") is None, told)
        check(f"{cloud}: what that switches on is said before", ("--cloud-events" in stderr) ==
              (cloud in ("azure", "gcp")), stderr)
        asked = {path for _, _, path in fake.asked} - {path for _, path in asked}
        known = [*EVENTS.get(cloud, {}), *LACKING.get(cloud, [])]
        check(f"{cloud}: and no more is asked", asked <= set(known) and not fake.wrong, asked)
        trap.empty()


def test_faults(trap, fake):
    for cloud in ("aws", "gcp"):
        without, _ = run(RECORDED[cloud])
        address = CLOUDS[cloud][0]
        for fault, (_, _, cause) in FAULTS.items():
            fake.become(cloud, fault)
            told, _ = run(RECORDED[cloud], "--cloud-events")
            if cloud == "gcp" and cause == "http-long":
                cause = told.get("asked_cause") if told.get("asked_cause") == "cloud-unfit" else cause
            check(f"{cloud}, {fault}: {cause}, and nothing else changes", told.get("asked_cause") == cause and
                  told.get("asked_reason", "").startswith(address + ": ") and
                  find_facts(told) == find_facts(without) and len(fake.asked) == 1, told, fake.asked)
        seen = trap.empty()
        check(f"{cloud}: and no fault leads elsewhere", seen <= {(address, address)}, seen)


def test_announced(trap, fake):
    """What Amazon's own mock announces, and Alibaba's documents: each alone, and nothing."""
    for cloud, events, kind, when in ANNOUNCED:
        fake.become(cloud, events=events)
        told, _ = run(RECORDED[cloud], "--cloud-events")
        check(f"{cloud} announces {', '.join(events) or 'nothing'}: {kind}", (told.get("event"), told.get("event_time")) ==
              (kind, when) and told.get("asked_reason") is None and not fake.wrong, told, fake.asked)
    trap.empty()


def measure(machine, *words):
    bind = 'mount --bind "$1" /sys && shift && exec "$@"'
    command = ["unshare", "--mount", "sh", "-c", bind, "sh", f"{FIXTURES}/{machine}/sys", PROGRAM, "-t", "--passive", "-d",
               "5", "--no-save", "--json", "-", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return json.loads(done.stdout) if done.stdout else {}, done.stderr


def test_measurement(trap, fake):
    """A run asks with its window, and can knock at the cloud's door where a gateway never answers."""
    fake.become("azure")
    trap.empty()
    told, stderr = measure("azure", "--ping-target", "none")
    seen = trap.empty()
    check("a run that asks nobody sends nothing", told and not seen and not fake.asked, seen, stderr)
    told, stderr = measure("azure", "--ping-target", "cloud", "--cloud-events")
    seen = trap.empty()
    cloud, ping = told["host"]["cloud"], told["window"]["ping"]
    check("a run knows what the cloud says", cloud["instance_type"] == "Standard_E4s_v5" and
          cloud["event"] == "pause" and not fake.wrong, cloud, fake.wrong)
    check("it says before what that switches on", "--cloud-events" in stderr, stderr)
    check("its target is the cloud's own kind, by TCP",
          (ping["kind"], ping["method"], ping["address"]) == ("cloud", "tcp", service.LINK_LOCAL), ping)
    check("which is all that hears of it", seen == {(service.LINK_LOCAL, service.LINK_LOCAL)}, seen)
    with tempfile.TemporaryDirectory() as directory:
        bind = 'mount --bind "$1" /sys && shift && exec "$@"'
        done = subprocess.run(["unshare", "--mount", "sh", "-c", bind, "sh", f"{FIXTURES}/azure/sys", PROGRAM, "serve",
                               "--once", "--no-save", "--light", "-d", "5", "--ping-target", "none", "--cloud-events",
                               "--textfile", directory + "/guest.prom"],
                              capture_output=True, text=True, timeout=120, check=False)
        text = open(directory + "/guest.prom", encoding="utf-8").read() if done.returncode == 0 else ""
    check("and who collects figures is told what is announced",
          'vmm_cloud_event{kind="pause",source="azure"} 1\n' in text and
          'vmm_cloud_event_not_before_timestamp_seconds{kind="pause",source="azure"} 1663612187\n' in text, text[-900:], done)


def test_moved(trap, fake):
    """Another drift token or landing time at the window's end is a move; the same, or none, is not."""
    for cloud, signs, moved in (("gcp", ("0", "4711"), True), ("gcp", ("0", "0"), None), ("gcp", ("0",), None),
                                ("alibaba", ("2024-11-17 10:02:41", "2024-11-18 11:02:41"), True)):
        for _ in range(3):  # on a busy machine the last answer may come too late, which is no move
            fake.become(cloud, signs=signs)
            told, stderr = measure(RECORDED[cloud], "--cloud", "--ping-target", "none")
            if told.get("window", {}).get("rented", {}).get("moved") == moved:
                break
        asked = [path for _, _, path in fake.asked if path == SIGNS[cloud]]
        check(f"{cloud}, {' then '.join(signs)}: {'moved' if moved else 'not moved'}",
              told.get("window", {}).get("rented", {}).get("moved") == moved and len(asked) == 2 and not fake.wrong,
              told.get("window"), fake.asked, stderr)
    seen = trap.empty()
    check("and nobody else hears of it", seen == {(service.LINK_LOCAL,) * 2, (service.ALIBABA,) * 2}, seen)


def test_late_fault(fake):
    """What was said before counts; and after it, nothing more is asked."""
    for fault in ("never answers", "login page", "forbidden"):
        fake.become("aws", fault, 2)
        told, _ = run(RECORDED["aws"], "--cloud-events")
        check(f"{fault} after the type: the type counts", told.get("instance_type") == "m4.xlarge" and
              told.get("asked_cause") == FAULTS[fault][2] and len(fake.asked) == 3, told, fake.asked)


def test_unmarked(fake):
    """Who answers without Google's mark is not Google."""
    fake.become("digitalocean")
    TREES["digitalocean"].update(TREES["gcp"])
    told, _ = run("gce", "--cloud")
    check("an answer without its mark is no cloud's", told.get("asked_cause") == "cloud-unfit", told)


def main():
    enter_namespaces()
    if "http-absent" in json.dumps(run(RECORDED["gcp"], "--cloud")[0]):
        print("1..0 # SKIP built without libsoup")
        return
    trap, fake = Trap(), service.Service()
    trap.empty()
    test_silence(trap)
    test_clouds(trap, fake)
    test_faults(trap, fake)
    test_late_fault(fake)
    test_announced(trap, fake)
    test_moved(trap, fake)
    test_measurement(trap, fake)
    test_unmarked(fake)
    finish()


main()
