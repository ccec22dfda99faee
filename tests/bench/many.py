#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""many.py: what many guests cost a real Prometheus, and what they cost `fleet`.

    many.py [--program PROGRAM] [--guests N] [--seconds S] [--windows N] [--interval S] [--backfill]

Simulated exporters, all of them one process, tell what a recorded result tells, each with a score of its own. A
Prometheus scrapes them every minute, or finds their last minutes in its blocks (--backfill: for ten thousand).
Meanwhile `fleet` is asked --windows times. Prints the CPU and the memory of the Prometheus, and of `fleet` the
time until its first row is there, its CPU time and its memory; exits with 1 where `fleet` misses a goal. In a
network namespace of its own. Needs Debian's prometheus, and a machine with nothing else to do.
"""
import argparse
import asyncio
import json
import multiprocessing
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from alone import enter_namespace  # noqa: E402  pylint: disable=wrong-import-position

EXPORTERS, SERVER = 19900, "127.0.0.1:9090"
GOALS = {"first row, s": 1.0, "CPU, s": 0.2, "memory, MiB": 100}
TICKS = os.sysconf("SC_CLK_TCK")


def make_text(program):
    """What a guest tells: of a recorded window, with what is told all the time as well."""
    recorded = sorted((ROOT / "tests" / "bench" / "recorded-3").glob("idle.*.json"))[0]
    told = subprocess.run([program, "export", recorded, "--prometheus"], check=True, capture_output=True, text=True)
    text = re.sub(r"^vmm_score [0-9.]+$", "vmm_score @SCORE@", told.stdout, flags=re.M)
    return text + ("# TYPE vmm_stolen_ratio gauge\nvmm_stolen_ratio 0.01\n# TYPE vmm_exposition_timestamp_seconds"
                   " gauge\nvmm_exposition_timestamp_seconds @NOW@\n")


def fill(text, number, now):
    return text.replace("@SCORE@", str(80 + number % 60)).replace("@NOW@", f"{now:.3f}")


# ---- The exporters

def export(text):
    """Serves /guest/NUMBER/metrics until it is ended."""
    async def answer(reader, writer):
        try:
            while line := await reader.readline():
                while (await reader.readline()) not in (b"\r\n", b""):
                    pass
                body = fill(text, int(line.split(b"/")[2]), time.time()).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %d"
                             b"\r\n\r\n" % len(body) + body)
                await writer.drain()
        except (OSError, IndexError):
            pass
        finally:
            writer.close()

    async def serve():
        server = await asyncio.start_server(answer, "127.0.0.1", EXPORTERS, backlog=4096)
        async with server:
            await server.serve_forever()
    asyncio.run(serve())


def backfill(text, guests, place):
    """The last three minutes of them all, as blocks."""
    path, now, families = os.path.join(place, "filled.txt"), time.time(), {}
    name = None
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            name = line.split()[2]
            families[name] = (line, [])
        elif not line.startswith("#"):
            families[name][1].append(line)
    with open(path, "w", encoding="utf-8") as file:
        for kind, lines in families.values():
            file.write(kind + "\n")
            for line in lines:
                metric, value = line.rsplit(" ", 1)
                metric, _, labels = metric.partition("{")
                for number in range(guests):
                    own = f'instance="guest-{number}",job="vmm",vmm_host="h{number // 4}"'
                    own = own + "," + labels.rstrip("}") if labels else own
                    for back in (180, 120, 60, 0):
                        figure = fill(value, number, now - back)
                        file.write(f"{metric}{{{own}}} {figure} {now - back:.3f}\n")
        file.write("# EOF\n")
    subprocess.run(["promtool", "tsdb", "create-blocks-from", "openmetrics", path, os.path.join(place, "data")],
                   check=True, stdout=subprocess.DEVNULL)
    os.remove(path)


# ---- The server

def configure(words, place):
    targets = [] if words.backfill else [
        {"targets": [f"127.0.0.1:{EXPORTERS}"],
         "labels": {"instance": f"guest-{number}", "__metrics_path__": f"/guest/{number}/metrics",
                    "vmm_host": f"h{number // 4}"}} for number in range(words.guests)]
    with open(os.path.join(place, "targets.json"), "w", encoding="utf-8") as file:
        json.dump(targets, file)
    with open(os.path.join(place, "prometheus.yml"), "w", encoding="utf-8") as file:
        file.write(f"""
