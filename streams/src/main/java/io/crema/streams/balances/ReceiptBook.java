package io.crema.streams.balances;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.streams.balances.Judgement.Accepted;
import io.crema.streams.balances.Judgement.Refused;
import io.crema.streams.balances.Refusal.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of receipts: accepted, set aside, ignored as duplicates, or refused.
 *
 * <p>A valid receipt vouches for every sale before it, because it signs their history. So the newest of those that
 * follow the channel's head is checked first, and only if it fails the one before. A receipt that is refused for its
 * signature or badge stays on the shelf as a link: a later valid one may still vouch for it. Not thread-safe.
 */
public final class ReceiptBook {
    /** The most refused receipts that a channel keeps: nobody pays for making them. */
    private static final int MOST_LINKS = 256;

    /** The most receipts with one sequence that may wait unjudged. */
    private static final int MOST_RIVALS = 4;

    private final Signers signers;
    private final Authority authority;
    private final boolean checkingEach;

    public ReceiptBook(Signers signers) {
        this(signers, false);
    }

    /** @param checkingEach whether to check also the signatures of those that a later receipt vouches for */
    public ReceiptBook(Signers signers, boolean checkingEach) {
        this.signers = signers;
        this.authority = new Authority(signers);
        this.checkingEach = checkingEach;
    }

    /** Until when the channel's newest receipt counts on chain. */
    public Authority authority() {
        return authority;
    }

    /** Judges receipts that arrive. */
    public Judgement receive(Channel channel, List<SignedReceipt> run, Place place, Shelf shelf) {
        var round = new Round(channel, shelf);
        List<Candidate> fresh = new ArrayList<>();
        for (var signed : run) {
            if (signed.sale().credit().exceeds(signed.sale().price())) {
                round.refuse(
                        signed,
                        place,
                        Code.CREDIT_ABOVE_PRICE,
                        "credit %s exceeds price %s"
                                .formatted(signed.sale().credit(), signed.sale().price()));
                continue;
            }
            if (signed.receipt().content().sequence() < 1) {
                round.refuse(signed, place, Code.BAD_SEQUENCE, "sequences count from 1, got 0");
                continue;
            }
            fresh.add(Candidate.of(signed, signers, place, false, false));
        }
        round.take(fresh);
        return round.judgement();
    }

    /** Judges again what is set aside, after the channel got known, covered, or other keys. */
    public Judgement reconsider(Channel channel, Shelf shelf) {
        var round = new Round(channel, shelf);
        round.take(List.of());
        return round.judgement();
    }

    /** One pass over one channel; gathers what it decides. */
    private final class Round {
        private final Shelf shelf;

        private final List<Accepted> accepted = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private final Set<Candidate> judged = Collections.newSetFromMap(new IdentityHashMap<>());
        private Channel channel;
        private int repeats;
        private int checks;
        private int fallbacks;

        Round(Channel channel, Shelf shelf) {
            this.channel = channel;
            this.shelf = shelf;
        }

        Judgement judgement() {
            return new Judgement(channel, accepted, refused, new Judgement.Effort(repeats, checks, fallbacks));
        }

        void refuse(SignedReceipt signed, Place place, Code code, String detail) {
            refused.add(new Refused(signed, place, new Refusal(code, detail)));
        }

        void take(List<Candidate> fresh) {
            var arrived = fresh.stream().filter(c -> !isOnShelf(c)).toList();
            repeats += fresh.size() - arrived.size();
            if (!channel.canJudge()) {
                arrived.forEach(this::setAside);
                channel = channel.with(channel.waiting().because(Waiting.Reason.UNKNOWN_CHANNEL));
                return;
            }
            var pending = new ArrayList<Candidate>();
            for (var candidate : arrived) {
                if (candidate.sequence() > channel.head().sequence()) {
                    pending.add(candidate);
                } else {
                    judgeRepeat(candidate);
                }
            }
            while (advance(pending)) {
                pending.clear();
            }
        }

        private boolean isOnShelf(Candidate candidate) {
            return !channel.waiting().isEmpty() && shelf.contains(candidate);
        }

        /** Accepts as far as it can; true when the head moved, so that more may follow. */
        private boolean advance(List<Candidate> arrived) {
            var head = channel.head();
            var candidates = new ArrayList<>(arrived);
            candidates.addAll(shelved(arrived));
            var lineage = Lineage.of(head, candidates, channel.chain().coverage());
            var best = newestValid(lineage);
            if (best != null) {
                var path = best.path();
                accept(path);
                Set<Candidate> taken = Collections.newSetFromMap(new IdentityHashMap<>());
                taken.addAll(path);
                arrived.stream().filter(c -> !taken.contains(c)).forEach(this::keepOrJudge);
                sweep();
                return true;
            }
            for (var candidate : lineage.contradicting()) {
                refuseForGood(candidate);
                judged.add(candidate);
            }
            arrived.stream().filter(c -> !judged.contains(c)).forEach(this::setAside);
            var reason = lineage.hasUncovered() ? Waiting.Reason.UNCOVERED : Waiting.Reason.GAP;
            channel = channel.with(channel.waiting().because(reason));
            return false;
        }

        /** What is set aside and may follow now: consecutive, and up to the first that is not covered. */
        private List<Candidate> shelved(List<Candidate> arrived) {
            if (channel.waiting().isEmpty()) {
                return List.of();
            }
            var sequences = new HashSet<Long>();
            arrived.forEach(c -> sequences.add(c.sequence()));
            var first = channel.head().sequence() + 1;
            var coverage = channel.chain().coverage();
            return shelf.from(first, new Connected(first, sequences, coverage));
        }

