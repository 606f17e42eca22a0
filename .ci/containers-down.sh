#!/usr/bin/env bash
# Ends what containers-up.sh started and removes its folder.   usage: .ci/containers-down.sh [FOLDER]
set -euo pipefail
folder=${1:-${CREMA_CONTAINERS:-/tmp/crema-containers}}
[ -d "$folder" ] || exit 0
if [ -r "$folder/engine.pid" ]; then
    engine=$(cat "$folder/engine.pid")
    kill "$engine" 2>/dev/null || true
    for _ in $(seq 100); do
        kill -0 "$engine" 2>/dev/null || break
        sleep 0.2
    done
fi
space=$(basename "$folder")
[ ! -r "$folder/link" ] || ip link delete "$(cat "$folder/link")" 2>/dev/null || true
[ ! -e "/run/netns/$space" ] || ip netns delete "$space"
awk -v folder="$folder/" 'index($2, folder) == 1 { print $2 }' /proc/self/mounts | sort -r | while read -r mount; do
    umount "$mount" || true
done
rm -rf "$folder"
