package io.crema.contracts.value;

import io.crema.contracts.crypto.Words;

/** A supply order on chain: {@code keccak256(abi.encode(agreement, salt))}. */
public record OrderId(Hash value) implements Comparable<OrderId> {

    /**
     * @param agreement the digest of the SupplyAgreement
     * @param salt chosen by who orders, another for each order
     */
    public static OrderId of(Hash agreement, Hash salt) {
        return new OrderId(new Words(2).hash(agreement).hash(salt).keccak());
    }

    public static OrderId fromHex(String text) {
        return new OrderId(Hash.fromHex(text));
    }

    /** The 32 bytes, as record keys carry them. */
    public byte[] bytes() {
        return value.bytes();
    }

    @Override
    public int compareTo(OrderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
