package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;

/**
 * The newest word on a channel: everything up to {@code sequence} costs {@code total}, as {@code history} lists it. Signed by
 * an employee key or the customer.
 *
 * @param channel the channel that pays
 * @param sequence counts from 1 without gaps
 * @param total the cumulative total in the token's smallest unit
 * @param history the hash chain over all sales up to this one
 */
public record Receipt(ChannelId channel, long sequence, Amount total, Hash history) implements TypedData {
    static final Hash TYPE = TypedData.keccak("Receipt(bytes32 channel,uint64 sequence,uint96 total,bytes32 history)");

    public Receipt {
        Unsigned.u64("sequence", sequence);
    }

    @Override
    public Hash structHash() {
        return new Words(5)
                .hash(TYPE)
                .hash(channel.value())
                .u64(sequence)
                .amount(total)
                .hash(history)
                .keccak();
    }
}
