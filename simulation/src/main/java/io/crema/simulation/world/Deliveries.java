package io.crema.simulation.world;

import io.crema.edge.publish.LogPort;
import io.crema.edge.publish.Parcel;
import io.crema.edge.publish.ReceiptOutbox;
import io.crema.schemas.wire.RecordCodec;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.log.SimulatedLog;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a machine has sent to the log: on its way, delivered, lost, or late. Not thread-safe. */
final class Deliveries {
    private final ArrayDeque<Parcel> way = new ArrayDeque<>();
    private final List<Parcel> late = new ArrayList<>();
    private final CrashPoints crash;
    private final LogPort port;
    private final String source;

    Deliveries(SimulatedLog log, InstantSource clock, CrashPoints crash, Wiring wiring, String serial) {
        this.crash = crash;
        this.port = wiring.publisher(new ToLog(log, clock), log);
        this.source = "/edge/" + serial;
    }

    /** The log with its own time, as edge topics have it. */
    private record ToLog(SimulatedLog log, InstantSource clock) implements LogPort {
        @Override
        public CompletionStage<?> send(Parcel parcel, String source) {
            var topic = parcel.topic();
            var value = RecordCodec.perThread().encode(topic, parcel.record());
            log.append(log.place(topic.topicName(), parcel.key()), parcel.key(), value, clock.instant());
            return CompletableFuture.completedFuture(null);
        }
    }

    void send(ReceiptOutbox outbox) {
        for (var parcel = outbox.next(); parcel.isPresent(); parcel = outbox.next()) {
            way.addLast(parcel.get());
            crash.point();
        }
    }

    /** What is first on its way arrives, and is acknowledged. */
    void deliver(ReceiptOutbox outbox) {
        if (!way.isEmpty()) {
            var parcel = way.removeFirst();
            var failed = port.send(parcel, source).toCompletableFuture().isCompletedExceptionally();
            crash.point();
            if (failed) {
                rewind(outbox);
            } else {
                outbox.acknowledged(parcel);
            }
        }
    }

    /** It arrives, but nobody hears of it; so it is sent again. */
    void deliverUnheard(ReceiptOutbox outbox) {
        if (!way.isEmpty()) {
            var _ = port.send(way.removeFirst(), source);
            crash.point();
            rewind(outbox);
        }
    }

    /** It does not arrive; so it is sent again, and what was behind it may still arrive, late. */
    void lose(ReceiptOutbox outbox) {
        if (!way.isEmpty()) {
            way.removeFirst();
            rewind(outbox);
        }
    }

    /** What nobody waits for any more arrives after all. */
    void deliverLate() {
        if (!late.isEmpty()) {
            var _ = port.send(late.removeFirst(), source);
        }
    }

    /** The sender is gone; what is on its way may still arrive. */
    void orphan() {
        late.addAll(way);
        way.clear();
    }

    private void rewind(ReceiptOutbox outbox) {
        orphan();
        outbox.rewind();
    }

    boolean isEmpty() {
        return way.isEmpty() && late.isEmpty();
    }
}
