package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;

/**
 * Paid, but not poured: a later sale credits it. Signed by the machine.
 *
 * @param channel that paid
 * @param sequence the receipt's
 * @param amount to give back
 */
public record Failure(ChannelId channel, long sequence, Amount amount) implements TypedData {
    static final Hash TYPE = TypedData.keccak("Failure(bytes32 channel,uint64 sequence,uint96 amount)");

    public Failure {
        Unsigned.u64("sequence", sequence);
    }

    @Override
    public Hash structHash() {
        return new Words(4)
                .hash(TYPE)
                .hash(channel.value())
                .u64(sequence)
                .amount(amount)
                .keccak();
    }
}
