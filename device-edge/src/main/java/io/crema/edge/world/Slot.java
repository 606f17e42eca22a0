package io.crema.edge.world;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A machine's place in the world: its body, and the edge's connection while there is one. Thread-safe. */
final class Slot {
    private final SimulatedHardware body = new SimulatedHardware();
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition attached = lock.newCondition();
    private @Nullable Wire wire;

    /** Something to do over the machine's connection; done again from its start over the next one if that breaks. */
    @FunctionalInterface
    interface Exchange<T> {
        T over(Wire wire) throws IOException;
    }

    SimulatedHardware body() {
        return body;
    }

    void attach(Wire fresh) {
        lock.lock();
        try {
            if (wire != null) {
                wire.close();
            }
            wire = fresh;
            attached.signalAll();
        } finally {
            lock.unlock();
        }
    }

    <T> T with(String serial, Duration patience, Exchange<T> exchange) {
        var deadline = System.nanoTime() + patience.toNanos();
        turn.lock();
        try {
            var trouble = new IOException("its edge process is not there");
            while (true) {
                var current = await(deadline);
                if (current == null) {
                    throw new MachineAwayException(
                            "machine %s did not answer for %d s: %s"
                                    .formatted(serial, patience.toSeconds(), trouble.getMessage()),
                            trouble);
                }
                try {
                    return exchange.over(current);
                } catch (IOException e) {
                    trouble = e;
                    drop(current);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineAwayException("interrupted while waiting for machine " + serial, e);
        } finally {
            turn.unlock();
        }
    }

    private @Nullable Wire await(long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (wire == null) {
                var left = deadline - System.nanoTime();
                if (left <= 0 || !attached.await(left, TimeUnit.NANOSECONDS)) {
                    return null;
                }
            }
            return wire;
        } finally {
            lock.unlock();
        }
    }

    private void drop(Wire broken) {
        broken.close();
        lock.lock();
        try {
            if (wire == broken) {
                wire = null;
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            if (wire != null) {
                wire.close();
                wire = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
