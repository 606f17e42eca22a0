package io.crema.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
    @TempDir
    Path dir;

    @Test
    void shouldKeepRecordsPortAndClusterIdOverARestart() throws Exception {
        var broker = EmbeddedBroker.builder(dir.resolve("kafka")).build();
        try (broker) {
            broker.start();
            var cluster = createTopicAndNameCluster(broker);
            produceInTransaction(broker, "one", "two");
            var address = broker.bootstrapServers();

            broker.close();
            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(clusterId(broker)).isEqualTo(cluster);
            produceInTransaction(broker, "three");
            assertThat(readCommitted(broker, 3)).containsExactly("one", "two", "three");
            assertThat(broker.fault()).isEmpty();
        }
        try (var again = EmbeddedBroker.builder(dir.resolve("kafka")).start()) {
            assertThat(readCommitted(again, 3)).containsExactly("one", "two", "three");
        }
    }

    @Test
    void shouldSayThatItsDirectoryIsGoneAndLeaveTheProcessAlive() throws Exception {
        var data = dir.resolve("kafka");
        try (var broker = EmbeddedBroker.builder(data).start();
                var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            try (var files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
            var _ = admin.createTopics(List.of(new NewTopic("cups", 1, (short) 1)));
            Await.until(
                    "the broker notices",
                    Duration.ofSeconds(60),
                    () -> broker.fault().isPresent());
            assertThat(broker.fault()).get().asString().contains("status 1", "data directory");
        }
    }

    @Test
    void shouldNameThePortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var broker = EmbeddedBroker.builder(dir).port(taken.getLocalPort()).build();
            assertThatThrownBy(broker::start)
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("free port");
        }
    }

    @Test
    void shouldRefuseToCreateTopicsByUse() {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", SharedBroker.bootstrapServers(), "max.block.ms", "1500", "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("never.created", "x"))
                            .get(5, TimeUnit.SECONDS))
                    .hasMessageContaining("never.created");
        }
    }

    private static String createTopicAndNameCluster(EmbeddedBroker broker) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("cups", 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        return clusterId(broker);
    }

    private static String clusterId(EmbeddedBroker broker) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }

    private static void produceInTransaction(EmbeddedBroker broker, String... values) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", broker.bootstrapServers(), "transactional.id", "the-writer");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (var value : values) {
                var _ = producer.send(new ProducerRecord<>("cups", value));
            }
            producer.commitTransaction();
        }
    }

    private static List<String> readCommitted(EmbeddedBroker broker, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition("cups", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var values = new java.util.ArrayList<String>();
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
            }
            return values;
        }
    }
}
