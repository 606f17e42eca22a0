package io.crema.streams.records;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Has what is new committed soon, and a backlog seldom. Each transaction costs the same whether it holds one record or
 * thousands: while the log is ahead, the commit interval alone decides; what has only just arrived is waited for. One
 * per processor, not thread-safe.
 */
public final class EarlyCommits {
    /** How long an output of a new record may wait. */
    private static final Duration WAIT = Duration.ofMillis(20);

    /** What is older is backlog. */
    private static final long NEW_MILLIS = 1_000;

    private final ProcessorContext<byte[], byte[]> context;
    private boolean waiting;

    public EarlyCommits(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        context.schedule(WAIT, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    /** To be told of each record. */
    public void processed(Record<byte[], byte[]> record) {
        if (!waiting && context.currentSystemTimeMs() - record.timestamp() < NEW_MILLIS) {
            waiting = true;
        }
    }

    private void look(long now) {
        if (waiting) {
            waiting = false;
            context.commit();
        }
    }
}
