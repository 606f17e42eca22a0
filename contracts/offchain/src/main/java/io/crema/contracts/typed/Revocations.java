package io.crema.contracts.typed;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.Collection;
import java.util.TreeSet;

/**
 * A list of single badges that the customer's machines refuse. Signed by the customer.
 *
 * @param customer whose badges
 * @param epoch the epoch it belongs to
 * @param version never falls
 * @param list hash of the revoked badges, see {@link #list(Collection)}
 */
public record Revocations(Address customer, long epoch, long version, Hash list) implements TypedData {
    static final Hash TYPE = TypedData.keccak("Revocations(address customer,uint32 epoch,uint64 version,bytes32 list)");

    public Revocations {
        Unsigned.u32("epoch", epoch);
        Unsigned.u64("version", version);
    }

    /**
     * The hash of a list: Keccak-256 over the badges' digests, each once, in ascending order.
     *
     * @param badges digests of the revoked badges; empty = nothing is revoked
     */
    public static Hash list(Collection<Hash> badges) {
        return Keccak.hash(new TreeSet<>(badges).stream().map(Hash::bytes).toArray(byte[][]::new));
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
