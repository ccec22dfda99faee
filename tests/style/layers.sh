#!/bin/sh
# SPDX-License-Identifier: MIT
# layers: every #include names only what its room may know, and src/README.md what is there.
# Usage: layers.sh SOURCE_ROOT
set -efu
cd "$1"

# The headers of include/vmm/, floor by floor, and the highest floor that each room may name.
floor1='error cause aside metric channel language procfs json http source sources peer member host secret'
floor2='headroom outlook plan reference ring session summary score'
floor3='result store compare history usual advice export snapshot fleet'
floor4='figure history_words units readout words account phrases share run settings shelf turns guided fleet_words'
floor5='color axis history_plot plot chart scale card serve listen'
floor6='options command text loop face'
floor7='program'

get_floor_of_room () {
  case $1 in
  collect | host | http | json | language | peer | ping | probe) echo 1 ;;
  measure | outlook) echo 2 ;;
  results | fleet) echo 3 ;;
  run | words) echo 4 ;;
  plot | serve | listen) echo 5 ;;
  terminal | gui) echo 6 ;;
  program | .) echo 7 ;;
  *) echo 0 ;;
  esac
}

get_floor_of_header () {
  floor=0
  for headers in "$floor1" "$floor2" "$floor3" "$floor4" "$floor5" "$floor6" "$floor7" ' '; do
    floor=$((floor + 1))
    case " $headers " in *" $1 "*) break ;; esac
  done
  echo $floor
}

# check FILE LINE INCLUDED ROOM FLOOR: prints a complaint, or nothing.
check () {
  case $3 in
  '"vmm/json.h"')
    case $4 in
    json | host | results | fleet | words) ;;
    *) echo "$1:$2: only host, results, fleet and words know documents: $3" ;;
    esac
    ;;
  '"vmm/http.h"')
    case $4 in
    http | host | fleet | serve | terminal | gui) ;;
    *) echo "$1:$2: only those who are told whom to ask: $3" ;;
    esac
    ;;
  '"vmm/'*)
    header=${3#\"vmm/}
    floor=$(get_floor_of_header "${header%.h\"}")
    [ -e "include/vmm/${header%\"}" ] || echo "$1:$2: no such header: $3"
    [ "$floor" -le "$5" ] || echo "$1:$2: a room of floor $5 knows nothing of $3"
    case $4:$header in
    words:run.h* | words:settings.h* | words:shelf.h* | words:turns.h* | words:guided.h* | \
      run:words.h* | run:phrases.h* | run:figure.h* | run:account.h* | run:share.h* | \
      plot:run.h* | plot:settings.h* | plot:shelf.h* | terminal:plot.h* | terminal:chart.h* | \
      gui:command.h* | gui:text.h* | gui:loop.h*)
      echo "$1:$2: not of this room: $3"
      ;;
    esac
    ;;
  '"'*/*) echo "$1:$2: another room's private header: $3" ;;
  '"'*)
    header=${3#\"}
    [ "$4" != . ] && [ -n "$(find "src/$4" -name "${header%\"}")" ] || echo "$1:$2: not of its room: $3"
    ;;
  '<gtk/'* | '<gdk/'* | '<atk/'* | '<librsvg/'*)
    [ "$4" = gui ] || echo "$1:$2: only the window has widgets: $3"
    ;;
  '<cairo'* | '<pango/'*)
    case $4:$5 in
    gui:* | plot:* | include:5) ;;
    *) echo "$1:$2: only plot and the window draw: $3" ;;
    esac
    ;;
  '<microhttpd.h>')
    [ "$4" = listen ] || echo "$1:$2: only the listener is a server: $3"
    ;;
  '<libsoup/'*)
    [ "$4" = http ] || echo "$1:$2: only http is a client: $3"
    ;;
  '<json-glib/'*)
    [ "$1" = include/vmm/json.h ] || echo "$1:$2: documents are written and read by vmm/json.h: $3"
    ;;
  '<'*) ;;
  *) echo "$1:$2: an include that cannot be read: $3" ;;
  esac
}

# check_files ROOM FLOOR FILE...
check_files () {
  room=$1 limit=$2
  shift 2
  grep -HnE '^[[:space:]]*#[[:space:]]*include' "$@" /dev/null |
    while IFS=: read -r file line text; do
      text=${text#*include}
      set -- $text # without the spaces around it, and what follows
      check "$file" "$line" "$1" "$room" "$limit"
    done
}

# A header that needs another one before it would not be found out behind that one.
check_first () {
  first=$(grep -m 1 -E '^[[:space:]]*#[[:space:]]*include' "$1") || return 0
  case $first in
  *'<'*)
    if grep -q '^#include "' "$1"; then echo "$1: its own header comes first"; fi
    ;;
  esac
}

# What the description of the house names in backquotes, a file or a function, is there.
check_names () {
  for name in $(grep -oE '`[a-z_]+(/[a-z_]+)+\.[ch]`' src/README.md | tr -d '`' | sort -u); do
    [ -e "src/$name" ] || [ -e "include/$name" ] || [ -e "$name" ] ||
      echo "src/README.md: no such file: $name"
  done
  for name in $(grep -oE '`[a-z_]+\(\)`' src/README.md | tr -d '`()' | sort -u); do
    grep -rqE "^$name \(" src tests || echo "src/README.md: no such function: $name()"
  done
}

check_all () {
  check_names
  for header in $(find include/vmm -name '*.h' | sort); do
    name=${header##*/}
    floor=$(get_floor_of_header "${name%.h}")
    [ "$floor" -le 7 ] || echo "$header: on no floor of tests/style/layers.sh"
    check_files include "$floor" "$header"
  done
  for file in $(find src -name '*.c' -o -name '*.h' | sort); do
    room=${file#src/}
    case $room in */*) room=${room%%/*} ;; *) room=. ;; esac # its folders are one room
    floor=$(get_floor_of_room "$room")
    [ "$floor" -gt 0 ] || echo "$file: in no room of tests/style/layers.sh"
    check_files "$room" "$floor" "$file"
    case $file in
    src/gui/* | *.h) ;;
    *) check_first "$file" ;;
    esac
  done
}

complaints=$(check_all)
[ -z "$complaints" ] && exit
printf '%s\n' "$complaints" >&2
exit 1
