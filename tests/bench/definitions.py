# SPDX-License-Identifier: MIT
"""definitions.py: the program's own tables of the score, from the source that it is built of."""

import pathlib
import re

TABLE = pathlib.Path(__file__).resolve().parent.parent.parent / "src" / "measure" / "reference.c"
CATEGORIES = ("cpu", "memory", "disk", "network")


def definitions():
    """version -> (channel -> (category, weight in it), the categories' weights)"""
    text = TABLE.read_text()
    probes = {name: (re.sub("_", ".", channel, count=1).lower(), category.lower()) for name, channel, category
              in re.findall(r'#define (\w+)\(weight\) +ROW \("\w+", +(\w+), +(\w+),', text)}
    found = {}
    for version, body in re.findall(r"rows_(\d+)\[\] = \{(.*?)\};", text, re.DOTALL):
        weights = re.search(rf"\{{ {version}, rows_{version}, OF \(([\d., ]+)\)", text)
        scored = {probes[name][0]: (probes[name][1], float(weight))
                  for name, weight in re.findall(r"(\w+) \(([\d.]+)\)", body) if float(weight) > 0}
        if not scored or not weights:
            raise SystemExit(f"no table of version {version} in {TABLE}")
        found[int(version)] = scored, dict(zip(CATEGORIES, map(float, weights[1].split(","))))
    if not found:
        raise SystemExit(f"no table in {TABLE}")
    return found


def betweens(version):
    """sd of ln between equal windows within the hour: of the total, and of each category"""
    parts = re.search(rf"rows_{version}, .*, OF \(([\d., ]+)\), ([\d.]+) \}}", TABLE.read_text())
    return {"total": float(parts[2]), **dict(zip(CATEGORIES, map(float, parts[1].split(","))))}
