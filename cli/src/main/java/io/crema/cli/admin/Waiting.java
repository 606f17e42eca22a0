package io.crema.cli.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits, up to a deadline, for others that are still starting. */
final class Waiting {
    private static final long PAUSE_MILLIS = 250;

    private final Duration patience;

    Waiting(Duration patience) {
        this.patience = patience;
    }

    /** One attempt; every exception counts as not yet. */
    @FunctionalInterface
    interface Attempt<T> {
        Optional<T> now() throws Exception;
    }

    /** @throws SetupException with the last reason when the patience is used up */
    <T> T until(String what, Attempt<T> attempt) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            @Nullable Throwable reason = null;
            try {
                var found = attempt.now();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                reason = e;
            }
            if (System.nanoTime() > deadline) {
                var why = reason == null ? "" : ": " + reason;
                throw new SetupException(
                        "%s did not answer within %d s%s; is it running, and is the address right?"
                                .formatted(what, patience.toSeconds(), why),
                        reason);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
