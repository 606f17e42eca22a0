package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.events.ChannelBalance;
import io.crema.events.ReceiptAccepted;
import io.crema.events.RedeemChannel;
import io.crema.platform.ChildJvm;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two instances; one is killed, and the other goes on from its standbys: nothing is lost, nothing counted twice. */
class TakeoverIT {
    private static final Logger log = LoggerFactory.getLogger(TakeoverIT.class);
    private static final int CHANNELS = 300;
    private static final int BEFORE = 20;
    private static final int AFTER = 10;
    private static final long PRICE = 10;

    @TempDir
    Path dir;

    @Test
    void shouldGoOnFromTheStandbysOfAKilledInstance() throws Exception {
        try (var broker = new TestLog(dir.resolve("broker"));
                var killed = child("a", broker.bootstrapServers());
                var survivor = new StreamsService(
                        StreamsConfig.fromEnvironment(environment("b", broker.bootstrapServers())))) {
            killed.start();
            survivor.start();
            killed.awaitReady(Duration.ofMinutes(2));
            TestLog.awaitRunning(survivor);
            List<Sales> all = new ArrayList<>();
            for (var i = 0; i < CHANNELS; i++) {
                var sales = new Sales(i);
                all.add(sales);
                broker.send(Topic.CHAIN_CHANNELS, sales.channel.bytes(), ChainEvents.opened(sales, i + 1, 1_000_000));
            }
            sell(broker, all, BEFORE);
            broker.until(Topic.RECEIPTS, ReceiptAccepted.class, seen -> seen.size() >= CHANNELS * BEFORE);
            TestLog.await(
                    () -> {
                        var here = sum(survivor, "channels");
                        return here > 0 && here < CHANNELS && isCaughtUp(survivor);
                    },
                    survivor::metrics);
            var restoredBefore = restored(survivor);

            killed.kill();
            var killedAt = System.nanoTime();
            sell(broker, all, AFTER);
            var accepted = broker.until(
                    Topic.RECEIPTS, ReceiptAccepted.class, seen -> seen.size() >= CHANNELS * (BEFORE + AFTER));
            log.info("taken over after {} ms", (System.nanoTime() - killedAt) / 1_000_000);
            TestLog.awaitRunning(survivor);
            TestLog.await(() -> sum(survivor, "channels") == CHANNELS, survivor::metrics);

            assertThat(accepted)
                    .extracting(r -> r.getChannel() + ":" + r.getSequence())
                    .doesNotHaveDuplicates()
                    .hasSize(CHANNELS * (BEFORE + AFTER));
            check(broker, all);
            var metrics = survivor.metrics();
            log.info("{}", metrics);
            assertThat(sum(survivor, "receipts_accepted_total")).isEqualTo(CHANNELS * (BEFORE + AFTER));
            assertThat(sum(survivor, "accepted_amount")).isEqualTo(CHANNELS * (BEFORE + AFTER) * PRICE);
            assertThat(sum(survivor, "value_at_risk"))
                    .as("nothing was redeemed")
                    .isEqualTo(sum(survivor, "accepted_amount"));
            var read = restored(survivor) - restoredBefore;
            log.info("records read to take over: {}", read);
            assertThat(read)
                    .as("what the standbys had not yet, of at least %d records in the changelogs", 4 * CHANNELS)
                    .isLessThan(CHANNELS);
        }
    }

    private static void sell(TestLog broker, List<Sales> all, int receipts) {
        for (var round = 0; round < receipts; round += 5) {
            for (var sales : all) {
                var run = sales.sellMany(5, PRICE);
                broker.sendRun(sales, run);
                broker.sendRun(sales, run);
            }
        }
        broker.producer().flush();
    }

    /** The reference is what was sold. */
    private static void check(TestLog broker, List<Sales> all) {
        Map<Object, Sales> byChannel = new HashMap<>();
        all.forEach(sales -> byChannel.put(Convert.bytes32(sales.channel), sales));
        var newest = new HashMap<Object, ChannelBalance>();
        broker.until(Topic.BALANCES, ChannelBalance.class, seen -> {
            seen.forEach(balance -> newest.put(balance.getChannel(), balance));
            return newest.size() == CHANNELS
                    && newest.values().stream().allMatch(b -> b.getReceipts() == BEFORE + AFTER);
        });
        newest.forEach((channel, balance) -> {
            var sales = Objects.requireNonNull(byChannel.get(channel));
            assertThat(balance.getAccepted()).isEqualTo(Convert.decimal(sales.head.total()));
            assertThat(balance.getNewest().getHistory()).isEqualTo(Convert.bytes32(sales.head.history()));
            assertThat(balance.getWaitingReceipts()).isZero();
            assertThat(balance.getForked()).isFalse();
        });
        assertThat(broker.until(Topic.INTENTS, RedeemChannel.class, seen -> true))
                .extracting(RedeemChannel::getChannel)
                .doesNotHaveDuplicates();
    }

    private static boolean isCaughtUp(StreamsService service) {
        var lags = samples(service, "standby_lag_records");
        return !lags.isEmpty() && lags.stream().allMatch(lag -> lag == 0);
    }

    private static long restored(StreamsService service) {
        return sum(service, "restored_records_total");
    }

    private static long sum(StreamsService service, String metric) {
        return samples(service, metric).stream().mapToLong(Long::longValue).sum();
    }

    private static List<Long> samples(StreamsService service, String metric) {
        List<Long> values = new ArrayList<>();
        var matcher = Pattern.compile("(?m)^crema_streams_" + metric + "(\\{[^}]*})? (\\d+)$")
                .matcher(service.metrics());
        while (matcher.find()) {
            values.add(Long.valueOf(matcher.group(2)));
        }
        return values;
    }

    private ChildJvm child(String name, String bootstrapServers) {
        var builder = ChildJvm.builder("streams-" + name, StreamsChild.class.getName())
                .heap("256m")
                .readyWhen("ready"::equals)
                .output(line -> log.info("{}", line));
        environment(name, bootstrapServers).forEach(builder::environment);
        return builder.build();
    }

    private Map<String, String> environment(String name, String bootstrapServers) {
        return Map.of(
                "CREMA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "CREMA_CHAIN_ID",
                String.valueOf(Sales.PAYMENT.chainId()),
                "CREMA_PAYMENT_PROVIDER",
                Sales.PAYMENT.verifyingContract().toString(),
                "CREMA_MAINTENANCE_PROVIDER",
                Sales.PAYMENT.verifyingContract().toString(),
                "CREMA_DATA_DIR",
                dir.resolve(name).toString(),
                "CREMA_REDEEM_CRITICAL_SHARE",
                "0",
                "CREMA_INSTANCE",
                name,
                "CREMA_STREAMS_STANDBYS",
                "1");
    }
}
