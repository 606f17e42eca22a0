package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import io.crema.events.Quarantined;
import io.crema.events.ServiceRequestOpened;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.analytics.AnalyticsTopology;
import io.crema.streams.channels.BalancesSettings;
import io.crema.streams.channels.BalancesTopology;
import io.crema.streams.machines.MachinesTopology;
import io.crema.streams.redemption.RedemptionPolicy;
import io.crema.streams.telemetry.FaultRule;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes stand in a source topic: they go to quarantine as they came, and the next record is processed. */
class DeadLettersTest {
    private static final byte[] KEY = new Sales().channel.bytes();

    @TempDir
    Path dir;

    /** A topic, the topology that answers for what cannot be read there, and one that reads it too. */
    static Stream<Arguments> sources() {
        return Stream.of(
                Arguments.of("balances", Topic.EDGE_RECEIPTS),
                Arguments.of("balances", Topic.CHAIN_CHANNELS),
                Arguments.of("balances", Topic.CHAIN_PARTIES),
                Arguments.of("balances", Topic.OUTCOMES),
                Arguments.of("balances", Topic.CHANNEL_COMMANDS),
                Arguments.of("machines", Topic.EDGE_TELEMETRY),
                Arguments.of("machines", Topic.SERVICE_REQUESTS),
                Arguments.of("analytics", Topic.RECEIPTS));
    }

