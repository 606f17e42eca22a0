package io.crema.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long a topology's stores take to be restored from their changelogs: from the first that begins to the
 * last that ends is one restore. Thread-safe.
 */
final class RestoreWatch implements StateRestoreListener {
    private static final Logger log = LoggerFactory.getLogger(RestoreWatch.class);

    private final String topology;
    private final InstantSource clock;
    private final Set<TopicPartition> running = new HashSet<>();
    private Instant began = Instant.EPOCH;
    private int stores;
    private long toRestore;
    private long restored;
    private long restoredEver;
    private Optional<Duration> newest = Optional.empty();

    /**
     * How the topology's restores went.
     *
     * @param running how many stores are being restored now
     * @param toRestore records of the restore under way, or of the newest one
     * @param restored how many of those are in
     * @param restoredEver in all restores since the process began
     * @param newest how long the newest finished restore took; empty while there was none
     */
    record Progress(int running, long toRestore, long restored, long restoredEver, Optional<Duration> newest) {}

    RestoreWatch(String topology, InstantSource clock) {
        this.topology = topology;
        this.clock = clock;
    }

    synchronized Progress progress() {
        return new Progress(running.size(), toRestore, restored, restoredEver, newest);
    }

    @Override
    public synchronized void onRestoreStart(TopicPartition changelog, String store, long first, long end) {
        if (running.isEmpty()) {
            began = clock.instant();
            stores = 0;
            toRestore = 0;
            restored = 0;
        }
        if (running.add(changelog)) {
            stores++;
        }
        toRestore += Math.max(0, end - first);
    }

    @Override
    public synchronized void onBatchRestored(TopicPartition changelog, String store, long batchEnd, long records) {
        restored += records;
        restoredEver += records;
    }

    @Override
    public synchronized void onRestoreEnd(TopicPartition changelog, String store, long records) {
        log.debug("topology={} store={} partition={} records={}", topology, store, changelog.partition(), records);
        ended(changelog);
    }

    @Override
    public synchronized void onRestoreSuspended(TopicPartition changelog, String store, long records) {
        ended(changelog);
    }

    private void ended(TopicPartition changelog) {
        if (!running.remove(changelog) || !running.isEmpty()) {
            return;
        }
        var took = Duration.between(began, clock.instant());
        newest = Optional.of(took);
        log.info("topology={} restored stores={} records={} millis={}", topology, stores, restored, took.toMillis());
    }
}
