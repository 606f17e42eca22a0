package io.crema.streams.balances;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.streams.redemption.Progress;
import java.util.Optional;

/**
 * All that is known of a channel. Immutable.
 *
 * @param machine of the newest sale
 * @param forked two valid receipts with one sequence were seen
 */
public record Channel(
        ChannelId id,
        ChainView chain,
        Keys keys,
        Optional<Newest> newest,
        Optional<MachineId> machine,
        Waiting waiting,
        boolean forked,
        Progress redemption) {

    /** Never heard of before. */
    public static Channel unknown(ChannelId id) {
        return new Channel(
                id,
                ChainView.NONE,
                Keys.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Waiting.NOTHING,
                false,
                Progress.NONE);
    }

    /** Where its receipts stand. */
    public ChannelHead head() {
        return newest.map(n -> ChannelHead.at(n.receipt().content())).orElseGet(() -> ChannelHead.start(id));
    }

    /** The chain has redeemed more than the log has receipts for. */
    public boolean isAhead() {
        return chain.redeemedSequence() > head().sequence();
    }

    /** Both its parties and their keys are known. */
    public boolean canJudge() {
        return chain.parties().isPresent() && keys.areKnown();
    }

    public Channel with(ChainView view) {
        return new Channel(id, view, keys, newest, machine, waiting, forked, redemption);
    }

    public Channel with(Keys known) {
        return new Channel(id, chain, known, newest, machine, waiting, forked, redemption);
    }

    public Channel with(Progress progress) {
        return new Channel(id, chain, keys, newest, machine, waiting, forked, progress);
    }

    Channel with(Waiting waits) {
        return new Channel(id, chain, keys, newest, machine, waits, forked, redemption);
    }

    Channel with(Candidate accepted) {
        return new Channel(
                id,
                chain,
                keys,
                Optional.of(Newest.of(accepted.signed())),
                Optional.of(accepted.signed().sale().machine()),
                waiting,
                forked,
                redemption);
    }

    public Channel asForked() {
        return new Channel(id, chain, keys, newest, machine, waiting, true, redemption);
    }
}
