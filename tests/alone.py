# SPDX-License-Identifier: MIT
"""alone: a script again in namespaces of its own, and a certificate for what it serves there."""
import os
import shutil
import subprocess
import sys

from tap import skip_all


def enter_namespace(needed=(), tried="ip link", more=()):
    """Again, where there is nothing but loopback. `needed`: tool and Debian package; `tried`: what must be
    possible there; `more`: options of unshare."""
    for tool, package in dict(needed).items():
        if not shutil.which(tool):
            skip_all(f"no {tool} (Debian: apt-get install {package})")
    if "ALONE" in os.environ:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    alone = ["unshare", "--map-root-user", "--net", "--kill-child", "--fork", "--pid", "--mount-proc", *more]
    if subprocess.run([*alone, "sh", "-c", tried], capture_output=True, check=False).returncode:
        skip_all("no namespace is to be had, or no ip (Debian: iproute2)")
    os.environ["ALONE"] = "1"
    os.execvp("unshare", [*alone, sys.executable, *sys.argv])


def make_certificate(place, address):
    """Of that address; the paths of it and of its key."""
    paths = os.path.join(place, "cert.pem"), os.path.join(place, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=guest",
                    "-addext", f"subjectAltName=IP:{address}", "-out", paths[0], "-keyout",
                    paths[1]], check=True, capture_output=True)
    os.chmod(paths[1], 0o640)
    return paths
