package io.crema.streams.channels;

import io.crema.events.ActingKeyChanged;
import io.crema.events.Bytes20;
import io.crema.events.Bytes32;
import io.crema.events.ChannelOpened;
import io.crema.events.CustomerKey;
import io.crema.events.CustomerKeys;
import io.crema.events.LogReversed;
import io.crema.events.PartyState;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.balances.ChainFacts;
import io.crema.streams.records.Inbound;
import io.crema.streams.records.Outbound;
import io.crema.streams.records.StoredFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps each customer's keys and tells them to each of its channels. */
final class CustomerProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    static final String KEYS = "keys-to-channels";
    private static final Bytes20 OWN = new Bytes20(new byte[20]);

    private final int partitions;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], PartyState> customers;

    @SuppressWarnings("NullAway.Init")
    private Outbound out;

    CustomerProcessor(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        customers = context.getStateStore(BalancesTopology.CUSTOMERS);
        var figures = new StoredFigures(context, BalancesTopology.CUSTOMER_FIGURES);
        out = new Outbound(context, BalancesTopology.SOURCE, figures::refused);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var origin = context().recordMetadata().orElseThrow();
        if (!origin.topic().equals(Topic.CHAIN_PARTIES.topicName())) {
            var opened = RecordCodec.perThread().decode(record.value(), ChannelOpened.class);
            opened(record.key(), opened, record.timestamp());
            return;
        }
        switch (Inbound.read(Topic.CHAIN_PARTIES, record.key(), record.value(), origin.partition(), partitions)) {
            case Inbound.Bad bad ->
                out.quarantine(
                        record.key(),
                        record.value(),
                        origin,
                        Instant.ofEpochMilli(record.timestamp()),
                        bad.reason(),
                        bad.detail());
            case Inbound.Good good -> changed(record.key(), good.value(), record.timestamp());
        }
    }

    private void opened(byte[] account, ChannelOpened opened, long timestamp) {
        var state = load(account);
        if (!state.getChannels().contains(opened.getChannel())) {
            List<Bytes32> channels = new ArrayList<>(state.getChannels());
            channels.add(opened.getChannel());
            state = new PartyState(state.getChanges(), channels);
            customers.put(account, state);
        }
        tell(opened.getChannel(), keys(account, state), timestamp);
    }

    private void changed(byte[] account, SpecificRecord event, long timestamp) {
        var before = load(account);
        List<ActingKeyChanged> changes = new ArrayList<>(before.getChanges());
        switch (event) {
            case ActingKeyChanged changed -> {
                changes.removeIf(known -> ChainFacts.isSame(known.getOrigin(), changed.getOrigin()));
                changes.add(changed);
                changes.sort(Comparator.<ActingKeyChanged>comparingLong(
                                c -> c.getOrigin().getBlockNumber())
                        .thenComparingInt(c -> c.getOrigin().getLogIndex()));
            }
            case LogReversed reversed ->
                changes.removeIf(known -> ChainFacts.isSame(known.getOrigin(), reversed.getOrigin()));
            default -> {
                return;
            }
        }
        if (changes.equals(before.getChanges())) {
            return;
        }
        var state = new PartyState(changes, before.getChannels());
        customers.put(account, state);
        var keys = keys(account, state);
        state.getChannels().forEach(channel -> tell(channel, keys, timestamp));
    }

    private PartyState load(byte[] account) {
        var state = customers.get(account);
        return state == null ? new PartyState(List.of(), List.of()) : state;
    }

    private void tell(Bytes32 channel, List<CustomerKey> keys, long timestamp) {
        out.pass(KEYS, channel.bytes(), new CustomerKeys(channel, keys), timestamp);
    }

    /** The account's own key with epoch 0, then each change; what a change replaces ends with its overlap. */
    private static List<CustomerKey> keys(byte[] account, PartyState state) {
        var own = new Bytes20(account);
        List<CustomerKey> keys = new ArrayList<>();
        keys.add(new CustomerKey(0L, own, null));
        for (var change : state.getChanges()) {
            var last = keys.removeLast();
            keys.add(new CustomerKey(last.getEpoch(), last.getSigner(), change.getPreviousUntil()));
            var signer = change.getSigner().equals(OWN) ? own : change.getSigner();
            keys.add(new CustomerKey(change.getEpoch(), signer, null));
        }
        return keys;
    }
}
