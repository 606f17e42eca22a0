package io.crema.cli.onboarding;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;

/**
 * A participant with its own account.
 *
 * @param name as people call it; never on chain
 */
public record Party(String name, SigningKey key) {

    public Address address() {
        return key.address();
    }
}
