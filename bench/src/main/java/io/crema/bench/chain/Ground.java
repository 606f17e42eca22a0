package io.crema.bench.chain;

import io.crema.bench.throughput.BrokerProcess;
import io.crema.platform.ChildJvm;
import io.crema.schemas.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A broker with all topics, in a process of its own, and a chain beside it. */
final class Ground implements AutoCloseable {
    static final int PARTITIONS = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ChildJvm broker;
    private final String bootstrapServers;
    private final TestChain chain;

    /** @param folder for the broker's log */
    Ground(Path folder) throws Exception {
        broker = ChildJvm.builder("broker", BrokerProcess.class.getName())
                .args(List.of(folder.resolve("kafka").toString()))
                .jvm("-XX:TieredStopAtLevel=4")
                .heap("512m")
                .readyWhen(line -> line.startsWith(BrokerProcess.READY))
                .build()
                .start();
        try {
            chain = new TestChain();
            bootstrapServers = broker.awaitReady(PATIENCE).substring(BrokerProcess.READY.length());
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
                new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
            }
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    TestChain chain() {
        return chain;
    }

    @Override
    public void close() {
        chain.close();
        broker.close();
    }
}
