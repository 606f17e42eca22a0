package io.crema.streams.balances;

/** Where a channel is in its life, as the chain tells it. */
public enum ChannelStatus {
    /** The chain has not told of it yet. */
    PENDING,
    OPEN,
    /** The customer has asked for its remaining credit. */
    CLOSING,
    /** Closed for good. */
    CLOSED
}
