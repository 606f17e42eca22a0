package io.crema.edge.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ClaimCodeTest {
    private static final ClaimCode CODE =
            new ClaimCode("CM-1", Office.address(1), Office.address(2), Hash.of(new byte[32]));

    @Property(tries = 200)
    void shouldReadWhatItWrote(
            @ForAll @Size(20) byte[] manufacturer, @ForAll @Size(20) byte[] key, @ForAll @Size(32) byte[] certificate) {
        var code = new ClaimCode("A.b_c-9", Address.of(manufacturer), Address.of(key), Hash.of(certificate));

        assertThat(ClaimCode.parse(code.text())).isEqualTo(code);
    }

    @Property(tries = 200)
    void shouldNoticeOneWrongCharacter(
            @ForAll @IntRange(max = 150) int at, @ForAll @IntRange(min = 1, max = 31) int by) {
        var alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var text = CODE.text();
        var index = at % (text.length() - 1); // the last character holds bits that no byte has
        if (text.charAt(index) == '-') {
            return;
        }
        var wrong = alphabet.charAt((alphabet.indexOf(text.charAt(index)) + by) % 32);

        assertThatThrownBy(() -> ClaimCode.parse(text.substring(0, index) + wrong + text.substring(index + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTakeItAsPeopleTypeIt() {
        var typed = CODE.text()
                .toLowerCase(java.util.Locale.ROOT)
                .replace('0', 'o')
                .replace('1', 'l')
                .replace('-', ' ');

        assertThat(ClaimCode.parse(typed)).isEqualTo(CODE);
    }

    @Test
    void shouldRefuseWhatIsNoCode() {
        assertThatThrownBy(() -> ClaimCode.parse("")).hasMessageContaining("too short");
        assertThatThrownBy(() -> ClaimCode.parse("abc!")).hasMessageContaining("'!'");
        assertThatThrownBy(() -> ClaimCode.parse(CODE.text().substring(0, 40))).hasMessageContaining("checksum");
        assertThatThrownBy(() -> ClaimCode.parse("0".repeat(1000))).hasMessageContaining("1000");
    }
}
