package io.crema.simulation.log;

import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of records; transactions that end with markers; readers that see nothing beyond the last stable offset and
 * nothing that was aborted; writers fenced by their transactional id, group members by their generation. What was
 * appended is never lost. Not thread-safe.
 */
public final class SimulatedLog {
    /** After so long a transaction that nobody ends is aborted. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final int partitions;
    private final Map<Place, List<Slot>> places = new LinkedHashMap<>();
    private final Map<String, Integer> epochs = new HashMap<>();
    private final Map<String, Integer> generations = new HashMap<>();
    private final Map<String, Map<Place, CommittedOffset>> committed = new HashMap<>();
    private final List<Transaction> open = new ArrayList<>();

    /** An offset: a record, or a marker, which is nobody's to read. */
    private record Slot(
            @Nullable StoredRecord record, @Nullable Transaction transaction) {
        boolean isReadable() {
            return record != null && (transaction == null || transaction.state == Transaction.State.COMMITTED);
        }
    }

    /** @param partitions of every topic but the checkpoints' */
    public SimulatedLog(InstantSource clock, int partitions) {
        this.clock = clock;
        this.partitions = partitions;
    }

    public int partitions() {
        return partitions;
    }

    /** How many partitions a topic has. */
    public int partitions(String topic) {
        return topic.equals(Topic.CHAIN_CHECKPOINTS.topicName()) ? 1 : partitions;
    }

    /** Where a key belongs. */
    public Place place(String topic, byte[] key) {
        return new Place(topic, Partitions.of(key, partitions(topic)));
    }

    /** Appends without a transaction; readable at once, unless an open transaction lies before it. */
    public void append(Place place, byte @Nullable [] key, byte @Nullable [] value, Instant time) {
        put(place, key, value, time, null);
    }

    /** Opens the one writer of the id: older ones are fenced, and what they left open is aborted. */
    public LogWriter writer(String transactionalId) {
        var epoch = epochs.merge(transactionalId, 1, Integer::sum);
        List.copyOf(open).stream()
                .filter(transaction -> transaction.transactionalId.equals(transactionalId))
                .forEach(transaction -> end(transaction, Transaction.State.ABORTED));
        return new LogWriter(this, transactionalId, epoch);
    }

    /** A member joins in the place of another, which is fenced from now on. Returns its generation. */
    public int join(String group) {
        return generations.merge(group, 1, Integer::sum);
    }

    /** Committed records from an offset on. */
    public Fetched read(Place place, long from, int most) {
        return read(place, from, most, stable(place), false);
    }

    /** As a reader that does not care for transactions. */
    public Fetched readUncommitted(Place place, long from, int most) {
        return read(place, from, most, slots(place).size(), true);
    }

    private Fetched read(Place place, long from, int most, long end, boolean all) {
        var slots = slots(place);
        List<StoredRecord> records = new ArrayList<>();
        var next = from;
        for (; next < end && records.size() < most; next++) {
            var slot = slots.get((int) next);
            if (slot.record() != null && (all || slot.isReadable())) {
                records.add(slot.record());
            }
        }
        return new Fetched(records, next);
    }

    /** The last stable offset: before it every transaction has ended. */
    public long stable(Place place) {
        return open.stream()
                .mapToLong(transaction -> transaction.first.getOrDefault(place, Long.MAX_VALUE))
                .reduce(slots(place).size(), Math::min);
    }

    /** Whether an open transaction has written there. */
    public boolean isUnstable(Place place) {
        return stable(place) < slots(place).size();
    }

    /** Whether an open transaction may still move the group's offset. */
    public boolean isUnstable(String group, Place place) {
        return open.stream()
                .anyMatch(transaction ->
                        transaction.offsets.getOrDefault(group, Map.of()).containsKey(place));
    }

    public Optional<CommittedOffset> committed(String group, Place place) {
        return Optional.ofNullable(committed.getOrDefault(group, Map.of()).get(place));
    }

    /** Aborts what has been open for too long. */
    public void expire() {
        var limit = clock.instant().minus(TRANSACTION_TIMEOUT);
        List.copyOf(open).stream()
                .filter(transaction -> transaction.begun.isBefore(limit))
                .forEach(transaction -> {
                    epochs.merge(transaction.transactionalId, 1, Integer::sum);
                    end(transaction, Transaction.State.ABORTED);
                });
    }

    /** Tells one run of the same seed from another. */
    public long digest() {
        var digest = 1L;
        for (var slots : places.values()) {
            for (var slot : slots) {
                digest = 31 * digest
                        + (slot.isReadable() && slot.record() != null
                                ? Arrays.hashCode(slot.record().value())
                                : 7);
            }
        }
        return digest;
    }

    Transaction begin(String transactionalId, int epoch) {
        var transaction = new Transaction(transactionalId, epoch, clock.instant());
        open.add(transaction);
        return transaction;
    }

    void append(Transaction transaction, Place place, byte @Nullable [] key, byte @Nullable [] value, Instant time) {
        transaction.first.putIfAbsent(place, (long) slots(place).size());
        put(place, key, value, time, transaction);
    }

    void offsets(Transaction transaction, String group, Map<Place, CommittedOffset> offsets) {
        transaction
                .offsets
                .computeIfAbsent(group, name -> new LinkedHashMap<>())
                .putAll(offsets);
    }

    void end(Transaction transaction, Transaction.State state) {
        transaction.state = state;
        open.remove(transaction);
        transaction.first.keySet().forEach(place -> slots(place).add(new Slot(null, transaction)));
        if (state == Transaction.State.COMMITTED) {
            transaction.offsets.forEach((group, offsets) ->
                    committed.computeIfAbsent(group, name -> new HashMap<>()).putAll(offsets));
        }
    }

    void check(String transactionalId, int epoch) {
        var current = epochs.getOrDefault(transactionalId, 0);
        if (current != epoch) {
            throw new WriterFencedException(
                    "writer %s has epoch %d, the newest is %d".formatted(transactionalId, epoch, current));
        }
    }

    void checkGeneration(String group, int generation) {
        var current = generations.getOrDefault(group, 0);
        if (current != generation) {
            throw new WriterFencedException("the member of group %s is of generation %d, the newest is %d"
                    .formatted(group, generation, current));
        }
    }

    private void put(
            Place place,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Instant time,
            @Nullable Transaction transaction) {
        var slots = slots(place);
        slots.add(new Slot(
                new StoredRecord(place.topic(), place.partition(), slots.size(), key, value, time), transaction));
    }

    private List<Slot> slots(Place place) {
        return places.computeIfAbsent(place, name -> new ArrayList<>());
    }
}
