package io.crema.contracts.value;

import io.crema.contracts.crypto.Words;

/** A service request on chain: {@code keccak256(abi.encode(machine, fault))}, so that a fault makes one request. */
public record RequestId(Hash value) implements Comparable<RequestId> {

    /** @param fault the id of one occurrence of a fault */
    public static RequestId of(MachineId machine, Hash fault) {
        return new RequestId(new Words(2).hash(machine.value()).hash(fault).keccak());
    }

    public static RequestId fromHex(String text) {
        return new RequestId(Hash.fromHex(text));
    }

    /** The 32 bytes, as record keys carry them. */
    public byte[] bytes() {
        return value.bytes();
    }

    @Override
    public int compareTo(RequestId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
