package io.crema.settlement;

import io.crema.chain.node.Web3Chain;
import io.crema.chain.transactions.FeePolicy;
import io.crema.chain.transactions.TransactionPolicy;
import io.crema.contracts.value.Address;
import io.crema.settlement.step.GasPolicy;
import io.crema.settlement.step.SettlementPolicy;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What settlement needs to know. Immutable; holds no key, only where the keys are. Its text form hides what an endpoint's
 * address may hold of secrets.
 *
 * @param bootstrapServers of the Kafka cluster, host:port, comma separated
 * @param partitions of every topic, final per deployment
 * @param rpcUrls of the Ethereum nodes, the preferred first
 * @param keys of the sending accounts
 * @param pollChainEvery how often the node is asked while something is under way
 */
public record SettlementConfig(
        String bootstrapServers,
        int partitions,
        long chainId,
        List<String> rpcUrls,
        Address paymentProvider,
        Address maintenanceProvider,
        KeySource keys,
        SettlementPolicy policy,
        Duration pollChainEvery) {
    /** Of one account. What a node's pool drops of so many is sent again. */
    private static final int MOST_OPEN = 1_024;

    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    public SettlementConfig {
        rpcUrls = List.copyOf(rpcUrls);
        List<String> faults = new ArrayList<>();
        if (bootstrapServers.isBlank()) {
            faults.add("CREMA_BOOTSTRAP_SERVERS is empty, expected host:port");
        }
        if (partitions < 1) {
            faults.add("CREMA_PARTITIONS is %d, expected at least 1".formatted(partitions));
        }
        if (chainId < 1) {
            faults.add("CREMA_CHAIN_ID is %d, expected at least 1".formatted(chainId));
        }
        if (rpcUrls.isEmpty()) {
            faults.add("CREMA_RPC_URLS is empty, expected http://host:port");
        }
        if (pollChainEvery.isNegative() || pollChainEvery.isZero()) {
            faults.add("CREMA_CHAIN_POLL_MILLIS is %d, expected at least 1".formatted(pollChainEvery.toMillis()));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("settlement cannot start: " + String.join("; ", faults));
        }
    }

    /** With usual settings, for a caller that holds the keys itself. */
    public static SettlementConfig of(
            String bootstrapServers,
            int partitions,
            long chainId,
            String rpcUrl,
            Address paymentProvider,
            Address maintenanceProvider,
            int confirmations) {
        return new SettlementConfig(
                bootstrapServers,
                partitions,
                chainId,
                List.of(rpcUrl),
                paymentProvider,
                maintenanceProvider,
                new KeySource.Given(),
                SettlementPolicy.of(
                        transactions(confirmations, BigInteger.valueOf(500).multiply(GWEI), Duration.ofSeconds(30))),
                Duration.ofMillis(200));
    }

    /**
     * From the variables that docs/operations.md lists for settlement.
     *
     * @throws IllegalArgumentException naming all faults at once
     */
    public static SettlementConfig fromEnvironment(Map<String, String> env) {
        var read = new EnvironmentReader(env);
        var bootstrap = read.text("CREMA_BOOTSTRAP_SERVERS");
        var partitions = read.positive("CREMA_PARTITIONS", Optional.of(4));
        var chainId = read.positive("CREMA_CHAIN_ID", Optional.empty());
        var rpcUrls = read.urls("CREMA_RPC_URLS");
        var payment = read.address("CREMA_PAYMENT_PROVIDER");
        var maintenance = read.address("CREMA_MAINTENANCE_PROVIDER");
        var keys = KeySettings.read(read);
        var policy = policy(read);
        var poll = Duration.ofMillis(read.positive("CREMA_CHAIN_POLL_MILLIS", Optional.of(200)));
        read.check("settlement");
        return new SettlementConfig(bootstrap, partitions, chainId, rpcUrls, payment, maintenance, keys, policy, poll);
    }

    private static SettlementPolicy policy(EnvironmentReader read) {
        var sending = transactions(
                read.positive("CREMA_CONFIRMATIONS", Optional.of(12)),
                GWEI.multiply(BigInteger.valueOf(read.positive("CREMA_MAX_FEE_GWEI", Optional.of(500)))),
                Duration.ofSeconds(read.positive("CREMA_BUMP_SECONDS", Optional.of(30))));
        var gather = Duration.ofMillis(read.positive("CREMA_GATHER_MILLIS", Optional.of(200)));
        var rows = Math.min(SettlementPolicy.MOST_ROWS, read.positive("CREMA_BATCH_ROWS", Optional.of(100)));
        var usual = GasPolicy.CARELESS;
        var gas = new GasPolicy(
                read.number("CREMA_TOKEN_PER_ETHER"),
                read.number("CREMA_PATIENT_BASE_FEE_GWEI").map(GWEI::multiply),
                read.optional("CREMA_PATIENT_PERCENT_OF_USUAL"),
                Duration.ofMinutes(read.positive("CREMA_USUAL_FEE_MINUTES", Optional.of(60))),
                Duration.ofSeconds(read.positive("CREMA_PATIENCE_SECONDS", Optional.of(21_600))),
                usual.lookAgain());
        var low = BigInteger.valueOf(read.positive("CREMA_LOW_BALANCE_GWEI", Optional.of(50_000_000)));
        return SettlementPolicy.of(sending).with(gas).withBatches(gather, rows).withLowBalance(low.multiply(GWEI));
    }

    /** The same with another policy. */
    public SettlementConfig with(SettlementPolicy other) {
        return new SettlementConfig(
                bootstrapServers,
                partitions,
                chainId,
                rpcUrls,
                paymentProvider,
                maintenanceProvider,
                keys,
                other,
                pollChainEvery);
    }

    /** The same with other nodes. */
    public SettlementConfig withNodes(List<String> urls) {
        return new SettlementConfig(
                bootstrapServers,
                partitions,
                chainId,
                urls,
                paymentProvider,
                maintenanceProvider,
                keys,
                policy,
                pollChainEvery);
    }

    /** The same with other keys. */
    public SettlementConfig with(KeySource other) {
        return new SettlementConfig(
                bootstrapServers,
                partitions,
                chainId,
                rpcUrls,
                paymentProvider,
                maintenanceProvider,
                other,
                policy,
                pollChainEvery);
    }

    @Override
    public String toString() {
        return "SettlementConfig[log %s, %d partitions, chain %d at %s, PaymentProvider %s, MaintenanceProvider %s, %s]"
                .formatted(
                        bootstrapServers,
                        partitions,
                        chainId,
                        rpcUrls.stream().map(Web3Chain::shown).toList(),
                        paymentProvider,
                        maintenanceProvider,
                        keys instanceof KeySource.Signer(URI url, var accounts)
                                ? "signer " + Web3Chain.shown(url.toString()) + " for " + accounts
                                : keys);
    }

    private static TransactionPolicy transactions(int confirmations, BigInteger cap, Duration bumpAfter) {
        return new TransactionPolicy(
                new FeePolicy(GWEI, cap.max(GWEI), 125, bumpAfter, 20),
                confirmations,
                Duration.ofSeconds(5),
                MOST_OPEN);
    }
}
