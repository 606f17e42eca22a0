package io.crema.edge.body.coffee;

import java.util.concurrent.locks.LockSupport;

/** The time of a control loop: never jumps, and passes while the loop waits. Thread-safe. */
public interface Pace {
    /** The real one. */
    Pace SYSTEM = new Pace() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean pause(long nanos) {
            var until = System.nanoTime() + nanos;
            for (var left = nanos; left > 0; left = until - System.nanoTime()) {
                if (Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(left);
            }
            return !Thread.currentThread().isInterrupted();
        }
    };

    /** Nanoseconds since some moment. */
    long nanos();

    /**
     * Lets time pass.
     *
     * @return false, at once, when the thread was interrupted; the interruption stays
     */
    boolean pause(long nanos);
}
