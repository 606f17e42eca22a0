package io.crema.cli.redemptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelBalance;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.schemas.convert.Convert;
import io.crema.streams.redemption.RedemptionPolicy;
import io.crema.streams.redemption.RedemptionReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ChannelId CHANNEL = new ChannelId(TypedData.keccak("channel"));
    private static final RedemptionPolicy POLICY = RedemptionPolicy.of(Amount.of(100), Duration.ofHours(1), 10);

    @Test
    void shouldSayWhenTimeAloneRedeems() {
        var it = explain(facts(row(1_000, 40, 0).build()), NOON.plusSeconds(600));

        assertThat(it.unredeemed()).isEqualTo(Amount.of(40));
        assertThat(it.demand()).isEmpty();
        assertThat(it.next()).contains(NOON.plusSeconds(3_600));
        assertThat(ExplanationText.lines(it, NOON.plusSeconds(600)))
                .anySatisfy(line -> assertThat(line).contains("40 is unredeemed", "since " + NOON, "10 min"))
                .anySatisfy(line -> assertThat(line).contains("will be redeemed at 2026-11-23T13:00:00Z (in 50 min)"))
                .anySatisfy(line -> assertThat(line).contains("THRESHOLD", "60 is missing"))
                .anySatisfy(line -> assertThat(line).contains("CRITICAL_SHARE", "960 remains"));
    }

    @Test
    void shouldSayWhichTriggerFires() {
        var it = explain(facts(row(1_000, 140, 0).build()), NOON);

        assertThat(it.demand().orElseThrow().reason()).isEqualTo(RedemptionReason.THRESHOLD);
        assertThat(it.triggers())
                .filteredOn(Explanation.Trigger::fires)
                .extracting(Explanation.Trigger::name)
                .containsExactly("THRESHOLD");
        assertThat(ExplanationJson.node(it).path("redeemedNowBecauseOf").asText())
                .isEqualTo("THRESHOLD");
    }

    @Test
    void shouldLookAtTheWindowOfAClose() {
        var closeAt = NOON.plusSeconds(7_200);
        var it = explain(
                facts(row(1_000, 40, 0).setStatus("CLOSING").setCloseAt(closeAt).build()), NOON);

        assertThat(it.demand().orElseThrow().deadline()).contains(closeAt);
        assertThat(ExplanationText.lines(it, NOON))
                .anySatisfy(line -> assertThat(line).contains("CLOSE_REQUESTED, and must be on chain by " + closeAt));
    }

    @Test
    void shouldWaitAfterAFailure() {
        var facts = facts(row(1_000, 140, 0).build());
        var failed = outcome(OutcomeKind.FAILED, 140);
        var it = explain(
                new ChannelFacts(
                        CHANNEL,
                        facts.balance(),
                        facts.challengePeriod(),
                        Amount.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(failed),
                        Optional.of(NOON),
                        Optional.empty(),
                        Optional.empty()),
                NOON.plusSeconds(5));

        assertThat(it.retryAt()).contains(NOON.plus(POLICY.retry().after(1)));
        assertThat(it.demand()).isEmpty();
        assertThat(ExplanationText.lines(it, NOON))
                .anySatisfy(line -> assertThat(line).contains("The newest attempt failed"));
    }

    @Test
    void shouldSayThatNothingIsLeft() {
        var it = explain(facts(row(1_000, 40, 40).setUnredeemedSince(null).build()), NOON);

        assertThat(ExplanationText.lines(it, NOON)).contains("Nothing is unredeemed.", "There is nothing to redeem.");
    }

    private static Explanation explain(ChannelFacts facts, Instant now) {
        return Explanation.of(facts, POLICY, now);
    }

    private static ChannelFacts facts(ChannelBalance row) {
        return new ChannelFacts(
                CHANNEL,
                row,
                Duration.ofHours(48),
                Amount.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ChannelBalance.Builder row(long deposited, long accepted, long redeemed) {
        return ChannelBalance.newBuilder()
                .setChannel(Convert.bytes32(CHANNEL))
                .setDeposited(BigDecimal.valueOf(deposited))
                .setAccepted(BigDecimal.valueOf(accepted))
                .setReceipts(4)
                .setWaiting(BigDecimal.ZERO)
                .setRedeemed(BigDecimal.valueOf(redeemed))
                .setStatus("OPEN")
                .setUnredeemedSince(NOON)
                .setUpdatedAt(NOON);
    }

    private static Outcome outcome(OutcomeKind kind, long total) {
        var hash = Convert.bytes32(TypedData.keccak("intent"));
        return Outcome.newBuilder()
                .setSubject(Convert.bytes32(CHANNEL))
                .setIntent(hash)
                .setEffect(hash)
                .setAttempt(1)
                .setKind(kind)
                .setTotal(BigDecimal.valueOf(total))
                .setTime(NOON)
                .build();
    }
}
