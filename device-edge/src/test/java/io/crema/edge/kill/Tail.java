package io.crema.edge.kill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** What a power loss may leave behind the last whole entry of a journal's newest segment. */
enum Tail {
    NOTHING,
    ZEROS,
    NOISE,
    HALF_A_HEADER,
    HALF_A_FRAME,
    WRONG_CHECKSUM,
    ENDLESS_FRAME;

    /** Adds it to the journal in this folder; returns the type of the last whole entry, -1 for an empty journal. */
    int addTo(Path folder, RandomGenerator random) throws IOException {
        Path newest;
        try (var files = Files.list(folder)) {
            newest = files.filter(file -> file.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
        try (var file = new RandomAccessFile(newest.toFile(), "rw")) {
            var last = -1;
            var at = 0L;
            while (at + 8 < file.length()) {
                file.seek(at);
                var length = file.readInt();
                if (length <= 0 || at + 8 + length > file.length()) {
                    break;
                }
                file.readInt();
                last = file.readUnsignedByte();
                at += 8 + length;
            }
            file.seek(file.length());
            file.write(bytes(random));
            return last;
        }
    }

    private byte[] bytes(RandomGenerator random) {
        var noise = new byte[1 + random.nextInt(600)];
        random.nextBytes(noise);
        return switch (this) {
            case NOTHING -> new byte[0];
            case ZEROS -> new byte[noise.length];
            case NOISE -> noise;
            case HALF_A_HEADER -> new byte[] {0, 0, 1};
            case HALF_A_FRAME ->
                ByteBuffer.allocate(8 + noise.length)
                        .putInt(noise.length + 1)
                        .putInt(7)
                        .put(noise)
                        .array();
            case WRONG_CHECKSUM ->
                ByteBuffer.allocate(8 + noise.length)
                        .putInt(noise.length)
                        .putInt(random.nextInt())
                        .put(noise)
                        .array();
            case ENDLESS_FRAME ->
                ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(0).array();
        };
    }
}
