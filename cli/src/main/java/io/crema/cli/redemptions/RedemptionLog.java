package io.crema.cli.redemptions;

import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.channel;

import io.crema.cli.audit.KeyFold;
import io.crema.cli.audit.LogReader;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ChannelBalance;
import io.crema.events.ChannelOpened;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.RedeemChannel;
import io.crema.events.RedeemRequested;
import io.crema.events.TransactionStep;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what the log tells of redemptions: of each channel the newest of each kind of record. Not thread-safe. */
final class RedemptionLog {
    private final Domain payment;
    private final Predicate<ChannelId> wanted;
    private final Map<ChannelId, Line> lines = new TreeMap<>();
    private final KeyFold keys = new KeyFold();
    private final Map<Hash, TransactionStep> steps = new HashMap<>();

    private static final class Line {
        private @Nullable ChannelBalance balance;
        private int periodMinutes;
        private Amount settled = Amount.ZERO;
        private @Nullable Instant asked;
        private @Nullable RedeemChannel intent;
        private @Nullable Outcome outcome;
        private @Nullable Instant outcomeAt;
    }

    private RedemptionLog(Domain payment, Predicate<ChannelId> wanted) {
        this.payment = payment;
        this.wanted = wanted;
    }

    /** @param wanted which channels */
    static List<ChannelFacts> read(LogReader log, Domain payment, Predicate<ChannelId> wanted) {
        var reading = new RedemptionLog(payment, wanted);
        for (var topic : List.of(
                Topic.OUTCOMES,
                Topic.INTENTS,
                Topic.BALANCES,
                Topic.CHAIN_CHANNELS,
                Topic.CHAIN_PARTIES,
                Topic.CHANNEL_COMMANDS)) {
            log.records(topic, (record, at) -> reading.add(record, at));
        }
        var open = reading.openIntents();
        if (!open.isEmpty()) {
            log.records(Topic.TRANSACTIONS, (record, at) -> reading.addStep(record, open));
        }
        return reading.facts();
    }

    private void add(Object record, Instant at) {
        switch (record) {
            case ChannelBalance row when isWanted(row.getChannel()) -> line(row.getChannel()).balance = row;
            case ChannelOpened opened
            when isWanted(opened.getChannel()) -> line(opened.getChannel()).periodMinutes = opened.getPeriodMinutes();
            case RedeemChannel intent when isWanted(intent.getChannel()) -> line(intent.getChannel()).intent = intent;
            case Outcome outcome
            when isWanted(outcome.getSubject()) -> {
                var line = line(outcome.getSubject());
                line.outcome = outcome;
                line.outcomeAt = at;
                var total = outcome.getTotal();
                if (total != null
                        && (outcome.getKind() == OutcomeKind.DONE || outcome.getKind() == OutcomeKind.ALREADY_DONE)) {
                    line.settled = line.settled.max(amount(total));
                }
            }
            case RedeemRequested asked when isWanted(asked.getChannel()) -> line(asked.getChannel()).asked = at;
            default -> keys.add(record);
        }
    }

    private boolean isWanted(io.crema.events.Bytes32 id) {
        return wanted.test(channel(id));
    }

    private Line line(io.crema.events.Bytes32 id) {
        return lines.computeIfAbsent(channel(id), key -> new Line());
    }

    private Set<Hash> openIntents() {
        Set<Hash> open = new HashSet<>();
        for (var line : lines.values()) {
            var intent = line.intent;
            var outcome = line.outcome;
            if (intent != null && (outcome == null || !outcome.getIntent().equals(intent.getIntent()))) {
                open.add(Convert.hash(intent.getIntent()));
            }
        }
        return open;
    }

    private void addStep(Object record, Set<Hash> open) {
        if (record instanceof TransactionStep step) {
            for (var inside : step.getIntents()) {
                var intent = Convert.hash(inside.getIntent());
                if (open.contains(intent)) {
                    steps.put(intent, step);
                }
            }
        }
    }

    private List<ChannelFacts> facts() {
        List<ChannelFacts> all = new ArrayList<>();
        lines.forEach((id, line) -> {
            var balance = line.balance;
            if (balance == null) {
                return;
            }
            var period = Duration.ofMinutes(line.periodMinutes);
            var intent = Optional.ofNullable(line.intent);
            all.add(new ChannelFacts(
                    id,
                    balance,
                    period,
                    line.settled,
                    Optional.ofNullable(line.asked),
                    intent,
                    Optional.ofNullable(line.outcome),
                    Optional.ofNullable(line.outcomeAt),
                    intent.map(i -> steps.get(Convert.hash(i.getIntent()))),
                    countsUntil(balance, period)));
        });
        return all;
    }

    /** A badge counts for one challenge period longer than it is valid, unless its signer ends before. */
    private Optional<Instant> countsUntil(ChannelBalance balance, Duration period) {
        var newest = balance.getNewest();
        var record = newest == null ? null : newest.getBadge();
        if (record == null) {
            return Optional.empty();
        }
        var badge = ReceiptRuns.fromRecord(record);
        var ends = Instant.ofEpochSecond(Math.min(badge.content().validUntil(), Convert.LAST_SECOND / 1_000))
                .plus(period);
        var signer = badge.signer(payment).orElse(Address.ZERO);
        var until = keys.countsUntil(
                badge.content().customer(), signer, badge.content().epoch());
        return Optional.of(until.filter(ends::isAfter).orElse(ends));
    }
}
