package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import io.crema.events.ChannelBalance;
import io.crema.events.MachineHour;
import io.crema.events.ReceiptAccepted;
import io.crema.events.RedeemChannel;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordSerde;
import io.crema.streams.redemption.RedemptionPolicy;
import io.crema.streams.telemetry.FaultRule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker: runs in, balances and intents out, exactly once across a restart. */
class StreamsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CHANNELS = 8;
    private static final int RECEIPTS = 30;

    @TempDir
    Path dir;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var closeable : open.reversed()) {
            closeable.close();
        }
    }

    @Test
    void shouldCountEachReceiptOnceAcrossARestart() throws Exception {
        var broker = EmbeddedBroker.builder(dir.resolve("broker")).start();
        open.add(broker);
        var service = new StreamsService(config(broker.bootstrapServers()));
        service.start();
        assertThat(service.status().state()).isEqualTo(StreamsStatus.State.WAITING);
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCatalogue(4, (short) 1).create(admin);
        }
        var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                RecordSerde.serializer());
        open.add(producer);
        List<Sales> channels = new ArrayList<>();
        for (var i = 0; i < CHANNELS; i++) {
            var sales = new Sales(i);
            channels.add(sales);
            send(producer, Topic.CHAIN_CHANNELS, sales, ChainEvents.opened(sales, i + 1, 1_000_000));
            publish(producer, sales, RECEIPTS / 2);
        }
        producer.flush();
        var receipts = new Reader<>(broker, Topic.RECEIPTS, ReceiptAccepted.class);
        receipts.until(seen -> seen.size() >= CHANNELS * RECEIPTS / 2);
        awaitRunning(service);
        service.close();
        assertThat(service.status().state()).isEqualTo(StreamsStatus.State.STOPPED);

        channels.forEach(sales -> publish(producer, sales, RECEIPTS - RECEIPTS / 2));
        producer.flush();
        var restarted = new StreamsService(config(broker.bootstrapServers()));
        open.add(restarted);
        restarted.start();
        var accepted = receipts.until(seen -> seen.size() >= CHANNELS * RECEIPTS);
        assertThat(accepted)
                .extracting(receipt -> receipt.getChannel() + ":" + receipt.getSequence())
                .doesNotHaveDuplicates()
                .hasSize(CHANNELS * RECEIPTS);

        var balances = new Reader<>(broker, Topic.BALANCES, ChannelBalance.class)
                .until(seen ->
                        seen.stream().filter(b -> b.getReceipts() == RECEIPTS).count() >= CHANNELS);
        assertThat(balances).allSatisfy(b -> assertThat(b.getWaitingReceipts()).isLessThanOrEqualTo(RECEIPTS));
        var intents = new Reader<>(broker, Topic.INTENTS, RedeemChannel.class).until(seen -> seen.size() >= CHANNELS);
        assertThat(intents)
                .extracting(RedeemChannel::getChannel)
                .doesNotHaveDuplicates()
                .hasSize(CHANNELS);
        var hours = new Reader<>(broker, Topic.MACHINE_HOURS, MachineHour.class)
                .until(seen -> seen.stream().anyMatch(h -> h.getCups() == CHANNELS * RECEIPTS));
        assertThat(hours.getLast().getRevenue()).isEqualTo(BigDecimal.valueOf(10L * CHANNELS * RECEIPTS));
    }

    private StreamsConfig config(String bootstrapServers) {
        return new StreamsConfig(
                bootstrapServers,
                4,
                1,
                Sales.PAYMENT,
                Sales.PAYMENT,
                dir.resolve("state"),
                RedemptionPolicy.of(Amount.of(100), Duration.ofHours(1), 10),
                FaultRule.BOILER_OVERHEATED,
                2,
                Duration.ofMillis(100),
                1_000);
    }

    private static void awaitRunning(StreamsService service) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (service.status().state() != StreamsStatus.State.RUNNING
                && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
        }
        assertThat(service.status().state()).isEqualTo(StreamsStatus.State.RUNNING);
    }

    private static void publish(KafkaProducer<byte[], SpecificRecord> producer, Sales sales, int receipts) {
        for (var i = 0; i < receipts; i += 5) {
            var run = ReceiptRuns.toRecord(sales.channel, sales.sellMany(5, 10));
            send(producer, Topic.EDGE_RECEIPTS, sales, run);
            send(producer, Topic.EDGE_RECEIPTS, sales, run);
        }
    }

    private static void send(
            KafkaProducer<byte[], SpecificRecord> producer, Topic topic, Sales sales, SpecificRecord record) {
        producer.send(new ProducerRecord<>(topic.topicName(), sales.channel.bytes(), record));
    }

    /** Reads what is committed of one type. */
    private final class Reader<T extends SpecificRecord> {
        private final KafkaConsumer<byte[], SpecificRecord> consumer;
        private final Class<T> type;
        private final List<T> seen = new ArrayList<>();

        Reader(EmbeddedBroker broker, Topic topic, Class<T> type) {
            this.type = type;
            this.consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            broker.bootstrapServers(),
                            "group.id",
                            UUID.randomUUID().toString(),
                            "auto.offset.reset",
                            "earliest",
                            "isolation.level",
                            "read_committed"),
                    new ByteArrayDeserializer(),
                    RecordSerde.deserializer());
            consumer.subscribe(List.of(topic.topicName()));
            open.add(consumer);
        }

        List<T> until(Predicate<List<T>> enough) {
            var deadline = Instant.now().plus(PATIENCE);
            while (!enough.test(seen) && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (type.isInstance(record.value())) {
                        seen.add(type.cast(record.value()));
                    }
                });
            }
            assertThat(enough.test(seen))
                    .as("%s seen: %s", seen.size(), type.getSimpleName())
                    .isTrue();
            return seen;
        }
    }
}
