package io.crema.edge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.crypto.SelfSigned;
import io.crema.edge.LinkConfig;
import io.crema.edge.Links;
import io.crema.edge.Office;
import io.crema.edge.journal.Position;
import io.crema.edge.kafka.KafkaAccess.Security;
import io.crema.edge.publish.Parcel;
import io.crema.events.Bytes64;
import io.crema.events.TelemetryBatchRecord;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that lets machines write to the edge's topics, and nothing else. */
final class KafkaSecurityIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Office OFFICE = new Office();
    private static final String PASSWORD = "one \"quoted\" \\ word";

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        var own = SelfSigned.keys(RANDOM);
        pem("broker", own, List.of("127.0.0.1", "localhost"));
        pem("CM-1", SelfSigned.keys(RANDOM), List.of());
        pem("stranger", SelfSigned.keys(RANDOM), List.of());
        Files.writeString(dir.resolve("password"), PASSWORD + "\n");
        var builder = EmbeddedBroker.builder(dir.resolve("kafka"))
                .listener("MTLS", "SSL")
                .listener("SCRAM", "SASL_SSL")
                .setting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .setting("super.users", "User:ANONYMOUS")
                .setting("listener.name.mtls.ssl.client.auth", "required")
                .setting("listener.name.mtls.ssl.truststore.type", "PEM")
                .setting("listener.name.mtls.ssl.truststore.certificates", text("CM-1.crt"))
                .setting("listener.name.scram.sasl.enabled.mechanisms", "SCRAM-SHA-512")
                .setting(
                        "listener.name.scram.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        for (var listener : List.of("mtls", "scram")) {
            builder.setting("listener.name." + listener + ".ssl.keystore.type", "PEM")
                    .setting("listener.name." + listener + ".ssl.keystore.key", text("broker.key"))
                    .setting("listener.name." + listener + ".ssl.keystore.certificate.chain", text("broker.crt"));
        }
        broker = builder.start();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCatalogue(1, (short) 1).create(admin);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "CM-2", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
                    .all()
                    .get();
            admin.createAcls(Stream.of("User:CN=CM-1", "User:CM-2")
                            .flatMap(user -> Stream.of(Topic.EDGE_RECEIPTS, Topic.EDGE_TELEMETRY)
                                    .map(topic -> mayWrite(user, topic)))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldPublishOverMutualTlsAndNothingElse() throws Exception {
        var json = """
                {"kafka":{"bootstrapServers":"%s","security":"mtls","certificate":"CM-1.crt","key":"CM-1.key",\
                "authorities":"broker.crt"}}""";
        publish(json.formatted(broker.bootstrapServers("MTLS")));
        mayNothingElse(new KafkaAccess(
                broker.bootstrapServers("MTLS"),
                new Security.MutualTls(text("CM-1.crt"), text("CM-1.key"), text("broker.crt"))));
    }

    @Test
    void shouldPublishOverScramAndNothingElse() throws Exception {
        var json = """
                {"kafka":{"bootstrapServers":"%s","security":"scram","user":"CM-2","passwordFile":"password",\
                "authorities":"broker.crt"}}""";
        publish(json.formatted(broker.bootstrapServers("SCRAM")));
        mayNothingElse(new KafkaAccess(
                broker.bootstrapServers("SCRAM"), new Security.Scram("CM-2", PASSWORD, text("broker.crt"))));
    }

    @Test
    void shouldBeRefusedWithACertificateThatTheBrokerDoesNotTrust() throws Exception {
        var access = new KafkaAccess(
                broker.bootstrapServers("MTLS"),
                new Security.MutualTls(text("stranger.crt"), text("stranger.key"), text("broker.crt")));
        try (var log = new KafkaLog(access)) {
            assertThatThrownBy(() -> log.send(parcel(1), "/edge/CM-1")
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SslAuthenticationException.class);
        }
        assertThat(access.toString()).doesNotContain("PRIVATE").contains("mTLS");
    }

    private static void publish(String json) throws Exception {
        try (var links = Links.open(LinkConfig.fromJson(new ObjectMapper().readTree(json), dir))) {
            for (var sequence = 1; sequence <= 3; sequence++) {
                links.log()
                        .send(parcel(sequence), "/edge/CM-1")
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static void mayNothingElse(KafkaAccess access) {
        try (var producer =
                new KafkaProducer<>(access.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(() -> producer.send(
                                    new ProducerRecord<>(Topic.MACHINE_COMMANDS.topicName(), new byte[32], new byte[1]))
                            .get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
        try (var consumer =
                new KafkaConsumer<>(access.properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(Topic.EDGE_TELEMETRY.topicName(), 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
    }

    private static Parcel parcel(long sequence) {
        var record = new TelemetryBatchRecord(
                Convert.bytes32(OFFICE.machine),
                sequence,
                Convert.bytes32(io.crema.contracts.value.Hash.ZERO),
                ByteBuffer.allocate(10),
                new Bytes64(new byte[64]));
        return new Parcel(
                Topic.EDGE_TELEMETRY,
                OFFICE.machine.bytes(),
                record,
                "id-" + sequence,
                Instant.EPOCH,
                Position.START,
                1);
    }

    private static AclBinding mayWrite(String user, Topic topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic.topicName(), PatternType.LITERAL),
                new AccessControlEntry(user, "*", AclOperation.WRITE, AclPermissionType.ALLOW));
    }

    private static void pem(String name, KeyPair keys, List<String> hosts) throws Exception {
        var certificate = SelfSigned.certificate(
                keys,
                name,
                hosts,
                Instant.parse("2020-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59Z"),
                RANDOM);
        Files.writeString(dir.resolve(name + ".crt"), SelfSigned.pem(certificate));
        Files.writeString(dir.resolve(name + ".key"), SelfSigned.pem(keys.getPrivate()));
    }

    private static String text(String name) throws Exception {
        return Files.readString(dir.resolve(name));
    }
}
