package io.crema.edge.body;

import io.crema.contracts.value.ProductId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps the newest press until somebody asks for it, but not for long. Thread-safe. */
public final class NewestPress implements Buttons {
    /** Who pressed longer ago has walked on. */
    private static final long FORGOTTEN_AFTER = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final java.util.concurrent.locks.Condition pressed = lock.newCondition();
    private @Nullable ProductId newest;
    private long at;

    /** @param nanos a clock that never jumps, in nanoseconds */
    public NewestPress(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Somebody presses now. */
    public void press(ProductId product) {
        lock.lock();
        try {
            newest = product;
            at = nanos.getAsLong();
            pressed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ProductId> next(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = patience.toNanos();
            while (true) {
                var product = newest;
                newest = null;
                if (product != null && nanos.getAsLong() - at <= FORGOTTEN_AFTER) {
                    return Optional.of(product);
                }
                if (left <= 0) {
                    return Optional.empty();
                }
                left = pressed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
