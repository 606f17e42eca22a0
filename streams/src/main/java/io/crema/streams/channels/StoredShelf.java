package io.crema.streams.channels;

import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.events.WaitingReceipt;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.streams.balances.Candidate;
import io.crema.streams.balances.Place;
import io.crema.streams.balances.Shelf;
import io.crema.streams.balances.Signers;
import io.crema.streams.records.TimeIndex;
import io.crema.streams.records.Versioned;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One channel's shelf in the stores. Keys: channel ‖ sequence ‖ identity for what waits; channel ‖ last sequence for
 * the digests of consecutive accepted receipts.
 */
final class StoredShelf implements Shelf {
    private static final int DIGESTS = 128;

    private final ChannelStores stores;
    private final ChannelId channel;
    private final Signers signers;
    private final int mostPerMachine;

    /** The stores that all channels share. */
    record ChannelStores(
            KeyValueStore<byte[], WaitingReceipt> waiting,
            KeyValueStore<byte[], byte[]> machines,
            KeyValueStore<byte[], byte[]> digests,
            TimeIndex since) {}

    StoredShelf(ChannelStores stores, ChannelId channel, Signers signers, int mostPerMachine) {
        this.stores = stores;
        this.channel = channel;
        this.signers = signers;
        this.mostPerMachine = mostPerMachine;
    }

    @Override
    public List<Candidate> from(long sequence, Predicate<Candidate> whileTrue) {
        List<Candidate> found = new ArrayList<>();
        try (var entries = stores.waiting().range(key(sequence), key(Long.MAX_VALUE))) {
            while (entries.hasNext()) {
                var candidate = fromRecord(entries.next().value);
                if (!whileTrue.test(candidate)) {
                    break;
                }
                found.add(candidate);
            }
        }
        return found;
    }

    @Override
    public boolean contains(Candidate candidate) {
        return stores.waiting().get(key(candidate)) != null;
    }

    @Override
    public void put(Candidate candidate) {
        var key = key(candidate);
        var before = stores.waiting().get(key);
        stores.waiting().put(key, toRecord(candidate));
        takeOff(key, candidate, before);
        if (!candidate.refused()) {
            stores.since().add(candidate.place().time(), key);
            count(candidate, 1);
        }
    }

    @Override
    public void remove(Candidate candidate) {
        var key = key(candidate);
        takeOff(key, candidate, stores.waiting().delete(key));
    }

    /** What was refused takes no machine's room: anybody can name a machine in it. */
    private void takeOff(byte[] key, Candidate candidate, @Nullable WaitingReceipt waiting) {
        if (waiting != null && !waiting.getRefused()) {
            stores.since().remove(waiting.getTime(), key);
            count(candidate, -1);
        }
    }

    @Override
    public boolean hasRoom(MachineId machine) {
        return waiting(machine.bytes()) < mostPerMachine;
    }

    @Override
    public Optional<Hash> accepted(long sequence) {
        try (var entries = stores.digests().range(key(sequence), key(Long.MAX_VALUE))) {
            if (!entries.hasNext()) {
                return Optional.empty();
            }
            var entry = entries.next();
            var last = ByteBuffer.wrap(entry.key, Hash.LENGTH, 8).getLong();
            var digests = Versioned.read(BalancesTopology.DIGESTS, entry.value);
            var first = last - digests.remaining() / Hash.LENGTH + 1;
            if (sequence < first) {
                return Optional.empty();
            }
            var digest = new byte[Hash.LENGTH];
            digests.get(Math.toIntExact(sequence - first) * Hash.LENGTH, digest);
            return Optional.of(Hash.of(digest));
        }
    }

    @Override
    public void accept(long firstSequence, List<Hash> digests) {
        for (var from = 0; from < digests.size(); from += DIGESTS) {
            var part = digests.subList(from, Math.min(from + DIGESTS, digests.size()));
            var bytes = Versioned.allocate(part.size() * Hash.LENGTH).array();
            for (var i = 0; i < part.size(); i++) {
                part.get(i).copyTo(bytes, 1 + i * Hash.LENGTH);
            }
            stores.digests().put(key(firstSequence + from + part.size() - 1), bytes);
        }
    }

    private void count(Candidate candidate, int change) {
        var machine = candidate.signed().sale().machine().bytes();
        var count = waiting(machine) + change;
        if (count <= 0) {
            stores.machines().delete(machine);
        } else {
            stores.machines().put(machine, Versioned.allocate(4).putInt(count).array());
        }
    }

    private int waiting(byte[] machine) {
        var bytes = stores.machines().get(machine);
        return bytes == null
                ? 0
                : Versioned.read(BalancesTopology.WAITING_MACHINES, bytes).getInt();
    }

    private byte[] key(long sequence) {
        return ByteBuffer.allocate(Hash.LENGTH + 8)
                .put(channel.bytes())
                .putLong(sequence)
                .array();
    }

    private byte[] key(Candidate candidate) {
        return ByteBuffer.allocate(2 * Hash.LENGTH + 8)
                .put(key(candidate.sequence()))
                .put(candidate.identity().bytes())
                .array();
    }

    private WaitingReceipt toRecord(Candidate candidate) {
        return new WaitingReceipt(
                ReceiptRuns.toRecord(channel, List.of(candidate.signed())),
                candidate.refused(),
                candidate.place().partition(),
                candidate.place().offset(),
                candidate.place().time());
    }

    private Candidate fromRecord(WaitingReceipt waiting) {
        var signed = ReceiptRuns.fromRecord(waiting.getRun()).getFirst();
        return Candidate.of(
                signed,
                signers,
                new Place(waiting.getPartition(), waiting.getOffset(), waiting.getTime()),
                true,
                waiting.getRefused());
    }
}
