package io.crema.edge.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The log in memory: for simulations, which keep it over a machine's crashes, and for tries. Not thread-safe. */
public final class MemoryLog implements AppendLog {
    private static final int HEADER = 8;

    private final TreeMap<Long, List<byte[]>> segments = new TreeMap<>(Map.of(1L, new ArrayList<>()));

    @Override
    public Position append(byte[] entry) {
        segments.lastEntry().getValue().add(entry.clone());
        return end();
    }

    @Override
    public Position note(byte[] entry) {
        return append(entry);
    }

    @Override
    public Position roll(byte[] snapshot) {
        begin();
        return append(snapshot);
    }

    /** Begins a segment that nothing stands in yet. */
    public void begin() {
        segments.put(segments.lastKey() + 1, new ArrayList<>());
    }

    @Override
    public void read(Position from, Visitor visitor) {
        for (var segment : segments.tailMap(from.segment(), true).entrySet()) {
            var start = segment.getKey() == from.segment() ? from.offset() : 0;
            var at = 0L;
            for (var entry : List.copyOf(segment.getValue())) {
                var after = at + HEADER + entry.length;
                if (at >= start && !visitor.entry(entry.clone(), new Position(segment.getKey(), after))) {
                    return;
                }
                at = after;
            }
        }
    }

    @Override
    public Position newestSegment() {
        return new Position(segments.lastKey(), 0);
    }

    @Override
    public Position end() {
        var bytes = segments.lastEntry().getValue().stream()
                .mapToLong(entry -> HEADER + entry.length)
                .sum();
        return new Position(segments.lastKey(), bytes);
    }

    @Override
    public Position oldest() {
        return new Position(segments.firstKey(), 0);
    }

    @Override
    public void dropBefore(long segment) {
        segments.headMap(Math.min(segment, segments.lastKey()), false).clear();
    }

    /** Takes the newest entries off the newest segment, as a loss of power takes what was not synced. */
    public void cut(int entries) {
        var newest = segments.lastEntry().getValue();
        newest.subList(newest.size() - entries, newest.size()).clear();
    }

    /** Nothing to let go of: the entries stay for the next one who opens it. */
    @Override
    public void close() {}
}
