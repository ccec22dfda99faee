# SPDX-License-Identifier: MIT
"""alone: what the tests of this directory share: TAP, a network namespace of their own, a certificate."""
import os
import shutil
import subprocess
import sys

checks = 0


def check(name, holds, *told):
    global checks
    checks += 1
    print("ok" if holds else "not ok", checks, "-", name, flush=True)
    for text in () if holds else told:
        print("\n".join("# " + line for line in str(text).splitlines()[:20]))


def skip(name, why):
    check(f"{name} # SKIP {why}", True)


def enter_namespace(needed=(), tried="ip link"):
    """Again, where there is nothing but loopback. `needed`: tool and Debian package; `tried`: what must be
    possible there."""
    for tool, package in dict(needed).items():
        if not shutil.which(tool):
            print(f"1..0 # SKIP no {tool} (Debian: apt-get install {package})")
            sys.exit()
    if "ALONE" in os.environ:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    alone = ["unshare", "--map-root-user", "--net", "--kill-child", "--fork", "--pid", "--mount-proc"]
    if subprocess.run([*alone, "sh", "-c", tried], capture_output=True, check=False).returncode:
        print("1..0 # SKIP no network namespace is to be had, or no ip (Debian: iproute2)")
        sys.exit()
    os.environ["ALONE"] = "1"
    os.execvp("unshare", [*alone, sys.executable, *sys.argv])


def finish():
    print(f"1..{checks}")


def make_certificate(place, address):
    """Of that address; the paths of it and of its key."""
    paths = os.path.join(place, "cert.pem"), os.path.join(place, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=guest",
                    "-addext", f"subjectAltName=IP:{address}", "-out", paths[0], "-keyout",
                    paths[1]], check=True, capture_output=True)
    os.chmod(paths[1], 0o640)
    return paths
