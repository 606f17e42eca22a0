package io.crema.streams.redemption;

import io.crema.contracts.value.Amount;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a channel's redemptions stand. Immutable.
 *
 * @param unredeemedSince since when the oldest unredeemed receipt waits, by the log's time
 * @param laterSince the same for the receipts beyond the open redemption
 * @param open the one redemption that is under way
 * @param settled the highest total that an outcome called done
 * @param closedTotal of the newest redemption that ended
 * @param closedAttempt its attempt; 0 while there was none
 * @param retryAt when {@code closedTotal} may be tried again, if it failed
 * @param requested redemption was asked for up to this total
 * @param dueAt when the policy must look again
 */
public record Progress(
        Optional<Instant> unredeemedSince,
        Optional<Instant> laterSince,
        Optional<OpenRedemption> open,
        Amount settled,
        Amount closedTotal,
        int closedAttempt,
        Optional<Instant> retryAt,
        Amount requested,
        Optional<Instant> dueAt) {

    public static final Progress NONE = new Progress(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Amount.ZERO,
            Amount.ZERO,
            0,
            Optional.empty(),
            Amount.ZERO,
            Optional.empty());

    /** After receipts were accepted at the time. @param redeemed on chain so far */
    public Progress accepted(Amount redeemed, Instant time) {
        var done = redeemed.max(settled);
        var beyondOpen = open.filter(o -> o.total().exceeds(done)).isPresent();
        return with(
                unredeemedSince.or(() -> Optional.of(time)),
                beyondOpen ? laterSince.or(() -> Optional.of(time)) : laterSince);
    }

    /** After more was redeemed, by us or by anyone. */
    public Progress redeemed(Amount accepted, Amount redeemed) {
        var done = redeemed.max(settled);
        if (!accepted.exceeds(done)) {
            return with(Optional.empty(), Optional.empty());
        }
        var openDone = open.filter(o -> !o.total().exceeds(done)).isPresent();
        return openDone ? with(laterSince.or(() -> unredeemedSince), Optional.empty()) : this;
    }

    public Progress opened(OpenRedemption redemption) {
        return new Progress(
                unredeemedSince,
                Optional.empty(),
                Optional.of(redemption),
                settled,
                closedTotal,
                closedAttempt,
                Optional.empty(),
                requested,
                Optional.empty());
    }

    /** The open redemption reached its effect. */
    public Progress done(Amount accepted, Amount redeemed) {
        return open.map(o -> settled(settled.max(o.total()))
                        .redeemed(accepted, redeemed)
                        .closed(o, Optional.empty()))
                .orElse(this);
    }

    /** The open redemption failed. @param at when it may be tried again */
    public Progress failed(Instant at) {
        return open.map(o -> closed(o, Optional.of(at))).orElse(this);
    }

    /** The chain took back what was settled: only what it says now counts. */
    public Progress reversed(Amount redeemed, Instant time) {
        return settled(redeemed).with(unredeemedSince.or(() -> Optional.of(time)), laterSince);
    }

    public Progress requested(Amount total) {
        return new Progress(
                unredeemedSince,
                laterSince,
                open,
                settled,
                closedTotal,
                closedAttempt,
                retryAt,
                requested.max(total),
                dueAt);
    }

    public Progress due(Optional<Instant> at) {
        return new Progress(
                unredeemedSince, laterSince, open, settled, closedTotal, closedAttempt, retryAt, requested, at);
    }

    /** The number of the next attempt at this total. */
    public int nextAttempt(Amount total) {
        return total.equals(closedTotal) ? closedAttempt + 1 : 1;
    }

    private Progress closed(OpenRedemption ended, Optional<Instant> retry) {
        return new Progress(
                unredeemedSince,
                laterSince,
                Optional.empty(),
                settled,
                ended.total(),
                ended.attempt(),
                retry,
                requested,
                dueAt);
    }

    private Progress settled(Amount total) {
        return new Progress(
                unredeemedSince, laterSince, open, total, closedTotal, closedAttempt, retryAt, requested, dueAt);
    }

    private Progress with(Optional<Instant> since, Optional<Instant> later) {
        return new Progress(since, later, open, settled, closedTotal, closedAttempt, retryAt, requested, dueAt);
    }
}
