package io.crema.edge.folder;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Hex;
import io.crema.edge.Provisioning;
import io.crema.edge.journal.FileLog;
import io.crema.edge.publish.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * {@code <dataDir>/machines/<serial>}: {@code provisioning.json}, {@code machine.key} (readable by its owner only), and the
 * machine's journals. Immutable; files are replaced atomically.
 */
public record MachineFolder(Path path) {
    private static final String PROVISIONING = "provisioning.json";
    private static final String KEY = "machine.key";

    public static MachineFolder of(Path dataDir, String serial) {
        return new MachineFolder(dataDir.resolve("machines").resolve(serial));
    }

    /** Writes a new machine's folder, or replaces what it was told; an existing key stays. */
    public static MachineFolder provision(Path dataDir, Provisioning provisioning, SigningKey key) {
        var folder = of(dataDir, provisioning.serial());
        try {
            Files.createDirectories(folder.path);
            if (!Files.exists(folder.path.resolve(KEY))) {
                folder.replace(KEY, Hex.encode(key.privateKey()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot provision machine " + provisioning.serial(), e);
        }
        folder.write(provisioning);
        return folder;
    }

    /** All machines of a data directory, by serial number; a folder counts once its provisioning is written. */
    public static List<String> serials(Path dataDir) {
        var machines = dataDir.resolve("machines");
        if (!Files.isDirectory(machines)) {
            return List.of();
        }
        try (var folders = Files.list(machines)) {
            return folders.filter(folder -> Files.exists(folder.resolve(PROVISIONING)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the machines in " + machines, e);
        }
    }

    /** Replaces what the machine was told. */
    public void write(Provisioning provisioning) {
        replace(PROVISIONING, provisioning.toJson());
    }

    public Provisioning read() {
        return Provisioning.fromJson(text(PROVISIONING));
    }

    public SigningKey key() {
        return SigningKey.fromHex(text(KEY).strip());
    }

    Path provisioningFile() {
        return path.resolve(PROVISIONING);
    }

    /** @param room whether the disk has room for more than finishing what was begun */
    public FileLog journal(BooleanSupplier room) {
        return FileLog.open(path.resolve("journal"), "journal", room);
    }

    public FileLog journal() {
        return FileLog.open(path.resolve("journal"), "journal");
    }

    /** What the machine was told since it was provisioned. */
    public FileLog facts() {
        return FileLog.open(path.resolve("facts"), "facts");
    }

    /** What the machine's journals take, and what is left beside them. */
    public Disk disk() {
        return new FolderDisk(path);
    }

    public FileLog telemetry() {
        return FileLog.open(path.resolve("telemetry"), "telemetry journal");
    }

    private String text(String name) {
        try {
            return Files.readString(path.resolve(name));
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("%s has no %s; provision the machine first".formatted(path, name), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path.resolve(name), e);
        }
    }

    private void replace(String name, String text) {
        OwnerFile.write(path.resolve(name), text);
    }
}
