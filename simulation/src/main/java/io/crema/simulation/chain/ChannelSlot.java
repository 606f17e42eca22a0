package io.crema.simulation.chain;

import io.crema.contracts.value.Amount;

/**
 * What PaymentProvider holds of a channel. Immutable.
 *
 * @param closeAt seconds since 1970; 0 = no request, {@link #CLOSED} = closed for good
 */
public record ChannelSlot(Amount deposited, Amount redeemed, long closeAt, int periodMinutes) {
    /** 2^40 - 1. */
    public static final long CLOSED = (1L << 40) - 1;

    static final ChannelSlot NONE = new ChannelSlot(Amount.ZERO, Amount.ZERO, 0, 0);

    boolean exists() {
        return !equals(NONE);
    }

    public boolean isClosed() {
        return closeAt == CLOSED;
    }

    /** What a receipt over the total makes payable now. */
    public Amount due(Amount total) {
        return total.min(deposited).minusOrZero(redeemed);
    }

    ChannelSlot with(Amount nowDeposited, Amount nowRedeemed) {
        return new ChannelSlot(nowDeposited, nowRedeemed, closeAt, periodMinutes);
    }

    ChannelSlot closingAt(long at) {
        return new ChannelSlot(deposited, redeemed, at, periodMinutes);
    }
}
