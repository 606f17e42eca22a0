package io.crema.edge.node;

import io.crema.contracts.value.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How much further a machine may serve on its own, without the platform or the chain.
 *
 * @param cups how many more receipts may wait for the log; {@link Long#MAX_VALUE} = no limit
 * @param amount how much more may be owed: what the deposit leaves, or the cap by amount if that is less
 * @param until when it stops, as far as that can be told; empty = no limit by time, or no time is known
 * @param left how long that is from now
 * @param timeKnown whether it is known how long ago the chain was seen; if not, the limit of cups without a clock holds
 * @param sentence why it would stop, or has stopped
 */
public record Horizon(
        long cups,
        Amount amount,
        Optional<Instant> until,
        Optional<Duration> left,
        boolean timeKnown,
        String sentence) {}
