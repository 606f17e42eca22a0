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
    Optional<Unfinished> unfinished = Optional.empty();
    final Map<Hash, JournalRecord.Offered> offers = new LinkedHashMap<>();
    final Map<Hash, TapOutcome> outcomes = new LinkedHashMap<>();
    final List<Signed<Failure>> unreported = new ArrayList<>();
    Position published = Position.START;
    long receipts;
    long receiptsPublished;

    /**
     * A cup that is paid and neither poured nor given up.
     *
     * @param begun whether the body was told to pour
     */
    record Unfinished(Hash attempt, SignedReceipt receipt, boolean begun) {
        long sequence() {
            return receipt.receipt().content().sequence();
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
                unfinished = Optional.of(new Unfinished(it.attempt(), it.receipt(), false));
            }
            case JournalRecord.Adopted it -> {
                take(it.receipt());
                credit = credit.minusOrZero(it.receipt().sale().credit());
            }
            case JournalRecord.Pouring _ ->
                unfinished = unfinished.map(it -> new Unfinished(it.attempt(), it.receipt(), true));
            case JournalRecord.Poured _ -> {
                unfinished.ifPresent(it -> remember(outcomes, it.attempt(), new TapOutcome.Served(it.receipt())));
                unfinished = Optional.empty();
            }
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
                .ifPresent(cup -> {
                    remember(outcomes, cup.attempt(), new TapOutcome.Failed(cup.receipt(), it.failure(), it.reason()));
                    unfinished = Optional.empty();
                });
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
