package io.crema.ingest.gateway.fold;

import io.crema.contracts.value.Amount;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.schemas.convert.Convert;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where a channel stands on chain.
 *
 * @param opened false before it was opened, and again if a reorg took that back
 */
public record ChannelNow(
        boolean opened,
        Amount deposited,
        Amount redeemed,
        int periodMinutes,
        Optional<Instant> closeAt,
        boolean closed) {
    static final ChannelNow NONE = new ChannelNow(false, Amount.ZERO, Amount.ZERO, 0, Optional.empty(), false);

    static ChannelNow after(ChannelNow it, SpecificRecord event) {
        return switch (event) {
            case ChannelOpened e ->
                new ChannelNow(
                        true,
                        Convert.amount(e.getDeposited()),
                        Amount.ZERO,
                        e.getPeriodMinutes(),
                        Optional.empty(),
                        false);
            case ChannelToppedUp e ->
                new ChannelNow(
                        it.opened,
                        Convert.amount(e.getDeposited()),
                        it.redeemed,
                        it.periodMinutes,
                        it.closeAt,
                        it.closed);
            case ChannelRedeemed e ->
                new ChannelNow(
                        it.opened,
                        it.deposited,
                        Convert.amount(e.getRedeemed()),
                        it.periodMinutes,
                        it.closeAt,
                        it.closed);
            case ChannelCloseRequested e ->
                new ChannelNow(
                        it.opened, it.deposited, it.redeemed, it.periodMinutes, Optional.of(e.getCloseAt()), it.closed);
            case ChannelClosed e ->
                new ChannelNow(
                        it.opened, it.deposited, Convert.amount(e.getRedeemed()), it.periodMinutes, it.closeAt, true);
            default -> it;
        };
    }
}
