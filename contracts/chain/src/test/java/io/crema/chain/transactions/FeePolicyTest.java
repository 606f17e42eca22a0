package io.crema.chain.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;

class FeePolicyTest {
    private static final BigInteger CAP = BigInteger.valueOf(1_000_000);

    @Property
    void shouldNeverOfferMoreThanTheCapAndAlwaysBumpByAnEighth(
            @ForAll @BigRange(min = "0", max = "2000000") BigInteger baseFee,
            @ForAll @BigRange(min = "0", max = "2000000") BigInteger priority,
            @ForAll @BigRange(min = "0", max = "2000000") BigInteger laterBaseFee) {
        var policy = policy(125);
        var last = policy.start(new FeeQuote(baseFee, priority));
        for (var i = 0; i < 200; i++) {
            assertThat(last.max()).isLessThanOrEqualTo(CAP);
            var next = policy.bump(last, new FeeQuote(laterBaseFee, priority));
            if (next.isEmpty()) {
                assertThat(eighthMore(last.max(), CAP))
                        .as("no room below the cap")
                        .isFalse();
                return;
            }
            assertThat(eighthMore(last.max(), next.get().max())).isTrue();
            assertThat(eighthMore(last.maxPriority(), next.get().maxPriority())).isTrue();
            last = next.get();
        }
        throw new AssertionError("bumping has an end");
    }

    @Test
    void shouldNameWhatIsWrongWithAPolicy() {
        assertThatThrownBy(() -> policy(100)).hasMessageContaining("12.5 %").hasMessageContaining("100");
        assertThatThrownBy(() -> new FeePolicy(CAP.add(BigInteger.ONE), CAP, 125, Duration.ofSeconds(1), 3))
                .hasMessageContaining("1000001");
    }

    private static boolean eighthMore(BigInteger old, BigInteger fresh) {
        return fresh.multiply(BigInteger.valueOf(8)).compareTo(old.multiply(BigInteger.valueOf(9))) >= 0;
    }

    private static FeePolicy policy(int bumpPerMille) {
        return new FeePolicy(BigInteger.ONE, CAP, bumpPerMille, Duration.ofSeconds(30), 10);
    }
}
