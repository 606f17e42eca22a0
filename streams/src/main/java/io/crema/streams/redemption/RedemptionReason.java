package io.crema.streams.redemption;

/** Why a channel is redeemed now, as intents carry it. */
public enum RedemptionReason {
    /** The customer wants its credit back: redeem before its window opens. */
    CLOSE_REQUESTED,
    /** The newest receipt's badge or key is about to stop counting on chain. */
    BADGE_ENDS,
    /** Somebody asked for it. */
    REQUESTED,
    /** Enough is unredeemed to be worth a transaction. */
    THRESHOLD,
    /** Little or no credit remains. */
    CRITICAL_SHARE,
    /** The oldest unredeemed receipt has waited long enough. */
    INTERVAL;

    /** Whether waiting for cheaper gas could cost money or keeps somebody waiting. */
    public boolean isUrgent() {
        return this == CLOSE_REQUESTED || this == BADGE_ENDS || this == REQUESTED;
    }
}
