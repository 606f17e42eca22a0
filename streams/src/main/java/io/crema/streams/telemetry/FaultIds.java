package io.crema.streams.telemetry;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;

/** The ids of faults. Pure. */
public final class FaultIds {
    private FaultIds() {}

    /** {@code keccak256(abi.encode(bytes32 machine, bytes32 keccak256(rule), uint256 sequence))}: the same on every replay. */
    public static Hash of(MachineId machine, String rule, long sequence) {
        return new Words(3)
                .hash(machine.value())
                .hash(TypedData.keccak(rule))
                .u64(sequence)
                .keccak();
    }
}
