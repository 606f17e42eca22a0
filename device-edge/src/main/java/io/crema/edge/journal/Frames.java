package io.crema.edge.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Entries in a file: length (4 bytes), CRC-32C of the entry (4 bytes), entry. */
final class Frames {
    static final int HEADER = 8;
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final int CHUNK = 64 * 1024;

    private final RandomAccessFile file;
    private final long limit;
    private long at;
    private ByteBuffer chunk = ByteBuffer.allocate(0);

    /** Reads frames from {@code from} up to {@code limit}. */
    Frames(RandomAccessFile file, long from, long limit) {
        this.file = file;
        this.at = from;
        this.limit = limit;
    }

    static ByteBuffer frame(byte[] entry) {
        if (entry.length == 0 || entry.length > LARGEST) {
            throw new IllegalArgumentException("an entry has 1 to %d bytes, got %d".formatted(LARGEST, entry.length));
        }
        return ByteBuffer.allocate(HEADER + entry.length)
                .putInt(entry.length)
                .putInt(checksum(entry))
                .put(entry)
                .flip();
    }

    /** Behind the last whole frame read. */
    long position() {
        return at;
    }

    /** The next entry; empty at the limit, and where the bytes are no whole frame. */
    byte[] next() throws IOException {
        if (!fill(HEADER)) {
            return new byte[0];
        }
        var length = chunk.getInt(chunk.position());
        var expected = chunk.getInt(chunk.position() + 4);
        if (length <= 0 || length > LARGEST || !fill(HEADER + length)) {
            return new byte[0];
        }
        var entry = new byte[length];
        chunk.get(chunk.position() + HEADER, entry);
        if (checksum(entry) != expected) {
            return new byte[0];
        }
        chunk.position(chunk.position() + HEADER + length);
        at += HEADER + length;
        return entry;
    }

    private boolean fill(int wanted) throws IOException {
        if (chunk.remaining() >= wanted) {
            return true;
        }
        if (limit - at < wanted) {
            return false;
        }
        var size = (int) Math.min(Math.max(wanted, CHUNK), limit - at);
        var bytes = new byte[size];
        file.seek(at);
        file.readFully(bytes);
        chunk = ByteBuffer.wrap(bytes);
        return true;
    }

    private static int checksum(byte[] entry) {
        var crc = new CRC32C();
        crc.update(entry, 0, entry.length);
        return (int) crc.getValue();
    }
}
