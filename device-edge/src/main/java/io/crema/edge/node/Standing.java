package io.crema.edge.node;

import io.crema.contracts.value.Amount;
import io.crema.edge.Provisioning;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Whether a machine may sell at all now, and for how much longer: decided from what it knows, its journal and its time. */
final class Standing {
    /** How long a close request can be executed, from its time on; then it lapses. */
    static final Duration CLOSE_WINDOW = Duration.ofDays(7);

    private final Provisioning it;
    private final Optional<Fact.ChannelStanding> channel;
    private final Ledger ledger;
    private final Timekeeper time;
    private final Caps caps;

    Standing(Knowledge knowledge, Ledger ledger, Timekeeper time, Caps caps) {
        this.it = knowledge.current();
        this.channel = knowledge.channel();
        this.ledger = ledger;
        this.time = time;
        this.caps = caps;
    }

    /** Why nobody is served now; empty = whoever has a badge is, as far as the credit goes. */
    Optional<Refusal> refusal() {
        if (channel.filter(Fact.ChannelStanding::closed).isPresent()) {
            return Optional.of(Refusal.CLOSED);
        }
        if (closeAt().isPresent()) {
            return Optional.of(Refusal.CLOSING);
        }
        if (!ledger.hasRoom()) {
            return Optional.of(Refusal.DISK_FULL);
        }
        if (ledger.unpublished() >= caps.cups(timeKnown())) {
            return Optional.of(Refusal.COUNT_CAP);
        }
        return left().filter(it -> it.isNegative()).map(_ -> Refusal.OFFLINE_TOO_LONG);
    }

    /** Why a cup of this price is not served now, although others may be. */
    Optional<Refusal> refusal(Amount price) {
        var due = price.minus(price.min(ledger.credit()));
        if (due.exceeds(it.deposited().minusOrZero(total()))) {
            return Optional.of(Refusal.NO_CREDIT);
        }
        return due.exceeds(caps.amount().minusOrZero(ledger.unpublishedAmount()))
                ? Optional.of(Refusal.AMOUNT_CAP)
                : Optional.empty();
    }

    /** Whether the chain knows of receipts that the journal has not: a phone, or the log, must bring the newest first. */
    boolean isBehind() {
        return channel.filter(known -> known.redeemed().exceeds(total())).isPresent();
    }

    /** The time of a close request that has not lapsed, for all that can be proven. */
    private Optional<Instant> closeAt() {
        return channel.flatMap(Fact.ChannelStanding::closeAt)
                .filter(from -> !time.atLeast().isAfter(from.plus(CLOSE_WINDOW)));
    }

    private boolean timeKnown() {
        return time.sinceBlock().isPresent();
    }

    /** How much longer it serves without another block; empty = no limit by time, or no time is known. */
    private Optional<Duration> left() {
        return caps.longest(it.challengePeriodMinutes())
                .flatMap(longest -> time.sinceBlock().map(longest::minus));
    }

    private Amount total() {
        return ledger.state().head().total();
    }

    NodeStatus status(Knowledge knowledge) {
        var tariff = it.tariffAt(time.now().getEpochSecond());
        var cheapest =
                tariff.flatMap(priced -> priced.prices().values().stream().min(Comparator.naturalOrder()));
        var refusal = refusal()
                .or(() -> tariff.isEmpty() ? Optional.of(Refusal.NO_TARIFF) : Optional.empty())
                .or(() -> cheapest.flatMap(this::refusal))
                .or(() -> isBehind() ? Optional.of(Refusal.BEHIND) : Optional.empty());
        return new NodeStatus(
                refusal,
                refusal.map(Refusal::sentence).orElse("The machine serves."),
                ledger.state().unfinished.map(MachineState.Cup::state),
                ledger.state().head().sequence(),
                total(),
                ledger.credit(),
                it.deposited(),
                channel.map(Fact.ChannelStanding::redeemed).orElse(Amount.ZERO),
                ledger.unpublished(),
                ledger.unpublishedAmount(),
                it.epoch(),
                tariff.map(priced -> priced.tariff().content().version()).orElse(0L),
                knowledge.block(),
                closeAt(),
                time.wallIsWrong(),
                horizon());
    }

    Horizon horizon() {
        var most = caps.cups(timeKnown());
        var cups = most == Long.MAX_VALUE ? most : Math.max(0, most - ledger.unpublished());
        var deposit = it.deposited().minusOrZero(total());
        var amount = deposit.min(caps.amount().minusOrZero(ledger.unpublishedAmount()));
        var left = left().map(rest -> rest.isNegative() ? Duration.ZERO : rest);
        var until = left.map(time.atLeast()::plus);
        return new Horizon(cups, amount, until, left, timeKnown(), sentence(cups, amount, until));
    }

    private String sentence(long cups, Amount amount, Optional<Instant> until) {
        var stopped = refusal();
        if (stopped.isPresent()) {
            return stopped.get().sentence();
        }
        var text = new StringBuilder("On its own it sells for at most ").append(amount);
        text.append(" more in the token's smallest unit");
        if (cups != Long.MAX_VALUE) {
            text.append(", at most ").append(cups).append(" more cups");
            if (cups < caps.cups(true)) {
                text.append(timeKnown() ? "" : " because it cannot tell how long ago the chain was seen");
            }
        }
        until.ifPresent(it -> text.append(", and until ").append(it));
        return text.append('.').toString();
    }
}
