#!/bin/sh
# SPDX-License-Identifier: MIT
# inside.sh: the jobs, in a guest or wherever it runs, twice each and interleaved. Prints the lines of `job`.
#
#   inside.sh                in the directory of the payload; $SCRATCH is a directory on the disk
#
# $WITHOUT names categories whose jobs are left out, $JOBS the jobs to do (all).
set -u
[ -e /etc/passwd ] || { mkdir -p /etc; echo root:x:0:0:root:/root:/bin/sh > /etc/passwd; echo root:x:0: > /etc/group; }
DISK=$SCRATCH/criterion.$$ FAST=/dev/shm/criterion.$$ PEER=10.0.2.2
export DISK FAST PEER
# Where the machine has no program of its own, busybox is one.
for name in true cat rm cp sleep kill mkdir tar grep; do
  [ -e /bin/$name ] || [ -e /usr/bin/$name ] || busybox ln -sf busybox /bin/$name
done
export PATH=$PWD:$PATH HOME=$FAST GIT_EXEC_PATH=$PWD GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b \
  GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=gc.auto GIT_CONFIG_VALUE_0=0 GIT_PAGER=cat
mkdir -p "$DISK" "$FAST/logs"
tar -x -f tree.tar 2> /dev/null || busybox tar -x -f tree.tar
# Database and file are on the disk, and their pages are clean.
sqlite3 "$DISK/lookup" < table
dd if=/dev/urandom of="$DISK/file" bs=1M count=4 2> /dev/null
busybox sync

redis-server --port 7778 --save "" --appendonly no --bind 127.0.0.1 --hz 1 > /dev/null 2>&1 &
redis=$!
cat > "$FAST/nginx.conf" << C
user root; daemon off; master_process off; error_log stderr crit; pid $FAST/pid;
events { worker_connections 64; }
http { access_log off; client_body_temp_path $FAST; proxy_temp_path $FAST; fastcgi_temp_path $FAST;
  uwsgi_temp_path $FAST; scgi_temp_path $FAST; server { listen 127.0.0.1:7781; root $PWD; } }
C
nginx -p "$FAST" -e stderr -c "$FAST/nginx.conf" > /dev/null &
nginx=$!
busybox sleep 2

for round in 1 2; do
  grep -v '^#' jobs | while IFS='|' read -r name category command; do
    name=$(echo $name) category=$(echo $category)
    case " ${WITHOUT:-} " in *" $category "*) continue ;; esac
    case " ${JOBS:-$name} " in *" $name "*) ./job "$name" 1.2 1000000 "${command# }" ;; esac
  done
done
kill $redis $nginx 2> /dev/null
wait 2> /dev/null
rm -rf "$DISK" "$FAST"
