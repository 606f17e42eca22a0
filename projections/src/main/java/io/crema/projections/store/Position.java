package io.crema.projections.store;

import io.crema.schemas.topic.Topic;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A position in the log: for each topic and partition the next offset to read. As text, for clients, {@code
 * r12.5..7-b9}: a letter for the topic, then the offsets of its partitions from 0, left out where unknown; topics are
 * divided by a hyphen. Immutable.
 */
public record Position(Map<TopicPartition, Long> offsets) {
    /** Never change a letter: clients keep positions. */
    private static final Map<Character, Topic> TOPICS = Map.ofEntries(
            Map.entry('c', Topic.CHAIN_CHANNELS),
            Map.entry('p', Topic.CHAIN_PARTIES),
            Map.entry('a', Topic.CHAIN_AGREEMENTS),
            Map.entry('k', Topic.CHAIN_CHECKPOINTS),
            Map.entry('r', Topic.RECEIPTS),
            Map.entry('b', Topic.BALANCES),
            Map.entry('e', Topic.MACHINE_EVENTS),
            Map.entry('m', Topic.MACHINE_TWINS),
            Map.entry('s', Topic.SERVICE_REQUESTS),
            Map.entry('h', Topic.MACHINE_HOURS),
            Map.entry('i', Topic.INTENTS),
            Map.entry('t', Topic.TRANSACTIONS),
            Map.entry('o', Topic.OUTCOMES),
            Map.entry('q', Topic.QUARANTINE));

    public static final Position START = new Position(Map.of());

    public Position {
        offsets = Map.copyOf(offsets);
    }

    /** The next offset of a partition; 0 where this position says nothing of it. */
    public long next(Topic topic, int partition) {
        return offsets.getOrDefault(new TopicPartition(topic.topicName(), partition), 0L);
    }

    /** Whether all that {@code other} has read is read here too. */
    public boolean reaches(Position other) {
        return other.offsets.entrySet().stream()
                .allMatch(wanted -> offsets.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue());
    }

    /** The text form. */
    public String encode() {
        var text = new StringBuilder();
        var letters = new TreeMap<>(TOPICS);
        letters.forEach((letter, topic) -> {
            var highest = offsets.keySet().stream()
                    .filter(partition -> partition.topic().equals(topic.topicName()))
                    .max(Comparator.comparingInt(TopicPartition::partition));
            highest.ifPresent(last -> {
                text.append(text.isEmpty() ? "" : "-").append(letter.charValue());
                for (var partition = 0; partition <= last.partition(); partition++) {
                    var offset = offsets.get(new TopicPartition(topic.topicName(), partition));
                    text.append(partition == 0 ? "" : ".").append(offset == null ? "" : offset);
                }
            });
        });
        return text.toString();
    }

    /** @throws IllegalArgumentException when the text is no position */
    public static Position decode(String text) {
        var offsets = new HashMap<TopicPartition, Long>();
        if (text.length() > 10_000) {
            throw new IllegalArgumentException("a position has at most 10000 characters, got " + text.length());
        }
        for (var part : text.isEmpty() ? new String[0] : text.split("-", -1)) {
            var topic = part.isEmpty() ? null : TOPICS.get(part.charAt(0));
            if (topic == null) {
                throw new IllegalArgumentException("'%s' is no position: '%s' begins with no topic's letter of %s"
                        .formatted(text, part, new TreeMap<>(TOPICS).keySet()));
            }
            var numbers = part.substring(1).split("\\.", -1);
            for (var partition = 0; partition < numbers.length; partition++) {
                if (!numbers[partition].isEmpty()) {
                    offsets.put(new TopicPartition(topic.topicName(), partition), offset(text, numbers[partition]));
                }
            }
        }
        return new Position(offsets);
    }

    private static long offset(String text, String number) {
        if (!number.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("'%s' is no position: '%s' is no offset".formatted(text, number));
        }
        return Long.parseLong(number);
    }

    /** The partitions of a topic that this position names, ascending. */
    public int[] partitions(Topic topic) {
        return offsets.keySet().stream()
                .filter(partition -> partition.topic().equals(topic.topicName()))
                .mapToInt(TopicPartition::partition)
                .sorted()
                .toArray();
    }

    /** The topics that have a letter: all that are folded. */
    public static Topic[] topics() {
        return Arrays.stream(Topic.values()).filter(TOPICS::containsValue).toArray(Topic[]::new);
    }
}
