# ./crema edge package: what one machine carries, as an archive. Sourced by ./crema.

# Java neither caches classes of a signed jar nor starts quickly with one; nothing here asks for BouncyCastle as a provider.
unsign() {
    local folder
    folder=$(mktemp -d)
    (cd "$folder" && "$JAVA_HOME/bin/jar" xf "$1" && rm -f META-INF/*.SF META-INF/*.RSA META-INF/*.DSA META-INF/*.EC &&
        printf 'Multi-Release: true\n' >"$folder.mf" && rm META-INF/MANIFEST.MF &&
        "$JAVA_HOME/bin/jar" --create --file "$1" --manifest "$folder.mf" --date 2026-01-01T00:00:00Z .)
    rm -rf "$folder" "$folder.mf"
}

edge_package() {
    local log=$BUILD_DIR/edge-package.log module=$CREMA_HOME/device-edge version stage jar
    require_maven
    mkdir -p "$BUILD_DIR"
    say "building the edge's archive (log: target/edge-package.log)"
    rm -rf "$module/target/edge-lib"
    if ! (cd "$CREMA_HOME" && mvn -B -pl device-edge -am package -Pedge-package -Dmaven.test.skip=true >"$log" 2>&1); then
        grep -E '^\[ERROR\]' "$log" | head -20 >&2 || true
        fail "the build failed; all of it is in $log"
    fi
    jar=$(ls "$module"/target/crema-device-edge-*.jar)
    version=${jar##*/crema-device-edge-}
    version=${version%.jar}
    stage=$module/target/crema-edge-$version
    rm -rf "$stage"
    mkdir -p "$stage/lib"
    cp "$jar" "$module"/target/edge-lib/*.jar "$stage/lib/"
    cp -r "$module"/src/main/archive/. "$stage/"
    cp "$CREMA_HOME/docs/edge.md" "$CREMA_HOME/LICENSE" "$stage/" 2>/dev/null || true
    # stickers are written with ./crema edge tag; compression is never asked for
    rm -f "$stage"/lib/nfctools-* "$stage"/lib/zstd-jni-* "$stage"/lib/lz4-java-* "$stage"/lib/snappy-java-*
    unsign "$stage"/lib/bcprov-*.jar
    (cd "$stage/lib" && ls crema-device-edge-*.jar && ls -- *.jar | grep -v '^crema-device-edge-') >"$stage/lib/class-path"
    tar -C "$module/target" --sort=name --owner=0 --group=0 --numeric-owner --mtime=2026-01-01T00:00:00Z \
        -czf "$stage.tar.gz" "crema-edge-$version"
    say "built $stage.tar.gz ($(du -m "$stage.tar.gz" | cut -f1) MiB)"
}
