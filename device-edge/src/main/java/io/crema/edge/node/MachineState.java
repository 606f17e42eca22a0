package io.crema.edge.node;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.edge.journal.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a machine stands: the fold of its journal. Not thread-safe. */
final class MachineState {
    /** How many finished attempts, and how many open offers, are remembered. */
    static final int REMEMBERED = 48;

    final ChannelId channel;
    Optional<SignedReceipt> newest = Optional.empty();
    Amount credit = Amount.ZERO;
    Optional<Cup> unfinished = Optional.empty();
    final Map<Hash, JournalRecord.Offered> offers = new LinkedHashMap<>();
    final Map<Hash, TapOutcome> outcomes = new LinkedHashMap<>();
    final List<Signed<Failure>> unreported = new ArrayList<>();
    final Gaps gaps = new Gaps();
    Position published = Position.START;
    long receipts;
    long receiptsPublished;

    /** A cup that is paid and neither poured nor given up. */
    record Cup(Hash attempt, SignedReceipt receipt, CupState state) {
        long sequence() {
            return receipt.receipt().content().sequence();
        }

        Cup become(CupState next) {
            if (!state.mayBecome(next)) {
                throw new IllegalStateException(
                        "the journal takes cup %d from %s to %s, which no machine does; it is damaged, move it away"
                                .formatted(sequence(), state, next));
            }
            return new Cup(attempt, receipt, next);
        }
    }

    MachineState(ChannelId channel) {
        this.channel = channel;
    }

    ChannelHead head() {
        return newest.map(it -> ChannelHead.at(it.receipt().content())).orElseGet(() -> ChannelHead.start(channel));
    }

    void apply(JournalRecord record) {
        switch (record) {
            case JournalRecord.Offered it -> remember(offers, it.digest(), it);
            case JournalRecord.Paid it -> {
                take(it.receipt());
                credit = credit.minusOrZero(it.receipt().sale().credit());
                unfinished = Optional.of(new Cup(it.attempt(), it.receipt(), CupState.OFFERED).become(CupState.SIGNED));
            }
            case JournalRecord.Adopted it -> {
                gaps.jump(head().sequence(), it.receipt().receipt().content().sequence());
                take(it.receipt());
                credit = credit.minusOrZero(it.receipt().sale().credit());
                it.owed().ifPresent(this::notPoured);
            }
            case JournalRecord.Found it -> {
                gaps.found(it.receipt().receipt().content().sequence());
                receipts++;
            }
            case JournalRecord.Pouring _ -> unfinished = unfinished.map(it -> it.become(CupState.DISPENSING));
            case JournalRecord.Poured _ ->
                unfinished
                        .map(it -> it.become(CupState.SERVED))
                        .ifPresent(it -> end(it, new TapOutcome.Served(it.receipt())));
            case JournalRecord.NotPoured it -> notPoured(it);
            case JournalRecord.Reported it ->
                unreported.removeIf(failure -> failure.content().sequence() == it.sequence());
            case JournalRecord.Published it -> {
                published = it.position();
                receiptsPublished = it.receipts();
            }
            case JournalRecord.Snapshot _ -> throw new IllegalStateException("a snapshot only starts a segment");
        }
    }

    private void notPoured(JournalRecord.NotPoured it) {
        credit = credit.plus(it.failure().content().amount());
        unreported.add(it.failure());
        unfinished
                .filter(cup -> cup.sequence() == it.failure().content().sequence())
                .map(cup -> cup.become(CupState.FAILED))
                .ifPresent(cup -> end(cup, new TapOutcome.Failed(cup.receipt(), it.failure(), it.reason())));
    }

    private void end(Cup cup, TapOutcome outcome) {
        remember(outcomes, cup.attempt(), outcome);
        unfinished = Optional.empty();
    }

    private void take(SignedReceipt receipt) {
        newest = Optional.of(receipt);
        offers.clear();
        receipts++;
    }

    private static <T> void remember(Map<Hash, T> map, Hash key, T value) {
        map.put(key, value);
        if (map.size() > REMEMBERED) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
