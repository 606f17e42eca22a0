# Finds what the build and the program need, and says clearly what is missing and how to get it. Sourced by ./crema.

WANTED_JDK=25

say() { printf 'crema: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# The major version of the JDK in this folder; nothing if it is none. Reads its "release" file, which costs no process.
jdk_version() {
    local line
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=*)
                line=${line#JAVA_VERSION=}
                line=${line//\"/}
                line=${line%%[.+-]*}
                printf '%s' "$line"
                return 0
                ;;
        esac
    done <"$1/release"
}

# Prints the folders where a JDK may be, the likeliest first.
jdk_candidates() {
    local dir java
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    for dir in /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
        /opt/*jdk*25* /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ ! -d "$dir" ] || printf '%s\n' "$dir"
    done
    java=$(command -v java || true)
    while [ -L "$java" ]; do
        dir=$(readlink "$java")
        case $dir in /*) java=$dir ;; *) java=$(dirname "$java")/$dir ;; esac
    done
    [ -z "$java" ] || dirname "$(dirname "$java")"
}

# Sets JAVA_HOME to a JDK 25 or later.
find_java() {
    local dir version
    while IFS= read -r dir; do
        version=$(jdk_version "$dir")
        case $version in '' | *[!0-9]*) continue ;; esac
        if [ "$version" -ge "$WANTED_JDK" ]; then
            JAVA_HOME=$dir
            export JAVA_HOME
            return 0
        fi
    done <<EOF
$(jdk_candidates)
EOF
    fail "needs a JDK $WANTED_JDK or later and found none (JAVA_HOME is '${JAVA_HOME:-}').
  Looked in JAVA_HOME, /usr/lib/jvm, ~/.sdkman, ~/.jdks, /Library/Java/JavaVirtualMachines and on the PATH.
  Debian 13 and Ubuntu 25.10: apt-get install openjdk-25-jdk-headless    macOS: brew install openjdk@25
  elsewhere: https://adoptium.net, then set JAVA_HOME to its folder."
}

# at_least HAVE WANT: compares dotted version numbers by their first two parts.
at_least() {
    local have_major=${1%%.*} have_minor want_major=${2%%.*} want_minor
    have_minor=${1#*.}
    have_minor=${have_minor%%.*}
    want_minor=${2#*.}
    [ "$have_major" -gt "$want_major" ] || { [ "$have_major" -eq "$want_major" ] && [ "$have_minor" -ge "$want_minor" ]; }
}

require_maven() {
    local version
    command -v mvn >/dev/null || fail "needs Maven 3.8 or later to build and found no 'mvn' on the PATH.
  Debian, Ubuntu: apt-get install maven    macOS: brew install maven    elsewhere: https://maven.apache.org/download.cgi"
    version=$(mvn -B --version 2>/dev/null | grep -o 'Apache Maven [0-9][0-9.]*' | head -1)
    version=${version#Apache Maven }
    at_least "${version:-0.0}" 3.8 || fail "needs Maven 3.8 or later to build and found '${version:-unknown}' at $(command -v mvn)."
}

require_node() {
    local version
    command -v node >/dev/null && command -v npm >/dev/null || fail "needs Node.js 18 or later with npm to build (contracts and console) and found no 'node' or no 'npm' on the PATH.
  Debian, Ubuntu: apt-get install nodejs npm    macOS: brew install node    elsewhere: https://nodejs.org"
    version=$(node --version)
    at_least "${version#v}" 18.0 || fail "needs Node.js 18 or later to build and found $version at $(command -v node)."
}
