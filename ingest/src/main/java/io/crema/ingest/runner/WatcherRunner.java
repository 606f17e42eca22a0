package io.crema.ingest.runner;

import io.crema.ingest.IngestStatus;
import io.crema.ingest.IngestStatus.State;
import io.crema.ingest.watch.ChainUnavailableException;
import io.crema.ingest.watch.ChainWatcher;
import io.crema.ingest.watch.EventLogUnavailableException;
import io.crema.ingest.watch.Step;
import io.crema.ingest.watch.SupersededException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps the watcher in a thread of its own: at once while there is more, after a pause else. Thread-safe. */
public final class WatcherRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatcherRunner.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

    private final ChainWatcher watcher;
    private final Duration pollInterval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile IngestStatus status = new IngestStatus(State.STARTING, "the chain is not read yet", -1, -1);
    private Duration pause = Duration.ZERO;

    public WatcherRunner(ChainWatcher watcher, Duration pollInterval) {
        this.watcher = watcher;
        this.pollInterval = pollInterval;
        this.thread = Thread.ofPlatform().name("ingest-chain").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public IngestStatus status() {
        return status;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive() && !thread.join(CLOSE_LIMIT.dividedBy(2))) {
                thread.interrupt();
                thread.join(CLOSE_LIMIT.dividedBy(2));
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        status = new IngestStatus(State.CLOSED, "closed", status.head(), status.published());
    }

    private void run() {
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!stepped()) {
                    return;
                }
            }
        } catch (InterruptedException | InterruptException e) {
            log.debug("interrupted while closing");
        }
    }

    /** @return false when this ingest must not go on */
    private boolean stepped() {
        try {
            done(watcher.step());
        } catch (SupersededException e) {
            change(State.SUPERSEDED, String.valueOf(e.getMessage()));
            return false;
        } catch (InterruptException e) {
            throw e;
        } catch (ChainUnavailableException | EventLogUnavailableException e) {
            if (e.getCause() instanceof InterruptException interrupted) {
                throw interrupted;
            }
            backOff(State.WAITING, e.getMessage() + "; trying again");
        } catch (RuntimeException e) {
            log.debug("step failed", e);
            backOff(State.REFUSED, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void done(Step step) {
        switch (step) {
            case Step.Published(var from, var to, var records, var head) -> {
                log.debug("published blocks {} to {} records={} head={}", from, to, records, head);
                pause = Duration.ZERO;
                var state = to < head ? State.CATCHING_UP : State.FOLLOWING;
                change(state, "block %d of %d is in the log".formatted(to, head), head, to);
            }
            case Step.UpToDate(var block, var head) -> {
                pause = pollInterval;
                change(State.FOLLOWING, "block %d of %d is in the log".formatted(block, head), head, block);
            }
            case Step.Reversed(var ancestor, var from, var records) -> {
                log.warn("reorg: blocks {} to {} were replaced, logs taken back={}", ancestor + 1, from, records);
                pause = Duration.ZERO;
                change(
                        State.CATCHING_UP,
                        "a reorg replaced the blocks from " + (ancestor + 1),
                        status.head(),
                        ancestor);
            }
            case Step.Moved() -> pause = pollInterval;
            case Step.Refused(var reason, var sentence) -> backOff(State.REFUSED, sentence);
        }
    }

    private void backOff(State state, String sentence) {
        var longer = pause.multipliedBy(2);
        pause = longer.compareTo(pollInterval) < 0 ? pollInterval : longer;
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        change(state, sentence);
    }

    private void change(State state, String sentence) {
        change(state, sentence, status.head(), status.published());
    }

    private void change(State state, String sentence, long head, long published) {
        if (state != status.state()) {
            if (state == State.FOLLOWING || state == State.CATCHING_UP) {
                log.info("ingest {}: {}", state, sentence);
            } else {
                log.warn("ingest {}: {}", state, sentence);
            }
        }
        status = new IngestStatus(state, sentence, head, published);
    }
}
