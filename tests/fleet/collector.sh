#!/bin/bash
# SPDX-License-Identifier: MIT
# collector: node_exporter takes the text beside its own figures, by the link that tmpfiles makes.
# Usage: collector.sh SOURCE_ROOT; prints TAP. In a network namespace of its own.
. "$(dirname "$0")/../cli/lib.sh"
for tool in prometheus-node-exporter curl ip; do
  command -v "$tool" >/dev/null && continue
  echo "1..0 # SKIP no $tool (Debian: apt-get install prometheus-node-exporter curl iproute2)"
  exit
done
if ! unshare --map-root-user --net true 2>/dev/null; then
  echo '1..0 # SKIP no network namespace is to be had'
  exit
fi

mkdir "$scratch/state" "$scratch/text"
ln -s "$scratch/state/vmm_monitor.prom" "$scratch/text/vmm_monitor.prom"
run serve --once --no-save --duration 5 --ping-target none --textfile "$scratch/state/vmm_monitor.prom"
check 'a window' exits 0

# shellcheck disable=SC2016
unshare --map-root-user --net bash -c '
  ip link set lo up
  prometheus-node-exporter --collector.disable-defaults --collector.textfile \
    --collector.textfile.directory="$1/text" --web.listen-address=127.0.0.1:9100 >"$1/err" 2>&1 &
  for _ in $(seq 100); do
    curl -fs http://127.0.0.1:9100/metrics >"$1/out" && break
    sleep 0.1
  done
  kill $!
  wait $!' collector "$scratch"
check 'the text is read' prints '^node_textfile_scrape_error 0$'
check 'its figures are told' prints '^vmm_windows_total 1$'
check 'and its quality' prints '^vmm_window_quality{quality="clean"} '
check 'nothing collides with the figures of node_exporter' not complains 'level=error'
finish
