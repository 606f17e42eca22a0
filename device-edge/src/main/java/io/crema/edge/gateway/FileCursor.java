package io.crema.edge.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The cursor in a file that is replaced atomically. One that is lost or garbled only means that all is told again. */
public final class FileCursor implements CursorStore {
    private static final int MOST = 8192;

    private final Path file;

    public FileCursor(Path file) {
        this.file = file;
    }

    @Override
    public String read() {
        try {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return text.length() <= MOST && text.matches("[A-Za-z0-9._~-]*") ? text : "";
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the downlink's cursor in " + file, e);
        }
    }

    @Override
    public void keep(String cursor) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (var out = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(cursor.getBytes(StandardCharsets.ISO_8859_1));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the downlink's cursor in " + file, e);
        }
    }
}
