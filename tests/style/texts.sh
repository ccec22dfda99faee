#!/bin/sh
# SPDX-License-Identifier: MIT
# texts: every file with a marked text is in POTFILES, every translation has its text's figures in
# place. Usage: texts.sh SOURCE_ROOT [complete]. With "complete", no text may lack its translation.
set -efu
cd "$1"
complete=${2-}

if ! command -v msgfmt >/dev/null || ! command -v xgettext >/dev/null; then
  echo 'gettext is not installed'
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

marked='(^|[^[:alnum:]_])(_|N_|C_|NC_|VMM_SAID|VMM_FORMS|vmm_text_of|g_dngettext) \("'
grep -rlE "$marked" src --include='*.[ch]' >"$scratch/marked"
set +f
grep -l 'translatable="yes"' data/*.ui >>"$scratch/marked"
set -f
grep -E '^src/|\.ui$' data/po/POTFILES | sort >"$scratch/listed"
sort -o "$scratch/marked" "$scratch/marked"
comm -23 "$scratch/marked" "$scratch/listed" |
  sed 's|$|: has marked texts, and is not in data/po/POTFILES|' >"$scratch/complaints"
for file in $(sed '/^#/d' data/po/POTFILES); do
  [ -e "$file" ] || echo "data/po/POTFILES: no such file: $file" >>"$scratch/complaints"
done

# What the core says may be stored: in English.
grep -nE '\b(g_strerror|strerror) \(' -r src/collect src/host src/measure src/ping src/probe src/results |
  sed 's|$|: vmm_strerror() speaks English, as files do|' >>"$scratch/complaints"

# What there is to translate now, without the desktop's files, which are not read everywhere.
grep -E '\.([ch]|ui)$' data/po/POTFILES >"$scratch/files"
preset='--keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dngettext:2,3'
options=$(grep -oE "'--[^']*'" data/po/meson.build | tr -d "'")
# shellcheck disable=SC2086 # each option is a word
xgettext $preset $options --files-from="$scratch/files" --output="$scratch/all.pot" 2>/dev/null ||
  echo 'xgettext fails' >>"$scratch/complaints"
while read -r language; do
  msgfmt --check --output-file=/dev/null "data/po/$language.po" 2>"$scratch/said" ||
    cat "$scratch/said" >>"$scratch/complaints"
  [ "$complete" ] || continue
  msgcmp "data/po/$language.po" "$scratch/all.pot" 2>&1 |
    grep -v -e 'this message is not used' -e 'fatal errors\?$' >>"$scratch/complaints" || true
done <data/po/LINGUAS
[ ! -s "$scratch/complaints" ] && exit
cat "$scratch/complaints" >&2
exit 1
