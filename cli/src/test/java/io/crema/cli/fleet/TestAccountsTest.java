package io.crema.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TestAccountsTest {
    /** As anvil prints them at its start. */
    @Test
    void shouldDeriveTheAccountsThatTestChainsFund() {
        assertThat(TestAccounts.first(3).stream().map(key -> key.address().hex()))
                .containsExactly(
                        "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
                        "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
                        "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc");
    }
}
