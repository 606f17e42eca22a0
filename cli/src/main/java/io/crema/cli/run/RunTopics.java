package io.crema.cli.run;

import io.crema.schemas.topic.TopicCatalogue;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Creates the topics of the catalogue that are missing on a broker or cluster, checks the others, and ends. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Creates the topics that are missing, and ends.")
final class RunTopics implements Callable<Integer> {
    @Option(
            names = "--bootstrap-servers",
            description = "The broker or cluster (CREMA_BOOTSTRAP_SERVERS).",
            defaultValue = "${env:CREMA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}")
    private String bootstrapServers = "";

    @Option(
            names = "--partitions",
            description = "Partitions of every topic, final for the data (CREMA_PARTITIONS).",
            defaultValue = "${env:CREMA_PARTITIONS:-4}")
    private int partitions;

    @Option(
            names = "--replication",
            description = "Replicas of every topic: 3 on a cluster (CREMA_REPLICATION).",
            defaultValue = "${env:CREMA_REPLICATION:-1}")
    private short replication;

    @Override
    public Integer call() throws InterruptedException {
        create(bootstrapServers, partitions, replication);
        return 0;
    }

    static void create(String bootstrapServers, int partitions, short replication) throws InterruptedException {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            new TopicCatalogue(partitions, replication).create(admin);
        }
    }
}
