package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import io.crema.events.ChannelBalance;
import io.crema.events.FaultCleared;
import io.crema.events.FaultRaised;
import io.crema.events.MachineTwin;
import io.crema.events.Quarantined;
import io.crema.events.ReceiptAccepted;
import io.crema.events.RedeemChannel;
import io.crema.events.RequestService;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.streams.redemption.RedemptionPolicy;
import io.crema.streams.telemetry.FaultRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State that an earlier build wrote, kept as a fixture, opened by this one. A release adds a folder: run it with
 * -Dcrema.upgrade.write=VERSION before the tag; folders of releases are never written again.
 */
class UpgradeIT {
    private static final Path FIXTURES = Path.of("src/test/resources/upgrade");

    /** Accepted before: 12 of busy, 2 of poor, 1 of gapped, 1 of forked. */
    private static final int ACCEPTED = 16;

    @TempDir
    Path dir;

    static Stream<String> versions() throws IOException {
        try (var folders = Files.list(FIXTURES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldGoOnFromWhatAnEarlierBuildWrote(String version) throws Exception {
        goOnFrom(FIXTURES.resolve(version));
    }

    @Test
    void shouldGoOnFromWhatThisBuildWrites() throws Exception {
        var version = Optional.ofNullable(System.getProperty("crema.upgrade.write"));
        var fixture = version.map(FIXTURES::resolve).orElse(dir.resolve("fixture"));
        write(fixture);
        goOnFrom(fixture);
    }

    private void goOnFrom(Path fixture) throws Exception {
        try (var log = new TestLog(dir.resolve("broker"))) {
            TopicDump.load(log, fixture);
            try (var service = new StreamsService(config(log, "state"))) {
                service.start();
                TestLog.awaitRunning(service);
                assertThat(service.metrics())
                        .contains("crema_streams_receipts_accepted_total " + ACCEPTED + "\n")
                        .contains("crema_streams_receipts_waiting{reason=\"UNKNOWN_CHANNEL\"} 3\n")
                        .contains("crema_streams_receipts_waiting{reason=\"UNCOVERED\"} 2\n")
                        .contains("crema_streams_receipts_waiting{reason=\"GAP\"} 2\n")
                        .contains("crema_streams_accepted_amount 160\n")
                        .contains("{topology=\"crema-balances\",reason=\"FORK\"} 1\n")
                        .contains("{topology=\"crema-balances\",reason=\"UNDECODABLE\"} 1\n")
                        .contains("{topology=\"crema-machines\",reason=\"UNDECODABLE\"} 1\n");
                var story = new UpgradeStory();
                story.tellPast(log);
                story.tellFuture(log);
                // 1 of busy, 2 of poor, 3 of early, 3 of gapped
                var accepted = log.until(Topic.RECEIPTS, ReceiptAccepted.class, seen -> seen.size() >= 9);
                assertThat(accepted)
                        .extracting(r -> r.getChannel() + ":" + r.getSequence())
                        .doesNotHaveDuplicates()
                        .hasSize(9);
                checkBalances(log, story);
                checkMachine(log);
                assertThat(log.until(Topic.QUARANTINE, Quarantined.class, seen -> true))
                        .as("what the earlier build accepted is no fork of itself")
                        .isEmpty();
                assertThat(log.until(Topic.INTENTS, RedeemChannel.class, seen -> true))
                        .as("the intent that is under way stays the only one of its channel")
                        .noneMatch(intent -> intent.getChannel().equals(Convert.bytes32(story.busy.channel)));
            }
        }
    }

    private void write(Path fixture) throws Exception {
        try (var log = new TestLog(dir.resolve("earlier-broker"))) {
            try (var service = new StreamsService(config(log, "earlier-state"))) {
                service.start();
                TestLog.awaitRunning(service);
                var story = new UpgradeStory();
                story.tellPast(log);
                log.until(Topic.RECEIPTS, ReceiptAccepted.class, seen -> seen.size() >= ACCEPTED);
                story.tellPastOnce(log);
                log.until(Topic.QUARANTINE, Quarantined.class, seen -> seen.size() == 3);
                log.until(Topic.INTENTS, RequestService.class, seen -> seen.size() == 1);
                log.until(
                        Topic.BALANCES,
                        ChannelBalance.class,
                        seen -> seen.stream().anyMatch(ChannelBalance::getForked));
            }
            var topics = log.admin().listTopics().names().get().stream()
                    .filter(topic -> topic.endsWith("-changelog"))
                    .sorted()
                    .toList();
            TopicDump.write(log, topics, fixture);
        }
    }

    private static void checkBalances(TestLog log, UpgradeStory story) {
        Map<Sales, Long> expected = Map.of(story.busy, 13L, story.poor, 4L, story.early, 3L, story.gapped, 4L);
        var newest = new HashMap<Object, ChannelBalance>();
        log.until(Topic.BALANCES, ChannelBalance.class, seen -> {
            seen.forEach(balance -> newest.put(balance.getChannel(), balance));
            return expected.entrySet().stream().allMatch(entry -> {
                var balance = newest.get(Convert.bytes32(entry.getKey().channel));
                return balance != null && balance.getReceipts() == entry.getValue();
            });
        });
        expected.forEach((sales, receipts) -> {
            var balance = Objects.requireNonNull(newest.get(Convert.bytes32(sales.channel)));
            assertThat(balance.getAccepted()).isEqualTo(BigDecimal.valueOf(10 * receipts));
            assertThat(balance.getNewest().getHistory()).isEqualTo(Convert.bytes32(sales.head.history()));
            assertThat(balance.getWaitingReceipts()).isZero();
        });
    }

    private static void checkMachine(TestLog log) {
        var twin = log.until(Topic.MACHINE_TWINS, MachineTwin.class, seen -> !seen.isEmpty());
        assertThat(twin).singleElement().satisfies(t -> {
            assertThat(t.getSequence()).isEqualTo(3);
            assertThat(t.getFaults()).isEmpty();
        });
        assertThat(log.until(Topic.MACHINE_EVENTS, FaultCleared.class, seen -> !seen.isEmpty()))
                .as("the fault that the earlier build raised")
                .hasSize(1);
        assertThat(log.until(Topic.MACHINE_EVENTS, FaultRaised.class, seen -> true))
                .isEmpty();
    }

    private StreamsConfig config(TestLog log, String state) {
        return new StreamsConfig(
                log.bootstrapServers(),
                TestLog.PARTITIONS,
                1,
                Sales.PAYMENT,
                Sales.PAYMENT,
                dir.resolve(state),
                RedemptionPolicy.of(Amount.of(100), Duration.ofDays(36_500), 0),
                FaultRule.BOILER_OVERHEATED,
                1,
                Duration.ofMillis(100),
                1_000);
    }
}
