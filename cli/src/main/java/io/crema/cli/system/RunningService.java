package io.crema.cli.system;

import java.time.Duration;

/** A service that can be started, asked and closed, wherever it runs. */
public interface RunningService extends AutoCloseable {
    /** How often readiness is looked at. */
    Duration POLL = Duration.ofMillis(20);

    void start();

    /** Its state in a sentence. */
    String status();

    /** Whether it does its work now: neither starting, nor waiting for something that is away. */
    boolean isReady();

    /**
     * Waits until it is ready.
     *
     * @return false when the time was over first
     */
    default boolean awaitReady(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }

    @Override
    void close();
}
