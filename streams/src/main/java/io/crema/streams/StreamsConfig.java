package io.crema.streams;

import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Amount;
import io.crema.streams.channels.BalancesSettings;
import io.crema.streams.redemption.RedemptionPolicy;
import io.crema.streams.telemetry.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the stream processing service needs to know. Immutable.
 *
 * @param bootstrapServers of Kafka
 * @param partitions of the deployment's topics, final
 * @param replication of the topics that the service keeps for itself
 * @param payment PaymentProvider's domain
 * @param maintenance MaintenanceProvider's domain
 * @param dataDir where the stores live; they can be thrown away
 * @param policy when channels are redeemed
 * @param rule when a machine's reading is a fault
 * @param threads that fold channels
 * @param commitInterval how long an output may wait for its transaction
 * @param mostWaitingPerMachine how many receipts of one machine may be set aside in one partition
 * @param instance how this one of several instances takes its part
 */
public record StreamsConfig(
        String bootstrapServers,
        int partitions,
        int replication,
        Domain payment,
        Domain maintenance,
        Path dataDir,
        RedemptionPolicy policy,
        FaultRule rule,
        int threads,
        Duration commitInterval,
        int mostWaitingPerMachine,
        Instance instance) {

    /** 50 of a token with 6 decimals. */
    public static final Amount DEFAULT_THRESHOLD = Amount.of(50_000_000);

    public static final int DEFAULT_INTERVAL_SECONDS = 3_600;
    public static final int DEFAULT_CRITICAL_SHARE = 20;

    public StreamsConfig {
        var variables = new Variables(Map.of());
        if (bootstrapServers.isBlank()) {
            variables.fault("bootstrapServers is empty, expected host:port");
        }
        if (partitions < 1 || replication < 1 || threads < 1) {
            variables.fault("partitions %d, replication %d and threads %d must each be at least 1"
                    .formatted(partitions, replication, threads));
        }
        if (!commitInterval.isPositive()) {
            variables.fault("commitInterval is %s, expected more than nothing".formatted(commitInterval));
        }
        if (mostWaitingPerMachine < 0) {
            variables.fault("mostWaitingPerMachine is %d, expected 0 or more".formatted(mostWaitingPerMachine));
        }
        variables.raise();
    }

    /** Of an instance without a name. */
    public StreamsConfig(
            String bootstrapServers,
            int partitions,
            int replication,
            Domain payment,
            Domain maintenance,
            Path dataDir,
            RedemptionPolicy policy,
            FaultRule rule,
            int threads,
            Duration commitInterval,
            int mostWaitingPerMachine) {
        this(
                bootstrapServers,
                partitions,
                replication,
                payment,
                maintenance,
                dataDir,
                policy,
                rule,
                threads,
                commitInterval,
                mostWaitingPerMachine,
                Instance.UNNAMED);
    }

    /**
     * From CREMA_BOOTSTRAP_SERVERS, CREMA_PARTITIONS (4), CREMA_REPLICATION (1), CREMA_CHAIN_ID,
     * CREMA_PAYMENT_PROVIDER, CREMA_MAINTENANCE_PROVIDER, CREMA_DATA_DIR, CREMA_REDEEM_THRESHOLD (50000000),
     * CREMA_REDEEM_INTERVAL_SECONDS (3600), CREMA_REDEEM_CRITICAL_SHARE (20 percent), CREMA_FAULT_RULE
     * (BoilerOverheated), CREMA_FAULT_QUANTITY (BoilerTempCoffee), CREMA_FAULT_UNIT (Cel), CREMA_FAULT_ABOVE (105),
     * CREMA_FAULT_CLEAR_BELOW (100), CREMA_FAULT_SECONDS (30), CREMA_STREAMS_THREADS (2), CREMA_STREAMS_COMMIT_MILLIS
     * (100), CREMA_MOST_WAITING_PER_MACHINE (10000), CREMA_INSTANCE (none), CREMA_STREAMS_STANDBYS (1) and
     * CREMA_STREAMS_SESSION_SECONDS (6).
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public static StreamsConfig fromEnvironment(Map<String, String> env) {
        var variables = new Variables(env);
        var chainId = variables.positive("CREMA_CHAIN_ID");
        var bootstrapServers = variables.text("CREMA_BOOTSTRAP_SERVERS");
        var paymentProvider = variables.address("CREMA_PAYMENT_PROVIDER");
        var maintenanceProvider = variables.address("CREMA_MAINTENANCE_PROVIDER");
        var dataDir = variables.text("CREMA_DATA_DIR");
        var partitions = variables.number("CREMA_PARTITIONS", 4, 1, 10_000);
        var replication = variables.number("CREMA_REPLICATION", 1, 1, 9);
        var threads = variables.number("CREMA_STREAMS_THREADS", 2, 1, 256);
        var commitMillis = variables.number("CREMA_STREAMS_COMMIT_MILLIS", 100, 1, 60_000);
        var mostWaiting = variables.number(
                "CREMA_MOST_WAITING_PER_MACHINE", BalancesSettings.DEFAULT_MOST_WAITING, 0, Integer.MAX_VALUE);
        var policy = policy(variables);
        var rule = rule(variables);
        var instance = instance(variables);
        variables.raise();
        return new StreamsConfig(
                bootstrapServers,
                partitions,
                replication,
                new Domain(chainId, paymentProvider),
                new Domain(chainId, maintenanceProvider),
                Path.of(dataDir),
                policy,
                rule,
                threads,
                Duration.ofMillis(commitMillis),
                mostWaiting,
                instance);
    }

    private static Instance instance(Variables variables) {
        var name = variables.text("CREMA_INSTANCE", "");
        if (!name.isEmpty() && !Instance.isName(name)) {
            variables.fault("CREMA_INSTANCE is %s, expected 1 to 100 letters, digits, dots, dashes or underlines"
                    .formatted(name));
            name = "";
        }
        var standbys = variables.number("CREMA_STREAMS_STANDBYS", Instance.DEFAULT_STANDBYS, 0, 8);
        // Brokers take 6 seconds to 30 minutes unless they are told otherwise.
        var session =
                variables.number("CREMA_STREAMS_SESSION_SECONDS", (int) Instance.DEFAULT_SESSION.toSeconds(), 6, 1_800);
        return new Instance(Optional.of(name).filter(given -> !given.isEmpty()), standbys, Duration.ofSeconds(session));
    }

    private static RedemptionPolicy policy(Variables variables) {
        var threshold = variables.amount("CREMA_REDEEM_THRESHOLD", DEFAULT_THRESHOLD);
        if (threshold.isZero()) {
            variables.fault("CREMA_REDEEM_THRESHOLD is 0, expected at least 1");
            threshold = DEFAULT_THRESHOLD;
        }
        var seconds = variables.number("CREMA_REDEEM_INTERVAL_SECONDS", DEFAULT_INTERVAL_SECONDS, 1, Integer.MAX_VALUE);
        var share = variables.number("CREMA_REDEEM_CRITICAL_SHARE", DEFAULT_CRITICAL_SHARE, 0, 100);
        return RedemptionPolicy.of(threshold, Duration.ofSeconds(seconds), share);
    }

    private static FaultRule rule(Variables variables) {
        var usual = FaultRule.BOILER_OVERHEATED;
        var above = variables.decimal("CREMA_FAULT_ABOVE", usual.above());
        var clearBelow = variables.decimal("CREMA_FAULT_CLEAR_BELOW", Math.min(usual.clearBelow(), above));
        if (clearBelow > above) {
            variables.fault("CREMA_FAULT_CLEAR_BELOW is %s, expected at most CREMA_FAULT_ABOVE, which is %s"
                    .formatted(clearBelow, above));
            clearBelow = above;
        }
        var seconds = variables.number(
                "CREMA_FAULT_SECONDS", Math.toIntExact(usual.duration().toSeconds()), 0, Integer.MAX_VALUE);
        return new FaultRule(
                variables.text("CREMA_FAULT_RULE", usual.name()),
                variables.text("CREMA_FAULT_QUANTITY", usual.quantity()),
                variables.text("CREMA_FAULT_UNIT", usual.unit()),
                above,
                clearBelow,
                Duration.ofSeconds(seconds));
    }
}
