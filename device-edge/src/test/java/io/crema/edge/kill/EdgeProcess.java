package io.crema.edge.kill;

import io.crema.edge.EdgeConfig;
import io.crema.edge.EdgeService;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The edge as a process to be killed: broker, data directory, the world's port. */
public final class EdgeProcess {
    static final String READY = "edge process ready";

    private EdgeProcess() {}

    public static void main(String[] args) throws Exception {
        var config = EdgeConfig.of(args[0], Path.of(args[1]))
                .withWorld(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[2])))
                .withTelemetryInterval(Duration.ofSeconds(30));
        var edge = new EdgeService(config);
        edge.start();
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
