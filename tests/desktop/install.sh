#!/bin/sh
# SPDX-License-Identifier: MIT
# install: what is installed is all that is meant, and is gone after "ninja uninstall".
# Usage: install.sh BUILD PREFIX window|terminal. Prints TAP.
set -u
build=$1 prefix=$2 face=$3
linguas=$(dirname "$0")/../../data/po/LINGUAS
command -v ninja >/dev/null || { echo '1..0 # SKIP ninja is not installed'; exit; }
root=$(mktemp -d)
# What this build has installed elsewhere shall still be removable.
log=$build/meson-logs/install-log.txt
[ ! -e "$log" ] || cp "$log" "$root.log"
restore () {
  rm -rf "$root"
  if [ -e "$root.log" ]; then mv "$root.log" "$log"; else rm -f "$log"; fi
}
trap restore EXIT

id=io.github.vmm_monitor.VmmMonitor
{
  cat <<EOF
bin/vmm_monitor
lib/systemd/user/vmm_monitor-watch.service
lib/systemd/user/vmm_monitor-watch.timer
share/bash-completion/completions/vmm_monitor
share/doc/vmm_monitor/fleet/grafana.json
share/doc/vmm_monitor/fleet/prometheus.yml
share/doc/vmm_monitor/fleet/targets.json
share/doc/vmm_monitor/fleet/vmm.rules.test.yml
share/doc/vmm_monitor/fleet/vmm.rules.yml
share/doc/vmm_monitor/fleet/vmm_monitor-once.service
share/doc/vmm_monitor/fleet/vmm_monitor-once.timer
share/doc/vmm_monitor/fleet/vmm_monitor.service
share/doc/vmm_monitor/fleet/vmm_monitor.sysusers
share/doc/vmm_monitor/fleet/vmm_monitor.tmpfiles
share/doc/vmm_monitor/outlook.md
share/doc/vmm_monitor/result.schema.json
share/doc/vmm_monitor/score.md
share/fish/vendor_completions.d/vmm_monitor.fish
share/man/man1/vmm_monitor.1
share/zsh/site-functions/_vmm_monitor
EOF
  for language in $(sed 's/#.*//' "$linguas"); do
    echo "share/locale/$language/LC_MESSAGES/vmm_monitor.mo"
  done
  [ "$face" = terminal ] || cat <<EOF
share/applications/$id.desktop
share/icons/hicolor/scalable/apps/$id.svg
share/icons/hicolor/symbolic/apps/$id-symbolic.svg
share/metainfo/$id.metainfo.xml
EOF
} | sort >"$root.expected"
trap 'restore; rm -f "$root.expected" "$root.found"' EXIT

DESTDIR=$root meson install -C "$build" --no-rebuild >/dev/null && echo 'ok 1 - installed' || echo 'not ok 1 - installed'
(cd "$root$prefix" && find . ! -type d) | sed 's,^\./,,' | sort >"$root.found"
if diff "$root.expected" "$root.found" | sed 's/^/# /' | grep .; then
  echo 'not ok 2 - what is meant, and no more'
else
  echo 'ok 2 - what is meant, and no more'
fi
# Where the application was pinned under its id of before, the desktop shows the new one.
if [ "$face" = terminal ] || grep -q '^X-Flatpak-RenamedFrom=io\.github\.vmm_monitor\.desktop;$' \
    "$root$prefix/share/applications/$id.desktop"; then
  echo 'ok 3 - known by its id of before'
else
  echo 'not ok 3 - known by its id of before'
fi
DESTDIR=$root ninja -C "$build" uninstall >/dev/null && echo 'ok 4 - uninstalled' || echo 'not ok 4 - uninstalled'
left=$(find "$root" -mindepth 1)
[ -z "$left" ] && echo 'ok 5 - nothing is left' || echo "not ok 5 - nothing is left
# $left"
echo 1..5
