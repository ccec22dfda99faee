# SPDX-License-Identifier: MIT
# formats: collects the formats of sentences that may be stored: VMM_SAID ("...") with a conversion.
# Usage: formats.py OUTPUT SOURCE...
import re
import sys

MARKED = re.compile(r'\bVMM_SAID\s*\(((?:\s*"(?:[^"\\]|\\.)*")+)\s*\)')
PART = re.compile(r'"((?:[^"\\]|\\.)*)"')
CONVERSION = re.compile(r"%[^%]")

found = set()
for source in sys.argv[2:]:
    with open(source, encoding="utf-8") as file:
        for literal in MARKED.findall(file.read()):
            if CONVERSION.search(literal.replace("%%", "")):
                found.add('"' + "".join(PART.findall(literal)) + '"')
with open(sys.argv[1], "w", encoding="utf-8") as output:
    output.write("#include <stddef.h>\n\nextern const char *const vmm_formats[];\nconst char *const vmm_formats[] = {\n")
    output.writelines(f"  {literal},\n" for literal in sorted(found))
    output.write("  NULL\n};\n")
