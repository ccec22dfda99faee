#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""exposition: promtool takes what is exported of unlike runs, in both formats, and what serve tells in each of its states,
without a remark.

Usage: VMM_MONITOR=PROGRAM exposition.py PRINT_RESULTS; prints TAP.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import check, finish, skip_all  # noqa: E402  pylint: disable=wrong-import-position

if not shutil.which("promtool"):
    skip_all("no promtool (Debian: apt-get install prometheus)")


def take(argv, **more):
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False, **more)


def export(path, form):
    return take([os.environ["VMM_MONITOR"], "export", path, form])


def get_documents(program):
    """Those of unlike runs, and one of a machine whose names are no plain words."""
    output = subprocess.run([program], stdout=subprocess.PIPE, check=True).stdout
    documents = [json.loads(text) for text in output.split(b"\0") if text.strip()]
    documents = [document for document in documents if document["format"] == "vmm-monitor-result"]
    strange = json.loads(json.dumps(documents[0]))
    strange["host"]["cpu_model"] = 'Zwölf "Kerne" \\ \\n {a="b"} # %s'
    return [*documents, strange]


def check_states(program):
    """What serve tells, in each of its states."""
    output = subprocess.run([program, "texts"], stdout=subprocess.PIPE, check=True).stdout
    for number, text in enumerate(part.decode() for part in output.split(b"\0") if part.strip()):
        linted = take(["promtool", "check", "metrics"], input=text)
        check(f"serve, state {number}: promtool has no remark",
              linted.returncode == 0 and not linted.stderr + linted.stdout, linted.stderr, text)


def main():
    check_states(sys.argv[1])
    with tempfile.TemporaryDirectory() as place:
        path = os.path.join(place, "result.json")
        for number, document in enumerate(get_documents(sys.argv[1])):
            with open(path, "w", encoding="utf-8") as file:
                json.dump(document, file)
            exported = export(path, "--prometheus")
            linted = take(["promtool", "check", "metrics"], input=exported.stdout)
            check(f"document {number}: promtool has no remark",
                  exported.returncode == linted.returncode == 0 and not linted.stderr + linted.stdout,
                  exported.stderr, linted.stderr, exported.stdout)
            score = document["score"]["total"]
            told = [line.split()[1] for line in exported.stdout.splitlines()
                    if line.startswith("vmm_score ")]
            check(f"document {number}: its score to the digit",
                  [float(text) for text in told] == ([] if score is None else [score]),
                  exported.stdout)
            readings = os.path.join(place, "readings")
            with open(readings, "w", encoding="utf-8") as file:
                file.write(export(path, "--openmetrics").stdout)
            blocks = take(["promtool", "tsdb", "create-blocks-from", "openmetrics", readings,
                           os.path.join(place, f"blocks-{number}")])
            check(f"document {number}: its readings fill a database", blocks.returncode == 0,
                  blocks.stderr, blocks.stdout)
    finish()


main()
