package io.crema.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HexTest {

    @Property
    void shouldGiveBytesBack(@ForAll byte[] bytes) {
        var text = Hex.encode(bytes);
        assertThat(text).startsWith("0x").isLowerCase().hasSize(2 + 2 * bytes.length);
        assertThat(Hex.decode("bytes", text)).isEqualTo(bytes);
        assertThat(Hex.decode("bytes", text.substring(2).toUpperCase(Locale.ROOT)))
                .isEqualTo(bytes);
    }

    @Test
    void shouldNameTheFieldTheValueAndTheRemedy() {
        assertThatThrownBy(() -> Hex.decode("address", "0x12", 20))
                .hasMessageContaining("address has 1 bytes, expected 20: 0x12")
                .hasMessageContaining("40 hexadecimal digits");
        assertThatThrownBy(() -> Hex.decode("hash", "0x1")).hasMessageContaining("hash is not hexadecimal: 0x1");
        assertThatThrownBy(() -> Hex.decode("hash", "0xzz")).hasMessageContaining("0xzz");
        assertThatThrownBy(() -> Hash.of(new byte[31])).hasMessageContaining("32 bytes, got 31");
        assertThatThrownBy(() -> Address.of(new byte[21])).hasMessageContaining("20 bytes, got 21");
        assertThatThrownBy(() -> Signature.of(new byte[65]))
                .hasMessageContaining("EIP-2098")
                .hasMessageContaining("65");
    }
}
