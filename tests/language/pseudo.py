#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# pseudo: a language that has every text: «áçcéntéd», and longer by two fifths. What is shown without
# accents has not been through the catalogue, what is cut off has no room for longer words.
#
# Usage: pseudo.py BUILD_OR_SOURCE OUTDIR. Writes OUTDIR/xx/LC_MESSAGES/vmm_monitor.mo; a program finds
# it in ../share/locale beside it, with LANGUAGE=xx and a locale that is not C.
import ast
import os
import re
import subprocess
import sys

# What meson's preset "glib" gives to xgettext, as far as it is in use here.
PRESET = ["--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
          "--keyword=g_dngettext:2,3", "--keyword=g_dcgettext:2", "--keyword=g_dpgettext2:2c,3",
          "--keyword=ngettext:1,2"]
HEADER = r"""msgid ""
msgstr ""
"Language: xx\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
# What must stay: conversions, the formats of times, markup, entities.
KEPT = re.compile(r"(%(?:\d+\$)?[-+#0-9.]*(?:[hlzj]*[diouxXeEfgGcsp%]|[YmdHMSBbpe])|<[^<>]*>|&\w+;)")


def find_source(directory):
    """The source of a build directory, or the directory itself."""
    settings = os.path.join(directory, "meson-info", "intro-buildsystem_files.json")
    if os.path.exists(settings):
        import json
        return os.path.dirname(min(json.load(open(settings, encoding="utf-8")), key=len))
    return directory


def extract(source):
    """The catalogue to be, as text. Desktop files are read by others."""
    with open(os.path.join(source, "data/po/POTFILES"), encoding="utf-8") as file:
        files = [line for line in file.read().split("\n")
                 if line.endswith((".c", ".h", ".ui"))]
    with open(os.path.join(source, "data/po/meson.build"), encoding="utf-8") as file:
        options = re.findall(r"'(--[^']*)'", file.read())
    return subprocess.run(["xgettext", "--output=-", *PRESET, *options, *files], cwd=source,
                          check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def accent(text):
    """The text as the language has it."""
    parts = KEPT.split(text)
    words = "".join(part if i % 2 else part.translate(ACCENTS) for i, part in enumerate(parts))
    blank, end = len(words) - len(words.lstrip(" \n")), len(words.rstrip(" \n"))
    longer = ("ñ" * 9 + " ") * (len(text) // 25 + 1)
    return words[:blank] + "«" + words[blank:end] + " " + longer[:len(text) * 2 // 5].strip() \
        + "»" + words[end:]


def unquote(lines):
    return "".join(ast.literal_eval(line) for line in lines)


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") \
        .replace("\t", "\\t") + '"'


def translate(entry):
    """An entry of the catalogue, with its translation, or nothing for the header."""
    fields, flags = {}, [line for line in entry.split("\n") if line.startswith("#,")]
    for name, lines in re.findall(r'^(msgctxt|msgid_plural|msgid) ((?:".*"\n?)+)', entry, re.M):
        fields[name] = unquote(lines.strip().split("\n"))
    if not fields.get("msgid"):
        return ""
    out = [f"{name} {quote(text)}" for name, text in fields.items()]
    if "msgid_plural" in fields:
        out.append(f"msgstr[0] {quote(accent(fields['msgid']))}")
        out.append(f"msgstr[1] {quote(accent(fields['msgid_plural']))}")
    else:
        out.append(f"msgstr {quote(accent(fields['msgid']))}")
    return "\n".join(flags + out) + "\n"


def main():
    source = find_source(sys.argv[1])
    directory = os.path.join(sys.argv[2], "xx", "LC_MESSAGES")
    os.makedirs(directory, exist_ok=True)
    entries = [translate(entry) for entry in extract(source).split("\n\n")]
    subprocess.run(["msgfmt", "--check-format", "--output-file",
                    os.path.join(directory, "vmm_monitor.mo"), "-"],
                   input="\n".join([HEADER, *filter(None, entries)]), encoding="utf-8", check=True)


main()
