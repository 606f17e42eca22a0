#!/usr/bin/env bash
# A container engine, Compose v2 and a Java base image on a bare Debian machine, as root, from Debian's packages alone.
#
# usage: .ci/containers-up.sh [FOLDER]     then: . FOLDER/env        and at the end: .ci/containers-down.sh [FOLDER]
#
# The engine has a network namespace of its own, so that its bridge and firewall rules never touch the machine's. One
# pair of virtual interfaces joins the two; a published port is reachable at the address in $TESTCONTAINERS_HOST_OVERRIDE.
# Running it again changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
. bin/tools.sh

folder=${1:-${CREMA_CONTAINERS:-/tmp/crema-containers}}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
space=$(basename "$folder")
number=$(printf '%s' "$folder" | cksum | cut -d' ' -f1)
net=10.213.$((number % 250))
link=crm$((number % 100000))
base=crema-base:25

DOCKER_HOST=unix://$folder/engine.sock
DOCKER_CONFIG=$folder/client
export DOCKER_HOST DOCKER_CONFIG DEBIAN_FRONTEND=noninteractive
mkdir -p "$folder/data" "$folder/exec" "$DOCKER_CONFIG/cli-plugins"

apt() { apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >>"$folder/apt.log" 2>&1; }

engine_packages() {
    local missing= pair
    for pair in dockerd:docker.io iptables:iptables ip:iproute2 nsenter:util-linux; do
        command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
    done
    if [ -n "$missing" ]; then
        apt update
        apt install -y --no-install-recommends $missing
    fi
    # since Debian 13 the client is a package of its own
    command -v docker >/dev/null || apt install -y --no-install-recommends docker-cli
}

# Compose v2 came to Debian with trixie; its binary asks for nothing but libc, so older releases only unpack it.
compose_plugin() {
    local plugin=$DOCKER_CONFIG/cli-plugins/docker-compose mirror options
    [ ! -x "$plugin" ] || return 0
    mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -1 | tr -d ' ')
    mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} trixie main" >"$folder/apt/sources.list"
    options="-o Dir::Etc::sourcelist=$folder/apt/sources.list -o Dir::Etc::sourceparts=/dev/null
        -o Dir::State::lists=$folder/apt/lists -o Dir::Cache=$folder/apt/cache -o APT::Sandbox::User=root"
    apt $options update
    (cd "$folder/apt" && apt $options download docker-compose && dpkg-deb -x docker-compose_*.deb unpacked)
    cp "$folder"/apt/unpacked/usr/libexec/docker/cli-plugins/docker-compose "$plugin"
}

network() {
    [ ! -e "/run/netns/$space" ] || return 0
    ip netns add "$space"
    echo "${link}a" >"$folder/link"
    ip link add "${link}a" type veth peer name "${link}b" netns "$space"
    ip addr add "$net.1/30" dev "${link}a"
    ip link set "${link}a" up
    nsenter --net="/run/netns/$space" sh -c "ip link set lo up; ip addr add $net.2/30 dev ${link}b; ip link set ${link}b up;
        echo 1 >/proc/sys/net/ipv4/ip_forward"
}

engine() {
    local tries=0
    if docker version >/dev/null 2>&1; then return 0; fi
    # nsenter rather than "ip netns exec", which would hide the control groups from the engine
    setsid nsenter --net="/run/netns/$space" dockerd --host "$DOCKER_HOST" --data-root "$folder/data" \
        --exec-root "$folder/exec" --pidfile "$folder/engine.pid" --bip "$net.129/25" >"$folder/engine.log" 2>&1 </dev/null &
    until docker version >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || { tail -5 "$folder/engine.log" >&2; return 1; }
        sleep 0.2
    done
}

# Out of this machine's own JDK: a Java runtime, a shell, and the libraries that they and native Java libraries load.
base_image() {
    local root=$folder/root file library
    if docker image inspect "$base" >/dev/null 2>&1; then return 0; fi
    rm -rf "$root"
    mkdir -p "$root/bin" "$root/etc" "$root/opt" "$root/tmp" "$root/lib64"
    chmod 1777 "$root/tmp"
    "$JAVA_HOME/bin/jlink" --output "$root/opt/java" --no-header-files --no-man-pages --strip-java-debug-attributes \
        --add-modules java.se,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
    cp -L /bin/bash "$root/bin/bash"
    ln -s bash "$root/bin/sh"
    library=$(dirname "$(ldd /bin/bash | grep -oE '/[^ ]*/libc\.so\.6' | head -1)")
    mkdir -p "$root$library"
    {
        find "$root/opt/java" -type f \( -name '*.so' -o -path '*/bin/*' \) | while read -r file; do ldd "$file" 2>/dev/null || true; done
        ldd /bin/bash
    } | grep -oE '/[^ ()]+' | grep -v "^$root" | sort -u | while read -r file; do
        mkdir -p "$root$(dirname "$file")"
        [ -e "$root$file" ] || cp -L "$file" "$root$file"
    done
    for file in libstdc++.so.6 libgcc_s.so.1 libnss_files.so.2 libnss_dns.so.2 libresolv.so.2 libm.so.6 libdl.so.2 librt.so.1; do
        [ ! -e "$library/$file" ] || [ -e "$root$library/$file" ] || cp -L "$library/$file" "$root$library/$file"
        [ ! -e "/usr$library/$file" ] || [ -e "$root$library/$file" ] || cp -L "/usr$library/$file" "$root$library/$file"
    done
    printf 'root:x:0:0:root:/:/bin/sh\ncrema:x:10001:10001:crema:/var/lib/crema:/bin/sh\n' >"$root/etc/passwd"
    printf 'root:x:0:\ncrema:x:10001:\n' >"$root/etc/group"
    printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
    tar -C "$root" -c . | docker import --change 'ENV PATH=/opt/java/bin:/bin JAVA_HOME=/opt/java LANG=C.UTF-8' - "$base" >/dev/null
    rm -rf "$root"
}

[ "$(id -u)" -eq 0 ] || fail "containers-up needs root; with a container engine of your own it is not needed."
find_java
say "container engine: packages, engine and base image in $folder"
engine_packages
network
engine
compose_plugin || say "no Compose plugin: see $folder/apt.log"
base_image
cat >"$folder/env" <<EOF
export DOCKER_HOST=$DOCKER_HOST DOCKER_CONFIG=$DOCKER_CONFIG DOCKER_BUILDKIT=0 CREMA_IMAGE_BASE=$base
export TESTCONTAINERS_HOST_OVERRIDE=$net.2 TESTCONTAINERS_RYUK_DISABLED=true
EOF
say "container engine $(docker version --format '{{.Server.Version}}') is up, compose $(docker compose version --short 2>/dev/null || echo none)"
