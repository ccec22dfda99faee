#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""listen: the door of serve answers who collects, and hostile clients find it bounded.

Usage: VMM_MONITOR=PROGRAM listen.py; prints TAP. In a network namespace of its own.
"""
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from alone import enter_namespace, make_certificate  # noqa: E402  pylint: disable=wrong-import-position
from tap import check, finish  # noqa: E402  pylint: disable=wrong-import-position

PORT = 9780
ADDRESS = "10.0.0.7"
USER = "scraper:guess me"
CONNECTIONS = 8
SLOW = 1000


def connect(address="127.0.0.1"):
    client = socket.create_connection((address, PORT), timeout=20)
    client.settimeout(20)
    return client


def ask(request, address="127.0.0.1"):
    """All that comes back for these bytes, until the door is closed."""
    answer = b""
    try:
        with connect(address) as client:
            client.sendall(request)
            while part := client.recv(65536):
                answer += part
    except OSError:
        pass
    return answer


def get(path, method=b"GET"):
    return ask(method + b" " + path + b" HTTP/1.1\r\nHost: here\r\n\r\n")


def crowd():
    """So many who begin to ask, and do not go on; of most, the kernel alone hears."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2 * SLOW)), hard))
    clients = [socket.socket() for _ in range(SLOW)]
    for client in clients:
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", PORT))
    time.sleep(1)
    for client in clients:
        try:
            client.send(b"GET /metrics HTTP/1.1\r\nX: ")
        except OSError:
            pass  # not let in
    time.sleep(1)
    return clients


def get_memory(process):
    with open(f"/proc/{process.pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def wait_for_door(process, address="127.0.0.1"):
    for _ in range(200):
        try:
            connect(address).close()
            return True
        except OSError:
            time.sleep(0.1)
        if process.poll() is not None:
            return False
    return False


def check_answers():
    answer = get(b"/metrics")
    head, _, text = answer.partition(b"\r\n\r\n")
    check("it answers", head.startswith(b"HTTP/1.1 200 "), answer)
    check("in the format it says", b"text/plain; version=0.0.4; charset=utf-8" in head, head)
    check("with its figures", b"\nvmm_windows_total 0\n" in text, text)
    check("the head alone", get(b"/metrics", b"HEAD").endswith(b"\r\n\r\n"))
    check("healthy", get(b"/-/healthy").endswith(b"healthy\n"))
    for path in b"/", b"/../etc/passwd", b"/metrics/", b"/result", b"/%2e%2e/metrics":
        check(f"nothing else: {path.decode()}", b" 404 " in get(path)[:20])
    for method in b"POST", b"PUT", b"DELETE":
        check(f"no {method.decode()}", b" 405 " in get(b"/metrics", method)[:20])


def check_hostile(process):
    before = get_memory(process)
    hostile = {
        "64 KiB of a header": b"GET /metrics HTTP/1.1\r\nHost: here\r\nX: " + b"x" * 65536 + b"\r\n\r\n",
        "10 000 headers": b"GET /metrics HTTP/1.1\r\n" + b"X: x\r\n" * 10000 + b"\r\n",
        "a path of 64 KiB": b"GET /" + b"x" * 65536 + b" HTTP/1.1\r\nHost: here\r\n\r\n",
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 4,
        "zeros": bytes(4096) + b"\r\n\r\n",
        "a body that never comes": b"POST /metrics HTTP/1.1\r\nHost: here\r\nContent-Length: 99999999999\r\n\r\n",
        "no version": b"GET /metrics\r\n\r\n",
    }
    for name, request in hostile.items():
        ask(request)
        check(f"{name}: it goes on", b" 200 " in get(b"/metrics")[:20] and process.poll() is None)
    answers = ask(b"GET /metrics HTTP/1.1\r\nHost: here\r\n\r\n" * 100)
    check("a hundred requests at once: one answer", answers.count(b"HTTP/1.1 200") == 1, len(answers))

    slow = crowd()
    descriptors = len(os.listdir(f"/proc/{process.pid}/fd"))
    check(f"{SLOW} slow clients: few are let in", descriptors < 40, descriptors)
    for client in slow[CONNECTIONS + 4:]:
        client.close()
    check("and do not keep it for long", any(b" 200 " in get(b"/metrics")[:20] for _ in range(2)))
    for client in slow:
        client.close()
    check("memory is bounded", get_memory(process) < before + (4 << 20), get_memory(process) - before)


def write(path, text, mode):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)
    return path


def curl(*arguments):
    """What came, and its status; 0 where nobody answered."""
    done = subprocess.run(["curl", "--silent", "--max-time", "20", "--write-out", "\n%{http_code}",
                           *arguments], capture_output=True, text=True, timeout=60, check=False)
    text, _, status = done.stdout.rpartition("\n")
    return int(status), text


