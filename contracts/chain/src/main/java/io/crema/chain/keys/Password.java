package io.crema.chain.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A password from a file or the environment, never from the command line. Its text form hides it. */
public final class Password {
    private final String text;

    private Password(String text) {
        this.text = text;
    }

    /** A password made by the program itself, for example for a demonstration's throw-away keys. */
    public static Password of(String text) {
        if (text.isEmpty()) {
            throw new KeyStoreException("the password is empty; give at least one character");
        }
        return new Password(text);
    }

    /** The first line of the file. */
    public static Password fromFile(Path file) {
        try (var lines = Files.lines(file)) {
            return of(lines.findFirst().orElse(""));
        } catch (IOException e) {
            throw new KeyStoreException(
                    "the password file %s cannot be read (%s); check the path and its permissions".formatted(file, e),
                    e);
        } catch (KeyStoreException e) {
            throw new KeyStoreException("the password file %s has an empty first line".formatted(file), e);
        }
    }

    /** @param environment usually {@code System.getenv()} */
    public static Password fromEnvironment(Map<String, String> environment, String variable) {
        var value = environment.get(variable);
        if (value == null || value.isEmpty()) {
            throw new KeyStoreException(
                    "the environment variable %s is not set or empty; it holds the key file's password"
                            .formatted(variable));
        }
        return of(value);
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
