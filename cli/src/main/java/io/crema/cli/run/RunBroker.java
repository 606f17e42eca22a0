package io.crema.cli.run;

import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.topic.TopicCatalogue;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
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

    @Override
    public Integer call() throws Exception {
        var settings = EmbeddedBroker.builder(dataDir).port(port);
        if (!reachableAs.isBlank()) {
            settings.reachableAs(reachableAs);
        }
        var broker = settings.start();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", "127.0.0.1:" + broker.port()))) {
            new TopicCatalogue(partitions, (short) 1).create(admin);
        }
        return Foreground.untilStopped("broker ready at " + broker.bootstrapServers(), broker);
    }
}
