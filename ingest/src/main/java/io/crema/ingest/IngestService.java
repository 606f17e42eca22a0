package io.crema.ingest;

import io.crema.ingest.decode.ContractLogs;
import io.crema.ingest.kafka.KafkaEventLog;
import io.crema.ingest.rpc.Web3ChainReader;
import io.crema.ingest.runner.WatcherRunner;
import io.crema.ingest.watch.ChainWatcher;
import java.util.List;

/**
 * The service that brings a deployment's chain events into Kafka. The topics must exist. It survives the chain and the
 * broker being away, and its own end at any moment; two at once are safe, the later one wins. Thread-safe.
 */
public final class IngestService implements AutoCloseable {
    private final Web3ChainReader chain;
    private final KafkaEventLog log;
    private final WatcherRunner runner;

    public IngestService(IngestConfig config) {
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
    }

    /** Returns at once; the thread is named {@code ingest-chain}. */
    public void start() {
        runner.start();
    }

    public IngestStatus status() {
        return runner.status();
    }

    /** Ends within a few seconds; an unfinished transaction is aborted. */
    @Override
    public void close() {
        runner.close();
        log.close();
        chain.close();
    }
}
