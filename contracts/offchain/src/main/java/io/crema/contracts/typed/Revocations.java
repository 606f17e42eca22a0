package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;

/**
 * A list of single badges that the customer's machines refuse. Signed by the customer.
 *
 * @param customer whose badges
 * @param epoch the epoch it belongs to
 * @param version never falls
 * @param list hash of the revoked badges
 */
public record Revocations(Address customer, long epoch, long version, Hash list) implements TypedData {
    static final Hash TYPE = TypedData.keccak("Revocations(address customer,uint32 epoch,uint64 version,bytes32 list)");

    public Revocations {
        Unsigned.u32("epoch", epoch);
        Unsigned.u64("version", version);
    }

    @Override
    public Hash structHash() {
        return new Words(5)
                .hash(TYPE)
                .address(customer)
                .u64(epoch)
                .u64(version)
                .hash(list)
                .keccak();
    }
}