global: {{scrape_interval: {words.interval}s, scrape_timeout: {min(10, words.interval)}s}}
rule_files: [{ROOT}/data/fleet/vmm.rules.yml]
scrape_configs: [{{job_name: vmm, file_sd_configs: [{{files: [targets.json]}}]}}]
""")


def count_known():
    """Guests that the server knows."""
    try:
        with urllib.request.urlopen(f"http://{SERVER}/api/v1/query?query=count(vmm_score)", timeout=30) as answer:
            result = json.load(answer)["data"]["result"]
        return int(result[0]["value"][1]) if result else 0
    except OSError:
        return 0


def wait_until_known(guests, seconds):
    for _ in range(seconds):
        if count_known() >= guests:
            return
        time.sleep(1)
    raise SystemExit(f"many: Prometheus knows {count_known()} of {guests} guests")


def get_cpu(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def get_memory(pid, name):
    """VmRSS or VmHWM, MiB."""
    return int(re.search(name + r":\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii"))[1]) / 1024


# ---- fleet

def ask(program):
    """(s until the first row, s of CPU, MiB, rows)"""
    begun = time.monotonic()
    with subprocess.Popen([program, "fleet", f"http://{SERVER}"], stdout=subprocess.PIPE, text=True) as process:
        lines, first = [], None
        for line in process.stdout:
            lines.append(line)
            if first is None and line.startswith("guest-"):
                first = time.monotonic() - begun
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or first is None:
        raise SystemExit(f"many: fleet: exit {process.returncode}\n{''.join(lines[:5])}")
    return first, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, len(lines)


def measure(words, place):
    server = ["prometheus", f"--config.file={place}/prometheus.yml", f"--storage.tsdb.path={place}/data",
              f"--web.listen-address={SERVER}", "--storage.tsdb.retention.time=15d", "--query.timeout=30s"]
    with subprocess.Popen(server, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as prometheus:
        try:
            wait_until_known(words.guests, 2 * words.interval + 60)
            before, begun, asked, told = get_cpu(prometheus.pid), time.monotonic(), 0.0, []
            for turn in range(words.windows):
                time.sleep(max(0, begun + words.seconds * (turn + 1) / (words.windows + 1) - time.monotonic()))
                since = get_cpu(prometheus.pid)
                told.append(ask(words.program))
                asked += get_cpu(prometheus.pid) - since
            time.sleep(max(0, begun + words.seconds - time.monotonic()))
            took, all_of = time.monotonic() - begun, get_cpu(prometheus.pid) - before
            print(f"Prometheus  {words.guests} guests, every {words.interval} s, {took:.0f} s: "
                  f"{100 * (all_of - asked) / took:.2f} % of a CPU; {asked / words.windows:.2f} s of CPU an answer "
                  f"to fleet; {get_memory(prometheus.pid, 'VmRSS'):.0f} MiB, "
                  f"{get_memory(prometheus.pid, 'VmHWM'):.0f} at most")
        finally:
            prometheus.terminate()
    return told


def report(told):
    """Whether all goals were met, by the worst of all."""
    met = True
    for which, (name, goal) in enumerate(GOALS.items()):
        values = sorted(one[which] for one in told)
        met &= values[-1] < goal
        print(f"fleet       {name:<14} median {statistics.median(values):8.3f}  largest {values[-1]:8.3f}  goal "
              f"{goal:g}{'' if values[-1] < goal else '  MISSED'}")
    print(f"fleet       lines          {told[-1][3]}")
    return met


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "vmm_monitor"))
    parser.add_argument("--guests", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--windows", type=int, default=12, help="so often fleet is asked")
    parser.add_argument("--interval", type=int, default=60, metavar="S")
    parser.add_argument("--backfill", action="store_true")
    words = parser.parse_args()
    enter_namespace({"prometheus": "prometheus", "promtool": "prometheus"})
    text = make_text(words.program)
    with tempfile.TemporaryDirectory() as place:
        configure(words, place)
        exporters = multiprocessing.Process(target=export, args=(text,), daemon=True)
        if words.backfill:
            backfill(text, words.guests, place)
        else:
            exporters.start()
        met = report(measure(words, place))
        if exporters.pid:
            exporters.terminate()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
