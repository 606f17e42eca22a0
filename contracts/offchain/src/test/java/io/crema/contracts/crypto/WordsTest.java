package io.crema.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.web3j.abi.DefaultFunctionEncoder;
import org.web3j.abi.datatypes.Uint;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint96;

class WordsTest {
    private static final String HIGHEST_WORD =
            "115792089237316195423570985008687907853269984665640564039457584007913129639935";

    @Property
    void shouldLayOutWordsAsAbiEncodeDoes(
            @ForAll @Size(32) byte[] hash,
            @ForAll @Size(20) byte[] address,
            @ForAll @BigRange(min = "0", max = "79228162514264337593543950335") BigInteger amount,
            @ForAll @BigRange(min = "0", max = HIGHEST_WORD) BigInteger number,
            @ForAll long bits) {
        var expected = new DefaultFunctionEncoder()
                .encodeParameters(List.of(
                        new Bytes32(hash),
                        new org.web3j.abi.datatypes.Address(Hex.encode(address)),
                        new Uint96(amount),
                        new Uint(number),
                        new Uint64(new BigInteger(Long.toUnsignedString(bits)))));
        var words = new Words(1)
                .hash(Hash.of(hash))
                .address(Address.of(address))
                .amount(new Amount(amount))
                .unsigned(number)
                .u64(bits);
        assertThat(Hex.encode(words.toBytes())).isEqualTo("0x" + expected);
        assertThat(words.keccak()).isEqualTo(Hash.of(org.web3j.crypto.Hash.sha3(words.toBytes())));
    }

    @Test
    void shouldRefuseWhatNoWordHolds() {
        var tooBig = BigInteger.TWO.pow(256);
        assertThatThrownBy(() -> new Words(1).unsigned(tooBig)).hasMessageContaining(tooBig.toString());
        assertThatThrownBy(() -> new Words(1).unsigned(BigInteger.ONE.negate())).hasMessageContaining("got -1");
    }
}
