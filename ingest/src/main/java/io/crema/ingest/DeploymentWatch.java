package io.crema.ingest;

import io.crema.ingest.decode.ContractLogs;
import io.crema.ingest.kafka.KafkaEventLog;
import io.crema.ingest.rpc.NodeReader;
import io.crema.ingest.runner.WatcherRunner;
import io.crema.ingest.watch.Agreement;
import io.crema.ingest.watch.ChainWatcher;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The watcher of one deployment with its own connections, thread and writer. Thread-safe. */
final class DeploymentWatch implements AutoCloseable {
    private final List<NodeReader> nodes;
    private final KafkaEventLog log;
    private final WatcherRunner runner;

    /**
     * @param deployment with the contracts that only this watch reads
     * @param told whether {@link #wake} is called at each new block
     */
    DeploymentWatch(IngestConfig config, WatchedContracts deployment, String thread, BooleanSupplier told) {
        var contracts = deployment.all();
        var watched = config.watched(deployment);
        nodes = config.nodes().rpcUrls().stream()
                .map(url -> new NodeReader(url, contracts))
                .toList();
        var endpoints = nodes.stream()
                .map(node -> new Agreement.Endpoint(node.name(), node))
                .toList();
        var chain = new Agreement(endpoints, config.nodes().agreement());
        log = new KafkaEventLog(config.bootstrapServers(), config.partitions(), watched, contracts);
        var decoder = new ContractLogs(
                config.chainId(),
                deployment.paymentProvider(),
                deployment.identityProvider(),
                deployment.rentalProvider(),
                deployment.maintenanceProvider(),
                deployment.supplyProvider());
        runner = new WatcherRunner(
                thread, new ChainWatcher(watched, chain, decoder, log), config.pollInterval(), told, chain::remark);
    }

    void start() {
        runner.start();
    }

    void wake() {
        runner.wake();
    }

    IngestStatus status() {
        return runner.status();
    }

    @Override
    public void close() {
        runner.close();
        log.close();
        nodes.forEach(NodeReader::close);
    }
}
