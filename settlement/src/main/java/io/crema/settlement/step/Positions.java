package io.crema.settlement.step;

import io.crema.settlement.intent.IntentRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The positions of all partitions of intents, and which of them the log does not know yet. Not thread-safe. */
final class Positions {
    private final Map<Integer, Position> byPartition;
    private final Set<Integer> changed = new HashSet<>();

    Positions(Map<Integer, Position> committed) {
        byPartition = new HashMap<>(committed);
    }

    /** Notes that a record was read; false when it was settled before a restart. */
    boolean read(IntentRecord record) {
        var position = of(record.partition());
        if (!position.isOpen(record.offset())) {
            return false;
        }
        byPartition.put(record.partition(), position.read(record.offset()));
        return true;
    }

    void close(int partition, long offset) {
        byPartition.put(partition, of(partition).closed(offset));
        changed.add(partition);
    }

    /** Whether another batch of records may be read. */
    boolean hasRoom() {
        return byPartition.values().stream()
                .allMatch(position -> position.open().size() < Position.MOST_OPEN / 2);
    }

    Map<Integer, Position> changed() {
        Map<Integer, Position> moved = new HashMap<>();
        changed.forEach(partition -> moved.put(partition, of(partition)));
        return moved;
    }

    /** Lets all be committed again as they are. */
    void touch() {
        changed.addAll(byPartition.keySet());
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    void committed() {
        changed.clear();
    }

    private Position of(int partition) {
        return byPartition.getOrDefault(partition, Position.START);
    }
}
