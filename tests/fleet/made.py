#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""made: fleet shows ten thousand made guests, and servers that are none, or mean ill, do it no harm.

Usage: VMM_MONITOR=PROGRAM made.py; prints TAP. In a network namespace of its own.
"""
import base64
import http.server
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from alone import enter_namespace, make_certificate  # noqa: E402  pylint: disable=wrong-import-position
from tap import check, finish  # noqa: E402  pylint: disable=wrong-import-position
from made_server import Server, make_answers, start

GUESTS = 10000
USER = "reader:guess me"


# ---- Servers that are none.

def flood(handler):
    """Half a gigabyte, as long as somebody reads it."""
    handler.send_response(200)
    handler.end_headers()
    try:
        handler.wfile.write(b'{"status":"success","data":{"resultType":"vector","result":[')
        for _ in range(512):
            handler.wfile.write(b'{"metric":{},"value":[1,"1"]},' * 34952)
    except OSError:
        pass


def halve(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"status":"success","data":{')


def demand(handler):
    if handler.headers.get("Authorization") == "Basic " + base64.b64encode(USER.encode()).decode():
        handler.answer()
    else:
        handler.tell(401, b"no", WWW_Authenticate="Basic")


FAULTS = {
    "a web page": (lambda h: h.tell(200, b"<html>"), "none of a Prometheus"),
    "nothing": (lambda h: h.tell(200, b""), "none of a Prometheus"),
    "half an answer": (halve, ""),
    "half a gigabyte": (flood, ""),
    "a thousand levels": (lambda h: h.tell(200, b'{"data":' + b"[" * 1000), "nested too deeply"),
    "wrong types": (lambda h: h.tell(200, b'{"status":"success","data":[]}'), "object"),
    "refused with reasons": (lambda h: h.tell(422, b'{"status":"error","error":"too \\u001b[2J much"}'),
                             "too  [2J much"),
    "refused without": (lambda h: h.tell(503, b"busy"), "503"),
    "elsewhere": (lambda h: h.tell(302, b"", Location="/trap"), ""),
    "a password is wanted": (demand, "401"),
}


def run(*arguments, **more):
    return subprocess.run([os.environ["VMM_MONITOR"], "fleet", *arguments], capture_output=True, text=True,
                          timeout=100, check=False, **more)


def check_faults(url):
    for name, (fault, why) in FAULTS.items():
        Server.fault, Server.asked = fault, []
        done = run(url)
        check(f"{name}: an error", done.returncode == 1 and not done.stdout and done.stderr.strip(), done)
        check(f"{name}: why", why in done.stderr and "\x1b" not in done.stderr, done.stderr)
        check(f"{name}: asked once, and nobody else", len(Server.asked) == 1, Server.asked)
    Server.fault = None


def check_password(url, place):
    path = os.path.join(place, "password")
    with open(path, "w", encoding="utf-8") as file:
        file.write(USER + "\n")
    Server.fault = demand
    os.chmod(path, 0o644)
    done = run(url, "--password", path)
    check("a password that others may read is refused", done.returncode == 2 and "chmod" in done.stderr, done)
    os.chmod(path, 0o600)
    done = run(url, "--password", path)
    check("with it the server tells", done.returncode == 0 and "guest-7" in done.stdout, done.stderr)
    for there in "http://192.0.2.1:9090", "http://prometheus.invalid", "http://127.0.0.1.invalid":
        done = run(there, "--password", path)
        check(f"{there}: the password is not sent there unencrypted", done.returncode == 2 and
              "https://" in done.stderr and "guess me" not in done.stderr, done)
    Server.fault = None


def check_encrypted(place):
    """Who trusts the certificate reads; who does not sends nothing."""
    if not shutil.which("openssl"):
        check("TLS # SKIP no openssl (Debian: apt-get install openssl)", True)
        return
    certificate, key = make_certificate(place, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"https://127.0.0.1:{server.server_port}"
    done = run(url, "--ca", certificate)
    check("TLS: with its certificate the server tells", done.returncode == 0 and "guest-7" in done.stdout, done)
    Server.fault, Server.asked = demand, []
    password = os.path.join(place, "password")
    for name, more in (("the system's", []), ("no such file", ["--ca", "/absent"]), ("none in it", ["--ca", key])):
        done = run(url, "--password", password, *more)
        check(f"TLS, {name}: nobody is asked", done.returncode in (1, 2) and done.stderr and not Server.asked, done)
    done = run(url, "--password", password, "--ca", certificate)
    check("TLS: and with the password", done.returncode == 0 and "guest-7" in done.stdout, done)
    Server.fault = None
    server.shutdown()
    server.server_close()


def check_table(url):
    done = run(url, "--top", "3")
    lines = done.stdout.splitlines()
    check("the worst is first", done.returncode == 0 and re.search(
        r"^guest-7 +h1 +KVM +c6i.large +38\.1 +33\.2 to 43\.5 +31\.0 % +clean +", lines[4] if len(lines) > 4 else ""),
        done.stdout, done.stderr)
    check("how many, and how they are", lines[0].startswith("40 guests, median 1"), done.stdout)
    check("the noisy host", re.match(r"h1: 3 of 4 guests lost more than 10 % at the same time since \d\d:\d\d$",
                                     lines[1]), done.stdout)
    check("three of them", len([line for line in lines if line.startswith("guest-")]) == 3, done.stdout)
    orders = {("--sort", "stolen"): "guest-4", ("--sort", "score", "--reverse"): "guest-39",
              ("--sort", "guest"): "guest-0", ("--sort", "heard"): "guest-3", ("--filter", "UEST-11"): "guest-11",
              ("--by-host",): "guest-0"}
    for arguments, first in orders.items():
        document = json.loads(run(url, *arguments, "--json").stdout)
        check(" ".join(arguments), document["guests"][0]["guest"] == first,
              [guest["guest"] for guest in document["guests"]])
    document = json.loads(run(url, "--json").stdout)
    check("to the digit", [document["guests"][0][name] for name in ("score", "low", "high", "stolen_ratio")] ==
          [38.1234, 33.25, 43.5, 0.31], document["guests"][0])
    silent = run(url, "--filter", "guest-3").stdout
    check("the silent one stays", re.search(r"^guest-3 .* silent since \d\d:\d\d$", silent, re.M), silent)
    one = run(url, "guest-7")
    check("one guest", one.returncode == 0 and "█▇" in one.stdout and
          re.search(r"^Score +38\.1, 95 % interval 33\.2 to 43\.5$", one.stdout, re.M), one.stdout, one.stderr)
    check("what was found", "A slow clock source (likely), seen last on" in one.stdout, one.stdout)
    nobody = run(url, "guest-77")
    check("nobody of that name", nobody.returncode == 1 and not nobody.stdout, nobody)


def check_settings(url, place):
    """What the window keeps holds here, too; an environment does not say whom to ask."""
    home = {**os.environ, "XDG_CONFIG_HOME": place}
    nobody = run("guest-7", env={**home, "VMM_FLEET_URL": url})
    check("no address: an error", nobody.returncode == 2 and "http://prometheus:9090" in nobody.stderr, nobody)
    os.makedirs(os.path.join(place, "vmm_monitor"))
    with open(os.path.join(place, "vmm_monitor", "settings.ini"), "w", encoding="utf-8") as file:
        file.write(f"[fleet]\nurl={url}\n")
    named = run("guest-7", env=home)
    check("the address of the settings", named.returncode == 0 and "38.1" in named.stdout, named)
    password = os.path.join(place, "of settings")
    with open(password, "w", encoding="utf-8") as file:
        file.write(USER)
    os.chmod(password, 0o600)
    with open(os.path.join(place, "vmm_monitor", "settings.ini"), "a", encoding="utf-8") as file:
        file.write(f"password_file={password}\n")
    Server.fault = demand
    named = run("guest-7", env=home)
    check("with the password of the settings", named.returncode == 0 and "38.1" in named.stdout, named)
    told = run(url, "guest-7", env=home)
    check("which is not for an address that is given", told.returncode == 1 and "401" in told.stderr, told)
    Server.fault = None


def check_watch(url, server):
    """The last table stays while the server is away."""
    with subprocess.Popen([os.environ["VMM_MONITOR"], "fleet", url, "--watch", "5", "--top", "1"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line.startswith("guest-7"):
                break
        server.shutdown()
        server.server_close()
        later = ""
        for line in process.stdout:
            later += line
            if line.startswith("guest-7"):
                break
        check("the server is away: the table stays, with its time", re.search(r"as of \d\d:\d\d:\d\d", later), later)
        why = process.stderr.readline()
        check("and it says why", why.startswith("vmm_monitor: "), why)
        process.terminate()


def main():
    enter_namespace()
    with tempfile.TemporaryDirectory() as place:
        server, url = start()
        Server.answers = make_answers(40)
        first = run(url)
        if "libsoup" in first.stderr or "without" in first.stderr:
            print("1..0 # SKIP built without libsoup, or it is not installed (Debian: libsoup-3.0-0)")
            return
        check_table(url)
        check_settings(url, place)
        check_faults(url)
        check_password(url, place)
        check_encrypted(place)
        Server.answers = make_answers(GUESTS)
        begun = time.monotonic()
        many = run(url, "--top", "1")
        took = time.monotonic() - begun
        check(f"{GUESTS} guests", many.stdout.startswith(f"{GUESTS} guests") and "guest-7 " in many.stdout,
              many.stdout, many.stderr)
        print(f"# {GUESTS} guests: the table after {took:.2f} s")
        Server.answers = make_answers(40)
        check_watch(url, server)
    finish()


main()
