#!/bin/sh
# SPDX-License-Identifier: MIT
# alone: what the program asks the kernel for: it starts no other program, makes no file whose name
# can be guessed, writes where it was told and nowhere else, and speaks to nobody but its target and, over
# 127.0.0.1, itself.
. "$(dirname "$0")/lib.sh"

# Two tracers cannot look at one process: LeakSanitizer is the other.
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}"
strace -o /dev/null true 2>/dev/null || { echo '1..0 # SKIP strace is not here, or may not trace'; exit; }
calls="$scratch/calls"
making='open,openat,openat2,creat,link,linkat,rename,renameat,renameat2,symlink,symlinkat,mkdir,mkdirat,mknod,mknodat'

# trace ARGUMENT...: run, and its calls, those of all its threads.
trace () {
  strace -f -qq -s 256 -o "$calls" -e trace=process,network,$making \
    "$VMM_MONITOR" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
  code=$?
}

# count PATTERN [BUT]: how many calls look like that, and not like BUT.
count () {
  grep -E "$1" "$calls" | grep -cvE "${2:-^$}"
}

# none PATTERN [BUT]: no call does; those that do are shown.
none () {
  [ "$(count "$@")" = 0 ] && return
  grep -E "$1" "$calls" | grep -vE "${2:-^$}" | head -n 5 | sed 's/^/# /'
  return 1
}

# Whatever is made or opened to be written is below $scratch.
writes_at_home () {
  none 'open(at|at2)?\(.*(O_WRONLY|O_RDWR|O_CREAT)|creat\(|(mkdir|mknod|symlink|link|rename)(at|at2)?\(' \
    "\"$scratch[/\"]|\"/dev/null\"|\"/proc/self/fd/[0-9]+\", AT_FDCWD, \"$scratch/"
}

# check_alone NAME [BUT] [COPY]: nobody is spoken to, unless the call looks like BUT, and no process is
# made, unless the call looks like COPY.
check_alone () {
  check "$1: starts no program" is "$(count ' (execve|execveat)\(')" 1
  check "$1: has no child" none ' (v?fork|clone3?)\(' "CLONE_THREAD${3:+|$3}"
  check "$1: writes nowhere else" writes_at_home
  check "$1: what it makes has a new name, or none" none O_CREAT 'O_EXCL|O_TMPFILE|/named'
  check "$1: speaks to nobody" none ' (connect|bind|sendto|sendmsg|sendmmsg|listen)\(' "${2:-}"
}

# With a score, or without where traced probes of a crowded machine had too little time: the calls are the same.
measured () { exits 0 || prints '^No score: too little was measured in time'; }

mkdir "$scratch/disk"
disk="--scratch $scratch/disk"
[ "$(stat -f -c %T "$scratch")" != tmpfs ] || disk=--passive # there is no disk to be written to
trace --duration 5 --interval 500 --ping-target none $disk --json "$scratch/named.json"
check 'a run' measured
check 'a run: it was watched' test "$(count 'O_TMPFILE|O_EXCL')" -ge 1
# A probe measures how long a process takes, by a copy of the program that makes copies of itself, and
# asks it over a pair of sockets; another has a connection with itself.
itself=' (bind|connect)\([0-9]+, \{sa_family=AF_INET, sin_port=htons\([0-9]+\), sin_addr=inet_addr\("127\.0\.0\.1"\)\}'
check_alone 'a run' "$itself| listen\([0-9]+, 1\)| sendto\([0-9]+, \"[^\"]*\", 1, MSG_NOSIGNAL, NULL, 0\)" \
  ' clone\(child_stack=NULL, flags=SIGCHLD[ )]'
trace -t --passive --duration 5 --ping-target none --no-save --sysroot "$FIXTURES/virtualbox"
check 'another machine' exits 0
check_alone 'another machine'
# To see whether echoes could be sent, an ICMP socket is connected: that sends nothing.
trace host --scratch "$scratch/disk"
check host exits 0
check_alone host ' connect\([0-9]+, \{sa_family=AF_INET6?, sin6?_port=htons\(0\)'
id=$(ls "$XDG_DATA_HOME/vmm_monitor/results" | sed 's/\.json$//')
for command in list 'show last' "compare $id $id" "export $id --json $scratch/named" \
  "delete $id --yes" "import $scratch/named.json"; do
  trace $command
  check "${command%% *}" exits 0
  check_alone "${command%% *}"
done

# A document whose strings are ways to other files: they are words.
python3 - "$scratch/named.json" "$scratch/way.json" <<'EOF'
import json
import sys
run = json.load(open(sys.argv[1]))
run["label"] = run["host"]["cpu_model"] = "../../../../etc/passwd"
run["plan"]["scratch_dir"] = run["plan"]["sysroot"] = "/etc/ssl"
json.dump(run, open(sys.argv[2], "w"))
EOF
for command in "import $scratch/way.json" "show $scratch/way.json" "export $scratch/way.json --csv"; do
  trace $command
  check "ways to other files: ${command%% *}" exits 0
  check "ways to other files: ${command%% *}: takes none of them" none '/passwd|/etc/ssl'
  check "ways to other files: ${command%% *}: writes nowhere else" writes_at_home
done

finish
