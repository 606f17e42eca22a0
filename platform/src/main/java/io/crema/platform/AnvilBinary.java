package io.crema.platform;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the anvil program is: among the project's npm packages, else on the PATH. */
final class AnvilBinary {
    private AnvilBinary() {}

    static Path find() {
        return find(ProjectHome.find(), System.getenv("PATH"), platform());
    }

    static Path find(Optional<Path> home, @Nullable String path, String platform) {
        var npm = home.map(dir -> dir.resolve("contracts/node_modules/@foundry-rs/anvil-" + platform + "/bin/anvil"));
        var onPath = Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(dir -> !dir.isBlank())
                .map(dir -> Path.of(dir, "anvil"));
        return Stream.concat(npm.stream(), onPath)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new PlatformException("No anvil (the local test chain) for " + platform + ": looked at "
                                + npm.map(Path::toString).orElse("no project folder (CREMA_HOME is not set)")
                                + " and on the PATH. Run 'npm ci --ignore-scripts' in the contracts folder,"
                                + " or install Foundry (https://getfoundry.sh) so that 'anvil' is on the PATH."));
    }

    static String platform() {
        var os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return (os.contains("mac") ? "darwin" : "linux")
                + (arch.equals("aarch64") || arch.equals("arm64") ? "-arm64" : "-amd64");
    }
}
