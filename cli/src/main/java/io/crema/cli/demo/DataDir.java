package io.crema.cli.demo;

import io.crema.cli.fleet.FleetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The directory below which a demo keeps everything; used by one demo at a time. A temporary one is removed at the end. */
final class DataDir implements AutoCloseable {
    private final Path path;
    private final boolean temporary;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDir(Path path, boolean temporary, FileChannel channel, FileLock lock) {
        this.path = path;
        this.temporary = temporary;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws DemoException when it cannot be used, or another demo uses it */
    static DataDir open(Optional<Path> wanted) {
        try {
            var path = wanted.isPresent()
                    ? Files.createDirectories(wanted.get().toAbsolutePath())
                    : Files.createTempDirectory("crema-demo-");
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw new DemoException(
                        "data directory %s is in use by another demo; stop it or choose another --data-dir"
                                .formatted(path));
            }
            return new DataDir(path, wanted.isEmpty(), channel, lock);
        } catch (IOException e) {
            throw new DemoException(
                    "data directory %s cannot be used (%s); choose another --data-dir"
                            .formatted(wanted.map(Path::toString).orElse("(temporary)"), e),
                    e);
        }
    }

    Path path() {
        return path;
    }

    boolean temporary() {
        return temporary;
    }

    /** The fleet of an earlier run; empty on a fresh directory. */
    Optional<FleetFile> fleet() throws IOException {
        var file = path.resolve("fleet.json");
        return Files.exists(file) ? Optional.of(FleetFile.read(file)) : Optional.empty();
    }

    /** Writes the fleet down as it is now. One caller at a time, each asking anew: the newest stays. Thread-safe. */
    synchronized void keep(Supplier<FleetFile> fleet) throws IOException {
        fleet.get().write(path.resolve("fleet.json"));
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
            if (temporary) {
                delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("data directory %s cannot be removed".formatted(path), e);
        }
    }

    private void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // a process that is just ending has removed it itself
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
