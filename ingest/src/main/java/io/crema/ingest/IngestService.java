package io.crema.ingest;

import io.crema.contracts.value.Address;
import io.crema.ingest.gateway.Gateway;
import io.crema.ingest.gateway.GatewayConfig;
import io.crema.ingest.rpc.NewHeads;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The service that brings the chain events of deployments into Kafka. The topics must exist. It survives the chain and
 * the broker being away, and its own end at any moment; two at once are safe, the later one wins. Thread-safe.
 */
public final class IngestService implements AutoCloseable {
    private final NewHeads heads;
    private final List<DeploymentWatch> watches;
    private final Optional<Gateway> gateway;

    /** Without a gateway. */
    public IngestService(IngestConfig config) {
        this(config, Optional.empty());
    }

    /** @param door where machines call, if they do */
    public IngestService(IngestConfig config, Optional<GatewayConfig> door) {
        heads = new NewHeads(config.nodes().wsUrls());
        watches = watches(config, heads);
        watches.forEach(watch -> heads.listen(watch::wake));
        gateway = door.map(it -> new Gateway(it, config.bootstrapServers(), config.domains(), InstantSource.system()));
    }

    /** A contract that several deployments use belongs to the first of them. */
    private static List<DeploymentWatch> watches(IngestConfig config, NewHeads heads) {
        Set<Address> taken = new HashSet<>();
        List<DeploymentWatch> watches = new ArrayList<>();
        for (var deployment : config.deployments()) {
            var own = deployment.without(taken);
            taken.addAll(own.all());
            var thread = watches.isEmpty() ? "ingest-chain" : "ingest-chain-" + (watches.size() + 1);
            watches.add(new DeploymentWatch(config, own, thread, heads::live));
        }
        return List.copyOf(watches);
    }

    /** Returns at once; the thread of the first deployment is named {@code ingest-chain}. */
    public void start() {
        watches.forEach(DeploymentWatch::start);
        heads.start();
    }

    /** Where machines call; empty without a gateway. */
    public OptionalInt gatewayPort() {
        return gateway.map(it -> OptionalInt.of(it.port())).orElse(OptionalInt.empty());
    }

    /** Of all deployments together: as the worst of them is. */
    public IngestStatus status() {
        return IngestStatus.worst(statuses());
    }

    /** Of each deployment, in the order of the configuration. */
    public List<IngestStatus> statuses() {
        return watches.stream().map(DeploymentWatch::status).toList();
    }

    /** Ends within a few seconds; an unfinished transaction is aborted. */
    @Override
    public void close() {
        gateway.ifPresent(Gateway::close);
        heads.close();
        watches.forEach(DeploymentWatch::close);
    }
}
