package io.crema.streams.telemetry;

import io.crema.contracts.typed.TelemetryBatch;
import io.crema.contracts.value.Hash;
import java.time.Instant;

/** How a machine's signed batch relates to the newest one before it. */
public enum BatchOrder {
    FOLLOWS,
    /** Batches between are missing. */
    GAP,
    /** It was counted before. */
    REPLAY,
    /** The machine lost its memory and counts anew. */
    RESTARTED,
    /** It claims to come next, but names another predecessor. */
    BROKEN_LINK;

    /**
     * @param lastSequence of the newest batch; 0 = there was none
     * @param last struct hash of the newest batch
     * @param lastTime the machine's clock at the newest batch
     * @param time the machine's clock at this batch
     */
    public static BatchOrder of(TelemetryBatch batch, Instant time, long lastSequence, Hash last, Instant lastTime) {
        if (batch.sequence() <= lastSequence) {
            return time.isAfter(lastTime) ? RESTARTED : REPLAY;
        }
        if (lastSequence == 0 || batch.sequence() > lastSequence + 1) {
            return batch.sequence() == 1 ? FOLLOWS : GAP;
        }
        return batch.previous().equals(last) ? FOLLOWS : BROKEN_LINK;
    }
}
