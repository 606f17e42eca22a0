package io.crema.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The newest record of each key of a topic, as bytes: what compaction leaves. One file per topic, one line per record:
 * partition, time, key and value in hexadecimal.
 */
final class TopicDump {
    private static final String SUFFIX = ".records";

    private TopicDump() {}

    static void write(TestLog log, List<String> topics, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var topic : topics) {
            Files.write(folder.resolve(topic + SUFFIX), lines(log, topic));
        }
    }

    private static List<String> lines(TestLog log, String topic) {
        var lines = new TreeMap<String, String>();
        try (var consumer = log.reader()) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    var key = record.partition() + "\t" + HexFormat.of().formatHex(record.key());
                    if (record.value() == null) {
                        lines.remove(key);
                    } else {
                        lines.put(
                                key,
                                "%d\t%d\t%s\t%s"
                                        .formatted(
                                                record.partition(),
                                                record.timestamp(),
                                                HexFormat.of().formatHex(record.key()),
                                                HexFormat.of().formatHex(record.value())));
                    }
                });
            }
        }
        return new ArrayList<>(lines.values());
    }

    /** Makes each topic that is not there yet, compacted, and writes the records into their partitions. */
    static void load(TestLog log, Path folder) throws IOException, ExecutionException, InterruptedException {
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
        var present = log.admin().listTopics().names().get();
        for (var file : files) {
            var topic = file.getFileName().toString().replace(SUFFIX, "");
            if (!present.contains(topic)) {
                var made = new NewTopic(topic, Optional.of(TestLog.PARTITIONS), Optional.of((short) 1))
                        .configs(Map.of("cleanup.policy", "compact"));
                log.admin().createTopics(List.of(made)).all().get();
            }
            for (var line : Files.readAllLines(file)) {
                var fields = line.split("\t", -1);
                log.producer()
                        .send(new ProducerRecord<>(
                                topic,
                                Integer.valueOf(fields[0]),
                                Long.valueOf(fields[1]),
                                HexFormat.of().parseHex(fields[2]),
                                HexFormat.of().parseHex(fields[3])));
            }
        }
        log.producer().flush();
    }
}