        private Lineage.@Nullable Node newestValid(Lineage lineage) {
            var nodes = lineage.covered();
            var hasFallenBack = false;
            for (var i = nodes.size() - 1; i >= 0; i--) {
                var candidate = nodes.get(i).candidate();
                if (judged.contains(candidate)) {
                    continue;
                }
                var refusal = judge(candidate);
                if (refusal.isEmpty()) {
                    return nodes.get(i);
                }
                if (!hasFallenBack && !candidate.refused()) {
                    hasFallenBack = true;
                    fallbacks++;
                }
                judged.add(candidate);
                keepAsLink(candidate, refusal.get());
            }
            return null;
        }

        private Optional<Refusal> judge(Candidate candidate) {
            checks++;
            return authority.judge(candidate, channel.chain().parties().orElseThrow(), channel.keys());
        }

        private void accept(List<Candidate> path) {
            var last = path.getLast();
            for (var candidate : path) {
                var checked = candidate == last || checkingEach && isValid(candidate);
                accepted.add(new Accepted(candidate.signed(), candidate.saleHash(), candidate.digest(), checked));
                if (candidate.shelved() || judged.contains(candidate)) {
                    takeOff(candidate);
                }
            }
            var digests = path.stream().map(Candidate::digest).toList();
            var recent = channel.recent().plus(digests);
            if (recent.isFull()) {
                shelf.accept(last.sequence() - recent.digests().size() + 1, recent.digests());
                recent = Recent.NONE;
            }
            channel = channel.with(last, recent);
        }

        private boolean isValid(Candidate candidate) {
            var parties = channel.chain().parties().orElseThrow();
            return !judged.contains(candidate)
                    && authority.judge(candidate, parties, channel.keys()).isEmpty();
        }

        /** Off the shelf, as it stands there now. */
        private void takeOff(Candidate candidate) {
            var onShelf = candidate.asShelved(candidate.refused() || judged.contains(candidate));
            if (!shelf.contains(onShelf)) {
                return;
            }
            shelf.remove(onShelf);
            channel = channel.with(channel.waiting().minus(onShelf));
        }

        private void keepOrJudge(Candidate candidate) {
            if (judged.contains(candidate)) {
                return;
            }
            if (candidate.sequence() > channel.head().sequence()) {
                setAside(candidate);
            } else {
                judgeRepeat(candidate);
            }
        }

        /** What the head has passed can never follow it: told once, then gone from the shelf. */
        private void sweep() {
            if (channel.waiting().isEmpty()) {
                return;
            }
            var head = channel.head().sequence();
            for (var passed : shelf.from(0, c -> c.sequence() <= head)) {
                if (!passed.refused()) {
                    judgeRepeat(passed);
                }
                shelf.remove(passed);
                channel = channel.with(channel.waiting().minus(passed));
            }
        }

        private void judgeRepeat(Candidate candidate) {
            var known = channel.accepted(candidate.sequence(), shelf);
            if (known.filter(candidate.digest()::equals).isPresent()) {
                repeats++;
                return;
            }
            var refusal = judge(candidate);
            if (refusal.isEmpty()) {
                channel = channel.asForked();
            }
            var fork = new Refusal(
                    Code.FORK,
                    "sequence %d is accepted with digest %s, this valid receipt has %s"
                            .formatted(
                                    candidate.sequence(),
                                    known.map(Object::toString).orElse("none"),
                                    candidate.digest()));
            refused.add(new Refused(candidate.signed(), candidate.place(), refusal.orElse(fork)));
        }

        private void refuseForGood(Candidate candidate) {
            if (!candidate.refused()) {
                refuse(
                        candidate.signed(),
                        candidate.place(),
                        Code.BAD_HISTORY,
                        "total %s and history %s do not follow from sequence %d with its sale"
                                .formatted(
                                        candidate.receipt().total(),
                                        candidate.receipt().history(),
                                        channel.head().sequence()));
            }
            if (candidate.shelved()) {
                shelf.remove(candidate);
                channel = channel.with(channel.waiting().minus(candidate));
            }
        }

        private void keepAsLink(Candidate candidate, Refusal refusal) {
            if (candidate.refused()) {
                return;
            }
            refused.add(new Refused(candidate.signed(), candidate.place(), refusal));
            if (candidate.shelved()) {
                channel = channel.with(channel.waiting().minus(candidate));
            }
            var link = candidate.asShelved(true);
            if (!candidate.shelved() && shelf.contains(link)) {
                return;
            }
            if (channel.waiting().links() >= MOST_LINKS) {
                shelf.remove(link);
                return;
            }
            shelf.put(link);
            channel = channel.with(channel.waiting().plus(link));
        }

        private void setAside(Candidate candidate) {
            if (shelf.contains(candidate)) {
                return;
            }
            if (channel.canJudge()) {
                // What costs nothing to forge must not take the room of what waits for funds or for a gap to close.
                var refusal = judge(candidate);
                if (refusal.isPresent()) {
                    judged.add(candidate);
                    keepAsLink(candidate, refusal.get());
                    return;
                }
            }
            var machine = candidate.signed().sale().machine();
            if (!shelf.hasRoom(machine)
                    || hasRivals(candidate)
                    || !channel.waiting().canCount(candidate)) {
                refuse(
                        candidate.signed(),
                        candidate.place(),
                        Code.TOO_MANY_WAITING,
                        "machine %s, or sequence %d, has as many receipts set aside as it may have"
                                .formatted(machine, candidate.sequence()));
                return;
            }
            var waits = candidate.asShelved(false);
            shelf.put(waits);
            channel = channel.with(channel.waiting().plus(waits));
        }

        private boolean hasRivals(Candidate candidate) {
            var same = shelf.from(candidate.sequence(), c -> c.sequence() == candidate.sequence());
            return same.stream().filter(c -> !c.refused()).count() >= MOST_RIVALS;
        }
    }
}
