package io.crema.contracts.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.Signature;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TypedDataTest {
    private static final SigningKey KEY = SigningKey.generate(new Random(3));
    private static final ChannelId CHANNEL = new ChannelId(TypedData.keccak("channel"));
    private static final Domain DOMAIN = new Domain(31337, KEY.address());

    @Test
    void shouldKnowItsSignerInItsDomainOnly() {
        var signed = TypedData.sign(new Failure(CHANNEL, 1, Amount.of(5)), DOMAIN, KEY);
        assertThat(signed.signer(DOMAIN)).contains(KEY.address());
        assertThat(signed.isSignedBy(KEY.address(), DOMAIN)).isTrue();
        assertThat(signed.isSignedBy(Address.ZERO, DOMAIN)).isFalse();
        assertThat(signed.isSignedBy(KEY.address(), new Domain(1, KEY.address())))
                .isFalse();
        assertThat(signed.isSignedBy(KEY.address(), new Domain(31337, Address.ZERO)))
                .isFalse();
        var other = new Signed<>(new Failure(CHANNEL, 2, Amount.of(5)), signed.signature());
        assertThat(other.isSignedBy(KEY.address(), DOMAIN)).isFalse();
    }

    @Test
    void shouldHaveNoSignerWithoutASignature() {
        var unsigned = new Signed<>(new Failure(CHANNEL, 1, Amount.of(5)), Signature.of(new byte[64]));
        assertThat(unsigned.signer(DOMAIN)).isEmpty();
        assertThat(unsigned.isSignedBy(Address.ZERO, DOMAIN)).isFalse();
    }

    @Test
    void shouldNameTheFieldThatLeavesItsRange() {
        var machine = new MachineId(Hash.ZERO);
        assertThatThrownBy(() -> new Failure(CHANNEL, -1, Amount.ZERO))
                .hasMessageContaining("sequence")
                .hasMessageContaining("got -1");
        assertThatThrownBy(() -> new Tariff(machine, 1L << 32, 0, Hash.ZERO))
                .hasMessageContaining("version must be from 0 to 2^32 - 1, got 4294967296");
        assertThatThrownBy(() -> new Attestation(machine, Hash.ZERO, 256, 0, Hash.ZERO))
                .hasMessageContaining("verdict must be from 0 to 2^8 - 1, got 256");
    }

    @Test
    void shouldListRevokedBadgesInOneOrder() {
        var one = TypedData.keccak("one");
        var two = TypedData.keccak("two");
        assertThat(Revocations.list(List.of(one, two))).isEqualTo(Revocations.list(List.of(two, one, two)));
        assertThat(Revocations.list(List.of(one))).isNotEqualTo(Revocations.list(List.of(two)));
    }

    @Test
    void shouldHideThePrivateKey() {
        assertThat(KEY).hasToString("SigningKey[" + KEY.address() + "]");
    }
}
