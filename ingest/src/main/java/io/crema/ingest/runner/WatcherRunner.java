package io.crema.ingest.runner;

import io.crema.ingest.IngestStatus;
import io.crema.ingest.IngestStatus.State;
import io.crema.ingest.watch.ChainUnavailableException;
import io.crema.ingest.watch.ChainWatcher;
import io.crema.ingest.watch.ContradictionException;
import io.crema.ingest.watch.EventLogUnavailableException;
import io.crema.ingest.watch.Step;
import io.crema.ingest.watch.SupersededException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps the watcher in a thread of its own: at once while there is more, after a pause else, which {@link #wake} ends.
 * Thread-safe.
 */
public final class WatcherRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatcherRunner.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);
    /** Although each new block is told: a websocket may be up and silent. */
    private static final Duration SAFETY_POLL = Duration.ofSeconds(5);
    /** Nodes differ for a moment when a block has just been replaced. */
    private static final int CONTRADICTIONS_TOLERATED = 5;

    private final ChainWatcher watcher;
    private final Duration pollInterval;
    private final BooleanSupplier told;
    private final Supplier<String> remarks;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private volatile IngestStatus status = new IngestStatus(State.STARTING, "the chain is not read yet", -1, -1);
    private Duration pause = Duration.ZERO;
    private int contradictions;
    private boolean leftAlone;
    private String remark = "";

    /**
     * @param name of the thread
     * @param told whether {@link #wake} is called at each new block
     * @param remarks on the chain's nodes; empty when there is nothing to say
     */
    public WatcherRunner(
            String name, ChainWatcher watcher, Duration pollInterval, BooleanSupplier told, Supplier<String> remarks) {
        this.watcher = watcher;
        this.pollInterval = pollInterval;
        this.told = told;
        this.remarks = remarks;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    /** There may be something new. */
    public void wake() {
        wake.release();
    }

    public void start() {
        thread.start();
    }

    public IngestStatus status() {
        return status;
    }

    @Override
    public void close() {
        closing = true;
        wake();
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
            while (!closing) {
                rest();
                if (closing || !stepped()) {
                    return;
                }
            }
        } catch (InterruptedException | InterruptException e) {
            log.debug("interrupted while closing");
        }
    }

    /** Until there may be something new, or the pause is over; a node that wants to be left alone is. */
    private void rest() throws InterruptedException {
        var end = System.nanoTime() + pause.toNanos();
        do {
            if (wake.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                wake.drainPermits();
            }
        } while (leftAlone && !closing && System.nanoTime() < end);
        leftAlone = false;
    }

    /** @return false when this ingest must not go on */
    private boolean stepped() {
        try {
            var step = watcher.step();
            contradictions = 0;
            remark();
            done(step);
        } catch (SupersededException e) {
            change(State.SUPERSEDED, String.valueOf(e.getMessage()));
            return false;
        } catch (InterruptException e) {
            throw e;
        } catch (ChainUnavailableException | EventLogUnavailableException e) {
            if (e.getCause() instanceof InterruptException interrupted) {
                throw interrupted;
            }
            failed(e);
        } catch (RuntimeException e) {
            log.debug("step failed", e);
            backOff(State.REFUSED, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void failed(RuntimeException e) {
        if (e instanceof ContradictionException && ++contradictions > CONTRADICTIONS_TOLERATED) {
            backOff(State.REFUSED, String.valueOf(e.getMessage()));
            return;
        }
        backOff(State.WAITING, e.getMessage() + "; trying again");
        if (e instanceof ChainUnavailableException unavailable
                && unavailable.notBefore().compareTo(pause) > 0) {
            pause = unavailable.notBefore();
            leftAlone = true;
        }
    }

    /** Once when it begins, once when it ends. */
    private void remark() {
        var now = remarks.get();
        if (now.isEmpty() != remark.isEmpty()) {
            if (now.isEmpty()) {
                log.info("ingest: all nodes agree again");
            } else {
                log.warn("ingest goes on with the other nodes: {}", now);
            }
        }
        remark = now;
    }

    private void done(Step step) {
        switch (step) {
            case Step.Published(var from, var to, var records, var head) -> {
                log.debug("published blocks {} to {} records={} head={}", from, to, records, head);
                pause = Duration.ZERO;
                var state = to < head ? State.CATCHING_UP : State.FOLLOWING;
                change(state, inTheLog(to, head), head, to);
            }
            case Step.UpToDate(var block, var head) -> {
                pause = told.getAsBoolean() && pollInterval.compareTo(SAFETY_POLL) < 0 ? SAFETY_POLL : pollInterval;
                change(State.FOLLOWING, inTheLog(block, head), head, block);
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
            case Step.Narrowed(var blocks, var why) -> {
                log.debug("a range of {} blocks was refused: {}", blocks, why);
                pause = Duration.ZERO;
            }
            case Step.Refused(var reason, var sentence) -> backOff(State.REFUSED, sentence);
        }
    }

    private String inTheLog(long block, long head) {
        return "block %d of %d is in the log%s".formatted(block, head, remark.isEmpty() ? "" : "; " + remark);
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
