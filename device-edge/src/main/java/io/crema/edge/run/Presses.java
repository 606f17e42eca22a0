package io.crema.edge.run;

import io.crema.contracts.value.ProductId;
import io.crema.edge.body.Buttons;
import io.crema.edge.body.NewestPress;
import java.time.Duration;
import java.util.Optional;

/** The body's buttons, and presses that come from elsewhere. Thread-safe. */
final class Presses implements Buttons, AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final NewestPress newest = new NewestPress(System::nanoTime);
    private final Thread thread;
    private volatile boolean closing;

    Presses(Buttons body) {
        thread = Thread.ofVirtual().name("body-buttons").start(() -> {
            try {
                while (!closing) {
                    body.next(LOOK).ifPresent(newest::press);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** As if the product's button were pressed. */
    void press(ProductId product) {
        newest.press(product);
    }

    @Override
    public Optional<ProductId> next(Duration patience) throws InterruptedException {
        return newest.next(patience);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
