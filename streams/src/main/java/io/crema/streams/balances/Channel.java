package io.crema.streams.balances;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.streams.redemption.Progress;
import java.util.Optional;

/**
 * All that is known of a channel. Immutable.
 *
 * @param machine of the newest sale
 * @param forked two valid receipts with one sequence were seen
 * @param recent digests that are not shelved yet
 */
public record Channel(
        ChannelId id,
        ChainView chain,
        Keys keys,
        Optional<Newest> newest,
        Optional<MachineId> machine,
        Waiting waiting,
        boolean forked,
        Recent recent,
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
                Recent.NONE,
                Progress.NONE);
    }

    /** Where its receipts stand. */
    public ChannelHead head() {
        return newest.map(n -> ChannelHead.at(n.receipt().content())).orElseGet(() -> ChannelHead.start(id));
    }

    /** The digest of the accepted receipt with the sequence. @param shelf for those that the channel does not carry */
    public Optional<Hash> accepted(long sequence, Shelf shelf) {
        return recent.find(sequence, head().sequence()).or(() -> shelf.accepted(sequence));
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
        return new Channel(id, view, keys, newest, machine, waiting, forked, recent, redemption);
    }

    public Channel with(Keys known) {
        return new Channel(id, chain, known, newest, machine, waiting, forked, recent, redemption);
    }

    public Channel with(Progress progress) {
        return new Channel(id, chain, keys, newest, machine, waiting, forked, recent, progress);
    }

    Channel with(Waiting waits) {
        return new Channel(id, chain, keys, newest, machine, waits, forked, recent, redemption);
    }

    /** @param digests with the accepted one's as the last */
    Channel with(Candidate accepted, Recent digests) {
        return new Channel(
                id,
                chain,
                keys,
                Optional.of(Newest.of(accepted.signed())),
                Optional.of(accepted.signed().sale().machine()),
                waiting,
                forked,
                digests,
                redemption);
    }

    public Channel asForked() {
        return new Channel(id, chain, keys, newest, machine, waiting, true, recent, redemption);
    }
}
