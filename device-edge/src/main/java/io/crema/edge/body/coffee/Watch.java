package io.crema.edge.body.coffee;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread in which a body looks around. */
final class Watch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(20);

    private final Thread thread;

    Watch(CoffeeBody body, Pace pace) {
        thread = Thread.ofPlatform().name("body").daemon().start(() -> {
            while (pace.pause(PERIOD)) {
                try {
                    body.look();
                } catch (RuntimeException e) {
                    log.error("the body cannot look around: {}", e.toString());
                }
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
