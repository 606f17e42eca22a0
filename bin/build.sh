# Builds the program when its sources have changed since the last time. Sourced by ./crema.

BUILD_DIR=$CREMA_HOME/target
BUILT_FROM=$BUILD_DIR/built-from
CLASS_PATH_FILE=$BUILD_DIR/class-path
DEFAULT_JAVA_OPTS="-XX:+UseSerialGC -Xms96m -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

# One checksum over path and content of every file the program is made of: a few dozen milliseconds.
sources_checksum() {
    cd "$CREMA_HOME"
    {
        printf '%s\n' "$JAVA_HOME"
        find . \( -name target -o -name node_modules -o -name .git -o -name dist -o -path './contracts/out' \
            -o -path './contracts/cache' -o -path '*/src/test' -o -path './bench' -o -path './docs' -o -path './deploy' \) -prune \
            -o -type f \( -path '*/src/*' -o -path './contracts/*' -o -path './projections/console/*' -o -name pom.xml \) -print0 |
            LC_ALL=C sort -z | xargs -0 cksum
    } | cksum
}

build_changed() {
    local now
    now=$(sources_checksum)
    if [ -f "$BUILT_FROM" ] && [ "$now" = "$(cat "$BUILT_FROM")" ] && [ -f "$CLASS_PATH_FILE" ]; then
        return 0
    fi
    mkdir -p "$BUILD_DIR"
    if command -v flock >/dev/null; then
        # of two calls at once, the second one waits and finds everything built
        exec 9>"$BUILD_DIR/build.lock"
        flock 9
        if [ -f "$BUILT_FROM" ] && [ "$now" = "$(cat "$BUILT_FROM")" ]; then
            exec 9>&-
            return 0
        fi
    fi
    build "$now"
    if command -v flock >/dev/null; then exec 9>&-; fi
}

build() {
    local started=$SECONDS
    require_maven
    require_node
    say "building what has changed (the first time downloads libraries and takes minutes; log: target/build.log)"
    rm -f "$BUILT_FROM"
    if ! (cd "$CREMA_HOME" && mvn -B -pl cli -am package -Dmaven.test.skip=true >"$BUILD_DIR/build.log" 2>&1 9>&-); then
        grep -E '^\[ERROR\]' "$BUILD_DIR/build.log" | head -20 >&2 || true
        fail "the build failed; all of it is in $BUILD_DIR/build.log"
    fi
    printf '%s:%s' "$(echo "$CREMA_HOME"/cli/target/crema-cli-*.jar)" "$(cat "$CREMA_HOME/cli/target/class-path")" >"$CLASS_PATH_FILE"
    printf '%s\n' "$1" >"$BUILT_FROM"
    say "built in $((SECONDS - started)) s"
}
