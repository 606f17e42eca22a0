package io.crema.ingest;

import io.crema.ingest.decode.ContractLogs;
import io.crema.ingest.gateway.Gateway;
import io.crema.ingest.gateway.GatewayConfig;
import io.crema.ingest.kafka.KafkaEventLog;
import io.crema.ingest.rpc.Web3ChainReader;
import io.crema.ingest.runner.WatcherRunner;
import io.crema.ingest.watch.ChainWatcher;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The service that brings a deployment's chain events into Kafka. The topics must exist. It survives the chain and the
 * broker being away, and its own end at any moment; two at once are safe, the later one wins. Thread-safe.
 */
public final class IngestService implements AutoCloseable {
    private final Web3ChainReader chain;
    private final KafkaEventLog log;
    private final WatcherRunner runner;
    private final Optional<Gateway> gateway;

    /** Without a gateway. */
    public IngestService(IngestConfig config) {
        this(config, Optional.empty());
    }

    /** @param door where machines call, if they do */
    public IngestService(IngestConfig config, Optional<GatewayConfig> door) {
        var contracts = new ContractLogs(
                config.chainId(),
                config.paymentProvider(),
                config.identityProvider(),
                config.rentalProvider(),
                config.maintenanceProvider(),
                config.supplyProvider());
        chain = new Web3ChainReader(
                config.rpcUrls(),
                List.of(
                        config.paymentProvider(),
                        config.identityProvider(),
                        config.rentalProvider(),
                        config.maintenanceProvider(),
                        config.supplyProvider()));
        log = new KafkaEventLog(config.bootstrapServers(), config.partitions(), config.watched());
        var watcher = new ChainWatcher(config.watched(), chain, contracts, log);
        runner = new WatcherRunner(watcher, config.pollInterval());
        gateway = door.map(it -> new Gateway(it, config.bootstrapServers(), config.domains(), InstantSource.system()));
    }

    /** Returns at once; the thread is named {@code ingest-chain}. */
    public void start() {
        runner.start();
    }

    /** Where machines call; empty without a gateway. */
    public OptionalInt gatewayPort() {
        return gateway.map(it -> OptionalInt.of(it.port())).orElse(OptionalInt.empty());
    }

    public IngestStatus status() {
        return runner.status();
    }

    /** Ends within a few seconds; an unfinished transaction is aborted. */
    @Override
    public void close() {
        gateway.ifPresent(Gateway::close);
        runner.close();
        log.close();
        chain.close();
    }
}
