package io.crema.edge.provision;

import io.crema.edge.folder.OwnerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * What the machine's key files are encrypted with. It lies in a file of its own, which belongs on another medium than the
 * keys or in systemd's credentials: who has both has the keys. Immutable; its text form hides it.
 */
public final class Secret {
    /** Under this name systemd hands it to the service. */
    public static final String CREDENTIAL = "edge-secret";

    private static final int SHORTEST = 16;
    private static final int BYTES = 32;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** @throws ProvisionException when it is shorter than 16 characters */
    public static Secret of(String text) {
        if (text.length() < SHORTEST) {
            throw new ProvisionException(
                    "the secret has %d characters, expected at least %d; make one with: openssl rand -hex 32"
                            .formatted(text.length(), SHORTEST));
        }
        return new Secret(text);
    }

    /** Makes one of 256 random bits and writes it to a new file that only its owner may read. */
    public static Secret generate(Path file, SecureRandom random) {
        if (Files.exists(file)) {
            return read(file);
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var secret = of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        OwnerFile.write(file, secret.text + "\n");
        return secret;
    }

    /**
     * From systemd's credentials if they hold it, else from the file.
     *
     * @param environment of the process; systemd sets CREDENTIALS_DIRECTORY
     * @param file the first line counts
     */
    public static Secret find(Map<String, String> environment, Path file) {
        var credentials = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
        var given = Path.of(credentials).resolve(CREDENTIAL);
        return !credentials.isEmpty() && Files.exists(given) ? read(given) : read(file);
    }

    /** The first line of a file that nobody else may read. */
    public static Secret read(Path file) {
        try {
            var others = Files.getPosixFilePermissions(file);
            if (others.contains(PosixFilePermission.GROUP_WRITE)
                    || others.contains(PosixFilePermission.OTHERS_READ)
                    || others.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new ProvisionException("the secret's file %s may be read or changed by others; run: chmod 600 %s"
                        .formatted(file, file));
            }
            return of(Files.readString(file).lines().findFirst().orElse("").strip());
        } catch (IOException e) {
            throw new ProvisionException(
                    "the secret's file %s cannot be read (%s); bring it back, or name another one in edge.json"
                            .formatted(file, e),
                    e);
        }
    }

    char[] characters() {
        return text.toCharArray();
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
