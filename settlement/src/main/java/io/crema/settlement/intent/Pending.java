package io.crema.settlement.intent;

import java.time.Instant;
import java.util.Optional;

/**
 * An intent that is in no transaction yet.
 *
 * @param partition and {@code offset}: where its record lies
 * @param asked the log's time of its record
 * @param since when this instance read it
 * @param hold why it was left alone when it was last looked at
 */
public record Pending(Intent intent, int partition, long offset, Instant asked, Instant since, Optional<Hold> hold) {

    public Pending held(Hold reason) {
        return new Pending(intent, partition, offset, asked, since, Optional.of(reason));
    }

    /** Whether it is to be looked at. */
    public boolean isDue(Instant now) {
        return hold.filter(held -> now.isBefore(held.until())).isEmpty();
    }
}
