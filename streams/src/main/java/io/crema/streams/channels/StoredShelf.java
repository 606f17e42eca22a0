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
            KeyValueStore<byte[], byte[]> digests) {}

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
        count(candidate, (candidate.refused() ? 0 : 1) - (isCounted(before) ? 1 : 0));
    }

    @Override
    public void remove(Candidate candidate) {
        if (isCounted(stores.waiting().delete(key(candidate)))) {
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
            var first = last - entry.value.length / Hash.LENGTH + 1;
            if (sequence < first) {
                return Optional.empty();
            }
            var digest = new byte[Hash.LENGTH];
            System.arraycopy(entry.value, Math.toIntExact(sequence - first) * Hash.LENGTH, digest, 0, Hash.LENGTH);
            return Optional.of(Hash.of(digest));
        }
    }

    @Override
    public void accept(long firstSequence, List<Hash> digests) {
        for (var from = 0; from < digests.size(); from += DIGESTS) {
            var part = digests.subList(from, Math.min(from + DIGESTS, digests.size()));
            var bytes = new byte[part.size() * Hash.LENGTH];
            for (var i = 0; i < part.size(); i++) {
                part.get(i).copyTo(bytes, i * Hash.LENGTH);
            }
            stores.digests().put(key(firstSequence + from + part.size() - 1), bytes);
        }
    }

    /** What was refused takes no machine's room: anybody can name a machine in it. */
    private static boolean isCounted(@Nullable WaitingReceipt waiting) {
        return waiting != null && !waiting.getRefused();
    }

    private void count(Candidate candidate, int change) {
        if (change == 0) {
            return;
        }
        var machine = candidate.signed().sale().machine().bytes();
        var count = waiting(machine) + change;
        if (count <= 0) {
            stores.machines().delete(machine);
        } else {
            stores.machines().put(machine, ByteBuffer.allocate(4).putInt(count).array());
        }
    }

    private int waiting(byte[] machine) {
        var bytes = stores.machines().get(machine);
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getInt();
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
