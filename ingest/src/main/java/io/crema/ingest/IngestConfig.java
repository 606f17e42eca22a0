package io.crema.ingest;

import io.crema.contracts.typed.Domains;
import io.crema.contracts.value.Address;
import io.crema.ingest.watch.Watched;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What ingest needs to know. Immutable.
 *
 * @param bootstrapServers of Kafka
 * @param partitions of the deployment's topics
 * @param rpcUrls the chain's nodes, asked in turn; they may hold secrets and are shown without path and user
 * @param deploymentBlock the first block that can hold an event of the contracts
 * @param confirmations a block is published once it and its successors are this many; 1 = the newest block at once
 * @param pollInterval how long to wait when there is nothing new
 * @param range how many blocks one step reads at most while far behind
 */
public record IngestConfig(
        String bootstrapServers,
        int partitions,
        long chainId,
        List<URI> rpcUrls,
        Address paymentProvider,
        Address identityProvider,
        Address rentalProvider,
        Address maintenanceProvider,
        Address supplyProvider,
        long deploymentBlock,
        int confirmations,
        Duration pollInterval,
        int range) {

    /** For chains on the same machine. */
    public static final Duration LOCAL_POLL_INTERVAL = Duration.ofMillis(250);

    public static final int DEFAULT_RANGE = 1_000;

    public IngestConfig {
        rpcUrls = List.copyOf(rpcUrls);
        var faults = new Faults();
        faults.unless(!bootstrapServers.isBlank(), "bootstrapServers is empty; give host:port");
        faults.unless(partitions >= 1, "partitions is " + partitions + "; give at least 1");
        faults.unless(chainId >= 1, "chainId is " + chainId + "; give the chain's EIP-155 id");
        faults.unless(!rpcUrls.isEmpty(), "rpcUrls is empty; give at least one http(s) address");
        for (var url : rpcUrls) {
            faults.unless(
                    ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                    "an RPC address is " + shown(url) + "; give http://… or https://…");
        }
        faults.unless(deploymentBlock >= 1, "deploymentBlock is " + deploymentBlock + "; give 1 or more");
        faults.unless(
                confirmations >= 1,
                "confirmations is " + confirmations + "; they count the block itself, give at least 1");
        faults.unless(pollInterval.isPositive(), "pollInterval is " + pollInterval + "; give more than nothing");
        faults.unless(range >= 1, "range is " + range + "; give at least 1 block");
        faults.raise();
    }

    /**
     * From the variables CREMA_BOOTSTRAP_SERVERS, CREMA_PARTITIONS (4), CREMA_CHAIN_ID, CREMA_RPC_URLS (comma
     * separated), CREMA_PAYMENT_PROVIDER, CREMA_IDENTITY_PROVIDER, CREMA_RENTAL_PROVIDER, CREMA_MAINTENANCE_PROVIDER,
     * CREMA_SUPPLY_PROVIDER, CREMA_DEPLOYMENT_BLOCK, CREMA_CONFIRMATIONS (1 on the test chain 31337, else 12), CREMA_CHAIN_POLL_MILLIS (250)
     * and CREMA_CHAIN_RANGE (1000).
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public static IngestConfig fromEnvironment(Map<String, String> env) {
        var variables = new Variables(env);
        var chainId = variables.number("CREMA_CHAIN_ID", 1, Long.MAX_VALUE);
        var draft = new Draft(
                variables.text("CREMA_BOOTSTRAP_SERVERS"),
                variables.number("CREMA_PARTITIONS", 4, 1, 10_000),
                chainId,
                variables.urls("CREMA_RPC_URLS"),
                variables.address("CREMA_PAYMENT_PROVIDER"),
                variables.address("CREMA_IDENTITY_PROVIDER"),
                variables.address("CREMA_RENTAL_PROVIDER"),
                variables.address("CREMA_MAINTENANCE_PROVIDER"),
                variables.address("CREMA_SUPPLY_PROVIDER"),
                variables.number("CREMA_DEPLOYMENT_BLOCK", 1, Long.MAX_VALUE),
                variables.number("CREMA_CONFIRMATIONS", chainId == 31_337 ? 1 : 12, 1, 10_000),
                variables.number("CREMA_CHAIN_POLL_MILLIS", LOCAL_POLL_INTERVAL.toMillis(), 1, 3_600_000),
                variables.number("CREMA_CHAIN_RANGE", DEFAULT_RANGE, 1, 1_000_000));
        variables.raise();
        return draft.config();
    }

    private record Draft(
            String bootstrapServers,
            long partitions,
            long chainId,
            List<URI> rpcUrls,
            Address paymentProvider,
            Address identityProvider,
            Address rentalProvider,
            Address maintenanceProvider,
            Address supplyProvider,
            long deploymentBlock,
            long confirmations,
            long pollMillis,
            long range) {
        IngestConfig config() {
            return new IngestConfig(
                    bootstrapServers,
                    Math.toIntExact(partitions),
                    chainId,
                    rpcUrls,
                    paymentProvider,
                    identityProvider,
                    rentalProvider,
                    maintenanceProvider,
                    supplyProvider,
                    deploymentBlock,
                    Math.toIntExact(confirmations),
                    Duration.ofMillis(pollMillis),
                    Math.toIntExact(range));
        }
    }

    /** What parties sign in. */
    public Domains domains() {
        return Domains.of(chainId, paymentProvider, rentalProvider, maintenanceProvider);
    }

    /** What the watcher is told. */
    public Watched watched() {
        return new Watched(chainId, paymentProvider, deploymentBlock, confirmations, range);
    }

    @Override
    public String toString() {
        return "ingest of chain %d from %s, PaymentProvider %s since block %d, %d confirmations, into Kafka at %s"
                .formatted(
                        chainId,
                        rpcUrls.stream().map(IngestConfig::shown).collect(Collectors.joining(", ")),
                        paymentProvider,
                        deploymentBlock,
                        confirmations,
                        bootstrapServers);
    }

    private static String shown(URI url) {
        return url.getHost() == null
                ? url.getScheme() + ":…"
                : url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
