package io.crema.streams.balances;

import io.crema.contracts.settlement.Effects;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.streams.redemption.Demand;
import io.crema.streams.redemption.OpenRedemption;
import io.crema.streams.redemption.RedemptionPolicy;
import io.crema.streams.redemption.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Turns the policy's demands into one redemption at a time per channel. Not thread-safe. */
public final class Redemptions {
    private final RedemptionPolicy policy;
    private final Authority authority;
    private final long chainId;
    private final Address paymentProvider;

    /**
     * The channel after the decision.
     *
     * @param redemption to ask for, if any
     */
    public record Decision(Channel channel, Optional<Redemption> redemption) {}

    /** A redemption up to the channel's newest receipt. @param gain how much more than already redeemed it asks for */
    public record Redemption(OpenRedemption open, Hash effect, Demand demand, Amount gain) {}

    public Redemptions(RedemptionPolicy policy, Authority authority, long chainId, Address paymentProvider) {
        this.policy = policy;
        this.authority = authority;
        this.chainId = chainId;
        this.paymentProvider = paymentProvider;
    }

    /** What to do now. @param now the log's time, or that of a punctuation */
    public Decision decide(Channel channel, Instant now) {
        var progress = channel.redemption();
        if (progress.open().isPresent() || !channel.chain().isPayable()) {
            return new Decision(channel.with(progress.due(Optional.empty())), Optional.empty());
        }
        var standing = standing(channel);
        var total = standing.accepted();
        var retryAt = progress.retryAt().filter(at -> total.equals(progress.closedTotal()));
        if (retryAt.filter(now::isBefore).isPresent()) {
            return new Decision(channel.with(progress.due(retryAt)), Optional.empty());
        }
        var demand = policy.judge(standing, now);
        if (demand.isEmpty()) {
            return new Decision(channel.with(progress.due(policy.nextLook(standing))), Optional.empty());
        }
        var effect = Effects.redeem(chainId, paymentProvider, channel.id(), total);
        var attempt = progress.nextAttempt(total);
        var open = new OpenRedemption(Effects.intent(effect, attempt), attempt, total);
        var redemption = new Redemption(open, effect, demand.get(), standing.unredeemed());
        return new Decision(channel.with(progress.opened(open)), Optional.of(redemption));
    }

    /**
     * After an outcome; one of another intent than the open changes nothing.
     *
     * @param reached whether the effect is on chain
     */
    public Channel close(Channel channel, Hash intent, boolean reached, Instant time) {
        var progress = channel.redemption();
        var open = progress.open().filter(o -> o.intent().equals(intent));
        if (open.isEmpty()) {
            return channel;
        }
        return channel.with(
                reached
                        ? progress.done(channel.head().total(), channel.chain().redeemed())
                        : progress.failed(
                                time.plus(policy.retry().after(open.get().attempt()))));
    }

    /** After somebody asked for the redemption of all that is accepted. */
    public static Channel request(Channel channel) {
        return channel.with(channel.redemption().requested(channel.head().total()));
    }

    /** After receipts were accepted at the log's time. */
    public static Channel accepted(Channel channel, Instant time) {
        return channel.head().total().exceeds(channel.chain().redeemed())
                ? channel.with(channel.redemption().accepted(channel.chain().redeemed(), time))
                : channel;
    }

    /** After the chain's view changed. @param before what it was */
    public static Channel chainChanged(Channel channel, ChainView before, Instant time) {
        var redeemed = channel.chain().redeemed();
        var accepted = channel.head().total();
        if (before.redeemed().exceeds(redeemed)) {
            return channel.with(channel.redemption().reversed(redeemed, time));
        }
        return channel.with(channel.redemption().redeemed(accepted, redeemed));
    }

    private Standing standing(Channel channel) {
        var progress = channel.redemption();
        return new Standing(
                channel.chain().deposited(),
                channel.head().total(),
                channel.chain().redeemed().max(progress.settled()),
                progress.requested(),
                progress.unredeemedSince(),
                channel.chain().closeAt().filter(at -> channel.chain().status() == ChannelStatus.CLOSING),
                authority.countsUntil(channel),
                Duration.ofMinutes(
                        channel.chain().parties().map(Parties::periodMinutes).orElse(0)));
    }
}
