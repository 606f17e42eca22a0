package io.crema.settlement;

import io.crema.chain.keys.KeyStoreException;
import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.chain.transactions.FeePolicy;
import io.crema.chain.transactions.TransactionPolicy;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.settlement.step.SettlementPolicy;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What settlement needs to know. Immutable; holds no secret, only where the key is.
 *
 * @param bootstrapServers of the Kafka cluster, host:port, comma separated
 * @param partitions of every topic, final per deployment
 * @param rpcUrls of the Ethereum nodes; the first is used
 * @param keystore file with the sending account's key, and its password's file; empty where the key is passed in
 * @param pollChainEvery how often the node is asked while something is under way
 */
public record SettlementConfig(
        String bootstrapServers,
        int partitions,
        long chainId,
        List<String> rpcUrls,
        Address paymentProvider,
        Address maintenanceProvider,
        Optional<KeyFile> keystore,
        SettlementPolicy policy,
        Duration pollChainEvery) {
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    /** An encrypted key and the file that holds its password. */
    public record KeyFile(Path file, Path passwordFile) {}

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

    /** With usual settings, for a caller that holds the key itself. */
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
                Optional.empty(),
                SettlementPolicy.of(
                        transactions(confirmations, BigInteger.valueOf(500).multiply(GWEI), Duration.ofSeconds(30))),
                Duration.ofMillis(200));
    }

    /**
     * From CREMA_BOOTSTRAP_SERVERS, CREMA_PARTITIONS (4), CREMA_CHAIN_ID, CREMA_RPC_URLS, CREMA_PAYMENT_PROVIDER,
     * CREMA_MAINTENANCE_PROVIDER, CREMA_CONFIRMATIONS (12), CREMA_KEYSTORE, CREMA_KEYSTORE_PASSWORD_FILE, and with
     * defaults CREMA_GATHER_MILLIS (200), CREMA_BATCH_ROWS (100), CREMA_MAX_FEE_GWEI (500), CREMA_BUMP_SECONDS (30),
     * CREMA_CHAIN_POLL_MILLIS (200), CREMA_TOKEN_PER_ETHER (none), CREMA_PATIENT_BASE_FEE_GWEI (none).
     *
     * @throws IllegalArgumentException naming all faults at once
     */
    public static SettlementConfig fromEnvironment(Map<String, String> env) {
        var read = new EnvironmentReader(env);
        var usual = transactions(
                read.positive("CREMA_CONFIRMATIONS", Optional.of(12)),
                GWEI.multiply(BigInteger.valueOf(read.positive("CREMA_MAX_FEE_GWEI", Optional.of(500)))),
                Duration.ofSeconds(read.positive("CREMA_BUMP_SECONDS", Optional.of(30))));
        var policy = SettlementPolicy.of(usual);
        var tuned = new SettlementPolicy(
                usual,
                Duration.ofMillis(read.positive("CREMA_GATHER_MILLIS", Optional.of(200))),
                Math.min(SettlementPolicy.MOST_ROWS, read.positive("CREMA_BATCH_ROWS", Optional.of(policy.mostRows()))),
                policy.deadlineMargin(),
                read.number("CREMA_TOKEN_PER_ETHER"),
                read.number("CREMA_PATIENT_BASE_FEE_GWEI").map(GWEI::multiply),
                policy.holdFor(),
                policy.lowBalance());
        var bootstrap = read.text("CREMA_BOOTSTRAP_SERVERS");
        var partitions = read.positive("CREMA_PARTITIONS", Optional.of(4));
        var chainId = read.positive("CREMA_CHAIN_ID", Optional.empty());
        var rpcUrls = read.list("CREMA_RPC_URLS");
        var payment = read.address("CREMA_PAYMENT_PROVIDER");
        var maintenance = read.address("CREMA_MAINTENANCE_PROVIDER");
        var key = new KeyFile(Path.of(read.text("CREMA_KEYSTORE")), Path.of(read.text("CREMA_KEYSTORE_PASSWORD_FILE")));
        var poll = Duration.ofMillis(read.positive("CREMA_CHAIN_POLL_MILLIS", Optional.of(200)));
        read.check("settlement");
        return new SettlementConfig(
                bootstrap, partitions, chainId, rpcUrls, payment, maintenance, Optional.of(key), tuned, poll);
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
                keystore,
                other,
                pollChainEvery);
    }

    SigningKey loadKey() {
        var key = keystore.orElseThrow(() -> new KeyStoreException(
                "no key file is configured; set CREMA_KEYSTORE and CREMA_KEYSTORE_PASSWORD_FILE"));
        return KeyStoreFile.load(key.file(), Password.fromFile(key.passwordFile()));
    }

    private static TransactionPolicy transactions(int confirmations, BigInteger cap, Duration bumpAfter) {
        return new TransactionPolicy(
                new FeePolicy(GWEI, cap.max(GWEI), 125, bumpAfter, 20), confirmations, Duration.ofSeconds(5), 16);
    }
}
