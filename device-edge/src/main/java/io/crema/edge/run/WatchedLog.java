package io.crema.edge.run;

import io.crema.edge.node.NodeClock;
import io.crema.edge.publish.LogPort;
import io.crema.edge.publish.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The way out, and how it was the last time. Thread-safe. */
final class WatchedLog implements LogPort {
    private final LogPort port;
    private final NodeClock clock;
    private volatile Optional<Instant> arrived = Optional.empty();
    private volatile Duration arrivedSinceStart = Duration.ZERO;
    private volatile String trouble = "";

    WatchedLog(LogPort port, NodeClock clock) {
        this.port = port;
        this.clock = clock;
    }

    @Override
    public CompletionStage<?> send(Parcel parcel, String source) {
        return port.send(parcel, source).whenComplete((_, failure) -> {
            if (failure == null) {
                arrived = Optional.of(clock.instant());
                arrivedSinceStart = clock.sinceStart();
                trouble = "";
            } else {
                var cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                trouble = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
            }
        });
    }

    /** When the log last took something; empty if never since the start. */
    Optional<Instant> arrived() {
        return arrived;
    }

    /** The same by the clock that never jumps; zero if never. */
    Duration arrivedSinceStart() {
        return arrivedSinceStart;
    }

    /** Why it did not take the last thing; empty when it did. */
    String trouble() {
        return trouble;
    }
}
