package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;

/**
 * The customer accepts an offer that somebody else submits. Signed by the customer.
 *
 * @param offer the offer's digest
 * @param deposit to fund the channel
 * @param validUntil seconds since 1970
 */
public record Acceptance(Hash offer, Amount deposit, long validUntil) implements TypedData {
    static final Hash TYPE = TypedData.keccak("Acceptance(bytes32 offer,uint96 deposit,uint64 validUntil)");

    public Acceptance {
        Unsigned.u64("validUntil", validUntil);
    }

    @Override
    public Hash structHash() {
        return new Words(4)
                .hash(TYPE)
                .hash(offer)
                .amount(deposit)
                .u64(validUntil)
                .keccak();
    }
}
