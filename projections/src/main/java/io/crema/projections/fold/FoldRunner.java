package io.crema.projections.fold;

import io.crema.projections.store.Database;
import io.crema.projections.store.StaleWriterException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps folding on a thread of its own. A broker or database that is away is tried again, at growing intervals of up to
 * 5 s; whatever fails, nothing is written twice. {@link #start} and {@link #close} are for one owner.
 */
public final class FoldRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FoldRunner.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final Database database;
    private final InstantSource clock;
    private final Runnable changed;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("projections-fold").unstarted(this::run);
    private volatile FoldState state = FoldState.NOT_YET;
    private volatile @Nullable Consumer<byte[], byte[]> reading;
    private Instant looked = Instant.EPOCH;

    /** @param changed called on the fold's thread after each commit; must return at once */
    public FoldRunner(String bootstrapServers, Database database, InstantSource clock, Runnable changed) {
        this.bootstrapServers = bootstrapServers;
        this.database = database;
        this.clock = clock;
        this.changed = changed;
    }

    public void start() {
        thread.start();
    }

    public FoldState state() {
        return state;
    }

    @Override
    public void close() {
        stop.countDown();
        var consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var pause = Duration.ofMillis(100);
        while (!stopping()) {
            try (var consumer = LogReader.open(bootstrapServers, "crema-projections")) {
                reading = consumer;
                database.prepare();
                var folder = new Folder(consumer, database);
                while (!stopping()) {
                    try {
                        pause = fold(folder, pause);
                    } catch (StaleWriterException e) {
                        log.info("read models have another writer, looking again: {}", e.getMessage());
                        pause = wait(pause);
                    }
                }
            } catch (WakeupException e) {
                log.debug("asked to stop");
            } catch (SQLException | KafkaException e) {
                trouble(e);
                pause = wait(pause);
            } catch (RuntimeException e) {
                log.error("fold failed, trying again", e);
                trouble(e);
                pause = wait(pause);
            } finally {
                reading = null;
            }
        }
    }

    /** Aligns, then folds until something fails or the service stops. */
    private Duration fold(Folder folder, Duration pause) throws SQLException {
        if (!folder.align()) {
            trouble("the topics are not there yet: start the log and create them with crema topics");
            return wait(pause);
        }
        look(folder);
        while (!stopping()) {
            var folded = folder.step(POLL);
            if (clock.instant().isAfter(looked.plus(LOOK))) {
                look(folder);
            } else {
                state = new FoldState(true, folder.position(), state.ends(), Optional.empty(), Optional.empty());
            }
            if (folded > 0) {
                changed.run();
            }
        }
        return Duration.ofMillis(100);
    }

    private void look(Folder folder) {
        looked = clock.instant();
        var ends = folder.ends(Duration.ofSeconds(10));
        state = new FoldState(true, folder.position(), ends, Optional.empty(), Optional.empty());
    }

    private void trouble(Exception e) {
        var sentence = e instanceof SQLException
                ? "the database refuses: " + firstLine(e)
                : "the log cannot be read: " + firstLine(e);
        trouble(sentence);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }

    private void trouble(String sentence) {
        if (!state.trouble().equals(Optional.of(sentence))) {
            log.warn("fold waits: {}", sentence);
        }
        state = new FoldState(
                state.aligned(),
                state.position(),
                state.ends(),
                Optional.of(sentence),
                Optional.of(state.troubleSince().orElse(clock.instant())));
    }

    private Duration wait(Duration pause) {
        try {
            var _ = stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
        var longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }
}
