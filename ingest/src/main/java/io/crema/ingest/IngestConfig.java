package io.crema.ingest;

import io.crema.contracts.typed.Domains;
import io.crema.contracts.value.Address;
import io.crema.ingest.watch.Finality;
import io.crema.ingest.watch.Watched;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What ingest needs to know. Immutable.
 *
 * @param bootstrapServers of Kafka
 * @param partitions of the deployment's topics
 * @param deployments on this chain: first the one that machines and parties sign for, then others that are still in use
 * @param finality from when on a block is published
 * @param pollInterval how long to wait when there is nothing new and no websocket tells
 * @param range how many blocks one step reads at most while far behind
 */
public record IngestConfig(
        String bootstrapServers,
        int partitions,
        long chainId,
        Nodes nodes,
        List<WatchedContracts> deployments,
        Finality finality,
        Duration pollInterval,
        int range) {

    /** For chains on the same machine. */
    public static final Duration LOCAL_POLL_INTERVAL = Duration.ofMillis(250);

    /** What most providers answer; where one does not, ingest asks for less. */
    public static final int DEFAULT_RANGE = 2_000;

    public IngestConfig {
        deployments = List.copyOf(deployments);
        var faults = new Faults();
        faults.unless(!bootstrapServers.isBlank(), "bootstrapServers is empty; give host:port");
        faults.unless(partitions >= 1, "partitions is " + partitions + "; give at least 1");
        faults.unless(chainId >= 1, "chainId is " + chainId + "; give the chain's EIP-155 id");
        nodes.check(faults);
        faults.unless(!deployments.isEmpty(), "there are no contracts to watch");
        for (var deployment : deployments) {
            faults.unless(
                    deployment.deploymentBlock() >= 1,
                    "deploymentBlock of PaymentProvider %s is %d; give 1 or more"
                            .formatted(deployment.paymentProvider(), deployment.deploymentBlock()));
        }
        faults.unless(
                deployments.stream()
                                .map(WatchedContracts::paymentProvider)
                                .distinct()
                                .count()
                        == deployments.size(),
                "two deployments have the same PaymentProvider; give each once");
        faults.unless(pollInterval.isPositive(), "pollInterval is " + pollInterval + "; give more than nothing");
        faults.unless(range >= 1, "range is " + range + "; give at least 1 block");
        faults.raise();
    }

    /**
     * From the variables CREMA_BOOTSTRAP_SERVERS, CREMA_PARTITIONS (4), CREMA_CHAIN_ID, CREMA_RPC_URLS (comma
     * separated), CREMA_RPC_AGREEMENT (more than half), CREMA_WS_URLS (comma separated, or off; as CREMA_RPC_URLS with
     * ws), CREMA_PAYMENT_PROVIDER, CREMA_IDENTITY_PROVIDER, CREMA_RENTAL_PROVIDER, CREMA_MAINTENANCE_PROVIDER,
     * CREMA_SUPPLY_PROVIDER, CREMA_DEPLOYMENT_BLOCK, CREMA_DEPLOYMENTS (files contracts.json of further deployments on
     * the chain, comma separated), CREMA_FINALITY (finalized, safe or a number; CREMA_CONFIRMATIONS; 1 on the test chain
     * 31337, else 12), CREMA_CHAIN_POLL_MILLIS (250) and CREMA_CHAIN_RANGE (2000).
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public static IngestConfig fromEnvironment(Map<String, String> env) {
        var variables = new Variables(env);
        var bootstrapServers = variables.text("CREMA_BOOTSTRAP_SERVERS");
        var partitions = variables.number("CREMA_PARTITIONS", 4, 1, 10_000);
        var chainId = variables.number("CREMA_CHAIN_ID", 1, Long.MAX_VALUE);
        var rpcUrls = variables.urls("CREMA_RPC_URLS");
        var agreement = variables.number(
                "CREMA_RPC_AGREEMENT", Nodes.agreementOf(rpcUrls.size()), 1, Math.max(1, rpcUrls.size()));
        var wsUrls = variables.urls("CREMA_WS_URLS", "off", Nodes.derived(rpcUrls));
        var first = new WatchedContracts(
                variables.address("CREMA_PAYMENT_PROVIDER"),
                variables.address("CREMA_IDENTITY_PROVIDER"),
                variables.address("CREMA_RENTAL_PROVIDER"),
                variables.address("CREMA_MAINTENANCE_PROVIDER"),
                variables.address("CREMA_SUPPLY_PROVIDER"),
                variables.number("CREMA_DEPLOYMENT_BLOCK", 1, Long.MAX_VALUE));
        var confirmations = variables.number("CREMA_CONFIRMATIONS", chainId == 31_337 ? 1 : 12, 1, 10_000);
        var finality = variables.finality("CREMA_FINALITY", new Finality.Confirmations(Math.toIntExact(confirmations)));
        List<WatchedContracts> deployments = new ArrayList<>(List.of(first));
        deployments.addAll(variables.deployments("CREMA_DEPLOYMENTS", chainId));
        var poll = variables.number("CREMA_CHAIN_POLL_MILLIS", LOCAL_POLL_INTERVAL.toMillis(), 1, 3_600_000);
        var range = variables.number("CREMA_CHAIN_RANGE", DEFAULT_RANGE, 1, 1_000_000);
        variables.raise();
        return new IngestConfig(
                bootstrapServers,
                Math.toIntExact(partitions),
                chainId,
                new Nodes(rpcUrls, wsUrls, Math.toIntExact(agreement)),
                deployments,
                finality,
                Duration.ofMillis(poll),
                Math.toIntExact(range));
    }

    /** What parties sign in. */
    public Domains domains() {
        var first = deployments.getFirst();
        return Domains.of(chainId, first.paymentProvider(), first.rentalProvider(), first.maintenanceProvider());
    }

    /** The PaymentProvider that parties sign for. */
    public Address paymentProvider() {
        return deployments.getFirst().paymentProvider();
    }

    /** The chain's nodes. */
    public List<URI> rpcUrls() {
        return nodes.rpcUrls();
    }

    /** What the watcher of a deployment is told. */
    public Watched watched(WatchedContracts deployment) {
        return new Watched(
                chainId,
                deployment.paymentProvider(),
                deployment.deploymentBlock(),
                finality,
                range,
                Watched.DEFAULT_LOGS);
    }

    @Override
    public String toString() {
        return "ingest of chain %d from %s, %s, %s, into Kafka at %s"
                .formatted(
                        chainId,
                        nodes,
                        deployments.stream()
                                .map(it -> "PaymentProvider %s since block %d"
                                        .formatted(it.paymentProvider(), it.deploymentBlock()))
                                .collect(Collectors.joining(", ")),
                        finality,
                        bootstrapServers);
    }
}
