package io.crema.cli.redemptions;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.RedeemChannel;
import io.crema.events.TransactionStep;
import io.crema.schemas.convert.Convert;
import io.crema.streams.redemption.Demand;
import io.crema.streams.redemption.RedemptionPolicy;
import io.crema.streams.redemption.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a channel is, or is not yet, redeemed. Pure.
 *
 * @param unredeemed accepted, but neither on chain nor on its way there
 * @param remaining credit
 * @param demand why it is redeemed now, if it is
 * @param triggers all that can make it redeemed, and when
 * @param next when time alone will have it redeemed, unless something else does before
 */
record Explanation(
        ChannelId channel,
        String status,
        Amount deposited,
        Amount accepted,
        Amount redeemed,
        Amount unredeemed,
        Amount remaining,
        Optional<Instant> since,
        Optional<Demand> demand,
        List<Trigger> triggers,
        Optional<Instant> next,
        Optional<RedeemChannel> open,
        Optional<TransactionStep> step,
        Optional<Outcome> outcome,
        Optional<Instant> retryAt) {

    /**
     * Something that makes a channel redeemed.
     *
     * @param name as intents carry it
     * @param fires whether it does now
     * @param at when it will, if time alone decides
     * @param sentence what it waits for
     */
    record Trigger(String name, boolean fires, Optional<Instant> at, String sentence) {}

    static Explanation of(ChannelFacts facts, RedemptionPolicy policy, Instant now) {
        var standing = standing(facts);
        var open = facts.open();
        var demand = open.isPresent() ? Optional.<Demand>empty() : policy.judge(standing, now);
        var retryAt = retryAt(facts, policy).filter(now::isBefore);
        var remaining = standing.deposited().minusOrZero(standing.accepted());
        return new Explanation(
                facts.channel(),
                facts.balance().getStatus(),
                standing.deposited(),
                standing.accepted(),
                standing.redeemed(),
                standing.unredeemed(),
                remaining,
                standing.unredeemedSince(),
                demand.filter(d -> retryAt.isEmpty()),
                triggers(standing, policy, demand, now),
                retryAt.or(() -> demand.isPresent() ? Optional.of(now) : policy.nextLook(standing))
                        .filter(at -> open.isEmpty()),
                open,
                open.flatMap(intent -> facts.step()),
                facts.outcome(),
                retryAt);
    }

    private static Standing standing(ChannelFacts facts) {
        var row = facts.balance();
        var accepted = Convert.amount(row.getAccepted());
        var redeemed = Convert.amount(row.getRedeemed()).max(facts.settled());
        var since = Optional.ofNullable(row.getUnredeemedSince());
        var asked = facts.asked().filter(at -> since.isPresent() && !at.isBefore(since.get()));
        return new Standing(
                Convert.amount(row.getDeposited()),
                accepted,
                redeemed,
                asked.isPresent() ? accepted : Amount.ZERO,
                since,
                Optional.ofNullable(row.getCloseAt())
                        .filter(at -> row.getStatus().equals("CLOSING")),
                facts.countsUntil(),
                facts.challengePeriod());
    }

    private static Optional<Instant> retryAt(ChannelFacts facts, RedemptionPolicy policy) {
        return facts.outcome()
                .filter(o -> o.getKind() != OutcomeKind.DONE && o.getKind() != OutcomeKind.ALREADY_DONE)
                .filter(o -> facts.open().isEmpty()
                        && o.getTotal() != null
                        && o.getTotal().compareTo(facts.balance().getAccepted()) == 0)
                .flatMap(o -> facts.outcomeAt().map(at -> at.plus(policy.retry().after(o.getAttempt()))));
    }

    private static List<Trigger> triggers(
            Standing standing, RedemptionPolicy policy, Optional<Demand> demand, Instant now) {
        List<Trigger> all = new ArrayList<>();
        var unredeemed = standing.unredeemed();
        all.add(new Trigger(
                "THRESHOLD",
                !unredeemed.isZero() && unredeemed.compareTo(policy.threshold()) >= 0,
                Optional.empty(),
                "redeemed once %s is unredeemed; %s is missing"
                        .formatted(policy.threshold(), policy.threshold().minusOrZero(unredeemed))));
        var due = standing.unredeemedSince().map(since -> since.plus(policy.interval()));
        all.add(new Trigger(
                "INTERVAL",
                !unredeemed.isZero() && due.filter(at -> !now.isBefore(at)).isPresent(),
                unredeemed.isZero() ? Optional.empty() : due,
                "redeemed once the oldest unredeemed receipt has waited " + text(policy.interval())));
        var critical = standing.deposited()
                .value()
                .multiply(java.math.BigInteger.valueOf(policy.criticalPercent()))
                .divide(java.math.BigInteger.valueOf(100));
        all.add(new Trigger(
                "CRITICAL_SHARE",
                demand.filter(d -> d.reason().name().equals("CRITICAL_SHARE")).isPresent(),
                Optional.empty(),
                "redeemed when the remaining credit falls to %s (%d percent of the deposit), and when it is used up; %s remains"
                        .formatted(
                                critical,
                                policy.criticalPercent(),
                                standing.deposited().minusOrZero(standing.accepted()))));
        all.add(new Trigger(
                "CLOSE_REQUESTED",
                !unredeemed.isZero() && standing.closeAt().isPresent(),
                standing.closeAt(),
                standing.closeAt()
                        .map(at -> "the customer may close from %s on, so it is redeemed at once".formatted(at))
                        .orElse("redeemed at once when the customer requests to close; it has not")));
        all.add(badge(standing, policy, now));
        all.add(new Trigger(
                "REQUESTED",
                standing.requested().exceeds(standing.redeemed()),
                Optional.empty(),
                standing.requested().exceeds(standing.redeemed())
                        ? "somebody asked for it"
                        : "redeemed when somebody asks for it; nobody has"));
        return all;
    }

    private static Trigger badge(Standing standing, RedemptionPolicy policy, Instant now) {
        var half = standing.challengePeriod().dividedBy(2);
        var margin = half.compareTo(policy.margin()) < 0 ? half : policy.margin();
        var at = standing.countsUntil().map(end -> end.minus(margin));
        return new Trigger(
                "BADGE_ENDS",
                !standing.unredeemed().isZero()
                        && at.filter(time -> !now.isBefore(time)).isPresent(),
                standing.unredeemed().isZero() ? Optional.empty() : at,
                standing.countsUntil()
                        .map(end -> "the newest receipt counts on chain until %s, so it is redeemed %s before"
                                .formatted(end, text(margin)))
                        .orElse("nothing ends what the newest receipt counts for"));
    }

    static String text(Duration duration) {
        if (duration.toSeconds() % 86_400 == 0 && duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        return duration.toMinutes() >= 120
                ? duration.toHours() + " h"
                : duration.toSeconds() >= 120 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
