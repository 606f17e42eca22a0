package io.crema.cli.redemptions;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelBalance;
import io.crema.events.Outcome;
import io.crema.events.RedeemChannel;
import io.crema.events.TransactionStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the log tells of one channel's redemptions.
 *
 * @param settled the highest total that an outcome called done
 * @param asked when redemption was asked for the last time
 * @param intent the newest
 * @param outcome the newest
 * @param outcomeAt the log's time of it
 * @param step the newest step of a transaction with the newest intent
 * @param countsUntil until when the newest receipt counts on chain
 */
record ChannelFacts(
        ChannelId channel,
        ChannelBalance balance,
        Duration challengePeriod,
        Amount settled,
        Optional<Instant> asked,
        Optional<RedeemChannel> intent,
        Optional<Outcome> outcome,
        Optional<Instant> outcomeAt,
        Optional<TransactionStep> step,
        Optional<Instant> countsUntil) {

    /** The intent that no outcome has closed yet. */
    Optional<RedeemChannel> open() {
        return intent.filter(
                i -> outcome.filter(o -> o.getIntent().equals(i.getIntent())).isEmpty());
    }
}
