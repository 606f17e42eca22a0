# ./crema verify [--full]: every test of every part, and the counts. Sourced by ./crema.

PASSED=0 FAILED=0 SKIPPED=0
SKIPS= FAILURES=

verify() {
    local full=no started=$SECONDS
    case "${1:-}" in
        --full) full=yes ;;
        '') ;;
        *) fail "verify knows the option --full, not '$1'" ;;
    esac
    find_java
    require_maven
    require_node
    mkdir -p "$BUILD_DIR"
    verify_java "$full"
    verify_contracts "$full"
    verify_console
    summary "$full" $((SECONDS - started))
}

# count PASSED FAILED SKIPPED
count() {
    PASSED=$((PASSED + $1)) FAILED=$((FAILED + $2)) SKIPPED=$((SKIPPED + $3))
}

failed_step() {
    FAILED=$((FAILED + 1))
    FAILURES="$FAILURES  $1
"
}

verify_java() {
    local log=$BUILD_DIR/verify-java.log broken=$BUILD_DIR/verify-java.broken before=$FAILED excluded=long
    [ "$1" = no ] || excluded=
    say "Java: all modules, unit and integration tests, formatting (log: target/verify-java.log)"
    find "$CREMA_HOME" -name node_modules -prune -o -type d \( -name surefire-reports -o -name failsafe-reports \) -prune -print0 |
        xargs -0 rm -rf
    # The launcher's next start finds the jars of this run changed, so it must look for itself.
    rm -f "$BUILT_FROM" "$broken"
    # first the packages: the test chain among them is needed before the contracts' turn comes
    node "$CREMA_HOME/contracts/bin/build.mjs" >&2
    (cd "$CREMA_HOME" && mvn -B -fae verify spotless:check -Dtests.excluded="$excluded" || echo "$?" >"$broken") 2>&1 |
        tee "$log" |
        grep --line-buffered -E '^\[INFO\] Building Crema|Tests run:.*(in|--) |^\[ERROR\]|BUILD' >&2 || true
    read_reports
    if [ -e "$broken" ] && [ "$FAILED" -eq "$before" ]; then
        failed_step "the Maven build, with no failed test: see target/verify-java.log"
    fi
}

# The counts come from Maven's log: a class with tests of two engines writes its XML report twice, the second over the
# first. The reports tell which tests failed or were skipped, and why.
read_reports() {
    local sums=$BUILD_DIR/verify-java.sums
    awk '/Tests run:.* -- in / {
            gsub(/[^0-9 ]/, " ", $0); tests += $1; bad += $2 + $3; skipped += $4
        }
        END { print "T " (tests - bad - skipped) " " (bad + 0) " " (skipped + 0) }' "$BUILD_DIR/verify-java.log" >"$sums"
    find "$CREMA_HOME" -name node_modules -prune -o -path '*-reports/TEST-*.xml' -print0 | xargs -0 awk '
        function attribute(name,   rest) {
            rest = $0
            if (!match(rest, "[ \t]" name "=\"")) return ""
            rest = substr(rest, RSTART + RLENGTH)
            return substr(rest, 1, index(rest, "\"") - 1)
        }
        function plain(text) {
            gsub(/&#10;.*/, "", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
            gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&amp;/, "\\&", text)
            return text
        }
        /<testcase / { test = attribute("classname") " " attribute("name") }
        /<(failure|error)[ >]/ { print "F " test ": " plain(attribute("message")) }
        /<skipped/ { print "S " test ": " plain(attribute("message")) }' /dev/null >>"$sums"
    local kind rest
    while read -r kind rest; do
        case $kind in
            T) count $rest ;;
            F) FAILURES="$FAILURES  $rest
" ;;
            S) SKIPS="$SKIPS  $rest
" ;;
        esac
    done <"$sums"
}

verify_contracts() {
    local log=$BUILD_DIR/verify-contracts.log status=0 option= line
    if [ ! -x "$CREMA_HOME/contracts/bin/test" ]; then return 0; fi
    [ "$1" = no ] || option=--long
    say "contracts: forge tests $option (log: target/verify-contracts.log)"
    (cd "$CREMA_HOME/contracts" && NO_COLOR=1 bin/test $option) >"$log" 2>&1 || status=$?
    if [ "$status" -eq 3 ]; then
        count 0 0 1
        SKIPS="$SKIPS  contracts: $(tail -1 "$log")
"
        return 0
    fi
    # "contracts: skipped slither: its tool is not installed here"
    while IFS= read -r line; do
        [ -n "$line" ] || continue
        count 0 0 1
        SKIPS="$SKIPS  ${line#contracts: skipped }
"
    done <<EOF
$(grep '^contracts: skipped ' "$log" || true)
EOF
    # "Ran 9 test suites in 1.2s (3s CPU time): 88 tests passed, 0 failed, 0 skipped (88 total tests)"
    line=$(grep -oE '[0-9]+ tests passed, [0-9]+ failed, [0-9]+ skipped \([0-9]+ total' "$log" | tail -1 || true)
    if [ -z "$line" ]; then
        tail -20 "$log" >&2
        failed_step "contracts/bin/test reported no counts (exit code $status): see target/verify-contracts.log"
        return 0
    fi
    say "contracts: ${line% (*}"
    count $(printf '%s' "$line" | grep -oE '[0-9]+' | head -3)
    grep -E '^\[FAIL|^contracts: ' "$log" >&2 || true
    if [ "$status" -ne 0 ] && [ "$(printf '%s' "$line" | grep -oE '[0-9]+' | sed -n 2p)" = 0 ]; then
        failed_step "contracts/bin/test ended with exit code $status: see target/verify-contracts.log"
    fi
}

verify_console() {
    local console=$CREMA_HOME/projections/console log=$BUILD_DIR/verify-console.log status=0 line number kind
    if [ ! -f "$console/package.json" ]; then return 0; fi
    say "console: npm tests (log: target/verify-console.log)"
    (cd "$console" && { [ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; } &&
        NO_COLOR=1 CI=1 npm test) >"$log" 2>&1 || status=$?
    # "      Tests  1 failed | 12 passed | 2 skipped (15)"
    line=$(grep -E '^ *Tests +[0-9]' "$log" | tail -1 || true)
    if [ -z "$line" ]; then
        tail -20 "$log" >&2
        failed_step "the console's tests reported no counts (exit code $status): see target/verify-console.log"
        return 0
    fi
    say "console:$(printf '%s' "$line" | sed 's/^ *Tests */ /')"
    local bad=0
    while read -r number kind; do
        case $kind in
            passed) count "$number" 0 0 ;;
            failed) count 0 "$number" 0 && bad=$number ;;
            skipped | todo) count 0 0 "$number" ;;
        esac
    done <<EOF
$(printf '%s' "$line" | grep -oE '[0-9]+ (passed|failed|skipped|todo)')
EOF
    if [ "$status" -ne 0 ] && [ "$bad" = 0 ]; then
        failed_step "the console's tests ended with exit code $status: see target/verify-console.log"
    fi
}

summary() {
    if [ -n "$SKIPS" ]; then
        say "skipped, and why:"
        printf '%s' "$SKIPS" >&2
    fi
    if [ "$1" = no ]; then
        say "the long tests (more seeds, more fuzz runs, containers) run with: ./crema verify --full"
    fi
    if [ -n "$FAILURES" ]; then
        say "failed:"
        printf '%s' "$FAILURES" >&2
    fi
    say "verify took $(($2 / 60)) min $(($2 % 60)) s"
    printf '%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
    [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ]
}
