package io.crema.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One file per value in a folder of its own, replaced atomically. For one process. */
public final class FileWalletStore implements WalletStore {
    private final Path folder;

    /** Creates the folder where it does not exist. */
    public FileWalletStore(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the wallet's folder " + folder, e);
        }
    }

    @Override
    public Optional<byte[]> get(String name) {
        try {
            return Optional.of(Files.readAllBytes(file(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the wallet's " + file(name), e);
        }
    }

    @Override
    public void put(String name, byte[] value) {
        write(name, value, true);
    }

    @Override
    public void note(String name, byte[] value) {
        write(name, value, false);
    }

    private void write(String name, byte[] value, boolean durable) {
        var fresh = folder.resolve(name + ".new");
        try {
            try (var channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                var bytes = ByteBuffer.wrap(value);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (durable) {
                    channel.force(true);
                }
            }
            Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (durable) {
                forceFolder();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the wallet's " + file(name), e);
        }
    }

    /** A new name in a folder is durable when the folder is. */
    private void forceFolder() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
