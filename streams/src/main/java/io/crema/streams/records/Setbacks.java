package io.crema.streams.records;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Which records a topology could not get through, in this process. A record is given up after its third failure, because
 * it would stop its partition for ever; but only a few are, because what fails at many records is not the records' fault.
 * Thread-safe.
 */
final class Setbacks {
    static final int ATTEMPTS = 3;
    static final int MOST_GIVEN_UP = 16;
    private static final int REMEMBERED = 1_000;

    private final Map<String, Integer> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<String, String> givenUp = new HashMap<>();

    /** After a failure whose transaction will be aborted. */
    synchronized void add(RecordMetadata origin, RuntimeException fault) {
        var record = name(origin);
        var count = failures.merge(record, 1, Integer::sum);
        if (count >= ATTEMPTS && givenUp.size() < MOST_GIVEN_UP) {
            givenUp.put(record, fault.toString());
        }
    }

    /** Why the record was given up; empty while it is to be tried. */
    synchronized Optional<String> whyGivenUp(RecordMetadata origin) {
        return givenUp.isEmpty() ? Optional.empty() : Optional.ofNullable(givenUp.get(name(origin)));
    }

    static String name(RecordMetadata origin) {
        return "%s:%d:%d".formatted(origin.topic(), origin.partition(), origin.offset());
    }
}
