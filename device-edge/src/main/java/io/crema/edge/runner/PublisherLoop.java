package io.crema.edge.runner;

import io.crema.edge.publish.LogPort;
import io.crema.edge.publish.Outbox;
import io.crema.edge.publish.Parcel;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what one machine has: at once when it is told of something new, again after a failure, and looks by itself
 * now and then. Thread-safe.
 */
public final class PublisherLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PublisherLoop.class);
    private static final long LOOK_MILLIS = 250;
    private static final long RETRY_MILLIS = 1000;

    private final MachineHost host;
    private final LogPort port;
    private final Semaphore news = new Semaphore(0);
    private final ConcurrentLinkedQueue<Sent> answers = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    private record Sent(Outbox outbox, Parcel parcel, boolean arrived) {}

    /** Begins at once. */
    public PublisherLoop(MachineHost host, LogPort port) {
        this.host = host;
        this.port = port;
        this.thread = Thread.ofVirtual().name("publish-" + host.serial()).start(this::run);
    }

    /** There may be something to publish. */
    public void signal() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                if (!stepSafely()) {
                    if (!stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                        rewindSafely();
                    }
                } else if (news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            log.debug("machine stopped machine={}", host.serial());
        }
    }

    /** A disk that refuses to note what arrived must not end the loop: it may take it again later. */
    private void rewindSafely() {
        try {
            host.locked(this::rewind);
        } catch (UncheckedIOException e) {
            log.error("not noted what arrived, it is sent again machine={}: {}", host.serial(), e.getMessage());
        }
    }

    /** @return whether all is well; otherwise everything not acknowledged is sent again after a while */
    private boolean stepSafely() {
        try {
            return !step();
        } catch (RuntimeException e) {
            if (!stopping) {
                log.error("publishing failed, will repeat machine={}", host.serial(), e);
            }
            return false;
        }
    }

    /** @return whether something was lost on the way */
    private boolean step() {
        var lost = host.locked(this::takeAnswers);
        if (lost) {
            return true;
        }
        for (var batch = collect(); !batch.isEmpty(); batch = collect()) {
            for (var sent : batch) {
                var _ = port.send(sent.parcel(), "/edge/" + host.serial()).whenComplete((_, failure) -> {
                    if (failure != null && !stopping) {
                        log.warn(
                                "not published, will repeat machine={} topic={}: {}",
                                host.serial(),
                                sent.parcel().topic(),
                                failure.toString());
                    }
                    answers.add(new Sent(sent.outbox(), sent.parcel(), failure == null));
                    signal();
                });
            }
        }
        return false;
    }

    private ArrayList<Sent> collect() {
        return host.locked(() -> {
            var batch = new ArrayList<Sent>();
            for (var outbox : host.outboxes()) {
                outbox.next().ifPresent(parcel -> batch.add(new Sent(outbox, parcel, false)));
            }
            return batch;
        });
    }

    private boolean takeAnswers() {
        var lost = false;
        for (var answer = answers.poll(); answer != null; answer = answers.poll()) {
            if (answer.arrived()) {
                answer.outbox().acknowledged(answer.parcel());
            } else {
                lost = true;
            }
        }
        return lost;
    }

    private boolean rewind() {
        try {
            return takeAnswers();
        } finally {
            host.outboxes().forEach(Outbox::rewind);
        }
    }

    /** Stops; what is under way is published again after the next start. */
    @Override
    public void close() {
        stopping = true;
        stopped.countDown();
        news.release();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
