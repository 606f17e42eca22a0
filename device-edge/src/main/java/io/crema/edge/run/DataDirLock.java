package io.crema.edge.run;

import io.crema.edge.provision.ProvisionException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One process per data directory: two that write one journal would each overwrite what the other has made durable. The
 * system gives the lock back when the process ends, however it ends.
 */
final class DataDirLock {
    static final String FILE = "lock";

    /** A channel that nobody holds is closed sooner or later, and its lock with it. */
    private static final Set<FileLock> HELD = ConcurrentHashMap.newKeySet();

    private DataDirLock() {}

    /**
     * Holds the directory until the process ends.
     *
     * @throws ProvisionException when another process has it
     */
    static FileLock take(Path dataDir) {
        var file = dataDir.resolve(FILE);
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw new ProvisionException(
                        "another process runs the machine in %s; stop it first (systemctl stop crema-edge)"
                                .formatted(dataDir));
            }
            HELD.add(lock);
            return lock;
        } catch (IOException e) {
            throw new ProvisionException("%s cannot be locked: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
