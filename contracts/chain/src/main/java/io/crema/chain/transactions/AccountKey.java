package io.crema.chain.transactions;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Signature;

/** Signs for one account, wherever its key lies. Implementations are thread-safe. */
public interface AccountKey {

    /** The account. */
    Address address();

    /**
     * Signs keccak256(message).
     *
     * @return a signature that recovers to {@link #address}; not always the same one for the same message
     * @throws SignerUnavailableException when the key cannot be used now
     */
    Signature sign(byte[] message);

    /** A key in this process. */
    static AccountKey of(SigningKey key) {
        return new AccountKey() {
            @Override
            public Address address() {
                return key.address();
            }

            @Override
            public Signature sign(byte[] message) {
                return key.sign(Keccak.hash(message));
            }
        };
    }
}
