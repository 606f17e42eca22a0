package io.crema.streams.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RedemptionPolicyTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L);
    private final RedemptionPolicy policy = RedemptionPolicy.of(Amount.of(100), Duration.ofHours(1), 20);

    @Test
    void shouldWaitWhileLittleIsUnredeemed() {
        assertThat(policy.judge(standing(1_000, 99, 0), NOW)).isEmpty();
    }

    @Test
    void shouldRedeemAtTheThreshold() {
        assertThat(reason(standing(1_000, 150, 50))).contains(RedemptionReason.THRESHOLD);
    }

    @Test
    void shouldRedeemOnceWhenTheCreditBecomesCritical() {
        assertThat(reason(standing(1_000, 799, 750))).isEmpty();
        assertThat(reason(standing(1_000, 800, 750))).contains(RedemptionReason.CRITICAL_SHARE);
        assertThat(reason(standing(1_000, 810, 800))).isEmpty();
        assertThat(reason(standing(1_000, 1_000, 980))).contains(RedemptionReason.CRITICAL_SHARE);
    }

    @Test
    void shouldRedeemWhatHasWaitedLongEnough() {
        var waiting = standing(1_000, 5, 0, Optional.of(NOW), Optional.empty(), Optional.empty(), 0);
        assertThat(policy.judge(waiting, NOW.plus(Duration.ofMinutes(59)))).isEmpty();
        assertThat(policy.nextLook(waiting)).contains(NOW.plus(Duration.ofHours(1)));
        assertThat(policy.judge(waiting, NOW.plus(Duration.ofHours(1))).map(Demand::reason))
                .contains(RedemptionReason.INTERVAL);
    }

    @Test
    void shouldRedeemBeforeTheReceiptStopsCounting() {
        var end = NOW.plus(Duration.ofDays(3));
        var standing = standing(1_000, 5, 0, Optional.of(NOW), Optional.empty(), Optional.of(end), 0);
        var demand = RedemptionPolicy.of(Amount.of(100), Duration.ofDays(90), 20)
                .judge(standing, end.minus(Duration.ofHours(24)));
        assertThat(demand).contains(new Demand(RedemptionReason.BADGE_ENDS, Optional.of(end)));
    }

    @Test
    void shouldPutACloseFirst() {
        var closing = standing(1_000, 500, 0, Optional.of(NOW), Optional.of(NOW), Optional.empty(), 500);
        assertThat(reason(closing)).contains(RedemptionReason.CLOSE_REQUESTED);
    }

    @Test
    void shouldRedeemOnRequestUpToWhatWasAskedFor() {
        assertThat(reason(standing(1_000, 5, 0, Optional.of(NOW), Optional.empty(), Optional.empty(), 5)))
                .contains(RedemptionReason.REQUESTED);
        assertThat(reason(standing(1_000, 9, 5, Optional.of(NOW), Optional.empty(), Optional.empty(), 5)))
                .isEmpty();
    }

    @Property
    void shouldNeverRedeemNothing(
            @ForAll @LongRange(min = 0, max = 1_000) long deposited,
            @ForAll @LongRange(min = 0, max = 1_000) long redeemed) {
        var standing =
                standing(deposited, redeemed, redeemed, Optional.of(NOW), Optional.of(NOW), Optional.of(NOW), redeemed);
        assertThat(policy.judge(standing, NOW.plus(Duration.ofDays(999)))).isEmpty();
        assertThat(policy.nextLook(standing)).isEmpty();
    }

    @Property
    void shouldActByTheTimeItSaidItWouldLookAgain(
            @ForAll @LongRange(min = 1, max = 99) long accepted, @ForAll @LongRange(min = 0, max = 200) long hours) {
        var standing = standing(
                10_000,
                accepted,
                0,
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(NOW.plus(Duration.ofHours(hours))),
                0);
        var look = policy.nextLook(standing).orElseThrow();
        assertThat(policy.judge(standing, look)).isPresent();
        assertThat(policy.judge(standing, look.minusSeconds(1))).isEmpty();
    }

    @Test
    void shouldRestTwiceAsLongAfterEachFailure() {
        assertThat(Backoff.USUAL.after(1)).isEqualTo(Duration.ofSeconds(15));
        assertThat(Backoff.USUAL.after(3)).isEqualTo(Duration.ofSeconds(60));
        assertThat(Backoff.USUAL.after(1_000)).isEqualTo(Duration.ofMinutes(30));
    }

    private Optional<RedemptionReason> reason(Standing standing) {
        return policy.judge(standing, NOW).map(Demand::reason);
    }

    private static Standing standing(long deposited, long accepted, long redeemed) {
        return standing(deposited, accepted, redeemed, Optional.of(NOW), Optional.empty(), Optional.empty(), 0);
    }

    private static Standing standing(
            long deposited,
            long accepted,
            long redeemed,
            Optional<Instant> since,
            Optional<Instant> closeAt,
            Optional<Instant> countsUntil,
            long requested) {
        return new Standing(
                Amount.of(deposited),
                Amount.of(accepted),
                Amount.of(redeemed),
                Amount.of(requested),
                since,
                closeAt,
                countsUntil,
                Duration.ofDays(7));
    }
}
