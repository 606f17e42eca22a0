package io.crema.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TelemetryBatch;
import io.crema.contracts.value.Hash;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.world.Await;
import io.crema.events.ReceiptRun;
import io.crema.events.TelemetryBatchRecord;
import io.crema.phone.PhoneCard;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EdgeServiceIT {
    private static final int PARTITIONS = 4;

    @TempDir
    Path dir;

    @Test
    void shouldServeWithoutTheLogAndCatchUpInOrderWhenItIsBack() throws Exception {
        var office = new Office();
        MachineFolder.provision(dir, office.provisioning, office.machineKey);
        var phone = new PhoneCard(office.wallet());
        try (var broker = EmbeddedBroker.builder(dir.resolve("kafka")).start()) {
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
                new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
            }
            var config = EdgeConfig.of(broker.bootstrapServers(), dir);
            try (var edge = new EdgeService(config)) {
                edge.start();
                serve(edge, office, phone, 5);
                Await.until(() -> edge.status().unpublished() == 0);
                broker.close();
                serve(edge, office, phone, 150);
                assertThat(edge.status().unpublished()).isEqualTo(150);
            }
            try (var edge = new EdgeService(config)) {
                edge.start();
                serve(edge, office, phone, 1);
                broker.start();
                Await.until(() -> edge.status().unpublished() == 0);
                edge.localWorld().tick(office.serial, office.now.plusSeconds(3600));
                var records = read(broker, Topic.EDGE_TELEMETRY, office.machine.bytes());
                assertThat(records).isNotEmpty();
                assertTelemetryChain(office, records);
            }
            var head = ChannelHead.start(office.channel);
            for (var record : read(broker, Topic.EDGE_RECEIPTS, office.channel.bytes())) {
                assertThat(record.key()).isEqualTo(office.channel.bytes());
                assertThat(record.value().length).isLessThan(ReceiptRuns.MOST_BYTES);
                var run = RecordCodec.perThread().decode(record.value(), ReceiptRun.class);
                for (var signed : ReceiptRuns.fromRecord(run)) {
                    if (signed.receipt().content().sequence() > head.sequence()) {
                        assertThat(head.isFollowedBy(signed.receipt().content(), signed.sale()))
                                .isTrue();
                        head = ChannelHead.at(signed.receipt().content());
                    }
                }
            }
            assertThat(head.sequence()).isEqualTo(156);
        }
    }

    private static void serve(EdgeService edge, Office office, PhoneCard phone, int cups) {
        for (var cup = 0; cup < cups; cup++) {
            office.pass(7);
            var press = new Press(Office.ESPRESSO, office.attempt());
            assertThat(edge.localWorld().press(office.serial, press, phone, office.now))
                    .isInstanceOf(TapOutcome.Served.class);
        }
    }

    private static void assertTelemetryChain(Office office, List<ConsumerRecord<byte[], byte[]>> records) {
        var sequence = 0L;
        var previous = Hash.ZERO;
        for (var record : records) {
            var it = RecordCodec.perThread().decode(record.value(), TelemetryBatchRecord.class);
            var body = new byte[it.getBody().remaining()];
            it.getBody().duplicate().get(body);
            var batch = new TelemetryBatch(
                    Convert.machine(it.getMachine()),
                    it.getSequence(),
                    Convert.hash(it.getPrevious()),
                    Keccak.hash(body));
            assertThat(new Signed<>(batch, Convert.signature(it.getSignature()))
                            .isSignedBy(office.machineKey.address(), office.domains.maintenance()))
                    .isTrue();
            if (batch.sequence() > sequence) {
                assertThat(batch.sequence()).isEqualTo(sequence + 1);
                assertThat(batch.previous()).isEqualTo(previous);
                sequence = batch.sequence();
                previous = batch.structHash();
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedBroker broker, Topic topic, byte[] key) {
        var settings = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic.topicName(), Partitions.of(key, PARTITIONS));
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
