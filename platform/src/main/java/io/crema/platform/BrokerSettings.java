package io.crema.platform;

import java.util.Map;

/** Kafka broker settings for a single node that shares its machine with everything else. */
final class BrokerSettings {
    private BrokerSettings() {}

    static Map<String, String> lean() {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PUBLISHED:PLAINTEXT"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "5"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "5"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A data directory that rested for a year still knows where its readers stood.
                Map.entry("offsets.retention.minutes", "527040"),
                Map.entry("log.retention.ms", "-1"),
                // After a crash the node waits this long until its former self counts as gone.
                Map.entry("broker.session.timeout.ms", "4000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2"),
                Map.entry("background.threads", "2"),
                Map.entry("num.recovery.threads.per.data.dir", "2"),
                Map.entry("queued.max.requests", "64"),
                Map.entry("log.cleaner.threads", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("log.cleaner.io.buffer.size", "262144"),
                Map.entry("log.segment.bytes", "67108864"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("offsets.load.buffer.size", "1048576"),
                Map.entry("transaction.state.log.load.buffer.size", "1048576"),
                Map.entry("offsets.topic.segment.bytes", "16777216"),
                Map.entry("transaction.state.log.segment.bytes", "16777216"));
    }
}
