package io.crema.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of this project on the machine: system property {@code crema.home}, else environment variable
 * {@code CREMA_HOME}, else the working directory or the nearest folder above it that holds the launcher {@code crema}
 * or {@code contracts/package.json}.
 */
public final class ProjectHome {
    private ProjectHome() {}

    /** The project's folder, or empty when the program runs elsewhere (in an image, for example). */
    public static Optional<Path> find() {
        return find(System.getProperty("crema.home"), System.getenv("CREMA_HOME"), Path.of(""));
    }

    static Optional<Path> find(@Nullable String property, @Nullable String variable, Path from) {
        for (var named : new String[] {property, variable}) {
            if (named != null && !named.isBlank()) {
                return Optional.of(Path.of(named).toAbsolutePath().normalize());
            }
        }
        for (var dir = from.toAbsolutePath().normalize(); dir != null; dir = dir.getParent()) {
            if (Files.isRegularFile(dir.resolve("contracts/package.json"))
                    || (Files.isRegularFile(dir.resolve("crema")) && Files.isRegularFile(dir.resolve("pom.xml")))) {
                return Optional.of(dir);
            }
        }
        return Optional.empty();
    }

    /** A folder for what is unpacked once and used by every run: inside the project's build output, or the user's cache. */
    public static Path cache() {
        return find().filter(home -> Files.isWritable(home))
                .map(home -> home.resolve("target/cache"))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "crema"));
    }
}
