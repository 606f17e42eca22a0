package io.crema.settlement.intent;

import java.time.Instant;

/**
 * An intent that is in no transaction yet.
 *
 * @param partition and {@code offset}: where its record lies
 * @param since when this instance read it
 * @param heldUntil not looked at before, because sending it now costs more than it brings
 */
public record Pending(Intent intent, int partition, long offset, Instant since, Instant heldUntil) {

    public Pending held(Instant until) {
        return new Pending(intent, partition, offset, since, until);
    }
}
