# ./crema bench [NAME...] [--quick]: what the hot paths cost, each beside its baseline. Sourced by ./crema.

BENCH_BUILT_FROM=$BUILD_DIR/bench-built-from
BENCH_CLASS_PATH=$CREMA_HOME/bench/target/class-path

# The program's sources count as well: the benchmarks run on them.
bench_checksum() {
    cd "$CREMA_HOME"
    {
        sources_checksum
        find ./bench \( -name target -o -path '*/src/test' \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum
    } | cksum
}

build_bench() {
    local now log=$BUILD_DIR/bench-build.log
    now=$(bench_checksum)
    if [ -f "$BENCH_BUILT_FROM" ] && [ "$now" = "$(cat "$BENCH_BUILT_FROM")" ] && [ -f "$BENCH_CLASS_PATH" ]; then
        return 0
    fi
    require_maven
    mkdir -p "$BUILD_DIR"
    say "building the benchmarks (log: target/bench-build.log)"
    rm -f "$BENCH_BUILT_FROM"
    if ! (cd "$CREMA_HOME" && mvn -B -pl bench -am package -Dmaven.test.skip=true >"$log" 2>&1); then
        grep -E '^\[ERROR\]' "$log" | head -20 >&2 || true
        fail "the build failed; all of it is in $log"
    fi
    printf '%s\n' "$now" >"$BENCH_BUILT_FROM"
}

# Whether this benchmark is among those that are asked for: by its name, or because none is named.
asked_for() {
    local wanted=$1 word named=no
    shift
    for word in "$@"; do
        case $word in
            "$wanted") return 0 ;;
            -* | [0-9]*) ;;
            *) named=yes ;;
        esac
    done
    [ "$named" = no ]
}

# The archive that a machine carries, unpacked; prints where.
unpacked_edge() {
    local place=$CREMA_HOME/bench/target/edge-archive
    edge_package
    rm -rf "$place"
    mkdir -p "$place"
    tar -C "$place" --strip-components=1 -xzf "$(ls -t "$CREMA_HOME"/device-edge/target/crema-edge-*.tar.gz | head -1)"
    printf '%s\n' "$place"
}

bench() {
    local edge=
    find_java
    build_bench
    if asked_for start "$@"; then edge=$(unpacked_edge); fi
    # journals are written where the build is: /tmp is memory on many machines, and then a sync costs nothing
    exec "$JAVA_HOME/bin/java" ${CREMA_JAVA_OPTS:-$DEFAULT_JAVA_OPTS} -Dcrema.home="$CREMA_HOME" ${edge:+"-Dcrema.bench.edge=$edge"} \
        -Dcrema.bench.dir="$CREMA_HOME/bench/target/journals" \
        -cp "$(echo "$CREMA_HOME"/bench/target/crema-bench-*.jar):$(cat "$BENCH_CLASS_PATH")" io.crema.bench.Main "$@"
}
