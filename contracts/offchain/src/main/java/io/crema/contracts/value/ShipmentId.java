package io.crema.contracts.value;

import io.crema.contracts.crypto.Words;

/** A shipment of an order on chain: {@code keccak256(abi.encode(order, uint32 number))}. */
public record ShipmentId(Hash value) implements Comparable<ShipmentId> {

    /**
     * @param number counts the shipments of the order
     */
    public static ShipmentId of(OrderId order, long number) {
        return new ShipmentId(
                new Words(2).hash(order.value()).u64(Uint.u32("number", number)).keccak());
    }

    public static ShipmentId fromHex(String text) {
        return new ShipmentId(Hash.fromHex(text));
    }

    /** The 32 bytes, as record keys carry them. */
    public byte[] bytes() {
        return value.bytes();
    }

    @Override
    public int compareTo(ShipmentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
