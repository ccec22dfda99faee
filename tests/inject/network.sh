#!/bin/sh
# SPDX-License-Identifier: MIT
# network.sh: runs a command in a network namespace whose gateway is ours; no packet leaves it.
#
#   network.sh DELAY-MS JITTER-MS LOSS-PERCENT COMMAND...   the gateway answers late, unevenly or not
#   network.sh none COMMAND...                              no gateway at all
#   network.sh refused COMMAND...                           a gateway, but no right to ping (nobody)
#
# Needs root, ip, and the `gateway` program built from gateway.c, named by $GATEWAY. Exit 77 without.
set -eu
[ "$(id -u)" = 0 ] && command -v ip >/dev/null && [ -c /dev/net/tun ] || exit 77
name=inject$$
gateway=
finish() {
  [ -z "$gateway" ] || kill "$gateway" 2>/dev/null || true
  wait 2>/dev/null || true
  ip netns del "$name" 2>/dev/null || true
}

delay=0 jitter=0 loss=0 kind=open
case $1 in
  none | refused) kind=$1; shift ;;
  *) delay=$1 jitter=$2 loss=$3; shift 3 ;;
esac

ip netns add "$name" 2>/dev/null || exit 77
trap finish EXIT
trap 'exit 1' INT TERM
ip netns exec "$name" true 2>/dev/null || exit 77 # below chroot(1) it cannot mount
ip -n "$name" link set lo up
if [ $kind != none ]; then
  [ -x "${GATEWAY:-}" ] || exit 77
  # It stands for a machine outside: this one's load is not its own.
  urgent=
  if chrt --fifo 10 true 2>/dev/null; then urgent="chrt --fifo 10"; fi
  ip netns exec "$name" $urgent "$GATEWAY" tun0 "$delay" "$jitter" "$loss" &
  gateway=$!
  i=0
  while ! ip -n "$name" link show tun0 >/dev/null 2>&1; do
    i=$((i + 1))
    [ $i -lt 100 ] || exit 77
    sleep 0.05
  done
  ip -n "$name" addr add 10.77.0.2/24 dev tun0
  ip -n "$name" link set tun0 up
  ip -n "$name" route add default via 10.77.0.1
fi

status=0
if [ $kind = refused ]; then
  ip netns exec "$name" setpriv --reuid 65534 --regid 65534 --clear-groups "$@" || status=$?
else
  ip netns exec "$name" "$@" || status=$?
fi
exit $status
