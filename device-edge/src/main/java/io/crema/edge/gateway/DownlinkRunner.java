package io.crema.edge.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps a downlink in a thread of its own, with growing pauses while nobody answers. Thread-safe. */
public final class DownlinkRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DownlinkRunner.class);
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Downlink downlink;
    private final String machine;
    private final Duration wait;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile String trouble = "The gateway has not answered yet.";

    /** @param machine its serial number, for the log */
    public DownlinkRunner(Downlink downlink, String machine) {
        this(downlink, machine, WAIT);
    }

    DownlinkRunner(Downlink downlink, String machine, Duration wait) {
        this.downlink = downlink;
        this.machine = machine;
        this.wait = wait;
        this.thread = Thread.ofVirtual().name("downlink-" + machine).start(this::run);
    }

    /** What is wrong, in a sentence; empty while the gateway answers. */
    public String trouble() {
        return trouble;
    }

    private void run() {
        var pause = SHORTEST_PAUSE;
        try {
            while (stopped.getCount() > 0) {
                if (stepped()) {
                    pause = SHORTEST_PAUSE;
                } else {
                    stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                    pause = pause.multipliedBy(2);
                    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stepped() throws InterruptedException {
        try {
            downlink.step(wait);
            trouble = "";
            return true;
        } catch (IOException | RuntimeException e) {
            if (stopped.getCount() > 0) {
                trouble = Objects.requireNonNullElse(e.getMessage(), e.toString());
                log.warn("nothing learnt, will ask again machine={}: {}", machine, trouble);
            }
            return false;
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
