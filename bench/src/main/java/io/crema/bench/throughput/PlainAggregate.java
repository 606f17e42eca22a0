package io.crema.bench.throughput;

import io.crema.streams.records.Parts;
import java.util.Arrays;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Counts records by key: as little as an exactly-once aggregate can do with as many bytes. */
final class PlainAggregate extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    static final String ACCEPTED = "bench.accepted";
    static final String BALANCES = "bench.balances";
    private static final String STORE = "plain";

    private final Sizes sizes;
    private final int balanceEvery;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], byte[]> store;

    private PlainAggregate(Sizes sizes, int balanceEvery) {
        this.sizes = sizes;
        this.balanceEvery = balanceEvery;
    }

    /** @param balanceEvery after how many records of a key one of a balance's size goes out */
    static Topology topology(String input, Sizes sizes, int balanceEvery) {
        var builder = new StreamsBuilder();
        var values = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingEnabled();
        builder.stream(
                        input,
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("from-input"))
                .process(
                        Parts.processor(() -> new PlainAggregate(sizes, balanceEvery), values),
                        Named.as("plain-processor"));
        var topology = builder.build();
        var bytes = new ByteArraySerializer();
        topology.addSink("to-accepted", ACCEPTED, bytes, bytes, "plain-processor");
        topology.addSink("to-balances", BALANCES, bytes, bytes, "plain-processor");
        return topology;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var known = store.get(record.key());
        var count = known == null ? 1 : count(known) + 1;
        var state = sized(record.value(), Math.max(4, sizes.state()));
        state[0] = (byte) (count >>> 24);
        state[1] = (byte) (count >>> 16);
        state[2] = (byte) (count >>> 8);
        state[3] = (byte) count;
        store.put(record.key(), state);
        context().forward(record.withValue(sized(record.value(), sizes.accepted())), "to-accepted");
        if (count % balanceEvery == 0) {
            context().forward(record.withValue(sized(record.value(), sizes.balance())), "to-balances");
        }
    }

    private static int count(byte[] state) {
        return state[0] << 24 | (state[1] & 0xff) << 16 | (state[2] & 0xff) << 8 | state[3] & 0xff;
    }

    /** As many bytes, as hard to compress as those that came. */
    private static byte[] sized(byte[] value, int size) {
        var sized = Arrays.copyOf(value, size);
        for (var at = value.length; at < size; at += value.length) {
            System.arraycopy(value, 0, sized, at, Math.min(value.length, size - at));
        }
        return sized;
    }
}
