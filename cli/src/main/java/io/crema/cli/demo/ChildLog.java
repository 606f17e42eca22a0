package io.crema.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Keeps what child processes say in a file, and passes errors on. Thread-safe. */
final class ChildLog implements Consumer<String> {
    private final Path file;

    ChildLog(Path folder) throws IOException {
        this.file = Files.createDirectories(folder).resolve("services.log");
    }

    @Override
    public synchronized void accept(String line) {
        try {
            Files.writeString(
                    file,
                    line + System.lineSeparator(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (line.contains(" ERROR ")) {
            System.err.println(line);
        }
    }
}
