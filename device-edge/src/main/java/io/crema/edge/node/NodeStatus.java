package io.crema.edge.node;

import io.crema.contracts.value.Amount;
import java.time.Instant;
import java.util.Optional;

/**
 * How a machine stands, for its health page.
 *
 * @param refusal why the next press would be refused, whoever comes; empty = it serves
 * @param sentence the same for people
 * @param cup the state of a cup that is paid and not finished
 * @param sequence of the newest receipt; 0 = none yet
 * @param total of the newest receipt
 * @param credit what failed pours have left to be given back
 * @param unpublished receipts that the log has not acknowledged
 * @param unpublishedAmount what they add up to
 * @param tariff the version in force; 0 = none
 * @param block the last authenticated one
 * @param closeAt from when the customer may close the channel, where it has asked for it
 * @param clockWrong whether the wall clock contradicts the blocks
 */
public record NodeStatus(
        Optional<Refusal> refusal,
        String sentence,
        Optional<CupState> cup,
        long sequence,
        Amount total,
        Amount credit,
        Amount deposited,
        Amount redeemed,
        long unpublished,
        Amount unpublishedAmount,
        long epoch,
        long tariff,
        Optional<Fact.Block> block,
        Optional<Instant> closeAt,
        boolean clockWrong,
        Horizon horizon) {

    public boolean serves() {
        return refusal.isEmpty();
    }
}
