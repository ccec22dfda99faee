#!/bin/sh
# SPDX-License-Identifier: MIT
# wire.sh: runs a command, or a VMM, with another machine at the end of a wire; no packet leaves.
#
#   wire.sh DELAY-MS LOSS-PERCENT SHARE COMMAND...
#
# Two network namespaces, and $WIRE between them. The far one is 10.0.2.2, gateway and peer: it answers
# pings, and has a redis (port 7777) and a web server (7780) with the files of the directory SHARE. The near
# one is 10.0.2.15 for a program, and for a guest the TAP device "guest", behind a bridge. Needs root, ip,
# redis-server and busybox. Exit 77 without.
set -eu
delay=$1 loss=$2 share=$3
shift 3
[ "$(id -u)" = 0 ] && [ -c /dev/net/tun ] && [ -x "${WIRE:-}" ] || exit 77
for tool in ip nsenter redis-server busybox; do command -v $tool >/dev/null || exit 77; done

near=near$$ far=far$$ pids=
finish() {
  [ -z "$pids" ] || kill $pids 2>/dev/null || true
  wait 2>/dev/null || true
  ip netns del $near 2>/dev/null || true
  ip netns del $far 2>/dev/null || true
}
trap finish EXIT
trap 'exit 1' INT TERM
ip netns add $near || exit 77
ip netns add $far
for n in $near $far; do
  nsenter --net=/run/netns/$n sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
    echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range' 2>/dev/null || true
  ip -n $n link set lo up
done

# It stands for machines outside: this one's load is not its own.
urgent=
if chrt --fifo 10 true 2>/dev/null; then urgent="chrt --fifo 10"; fi
nsenter --net=/run/netns/$near $urgent "$WIRE" near0 far0 "$delay" "$loss" &
pids=$!
i=0
until ip -n $near link show far0 >/dev/null 2>&1; do
  i=$((i + 1))
  [ $i -lt 100 ] || exit 77
  sleep 0.05
done
ip -n $near link set far0 netns $far
ip -n $far addr add 10.0.2.2/24 dev far0
ip -n $far link set far0 up
ip -n $near link add bridge0 type bridge
ip -n $near tuntap add guest mode tap
for n in near0 guest; do ip -n $near link set $n master bridge0 up; done
ip -n $near link set bridge0 up
if [ "${WIRE_FOR:-guest}" = program ]; then
  ip -n $near addr add 10.0.2.15/24 dev bridge0
  ip -n $near route add default via 10.0.2.2
fi

nsenter --net=/run/netns/$far $urgent redis-server --port 7777 --save "" --appendonly no \
  --protected-mode no --bind 10.0.2.2 >/dev/null &
pids="$pids $!"
nsenter --net=/run/netns/$far $urgent busybox httpd -f -p 10.0.2.2:7780 -h "$share" &
pids="$pids $!"

status=0
nsenter --net=/run/netns/$near "$@" || status=$?
exit $status
