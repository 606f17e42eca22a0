package io.crema.contracts.value;

import io.crema.contracts.crypto.Words;

/** A machine: {@code keccak256(abi.encode(manufacturer, serial number))}. */
public record MachineId(Hash value) implements Comparable<MachineId> {

    public static MachineId of(Address manufacturer, String serialNumber) {
        return new MachineId(
                new Words(2).address(manufacturer).u64(64).string(serialNumber).keccak());
    }

    public static MachineId fromHex(String text) {
        return new MachineId(Hash.fromHex(text));
    }

    /** The 32 bytes, as record keys carry them. */
    public byte[] bytes() {
        return value.bytes();
    }

    @Override
    public int compareTo(MachineId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
