package io.crema.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.crypto.SelfSigned;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.edge.EdgeConfig;
import io.crema.edge.LinkConfig;
import io.crema.edge.Links;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.gateway.Downlink;
import io.crema.edge.gateway.DownlinkRunner;
import io.crema.edge.gateway.FileCursor;
import io.crema.edge.node.Press;
import io.crema.edge.node.Refusal;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.runner.EdgeFleet;
import io.crema.edge.world.LocalWorld;
import io.crema.events.ReceiptRun;
import io.crema.events.TelemetryBatchRecord;
import io.crema.phone.Company;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import io.crema.phone.Wallet;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real machine and a real phone behind the gateway. */
final class GatewayTapIT {
    private static final long PRICE = 1_500_000;

    private final Random random = new Random(11);

    @TempDir
    Path dir;

    private GatewayRig rig;
    private Town town;
    private Links links;
    private EdgeFleet fleet;
    private LocalWorld world;
    private PhoneCard phone;
    private Instant now = Instant.ofEpochSecond(Town.START);

    @BeforeEach
    void start() throws Exception {
        rig = new GatewayRig(dir);
        town = rig.town;
        rig.rent(2 * PRICE);
        rig.start();
        rig.claim(town.claim(1, town.identity, town.manufacturer));
        MachineFolder.provision(dir, town.provisioning(2 * PRICE), town.machineKey);
        links = Links.open(LinkConfig.fromJson(
                new ObjectMapper().readTree("""
                                {"gateway":{"address":"%s","certificate":"machine.crt","key":"machine.key","servers":"%s"}}""".formatted(rig.address(), rig.serverCertificate())), pems()));
        world = new LocalWorld();
        fleet = new EdgeFleet(
                EdgeConfig.of("unused:9092", dir).withTelemetryInterval(Duration.ofMinutes(1)), links.log(), world);
        world.enter(fleet);
        fleet.start();
        phone = phone();
    }

    private Path pems() throws Exception {
        Files.writeString(
                dir.resolve("machine.crt"), SelfSigned.pem(town.identity.chain().getFirst()));
        Files.writeString(dir.resolve("machine.key"), SelfSigned.pem(town.identity.key()));
        return dir;
    }

    private PhoneCard phone() {
        var key = SigningKey.generate(random);
        var badge = new Badge(
                town.customer.address(),
                key.address(),
                Badge.ALL_CHANNELS,
                Amount.of(1_000_000_000_000L),
                1,
                Town.START - 10_000,
                Town.START + 50_000_000);
        var wallet = new Wallet(key, town.domains.payment(), new MemoryWalletStore(), () -> now, random);
        wallet.join(new Company(
                town.customer.address(),
                List.of(town.customer.address()),
                Optional.of(TypedData.sign(badge, town.domains.payment(), town.customer))));
        return new PhoneCard(wallet);
    }

    @AfterEach
    void stop() {
        fleet.close();
        links.close();
        rig.close();
    }

    @Test
    void shouldBringReceiptsUpAndTheTopUpDown() throws Exception {
        live(100);
    }

    @Test
    @Tag("long")
    void shouldBackfillDaysInOrder() throws Exception {
        live(5000);
    }

    /** Two cups, a top-up while the gateway is away, another cup; then days offline, and all of it once and in order. */
    private void live(int offline) throws Exception {
        var host = fleet.host(town.serial).orElseThrow();
        var downlink = new Downlink(
                links.downlink(town.machine).orElseThrow(), new FileCursor(dir.resolve("cursor")), host::learn);
        try (var _ = new DownlinkRunner(downlink, town.serial)) {
            assertThat(press()).isInstanceOf(TapOutcome.Served.class);
            assertThat(press()).isInstanceOf(TapOutcome.Served.class);
            await("receipts are up", () -> host.unpublished() == 0);
            assertThat(refusal(press())).isEqualTo(Refusal.NO_CREDIT);
            rig.kill();
            rig.channel(town.toppedUp(6, (1 + offline) * PRICE, (3 + offline) * PRICE));
            rig.checkpoint(6);
            assertThat(refusal(press())).isEqualTo(Refusal.NO_CREDIT);
            rig.start();
            await("the top-up is learnt", () -> press() instanceof TapOutcome.Served);
            await("receipts are up", () -> host.unpublished() == 0);
        }
        rig.kill();
        var reports = 0;
        for (var cup = 1; cup <= offline; cup++) {
            assertThat(press()).isInstanceOf(TapOutcome.Served.class);
            if (cup % 6 == 0) {
                world.tick(town.serial, now);
                reports++;
            }
        }
        assertThat(host.unpublished()).isEqualTo(offline);
        rig.start();
        await("all is up", () -> host.unpublished() == 0);
        var least = reports;
        await("telemetry is up", () -> batches() >= least);
        assertReceipts(3 + offline);
        var sequence = 0L;
        for (var message : read(Topic.EDGE_TELEMETRY, town.machine.bytes())) {
            sequence++;
            assertThat(RecordCodec.perThread()
                            .decode(message.value(), TelemetryBatchRecord.class)
                            .getSequence())
                    .isEqualTo(sequence);
        }
    }

    private void assertReceipts(long expected) {
        var messages = read(Topic.EDGE_RECEIPTS, town.channel.bytes());
        assertThat(receipts(messages)).isEqualTo(expected);
        for (var message : messages) {
            assertThat(message.key()).isEqualTo(town.channel.bytes());
            assertThat(header(message, "ce_source")).isEqualTo("/edge/CM-1");
            assertThat(header(message, "ce_type")).isEqualTo("io.crema.events.ReceiptRun");
            assertThat(header(message, "ce_subject")).isEqualTo(town.channel.toString());
        }
        assertThat(header(messages.getFirst(), "ce_id")).startsWith(town.channel + "-1-");
    }

    private int batches() {
        return read(Topic.EDGE_TELEMETRY, town.machine.bytes()).size();
    }

    private TapOutcome press() {
        now = now.plusSeconds(20);
        var attempt = new byte[Hash.LENGTH];
        random.nextBytes(attempt);
        return world.press(town.serial, new Press(Town.ESPRESSO, Hash.of(attempt)), phone, now);
    }

    private static Refusal refusal(TapOutcome outcome) {
        assertThat(outcome).isInstanceOf(TapOutcome.Refused.class);
        return ((TapOutcome.Refused) outcome).refusal();
    }

    /** How many receipts the messages hold; each follows the one before, none comes twice. */
    private long receipts(List<ConsumerRecord<byte[], byte[]>> messages) {
        var head = ChannelHead.start(town.channel);
        for (var message : messages) {
            var run = RecordCodec.perThread().decode(message.value(), ReceiptRun.class);
            for (var signed : ReceiptRuns.fromRecord(run)) {
                assertThat(head.isFollowedBy(signed.receipt().content(), signed.sale()))
                        .isTrue();
                head = ChannelHead.at(signed.receipt().content());
            }
        }
        return head.sequence();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic, byte[] key) {
        var settings = Map.<String, Object>of("bootstrap.servers", rig.broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic.topicName(), Partitions.of(key, GatewayRig.PARTITIONS));
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

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 60 s: " + what);
            }
            Thread.sleep(20);
        }
    }
}
