package io.crema.bench.throughput;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.RecordCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Signs and writes what is to be folded. Each receipt, or each run, is of another channel than the one before. */
final class Loading {
    /** The topic with each receipt of the runs as a record of its own, for the plain aggregate. */
    static final String SINGLES = "bench.singles";

    private static final Instant SENT = Instant.ofEpochSecond(1_790_000_000L);

    private final String bootstrapServers;
    private final Fleet fleet;

    Loading(String bootstrapServers, Fleet fleet) {
        this.bootstrapServers = bootstrapServers;
        this.fleet = fleet;
    }

    /** All channels, as the chain watcher tells of them. */
    void open() throws Exception {
        try (var producer = producer()) {
            inParallel(
                    channel ->
                            send(producer, Topic.CHAIN_CHANNELS, channel, fleet.opened(channel), "opened-" + channel),
                    1);
        }
    }

    /** @param singles whether to write the same bytes also as one record per receipt */
    void receipts(Load load, boolean singles) throws Exception {
        try (var producer = producer()) {
            var rounds = Math.toIntExact((load.records() + fleet.channels() - 1) / fleet.channels());
            inParallel(channel -> publish(producer, channel, load, singles), rounds, load.records());
        }
    }

    private void publish(KafkaProducer<byte[], byte[]> producer, int channel, Load load, boolean singles) {
        List<SignedReceipt> run = new ArrayList<>(load.runLength());
        for (var i = 0; i < load.runLength(); i++) {
            run.add(fleet.sell(channel, load.freshBadges() && i == 0));
        }
        var record = ReceiptRuns.toRecord(fleet.id(channel), run);
        var first = run.getFirst().receipt().content().sequence();
        var bytes = send(producer, Topic.EDGE_RECEIPTS, channel, record, channel + ":" + first);
        if (singles) {
            var key = fleet.id(channel).bytes();
            for (var i = 0; i < run.size(); i++) {
                var from = (int) ((long) bytes.length * i / run.size());
                var to = (int) ((long) bytes.length * (i + 1) / run.size());
                producer.send(new ProducerRecord<>(SINGLES, key, Arrays.copyOfRange(bytes, from, to)));
            }
        }
    }

    private byte[] send(
            KafkaProducer<byte[], byte[]> producer, Topic topic, int channel, SpecificRecord record, String id) {
        var key = fleet.id(channel).bytes();
        var bytes = RecordCodec.perThread().encode(topic, record);
        var headers = CloudEvents.headers(record, id, "/bench", key, SENT);
        producer.send(new ProducerRecord<>(topic.topicName(), null, null, key, bytes, headers));
        return bytes;
    }

    private void inParallel(IntConsumer work, int rounds) throws InterruptedException, ExecutionException {
        inParallel(work, rounds, (long) rounds * fleet.channels());
    }

    /** Each thread keeps to its channels, so that their order holds. @param most calls over all rounds */
    private void inParallel(IntConsumer work, int rounds, long most) throws InterruptedException, ExecutionException {
        var threads = Math.min(fleet.channels(), Runtime.getRuntime().availableProcessors());
        try (var executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> parts = new ArrayList<>();
            for (var part = 0; part < threads; part++) {
                var own = part;
                parts.add(executor.submit(() -> {
                    for (var round = 0; round < rounds; round++) {
                        for (var channel = own; channel < fleet.channels(); channel += threads) {
                            if ((long) round * fleet.channels() + channel < most) {
                                work.accept(channel);
                            }
                        }
                    }
                }));
            }
            for (var part : parts) {
                part.get();
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "compression.type",
                        "lz4",
                        "batch.size",
                        65_536,
                        "linger.ms",
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
