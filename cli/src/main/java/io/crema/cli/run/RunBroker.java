package io.crema.cli.run;

import io.crema.platform.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A single Kafka node with all topics of the catalogue: for one machine or a container, not for a cluster. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "A single Kafka node with all topics.")
final class RunBroker implements Callable<Integer> {
    @Option(
            names = "--data-dir",
            description = "Where it keeps everything (CREMA_DATA_DIR).",
            defaultValue = "${env:CREMA_DATA_DIR:-data/broker}")
    private Path dataDir = Path.of("data/broker");

    @Option(
            names = "--port",
            description = "Port for clients, 0 for any (CREMA_BROKER_PORT).",
            defaultValue = "${env:CREMA_BROKER_PORT:-9092}")
    private int port;

    @Option(
            names = "--partitions",
            description = "Partitions of every topic, final for the data (CREMA_PARTITIONS).",
            defaultValue = "${env:CREMA_PARTITIONS:-4}")
    private int partitions;

    @Option(
            names = "--reachable-as",
            description = "Host name under which clients reach it; without it, 127.0.0.1 alone (CREMA_BROKER_HOST).",
            defaultValue = "${env:CREMA_BROKER_HOST:-}")
    private String reachableAs = "";

    @Option(
            names = "--published-port",
            description =
                    "In a container: a second port, published on the loopback around it (CREMA_BROKER_PUBLISHED_PORT).",
            defaultValue = "${env:CREMA_BROKER_PUBLISHED_PORT:-0}")
    private int publishedPort;

    @Override
    public Integer call() throws Exception {
        var settings = EmbeddedBroker.builder(dataDir)
                .port(port)
                .publishedAs(publishedPort)
                .onFault(RunBroker::giveUp);
        if (!reachableAs.isBlank()) {
            settings.reachableAs(reachableAs);
        }
        var broker = settings.start();
        RunTopics.create("127.0.0.1:" + broker.port(), partitions, (short) 1);
        return Foreground.untilStopped("broker ready at " + broker.bootstrapServers(), broker);
    }

    /** There is nothing to close any more; whoever watches the process starts it again. */
    private static void giveUp(Throwable fault) {
        System.err.println("crema: " + fault.getMessage());
        Runtime.getRuntime().halt(1);
    }
}
