package io.crema.edge.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log in a folder of segment files. What a crash left half-written at the end is cut off when it is opened; the cut
 * bytes are kept beside, for whoever wants to know.
 */
public final class FileLog implements AppendLog {
    private static final Logger log = LoggerFactory.getLogger(FileLog.class);

    private final Path folder;
    private final BooleanSupplier room;
    private final TreeMap<Long, Path> segments = new TreeMap<>();
    private RandomAccessFile newest;
    private long end;

    private FileLog(Path folder, BooleanSupplier room) throws IOException {
        this.folder = folder;
        this.room = room;
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".log")).forEach(file -> segments.put(number(file), file));
        }
        if (segments.isEmpty()) {
            segments.put(1L, path(1));
        }
        newest = open(segments.lastEntry().getValue());
        end = wholeFrames(newest);
        while (end == 0 && segments.size() > 1) {
            // The power went while a segment was begun: its snapshot is not whole, the segment before still has all.
            newest.close();
            Files.delete(segments.pollLastEntry().getValue());
            newest = open(segments.lastEntry().getValue());
            end = wholeFrames(newest);
        }
        cutTornTail();
        syncFolder();
    }

    /** @throws UncheckedIOException when the folder cannot be used */
    public static FileLog open(Path folder, String what) {
        return open(folder, what, () -> true);
    }

    /** @param room see {@link #hasRoom} */
    public static FileLog open(Path folder, String what, BooleanSupplier room) {
        try {
            return new FileLog(folder, room);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the %s in %s".formatted(what, folder), e);
        }
    }

    @Override
    public Position append(byte[] entry) {
        var before = end;
        var after = note(entry);
        try {
            newest.getFD().sync();
        } catch (IOException e) {
            // Nobody counts it, so the next reader must not find it either.
            end = before;
            cutBackTo(before);
            throw new UncheckedIOException("cannot make an entry durable in " + folder, e);
        }
        return after;
    }

    @Override
    public Position note(byte[] entry) {
        var frame = Frames.frame(entry);
        var before = end;
        try {
            var size = frame.remaining();
            write(newest, frame, before);
            end = before + size;
            return end();
        } catch (IOException e) {
            cutBackTo(before);
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }

    @Override
    public Position roll(byte[] snapshot) {
        var number = segments.lastKey() + 1;
        var frame = Frames.frame(snapshot);
        try {
            newest.getFD().sync();
            var before = newest;
            newest = begin(path(number), frame);
            segments.put(number, path(number));
            end = frame.limit();
            before.close();
            return end();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin a new segment in " + folder, e);
        }
    }

    /**
     * Leaves nothing where it fails: the next start would take a stale snapshot for the newest state, and miss what was
     * made durable after it.
     */
    private RandomAccessFile begin(Path path, ByteBuffer frame) throws IOException {
        var fresh = open(path);
        try {
            write(fresh, frame, 0);
            fresh.getFD().sync();
            syncFolder();
            return fresh;
        } catch (IOException e) {
            fresh.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    @Override
    public void read(Position from, Visitor visitor) {
        var start = from.compareTo(oldest()) < 0 ? oldest() : from;
        try {
            for (var segment : segments.tailMap(start.segment(), true).entrySet()) {
                var offset = segment.getKey() == start.segment() ? start.offset() : 0;
                if (!readSegment(segment.getKey(), segment.getValue(), offset, visitor)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private boolean readSegment(long number, Path path, long offset, Visitor visitor) throws IOException {
        if (number == segments.lastKey()) {
            return readFrames(new Frames(newest, offset, end), number, visitor);
        }
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            return readFrames(new Frames(file, offset, file.length()), number, visitor);
        }
    }

    private static boolean readFrames(Frames frames, long segment, Visitor visitor) throws IOException {
        for (var entry = frames.next(); entry.length > 0; entry = frames.next()) {
            if (!visitor.entry(entry, new Position(segment, frames.position()))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Position newestSegment() {
        return new Position(segments.lastKey(), 0);
    }

    @Override
    public Position end() {
        return new Position(segments.lastKey(), end);
    }

    @Override
    public Position oldest() {
        return new Position(segments.firstKey(), 0);
    }

    @Override
    public boolean hasRoom() {
        return room.getAsBoolean();
    }

    @Override
    public void dropBefore(long segment) {
        try {
            while (segments.size() > 1 && segments.firstKey() < segment) {
                Files.deleteIfExists(segments.firstEntry().getValue());
                segments.pollFirstEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete an old segment in " + folder, e);
        }
    }

    @Override
    public void close() {
        try {
            newest.getFD().sync();
            newest.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the log in " + folder, e);
        }
    }

    private static long wholeFrames(RandomAccessFile file) throws IOException {
        var frames = new Frames(file, 0, file.length());
        while (frames.next().length > 0) {
            // only the position matters
        }
        return frames.position();
    }

    private void cutTornTail() throws IOException {
        var torn = newest.length() - end;
        if (torn == 0) {
            return;
        }
        var cut = new byte[(int) Math.min(torn, 1 << 20)];
        newest.seek(end);
        newest.readFully(cut);
        Files.write(folder.resolve("%016d-%d.cut".formatted(segments.lastKey(), end)), cut);
        newest.setLength(end);
        newest.getFD().sync();
        log.warn("journal tail cut folder={} segment={} at={} bytes={}", folder, segments.lastKey(), end, torn);
    }

    private void cutBackTo(long offset) {
        try {
            newest.setLength(offset);
        } catch (IOException e) {
            log.error("journal tail cannot be cut folder={} at={}: {}", folder, offset, e.getMessage());
        }
    }

    private static void write(RandomAccessFile file, ByteBuffer frame, long offset) throws IOException {
        file.seek(offset);
        file.write(frame.array(), 0, frame.limit());
    }

    /** Not a FileChannel: that one closes itself when a thread is interrupted while it writes. */
    private static RandomAccessFile open(Path path) throws IOException {
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private void syncFolder() throws IOException {
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private Path path(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%016d.log", number));
    }

    private static long number(Path file) {
        var name = file.getFileName().toString();
        try {
            return Long.parseLong(name.substring(0, name.length() - ".log".length()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s is no segment of a journal; move it out of the folder".formatted(file), e);
        }
    }
}
