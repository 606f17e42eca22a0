package io.crema.contracts.value;

import io.crema.contracts.crypto.Words;

/** A payment channel: {@code keccak256(abi.encode(customer, payee, uint64 index))}. */
public record ChannelId(Hash value) implements Comparable<ChannelId> {

    /** @param index unsigned 64 bits, never used twice for one customer and payee */
    public static ChannelId of(Address customer, Address payee, long index) {
        return new ChannelId(
                new Words(3).address(customer).address(payee).u64(index).keccak());
    }

    public static ChannelId fromHex(String text) {
        return new ChannelId(Hash.fromHex(text));
    }

    /** The 32 bytes, as record keys carry them. */
    public byte[] bytes() {
        return value.bytes();
    }

    @Override
    public int compareTo(ChannelId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
