package io.crema.bench.live;

import io.crema.edge.journal.Position;
import io.crema.edge.kafka.KafkaLog;
import io.crema.edge.publish.Parcel;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sells at a constant rate, whatever becomes of the receipts: each has its time, and is late rather than left out when
 * the sender falls behind. It publishes as a machine does, with the edge's own client. For one thread.
 */
final class OpenLoop implements AutoCloseable {
    private final KafkaLog log;
    private final SignedLoad load;
    private final Latencies latencies;
    private final AtomicLong failed = new AtomicLong();
    private long latest;

    OpenLoop(String bootstrapServers, SignedLoad load, Latencies latencies) {
        this.log = new KafkaLog(bootstrapServers);
        this.load = load;
        this.latencies = latencies;
    }

    /** Returns when the last of them is sent. */
    void send(long receipts, int perSecond) throws IOException {
        var start = System.nanoTime();
        for (var i = 0L; i < receipts; i++) {
            var position = load.position();
            var run = load.next();
            var due = start + i * 1_000_000_000L / perSecond;
            await(due);
            latencies.due(position, due);
            latest = Math.max(latest, System.nanoTime() - due);
            publish(run);
        }
    }

    /** How far behind its time a receipt was sent at worst, in milliseconds. */
    double latestMillis() {
        return Latencies.millis(latest);
    }

    /** How many the log has refused. */
    long failed() {
        return failed.get();
    }

    private void publish(ReceiptRun run) {
        var receipt = run.getReceipts().getFirst();
        var id = "%s-%d-%d".formatted(Convert.channel(run.getChannel()), receipt.getSequence(), receipt.getSequence());
        Instant time = receipt.getSale().getTime();
        var parcel = new Parcel(Topic.EDGE_RECEIPTS, run.getChannel().bytes(), run, id, time, Position.START, 1);
        var _ = log.send(parcel, "/machines/bench").whenComplete((done, fault) -> {
            if (fault != null) {
                failed.incrementAndGet();
            }
        });
    }

    private static void await(long due) {
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