def check_guarded(serve, place):
    """Beyond loopback: encrypted, and for who knows the password."""
    for tool in "curl", "openssl":
        if not shutil.which(tool):
            check(f"TLS and password # SKIP no {tool} (Debian: apt-get install {tool})", True)
            return
    subprocess.run(["ip", "address", "add", f"{ADDRESS}/32", "dev", "lo"], check=True)
    certificate, key = make_certificate(place, ADDRESS)
    password = write(os.path.join(place, "password"), f"{USER}\n", 0o600)
    tls = ["--tls-cert", certificate, "--tls-key", key]
    where = [f"{ADDRESS}:{PORT}"]
    broken = write(os.path.join(place, "broken.pem"), "-----BEGIN\n", 0o600)
    named = lambda name, text, mode: ["--password", write(os.path.join(place, name), text, mode)]
    for name, arguments, code, why in (
            ("TLS alone", tls, 2, "--password"),
            ("a password alone", ["--password", password], 2, "--tls-cert"),
            ("a certificate without its key", tls[:2], 2, "--tls-key"),
            ("a password that its group may read", [*tls, *named("group", USER, 0o640)], 2, "chmod"),
            ("a password that others may write", [*tls, *named("other", USER, 0o602)], 2, "chmod"),
            ("a password without a user", [*tls, *named("word", "secret\n", 0o600)], 2, "USER"),
            ("two lines", [*tls, *named("lines", f"{USER}\nb:c\n", 0o600)], 2, "USER"),
            ("a directory", [*tls, "--password", place], 2, "64 KiB"),
            ("nothing", [*tls, "--password", "/absent"], 2, "/absent"),
            ("no certificate", ["--tls-cert", broken, "--tls-key", key, "--password", password], 2,
             "PEM")):
        refused = subprocess.run([*serve, *where, *arguments], capture_output=True, text=True,
                                 timeout=60, check=False)
        check(f"{name} is refused", refused.returncode == code and why in refused.stderr,
              refused.stderr)
        check(f"{name}: the password is not told", "guess me" not in refused.stderr)
    os.chmod(key, 0o644)
    refused = subprocess.run([*serve, *where, *tls, "--password", password], capture_output=True,
                             text=True, timeout=60, check=False)
    check("a key that everybody may read is refused", "chmod" in refused.stderr, refused.stderr)
    os.chmod(key, 0o600)

    with subprocess.Popen([*serve, *where, *tls, "--password", password],
                          stderr=subprocess.PIPE) as process:
        check("it listens beyond loopback", wait_for_door(process, ADDRESS))
        url, trust = f"https://{ADDRESS}:{PORT}/metrics", ["--cacert", certificate]
        status, text = curl(*trust, "--user", USER, url)
        check("who knows the password reads", status == 200 and "\nvmm_windows_total 0\n" in text,
              status, text)
        for name, more in (("no password", []), ("a wrong one", ["--user", "scraper:guess mf"]),
                           ("the start of it", ["--user", "scraper:guess m"]),
                           ("more than it", ["--user", USER + "e"]),
                           ("another user's", ["--user", "scrapes:guess me"]),
                           ("another scheme", ["--header", "Authorization: Bearer guess me"]),
                           ("none of it", ["--header", "Authorization: Basic"]),
                           ("64 KiB of it", ["--user", "a:" + "b" * 5000])):
            status, text = curl(*trust, *more, url)
            check(f"{name}: nothing is told", status in (401, 431) and "vmm_" not in text, status, text)
        check("nor whether it is healthy", curl(*trust, url.replace("metrics", "-/healthy"))[0] == 401)
        check("not without encryption",
              curl("--user", USER, url.replace("https", "http"))[0] in (0, 400))
        check("not by TLS 1.1", curl(*trust, "--user", USER, "--tls-max", "1.1", url)[0] == 0)
        for request in b"\x16\x03\x01\x40\x00" + b"\xff" * 20000, b"\x80\x2e\x01", bytes(4096):
            ask(request, ADDRESS)
        check("nonsense: it goes on", curl(*trust, "--user", USER, url)[0] == 200)
        process.send_signal(signal.SIGTERM)
        complaints = process.communicate(timeout=60)[1]
        check("it ends when told to", process.returncode == 0 and not complaints, complaints)

    with subprocess.Popen([*serve, *where, "--open"]) as process:
        check("--open: it listens beyond loopback", wait_for_door(process, ADDRESS))
        check("to everybody", curl(f"http://{ADDRESS}:{PORT}/metrics")[0] == 200)
        process.send_signal(signal.SIGTERM)


def main():
    enter_namespace()
    program = os.environ["VMM_MONITOR"]
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_DATA_HOME"] = place
        serve = [program, "serve", "--ping-target", "none", "--listen"]
        for address, why in (("0.0.0.0:9780", "--open"), ("[::]:9780", "--open"),
                             ("localhost:9780", "figures"), ("127.0.0.1:x", "figures")):
            refused = subprocess.run([*serve, address], capture_output=True, text=True, timeout=60,
                                     check=False)
            if "without --listen" in refused.stderr:
                print("1..0 # SKIP built without libmicrohttpd")
                return
            check(f"{address} is refused", refused.returncode == 2 and why in refused.stderr,
                  refused.stderr)
        process = subprocess.Popen([*serve, f"127.0.0.1:{PORT}"], stderr=subprocess.PIPE)
        check("the door is open", wait_for_door(process))
        check_answers()
        taken = subprocess.run([*serve, f"127.0.0.1:{PORT}"], capture_output=True, timeout=60,
                               check=False)
        check("a port that is taken", taken.returncode != 0 and taken.stderr, taken)
        check_hostile(process)
        process.send_signal(signal.SIGTERM)
        complaints = process.communicate(timeout=60)[1]
        check("it ends when told to", process.returncode == 0, process.returncode)
        check("and has said nothing", not complaints, complaints)
        check_guarded(serve, place)
    finish()


main()
