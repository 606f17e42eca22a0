package io.crema.platform;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits in tests for what another process does. */
final class Await {
    private Await() {}

    static void until(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            Thread.sleep(20);
        }
    }
}
