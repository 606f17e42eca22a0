package io.crema.bench.throughput;

import io.crema.platform.EmbeddedBroker;
import java.nio.file.Path;

/** The broker as a process of its own; says where it listens, and ends with its parent. */
public final class BrokerProcess {
    public static final String READY = "BROKER ";

    private BrokerProcess() {}

    /** @param args the data directory */
    public static void main(String[] args) {
        var broker = EmbeddedBroker.builder(Path.of(args[0])).start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "closing"));
        System.out.println(READY + broker.bootstrapServers());
    }
}
