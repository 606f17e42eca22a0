package io.crema.cli.redemptions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An explanation in plain sentences. Stateless. */
final class ExplanationText {
    private ExplanationText() {}

    static List<String> lines(Explanation it, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("Channel %s is %s: deposited %s, accepted %s, redeemed %s."
                .formatted(it.channel(), it.status(), it.deposited(), it.accepted(), it.redeemed()));
        if (it.unredeemed().isZero()) {
            lines.add("Nothing is unredeemed.");
        } else {
            lines.add("%s is unredeemed%s."
                    .formatted(
                            it.unredeemed(),
                            it.since()
                                    .map(at -> ", the oldest of it since %s (%s)"
                                            .formatted(at, Explanation.text(Duration.between(at, now))))
                                    .orElse("")));
        }
        lines.add(decision(it, now));
        for (var trigger : it.triggers()) {
            lines.add("  %-16s %s%s"
                    .formatted(
                            trigger.name(),
                            trigger.fires() ? "fires: " : "",
                            trigger.sentence()
                                    + trigger.at()
                                            .map(at -> trigger.fires() ? "" : ", at " + at)
                                            .orElse("")));
        }
        it.outcome()
                .ifPresent(outcome -> lines.add("The newest outcome is %s for a total of %s (attempt %d), at %s%s."
                        .formatted(
                                outcome.getKind(),
                                outcome.getTotal(),
                                outcome.getAttempt(),
                                outcome.getTime(),
                                outcome.getReason().isEmpty() ? "" : ": " + outcome.getReason())));
        return lines;
    }

    private static String decision(Explanation it, Instant now) {
        if (it.open().isPresent()) {
            var open = it.open().get();
            return "A redemption up to %s is under way (%s, attempt %d, decided at %s); %s."
                    .formatted(
                            open.getReceipt().getTotal(),
                            open.getReason(),
                            open.getAttempt(),
                            open.getDecidedAt(),
                            it.step()
                                    .map(step -> "its transaction with nonce %d is %s since %s"
                                            .formatted(step.getNonce(), step.getStage(), step.getTime()))
                                    .orElse("no transaction carries it yet"));
        }
        if (it.retryAt().isPresent()) {
            return "The newest attempt failed; the next one is made at %s."
                    .formatted(it.retryAt().get());
        }
        if (it.demand().isPresent()) {
            var demand = it.demand().get();
            return "It is redeemed now, because of %s%s."
                    .formatted(
                            demand.reason(),
                            demand.deadline()
                                    .map(at -> ", and must be on chain by " + at)
                                    .orElse(""));
        }
        return it.next()
                .map(at -> "It will be redeemed at %s (in %s), unless something else has it redeemed before."
                        .formatted(at, Explanation.text(Duration.between(now, at))))
                .orElse("There is nothing to redeem.");
    }
}
