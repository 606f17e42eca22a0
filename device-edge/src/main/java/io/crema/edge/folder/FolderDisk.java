package io.crema.edge.folder;

import io.crema.edge.publish.Disk;
import java.io.File;
import java.nio.file.Path;

/** The disk under a machine's folder. A folder that cannot be listed counts as empty: writing to it fails loudly. */
final class FolderDisk implements Disk {
    private final File folder;

    FolderDisk(Path folder) {
        this.folder = folder.toFile();
    }

    @Override
    public long free() {
        return folder.getUsableSpace();
    }

    @Override
    public long used() {
        return used(folder);
    }

    private static long used(File file) {
        var inside = file.listFiles();
        if (inside == null) {
            return file.length();
        }
        var sum = 0L;
        for (var each : inside) {
            sum += used(each);
        }
        return sum;
    }
}