    /** What another topology answers for. */
    static Stream<Arguments> sourcesOfOthers() {
        return Stream.of(Arguments.of("machines", Topic.CHAIN_PARTIES), Arguments.of("machines", Topic.OUTCOMES));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void shouldQuarantineWhatIsNoRecord(String name, Topic topic) {
        try (var rig = new TopologyRig(topology(name), dir)) {
            var all = garbage(topic);
            all.forEach(value -> rig.pipeBytes(topic, KEY, value));
            var quarantined = rig.read(Topic.QUARANTINE, Quarantined.class);
            assertThat(quarantined)
                    .extracting(Quarantined::getReason)
                    .containsExactly(
                            "NO_VALUE",
                            "UNDECODABLE",
                            "UNDECODABLE",
                            "UNDECODABLE",
                            "UNDECODABLE",
                            "UNDECODABLE",
                            "UNEXPECTED_TYPE");
            for (var i = 0; i < all.size(); i++) {
                var record = quarantined.get(i);
                assertThat(record.getTopic()).isEqualTo(topic.topicName());
                assertThat(record.getPartition()).isZero();
                assertThat(record.getOffset()).isEqualTo(i);
                assertThat(record.getKey()).isEqualTo(ByteBuffer.wrap(KEY));
                assertThat(record.getDetail()).isNotBlank();
                assertThat(record.getValue()).isEqualTo(ByteBuffer.wrap(all.get(i) == null ? new byte[0] : all.get(i)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void shouldQuarantineWhatHasAnotherKeyThanItsContent(String name, Topic topic) {
        try (var rig = new TopologyRig(topology(name), dir)) {
            var record = sample(topic);
            for (var key : Arrays.asList(null, new byte[0], new byte[5], new byte[33], new byte[32])) {
                rig.pipeBytes(topic, key, record);
            }
            assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                    .hasSize(5)
                    .allSatisfy(q -> assertThat(q.getReason()).isEqualTo("WRONG_KEY"));
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void shouldQuarantineWhatLiesInAnotherPartitionThanItsKeySays(String name, Topic topic) {
        // With so many partitions the key belongs to another than the first, which is all that the rig has.
        var partitions = IntStream.range(2, 100)
                .filter(count -> Partitions.of(key(topic), count) != 0)
                .findFirst()
                .orElseThrow();
        try (var rig = new TopologyRig(topology(name, partitions), dir)) {
            rig.pipeBytes(topic, key(topic), sample(topic));
            assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                    .singleElement()
                    .satisfies(q -> assertThat(q.getReason()).isEqualTo("WRONG_PARTITION"));
        }
    }

    private static byte[] key(Topic topic) {
        var sales = new Sales();
        return switch (topic) {
            case CHAIN_PARTIES -> sales.payee.bytes();
            case EDGE_TELEMETRY -> sales.machine.bytes();
            default -> sales.channel.bytes();
        };
    }

    @ParameterizedTest
    @MethodSource("sourcesOfOthers")
    void shouldPassOverWhatAnotherTopologyAnswersFor(String name, Topic topic) {
        try (var rig = new TopologyRig(topology(name), dir)) {
            garbage(topic).forEach(value -> rig.pipeBytes(topic, KEY, value));
            rig.pipeBytes(topic, null, sample(topic));
            rig.pipeBytes(topic, new byte[3], sample(topic));
            assertThat(rig.records(Topic.QUARANTINE)).isEmpty();
            assertThat(rig.records(Topic.MACHINE_TWINS)).isEmpty();
            assertThat(rig.records(Topic.INTENTS)).isEmpty();
        }
    }

    @Test
    void shouldGoOnBehindGarbage() {
        try (var rig = new TopologyRig(topology("balances"), dir)) {
            var sales = new Sales();
            garbage(Topic.CHAIN_CHANNELS).forEach(value -> rig.pipeBytes(Topic.CHAIN_CHANNELS, KEY, value));
            rig.pipe(Topic.CHAIN_CHANNELS, KEY, ChainEvents.opened(sales, 1, 1_000));
            garbage(Topic.EDGE_RECEIPTS).forEach(value -> rig.pipeBytes(Topic.EDGE_RECEIPTS, KEY, value));
            rig.pipe(Topic.EDGE_RECEIPTS, KEY, ReceiptRuns.toRecord(sales.channel, sales.sellMany(2, 10)));
            assertThat(rig.records(Topic.RECEIPTS)).hasSize(2);
        }
    }

    /** In the order that the test expects: nothing, empty, half a header, another magic byte,
     * no such schema, cut off, and a record of another topic. */
    private static List<byte[]> garbage(Topic topic) {
        var good = sample(topic);
        var foreign = RecordCodec.perThread()
                .encode(
                        topic == Topic.EDGE_TELEMETRY
                                ? ChainEvents.opened(new Sales(), 1, 1)
                                : ReceiptRuns.toRecord(new Sales().channel, new Sales().sellMany(1, 1)));
        if (topic == Topic.EDGE_RECEIPTS) {
            foreign = RecordCodec.perThread().encode(ChainEvents.opened(new Sales(), 1, 1));
        }
        var magic = good.clone();
        magic[0] = 7;
        var unknown = good.clone();
        unknown[1] = 0x7f;
        return Arrays.asList(
                null, new byte[0], new byte[] {0, 0, 0}, magic, unknown, Arrays.copyOf(good, good.length - 3), foreign);
    }

    private static byte[] sample(Topic topic) {
        var sales = new Sales();
        var hash = Convert.bytes32(sales.channel);
        var record = switch (topic) {
            case EDGE_RECEIPTS -> ReceiptRuns.toRecord(sales.channel, sales.sellMany(1, 10));
            case CHAIN_CHANNELS -> ChainEvents.opened(sales, 1, 1_000);
            case CHAIN_PARTIES -> ChainEvents.machineKey(sales, 1, sales.payee);
            case OUTCOMES -> Samples.outcome(sales);
            case CHANNEL_COMMANDS -> Samples.redeem(sales);
            case EDGE_TELEMETRY -> Samples.batch(sales);
            case SERVICE_REQUESTS ->
                new ServiceRequestOpened(
                        hash,
                        Convert.bytes32(sales.machine),
                        hash,
                        "rule",
                        "hot",
                        hash,
                        Instant.ofEpochSecond(Sales.NOON));
            case RECEIPTS -> Samples.accepted(sales);
            default -> throw new IllegalArgumentException("no source: " + topic);
        };
        return RecordCodec.perThread().encode(topic, record);
    }

    private static Topology topology(String name) {
        return topology(name, 1);
    }

    private static Topology topology(String name, int partitions) {
        var policy = RedemptionPolicy.of(Amount.of(100), Duration.ofHours(1), 10);
        return switch (name) {
            case "balances" ->
                BalancesTopology.of(new BalancesSettings(partitions, Sales.PAYMENT, policy, 50, Duration.ofSeconds(1)));
            case "machines" -> MachinesTopology.of(partitions, Sales.PAYMENT, FaultRule.BOILER_OVERHEATED);
            default -> AnalyticsTopology.of(partitions);
        };
    }
}
