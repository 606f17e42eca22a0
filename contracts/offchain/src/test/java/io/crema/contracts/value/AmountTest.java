package io.crema.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;

class AmountTest {
    private static final String HIGHEST = "79228162514264337593543950335";

    @Property
    void shouldComputeAsIntegersDoWithinItsRange(
            @ForAll @BigRange(min = "0", max = HIGHEST) BigInteger a,
            @ForAll @BigRange(min = "0", max = HIGHEST) BigInteger b) {
        var x = new Amount(a);
        var y = new Amount(b);
        if (a.add(b).bitLength() <= Amount.BITS) {
            assertThat(x.plus(y).value()).isEqualTo(a.add(b));
            assertThat(x.plus(y).minus(y)).isEqualTo(x);
        } else {
            assertThatThrownBy(() -> x.plus(y)).isInstanceOf(ArithmeticException.class);
        }
        if (a.compareTo(b) < 0) {
            assertThatThrownBy(() -> x.minus(y))
                    .hasMessageContaining(a.subtract(b).toString());
        }
        assertThat(x.minusOrZero(y).value()).isEqualTo(a.subtract(b).max(BigInteger.ZERO));
        assertThat(x.min(y).value()).isEqualTo(a.min(b));
        assertThat(x.max(y).value()).isEqualTo(a.max(b));
        assertThat(x.exceeds(y)).isEqualTo(a.compareTo(b) > 0);
        assertThat(x.compareTo(y)).isEqualTo(a.compareTo(b));
        assertThat(Amount.parse(x.toString())).isEqualTo(x);
    }

    @Test
    void shouldEndAtTwoToThe96() {
        assertThat(Amount.MAX).hasToString(HIGHEST);
        assertThatThrownBy(() -> Amount.MAX.plus(Amount.of(1)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("79228162514264337593543950336");
        assertThatThrownBy(() -> Amount.of(-1)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> Amount.of(3).times(-1)).hasMessageContaining("got -3");
        assertThat(Amount.of(3).times(4)).isEqualTo(Amount.of(12));
        assertThat(Amount.ZERO.isZero()).isTrue();
    }

    @Test
    void shouldNameWhatIsNoAmount() {
        assertThatThrownBy(() -> Amount.parse("1.50"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smallest unit")
                .hasMessageContaining("'1.50'");
    }
}
