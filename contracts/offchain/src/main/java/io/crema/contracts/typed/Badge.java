package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;

/**
 * The customer lets an employee key sign receipts. Signed by the customer or its acting key.
 *
 * @param customer whose channel pays
 * @param employee the key that may sign
 * @param channel the one channel, or {@link #ALL_CHANNELS} for all of the customer's
 * @param maxTotal the highest channel total this key may sign
 * @param epoch the customer's epoch that this badge belongs to
 * @param validFrom seconds since 1970, inclusive
 * @param validUntil seconds since 1970, inclusive
 */
public record Badge(
        Address customer,
        Address employee,
        ChannelId channel,
        Amount maxTotal,
        long epoch,
        long validFrom,
        long validUntil)
        implements TypedData {
    /** In {@code channel}: every channel of the customer. */
    public static final ChannelId ALL_CHANNELS = new ChannelId(Hash.ZERO);

    static final Hash TYPE = TypedData.keccak(
            "Badge(address customer,address employee,bytes32 channel,uint96 maxTotal,uint32 epoch,uint64 validFrom,uint64 validUntil)");

    public Badge {
        Unsigned.u32("epoch", epoch);
        Unsigned.u64("validFrom", validFrom);
        Unsigned.u64("validUntil", validUntil);
    }

    @Override
    public Hash structHash() {
        return new Words(8)
                .hash(TYPE)
                .address(customer)
                .address(employee)
                .hash(channel.value())
                .amount(maxTotal)
                .u64(epoch)
                .u64(validFrom)
                .u64(validUntil)
                .keccak();
    }
}
