package io.crema.contracts.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final Address CONTRACT = Address.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3");
    private static final ChannelId CHANNEL = ChannelId.of(CONTRACT, Address.ZERO, 1);

    @Test
    void shouldNameAnEffectByAllThatItChanges() {
        var ids = new HashSet<>();
        ids.add(Effects.redeem(1, CONTRACT, CHANNEL, Amount.of(5)));
        ids.add(Effects.redeem(2, CONTRACT, CHANNEL, Amount.of(5)));
        ids.add(Effects.redeem(1, Address.ZERO, CHANNEL, Amount.of(5)));
        ids.add(Effects.redeem(1, CONTRACT, ChannelId.of(CONTRACT, Address.ZERO, 2), Amount.of(5)));
        ids.add(Effects.redeem(1, CONTRACT, CHANNEL, Amount.of(6)));
        assertThat(ids).hasSize(5);
        assertThat(ids).contains(Effects.redeem(1, CONTRACT, CHANNEL, Amount.of(5)));
    }

    @Test
    void shouldGiveEachAttemptAnIdOfItsOwn() {
        var effect = TypedData.keccak("effect");
        assertThat(Effects.intent(effect, 1)).isNotEqualTo(Effects.intent(effect, 2));
        assertThatThrownBy(() -> Effects.intent(effect, 0)).hasMessageContaining("from 1, got 0");
    }
}
