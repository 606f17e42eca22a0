package io.crema.streams.redemption;

import java.time.Instant;
import java.util.Optional;

/** The policy wants a channel redeemed. @param deadline by when it must be on chain, where there is one */
public record Demand(RedemptionReason reason, Optional<Instant> deadline) {}
