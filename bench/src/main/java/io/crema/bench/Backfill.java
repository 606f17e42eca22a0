package io.crema.bench;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.edge.EdgeConfig;
import io.crema.edge.EdgeService;
import io.crema.edge.folder.MachineFolder;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a machine has sold in a long time offline goes to a real broker: from its journal, in runs, each acknowledged
 * before the journal forgets it. Baseline: the same receipts out of memory, each a record of its own.
 */
final class Backfill {
    private final Path folder;
    private final int receipts;

    Backfill(Path folder, int receipts) {
        this.folder = folder;
        this.receipts = receipts;
    }

    Report.Backfill measure() throws Exception {
        var sold = sell();
        try (var broker = EmbeddedBroker.builder(folder.resolve("kafka")).start()) {
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
                new TopicCatalogue(4, (short) 1).create(admin);
            }
            var one = oneByOne(broker.bootstrapServers(), sold);
            sold.clear();
            var ours = fromTheJournal(broker.bootstrapServers());
            return new Report.Backfill(
                    receipts,
                    Measuring.rounded(ours),
                    Measuring.rounded(receipts / ours),
                    Measuring.rounded(receipts / one),
                    Measuring.rounded(one / ours));
        }
    }

    private List<SignedReceipt> sell() {
        System.err.println("crema: selling %,d cups offline".formatted(receipts));
        var machine = MachineFolder.provision(folder, Office.provisioning(), Office.MACHINE_KEY);
        var sold = new ArrayList<SignedReceipt>(receipts);
        try (var office = new Office(new Unsynced(machine.journal()))) {
            while (sold.size() < receipts) {
                sold.add(office.sell());
            }
        }
        return sold;
    }

    private double fromTheJournal(String broker) {
        try (var edge = new EdgeService(EdgeConfig.of(broker, folder))) {
            var start = System.nanoTime();
            edge.start();
            while (edge.status().unpublished() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static double oneByOne(String broker, List<SignedReceipt> sold) {
        var settings = Map.<String, Object>of("bootstrap.servers", broker, "acks", "all", "linger.ms", "5");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var start = System.nanoTime();
            for (var receipt : sold) {
                var record = ReceiptRuns.toRecord(Samples.CHANNEL, List.of(receipt));
                var value = RecordCodec.perThread().encode(Topic.EDGE_RECEIPTS, record);
                var _ = producer.send(
                        new ProducerRecord<>(Topic.EDGE_RECEIPTS.topicName(), Samples.CHANNEL.bytes(), value));
            }
            producer.flush();
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
