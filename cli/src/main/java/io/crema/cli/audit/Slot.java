package io.crema.cli.audit;

import io.crema.contracts.value.Amount;

/**
 * A channel as PaymentProvider keeps it in one slot.
 *
 * @param closeAt when a requested close may be executed, in seconds; 0 = none; {@link #CLOSED} for good
 */
record Slot(Amount deposited, Amount redeemed, long closeAt, int periodMinutes) {
    static final Slot NONE = new Slot(Amount.ZERO, Amount.ZERO, 0, 0);
    static final long CLOSED = (1L << 40) - 1;

    boolean isClosed() {
        return closeAt == CLOSED;
    }

    /** As balances name it. */
    String status() {
        if (periodMinutes == 0) {
            return "PENDING";
        }
        return isClosed() ? "CLOSED" : closeAt > 0 ? "CLOSING" : "OPEN";
    }

    Slot withDeposited(Amount amount) {
        return new Slot(amount, redeemed, closeAt, periodMinutes);
    }

    Slot withRedeemed(Amount amount) {
        return new Slot(deposited, amount, closeAt, periodMinutes);
    }

    Slot withCloseAt(long seconds) {
        return new Slot(deposited, redeemed, seconds, periodMinutes);
    }

    @Override
    public String toString() {
        return "%s of %s redeemed, %s%s, a challenge period of %d minutes"
                .formatted(
                        redeemed,
                        deposited,
                        status().toLowerCase(java.util.Locale.ROOT),
                        closeAt > 0 && !isClosed() ? " at " + closeAt : "",
                        periodMinutes);
    }
}
