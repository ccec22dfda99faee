# SPDX-License-Identifier: MIT
"""validate: real documents obey data/result.schema.json, and spoilt ones do not.

Usage: validate.py SCHEMA COMMAND... (which prints documents, a NUL after each)
"""
import copy
import json
import pathlib
import re
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)


def refuse(word):
    raise ValueError("not JSON: " + word)


def spoil(document):
    """Every document that lacks one member, or has a wrong type somewhere."""
    def walk(node, path):
        for name in node:
            yield path + [name]
            if isinstance(node[name], dict):
                yield from walk(node[name], path + [name])

    for path in list(walk(document, [])):
        spoilt = copy.deepcopy(document)
        parent = spoilt
        for name in path[:-1]:
            parent = parent[name]
        parent[path[-1]] = {"wrong": "type"}
        yield path, spoilt


def list_unknown(node, rule, path=""):
    """Every member that the schema has no word about, which "additionalProperties" would not say:
    documents of later programs may have more."""
    while "$ref" in rule:
        rule = schema["definitions"][rule["$ref"].rsplit("/", 1)[1]]
    if isinstance(node, list):
        for value in node[:1]:
            yield from list_unknown(value, rule.get("items", {}), path)
    elif isinstance(node, dict):
        for name, value in node.items():
            inner = rule.get("properties", {}).get(name, rule.get("additionalProperties"))
            if not isinstance(inner, dict):
                yield f"{path}/{name}"
            else:
                yield from list_unknown(value, inner, f"{path}/{name}")


def check_ids(table, file, teller, allowed):
    """Complaints about ids of a const table that the schema lacks, or that nothing of `teller` tells."""
    host = pathlib.Path(sys.argv[1]).parent.parent / "src" / "host"
    rows = re.search(r"\} " + table + r"\[\] = \{\n(.*?)\n\};", (host / file).read_text(), re.DOTALL)
    ids = re.findall(r'^  \{ "([^"]+)"', rows[1], re.MULTILINE)
    code = (host / teller).read_text().replace(rows[0], "")
    for name in sorted(set(ids) ^ set(allowed)):
        yield f"{name}: in one of host/{file} and the schema"
    for name in ids:
        if f'"{name}"' not in code:
            yield f"{name}: nothing in host/{teller} tells it"


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)

output = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, check=True).stdout
documents = [json.loads(text, parse_constant=refuse) for text in output.decode().split("\0") if text.strip()]
failed = 0 if documents else 1

for document in documents:
    for error in validator.iter_errors(document):
        print("not ok:", "/".join(map(str, error.path)), error.message)
        failed += 1

for member in sorted({member for document in documents for member in list_unknown(document, schema)}):
    print("not ok: not in the schema:", member)
    failed += 1

for path, spoilt in spoil(documents[0]):
    if validator.is_valid(spoilt):
        print("not ok: accepted although wrong:", "/".join(path))
        failed += 1

for member in schema["required"]:
    spoilt = {name: documents[0][name] for name in documents[0] if name != member}
    if validator.is_valid(spoilt):
        print("not ok: accepted although missing:", member)
        failed += 1

members = schema["properties"]["host"]["properties"]
for complaint in [*check_ids("vmms", "vmm.c", "hypervisor.c", members["vmm"]["properties"]["id"]["enum"]),
                  *check_ids("clouds", "cloud.c", "cloud.c", members["cloud"]["properties"]["id"]["enum"])]:
    print("not ok:", complaint)
    failed += 1

print(len(documents), "documents,", failed, "failures")
sys.exit(1 if failed else 0)
