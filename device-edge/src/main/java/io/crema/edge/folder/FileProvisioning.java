package io.crema.edge.folder;

import io.crema.edge.Provisioning;
import io.crema.edge.node.ProvisioningSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provisioning from the machine's folder, read again whenever the file was replaced, so that a top-up counts for the next
 * press. A file that cannot be read leaves what was known. Not thread-safe.
 */
public final class FileProvisioning implements ProvisioningSource {
    private static final Logger log = LoggerFactory.getLogger(FileProvisioning.class);

    private final MachineFolder folder;
    private Mark mark;
    private Provisioning known;

    private record Mark(
            FileTime modified, long size, @Nullable Object file) {}

    /** Reads it for the first time; faults are thrown. */
    public FileProvisioning(MachineFolder folder) {
        this.folder = folder;
        this.mark = look();
        this.known = folder.read();
    }

    @Override
    public Provisioning current() {
        try {
            var now = look();
            if (!now.equals(mark)) {
                var fresh = folder.read();
                if (!fresh.channel().equals(known.channel()) || !fresh.machine().equals(known.machine())) {
                    throw new IllegalArgumentException("it is for another machine or channel; start the edge again");
                }
                known = fresh;
                mark = now;
                log.info("provisioning read again machine={} deposited={}", known.serial(), known.deposited());
            }
        } catch (UncheckedIOException | IllegalArgumentException | ArithmeticException e) {
            log.warn("provisioning not taken machine={}: {}", known.serial(), Objects.toString(e.getMessage()));
        }
        return known;
    }

    private Mark look() {
        try {
            var attributes = Files.readAttributes(folder.provisioningFile(), BasicFileAttributes.class);
            return new Mark(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + folder.provisioningFile(), e);
        }
    }
}
